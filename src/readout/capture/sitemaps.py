"""Sitemaps, news sitemaps and indexes of them, gzip'd or not → a Listing. Pure: bytes in, values out; fetches nothing.

Sources: the sitemaps protocol (sitemaps.org) and its extension for news. A news sitemap says what is fresh; of a plain
one the pages changed last are taken, since nobody wants a whole site as news.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from readout.capture import coding, markup
from readout.capture.fields import first, line, lines, resolved
from readout.capture.instant import instant
from readout.capture.moments import moment
from readout.models import Entry, FeedKind, Listing

if TYPE_CHECKING:
    from lxml.etree import _Element

LIMIT = 16 * 1024 * 1024  # bytes, unpacked
ENTRIES = 1000  # of a plain sitemap
MOST = 5000  # of a news sitemap, which may have a thousand
PARTS = 50
FRESH = timedelta(days=3)

_GZIP = b"\x1f\x8b"
_ROOTS = frozenset({"urlset", "sitemapindex"})
_NEVER = datetime.min.replace(tzinfo=UTC)


class _Place(NamedTuple):
    """One <url> or <sitemap>: its own fields, those of its news tag, and the images it names."""

    own: Mapping[str, str]
    news: Mapping[str, str]
    images: tuple[str, ...]


def listing(content: bytes, address: str, content_type: str | None = None) -> Listing | None:
    """What the sitemap at `address` lists; None where `content` is no sitemap. Never raises.

    Of a news sitemap, what was published up to `FRESH` before the newest of it, in its own order; of another the
    `ENTRIES` pages that changed last. An index has no entries, but its parts as `next_pages`: news first, then those
    that changed last.
    """
    unpacked = coding.undo("gzip", content, LIMIT) if content.startswith(_GZIP) else content
    if not isinstance(unpacked, bytes) or len(unpacked) > LIMIT:
        return None
    text = markup.body(unpacked, content_type)
    if text is None or markup.root(text) not in _ROOTS:
        return None
    places = list(_places(text))
    if markup.root(text) == "sitemapindex":
        return Listing(FeedKind.SITEMAP, next_pages=_parts(places, address))
    return _pages(places, address)


def _places(text: str) -> Iterator[_Place]:
    """Broken markup is mended; what stands behind a break that cannot be is lost. Nothing is expanded or fetched."""
    from lxml import etree

    parser = etree.iterparse(
        BytesIO(text.encode("utf-8", "replace")),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        for _, element in parser:
            yield _place(element)
            element.clear()
    except etree.XMLSyntaxError:
        return


def _place(element: _Element) -> _Place:
    own: dict[str, str] = {}
    news: dict[str, str] = {}
    images = []
    for child in element.iterchildren("{*}*"):
        name = _name(child)
        if name == "news":
            news = {_name(one): one.text or "" for one in child.iter("{*}*")}
        elif name == "image":
            images += [one.text or "" for one in child.iter("{*}loc")]
        else:
            own.setdefault(name, child.text or "")
    return _Place(own, news, tuple(images))


def _name(element: _Element) -> str:
    return markup.local(str(element.tag).rpartition("}")[2])


def _parts(places: list[_Place], address: str) -> tuple[str, ...]:
    found = [(one, where) for one in places if (where := resolved(one.own.get("loc"), address))]
    found.sort(key=lambda pair: ("news" in pair[1].lower(), _changed(pair[0])), reverse=True)
    return tuple(dict.fromkeys(where for _, where in found))[:PARTS]


def _changed(place: _Place) -> datetime:
    return instant(place.own.get("lastmod", "").strip()) or _NEVER


def _pages(places: list[_Place], address: str) -> Listing:
    news = [one for one in places if one.news]
    if news:
        found = _entries(news, address)
        kept = _fresh(found)
        left = len(found) - len(kept) + len(news[MOST:])
        why = f"older than {FRESH.days} days before the newest, or beyond {MOST:,},"
    else:
        ranked = sorted(places, key=_changed, reverse=True)
        kept = _entries(ranked[:ENTRIES], address)
        left = len(ranked[ENTRIES:])
        why = "that did not change last"
    return Listing(
        FeedKind.SITEMAP,
        title=first(line(one.news.get("name")) for one in news),
        language=first(line(one.news.get("language")) for one in news),
        entries=tuple(kept),
        faults=(f"{left:,} {why} are left out",) if left else (),
    )


def _entries(places: list[_Place], address: str) -> list[Entry]:
    return [one for place in places[:MOST] if (one := _entry(place, address)).address]


def _fresh(entries: list[Entry]) -> list[Entry]:
    """What is undated stays: it may be new."""
    newest = max((one.published.at for one in entries if one.published), default=_NEVER)
    return [one for one in entries if one.published is None or newest - one.published.at <= FRESH]


def _entry(place: _Place, address: str) -> Entry:
    news = place.news
    return Entry(
        address=resolved(place.own.get("loc"), address),
        title=line(news.get("title")),
        published=moment(news.get("publication_date")),
        updated=moment(place.own.get("lastmod")),
        images=lines(resolved(one, address) for one in place.images),
        language=line(news.get("language")),
        categories=lines([*news.get("keywords", "").split(","), *news.get("genres", "").split(",")]),
    )
