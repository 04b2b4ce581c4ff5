"""From a page of an outlet to where its news is: its feeds, its sitemaps, and without a feed its links to articles.

Pure: nothing is fetched, so what is found is a list of places to ask, told apart by how surely they are there. A link
is taken for an article by a table of reasons; no rule names a site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from readout.capture.fields import resolved
from readout.capture.homepage import Anchor, Homepage, homepage
from readout.models import Entry, FeedKind, Listing
from readout.text.addresses import canonical

ENTRIES = 200
PLACES = 100
THRESHOLD = 4

_FEED_TYPES = re.compile(
    r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|application/json\Z|(?:text|application)/(?:xml|rss)\Z"
)
_FEED_PATH = re.compile(
    r"/(?:rss|feeds?|atom|rdf)(?:/|\Z)|\.(?:rss|rdf|atom)\Z|(?:rss|feed|atom)[\w-]*\.(?:xml|php|aspx|json)\Z"
    r"|/(?:index|news|latest|headlines)\.xml\Z",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(r"(?:\A|&)(?:feed|format|output|type)=(?:rss2?|atom|rdf|xml)(?:&|\Z)", re.IGNORECASE)
_SITEMAP_PATH = re.compile(r"sitemap[\w-]*(?:\.\w+)*\.xml(?:\.gz)?\Z", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire", re.IGNORECASE)
_FEED_GUESSES = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")
_SITEMAP_GUESSES = ("news-sitemap.xml", "sitemap-news.xml", "sitemap_news.xml", "sitemap.xml", "sitemap_index.xml")

_DATED = re.compile(
    r"/(?:19|20)\d\d[/-]?(?:[01]?\d|[a-z]{3})(?:[/-]?[0-3]?\d)?(?=[/-])|/(?:19|20)\d{6}(?=\D)", re.IGNORECASE
)
_NUMBERED = re.compile(r"\d{5,}")
_FILED = re.compile(r"(?<!/index)(?<!/default)\.(?:s?html?|php|aspx?|story|article)\Z", re.IGNORECASE)
_MEDIA_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m4a|zip|css|js|xml|json|ics|apk)\Z", re.IGNORECASE)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_EVIDENCE = ("date_in_path", "number_in_path", "file", "heading")
_LONG_SLUG = 3  # what a slug of four words or more weighs
_ELSEWHERE = frozenset((
    "about", "about-us", "account", "accessibility", "advertise", "advertising", "archive", "archives", "author",
    "authors", "autor", "careers", "cart", "categories", "category", "categoria", "contact", "contact-us", "cookies",
    "donate", "epaper", "events", "faq", "feed", "feeds", "help", "hilfe", "impressum", "imprint", "jobs", "kontakt",
    "legal", "login", "logout", "mediadaten", "members", "newsletter", "newsletters", "page", "people", "podcasts",
    "privacy", "privacy-policy", "profile", "register", "rss", "schlagwort", "search", "section", "shop", "sign-in",
    "signin", "signup", "sitemap", "subscribe", "suche", "tag", "tags", "tagged", "terms", "terms-of-use", "theme",
    "thema", "topic", "topics", "user", "users", "wp-admin", "wp-login.php",
))  # fmt: skip


class Surety(StrEnum):
    """How surely a place is there."""

    DECLARED = "declared"  # the page says so to machines
    LINKED = "linked"  # the page has a link that looks like one
    GUESSED = "guessed"  # such places are often there: ask before believing


@dataclass(frozen=True)
class Place:
    """A place where news of the page's outlet may be; `reason` says why it is thought so."""

    address: str
    kind: FeedKind
    surety: Surety
    title: str | None
    reason: str


def places(page: Homepage) -> tuple[Place, ...]:
    """Feeds and sitemaps that the page leads to, the surest first, never the page itself.

    What is guessed is on the page's own site. Feeds of comments come after all others that are as sure.
    """
    found: dict[str, Place] = {}
    for place in (*_declared(page), *_linked(page), *_guessed(page)):
        if place.address != page.address:
            found.setdefault(place.address, place)
    order = list(Surety)
    ranked = sorted(
        found.values(), key=lambda one: (order.index(one.surety), one.kind is not FeedKind.FEED, _late(one))
    )
    return tuple(ranked[:PLACES])


def listing(content: bytes, address: str) -> Listing | None:
    """The page at `address` as a feed: its links to articles, in its order; None where `content` is no HTML."""
    page = homepage(content, address)
    return listed(page) if page else None


def _late(place: Place) -> bool:
    return bool(_COMMENTS.search(f"{place.title or ''} {urlsplit(place.address).path}"))


def _declared(page: Homepage) -> Iterator[Place]:
    for link in page.links:
        relations = link.get("rel", "").lower().split()
        kind = link.get("type", "").lower().partition(";")[0].strip()
        where, title = link["href"], link.get("title", "").strip()[:200] or None
        if "sitemap" in relations:
            yield Place(where, FeedKind.SITEMAP, Surety.DECLARED, title, "the page declares it as its sitemap")
        elif ("alternate" in relations or "feed" in relations) and _FEED_TYPES.match(kind) and "wp-json" not in where:
            yield Place(where, FeedKind.FEED, Surety.DECLARED, title, f"the page declares it as {kind}")


def _linked(page: Homepage) -> Iterator[Place]:
    for anchor in page.anchors:
        path, query = _path(anchor.address), urlsplit(anchor.address).query
        if _SITEMAP_PATH.search(path):
            yield Place(anchor.address, FeedKind.SITEMAP, Surety.LINKED, None, "a link to a sitemap")
        elif _FEED_PATH.search(path) or _FEED_QUERY.search(query):
            yield Place(
                anchor.address, FeedKind.FEED, Surety.LINKED, anchor.words[:200] or None, "a link like a feed's"
            )


def _guessed(page: Homepage) -> Iterator[Place]:
    for base in dict.fromkeys((_folder(page.address), "/")):
        for name in _FEED_GUESSES:
            if where := resolved(f"{base}{name}", page.address):
                yield Place(where, FeedKind.FEED, Surety.GUESSED, None, "where many sites have one")
    for name in _SITEMAP_GUESSES:
        if where := resolved(f"/{name}", page.address):
            yield Place(where, FeedKind.SITEMAP, Surety.GUESSED, None, "where many sites have one")


def _folder(address: str) -> str:
    path = _path(address)
    return path if path.endswith("/") else f"{path}/" if "." not in path.rpartition("/")[2] else "/"


@dataclass(frozen=True)
class _Candidate:
    """A page that is linked to: the anchors that lead there, and the words that may be its title."""

    address: str
    anchors: tuple[Anchor, ...]
    title: str


def listed(page: Homepage) -> Listing:
    """The page as a feed: its links to articles, in its order."""
    candidates = _candidates(page)
    shapes = Counter(_shape(one.address) for one in candidates)
    chosen = [one for one in candidates if _is_article(_reasons(one, shapes))]
    entries = tuple(Entry(address=one.address, title=one.title or None) for one in chosen[:ENTRIES])
    return Listing(
        FeedKind.PAGE, page.title[:200] or None, page.address, language=page.language or None, entries=entries
    )


def _is_article(reasons: dict[str, int]) -> bool:
    """Words alone are no evidence: "See all our sports games" leads to no article."""
    return sum(reasons.values()) >= THRESHOLD and (reasons["slug"] >= _LONG_SLUG or any(map(reasons.get, _EVIDENCE)))


def _candidates(page: Homepage) -> list[_Candidate]:
    """The pages of the same site that are linked to, in order; those that only navigation leads to are left out."""
    own = canonical(page.address)
    site = _site(page.address)
    grouped: dict[str, list[Anchor]] = {}
    for anchor in page.anchors:
        name = canonical(anchor.address)
        if name and name != own and _site(anchor.address) == site and _path(anchor.address).strip("/"):
            grouped.setdefault(name, []).append(anchor)
    said = Counter(words for anchors in grouped.values() for words in {one.words for one in anchors})
    candidates = []
    for anchors in grouped.values():
        inside = tuple(one for one in anchors if not one.aside)
        titles = [one.words for one in inside if said[one.words] == 1]  # "Read more" leads to many places
        if inside:
            address = inside[0].address.partition("#")[0]
            candidates.append(_Candidate(address, inside, max(titles, key=_title_like, default="")))
    return candidates


def _title_like(words: str) -> tuple[bool, int]:
    """A title is longer than a label and shorter than a teaser."""
    return 3 <= _length(words) <= 25, min(_length(words), 25)  # noqa: PLR2004 - words


def _reasons(candidate: _Candidate, shapes: Counter[tuple[str, ...]]) -> dict[str, int]:
    """Why the candidate may be an article, with what each reason weighs."""
    path = _path(candidate.address)
    segments = [one for one in path.lower().split("/") if one]
    words = _length(candidate.title)
    slug = len(re.findall(r"[^\W\d_]{2,}", segments[-1]))
    return {
        "date_in_path": 3 * bool(_DATED.search(path)),
        "number_in_path": 2 * bool(_NUMBERED.search(segments[-1])),
        "slug": 2 * (slug >= 4) + (slug >= 2),  # noqa: PLR2004 - words
        "file": bool(_FILED.search(path)),
        "title_like": 2 * (words >= 4) + (words >= 7),  # noqa: PLR2004 - words
        "heading": 2 * any(one.heading for one in candidate.anchors),
        "linked_twice": len(candidate.anchors) > 1,
        "shape_of_many": shapes[_shape(candidate.address)] >= 5,  # noqa: PLR2004 - as many make a list
        "label": -2 * (words < 3),  # noqa: PLR2004 - words
        "elsewhere": -6 * (not _ELSEWHERE.isdisjoint(segments)),
        "a_file_of_media": -9 * bool(_MEDIA_FILE.search(path)),
        "section": -2 * (len(segments) == 1 and slug <= 2 and not _NUMBERED.search(path)),  # noqa: PLR2004 - words
    }


def _shape(address: str) -> tuple[str, ...]:
    """What addresses of one kind have in common: how deep they are, which of their parts are numbers or many words."""
    return tuple(_kind(one) for one in _path(address).split("/") if one)


def _kind(segment: str) -> str:
    if segment.isdecimal():
        return "number"
    return "words" if segment.count("-") + segment.count("_") > 1 else "word"


def _length(words: str) -> int:
    """In words; of scripts that do not part them, some three characters make one."""
    return len(words.split()) + len(_CJK.findall(words)) // 3


def _path(address: str) -> str:
    return urlsplit(address).path


def _site(address: str) -> str:
    """The host without what names a variant of the site."""
    return (urlsplit(canonical(address) or address).hostname or "").removeprefix("www.")
