"""RSS (0.9 to 2.0, 1.0 in RDF), Atom, CDF and JSON Feed → a Listing. Pure: bytes in, values out; fetches nothing.

feedparser reads the XML and mends what can be mended. It is no boundary: it is given bytes that `markup` has made fit,
never a string, which it might take for an address or a file; each field is cut to a length; nothing it says of markup
being clean is believed by anybody (what shows outside markup sanitises it again).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from readout.capture import jsonfeed, markup
from readout.capture.fields import first, line, lines, resolved, text
from readout.capture.markup import Document
from readout.capture.moments import moment
from readout.models import Entry, FeedKind, Listing, Moment

ENTRIES = 1000
THOROUGH, SIGNS, PATIENCE = 1024 * 1024, 60_000, 200_000_000

_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_INSIDE = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)  # what something was put around
_HEAD = 4096
_REPEATING = frozenset({"item", "entry"})
_HTML = frozenset({"", "text/html", "application/xhtml+xml"})
_MEDIA_TYPES = frozenset({"text/html", "text/plain", "application/xhtml+xml"})

Fields = Mapping[str, Any]


def listing(content: bytes, address: str, content_type: str | None = None) -> Listing | None:
    """What the feed at `address` says, its entries in its own order; None where `content` is no feed.

    `content_type` is the header it came with. Never raises. Of a feed beyond the caps of `markup`, or with more than
    `ENTRIES` entries, the part before is read; `faults` says so, and whatever else was wrong with it.
    """
    if len(content) > markup.LIMIT:
        return None
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return jsonfeed.listing(markup.decoded(content, content_type), address, ENTRIES)
    document = markup.document(content, content_type, _REPEATING, ENTRIES)
    if document is None or not (document.root in _ROOTS or _INSIDE.search(document.text, 0, _HEAD)):
        return None
    parsed = _parsed(document, address)
    return _listing(parsed, document, address)


def _parsed(document: Document, address: str) -> Fields:
    import feedparser  # type: ignore[import-untyped]

    content = document.text.encode("utf-8", "replace")
    thorough = _is_soon_done(document.text)
    parsed: Fields = feedparser.parse(
        BytesIO(content),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": address},
        sanitize_html=thorough,
        resolve_relative_uris=thorough,
    )
    return parsed


def _is_soon_done(text: str) -> bool:
    """Whether feedparser may also go through the markup within texts: it takes its time, and over comments that never
    end the square of it.
    """
    signs = sum(map(text.count, "<&="))
    comments = text.count("<!") + text.count("&lt;!")
    return len(text) <= THOROUGH and signs <= SIGNS and comments * len(text) <= PATIENCE


def _listing(parsed: Fields, document: Document, address: str) -> Listing:
    feed = _plain(parsed["feed"])
    atom = str(parsed["version"]).startswith("atom")
    entries = tuple(_entry(_plain(one), address, atom=atom) for one in parsed["entries"][:ENTRIES])
    logo = next(_images(feed, address), None)
    return Listing(
        kind=FeedKind.FEED,
        title=line(feed.get("title")),
        address=resolved(feed.get("link"), address) or first(_linked(feed, "alternate", address)),
        identifier=line(feed.get("id")),
        summary=text(feed.get("subtitle") or feed.get("summary") or feed.get("info")),
        language=line(feed.get("language")),
        updated=_moment(feed, "updated") or _moment(feed, "published"),
        authors=_authors(feed),
        licence=_licence(feed, address),
        image=logo or resolved(feed.get("logo"), address) or resolved(feed.get("icon"), address),
        categories=_categories(feed),
        entries=entries,
        next_pages=tuple(_linked(feed, "next", address)),
        faults=(*document.faults, *_mended(parsed)),
    )


def _plain(fields: Fields) -> Fields:
    """The fields as they are stored: feedparser's own mapping answers for other names than it was asked, and warns."""
    return dict(fields)


def _entry(fields: Fields, address: str, *, atom: bool) -> Entry:
    updated = _moment(fields, "updated")
    published = _moment(fields, "published") or _moment(fields, "created")
    images = lines(_images(fields, address))
    media = (one for one in _attached(fields) if not _is_image(one))
    return Entry(
        address=_address(fields, address),
        identifier=line(fields.get("id")),
        title=line(fields.get("title")),
        published=published or (None if atom else updated),  # Dublin Core's date is that of publication
        updated=updated,
        authors=_authors(fields),
        summary=text(fields.get("summary")),
        content=_content(fields),
        enclosures=lines([*_linked(fields, "enclosure", address), *_resolved(media, address)]),
        images=images,
        language=line(fields.get("language")) or _content_language(fields),
        categories=_categories(fields),
        licence=_licence(fields, address),
    )


def _address(fields: Fields, base: str) -> str | None:
    """Where the article itself is, not a counter on the way. feedparser's "link" may be a permanent identifier."""
    pages = [one for one in _links(fields, "alternate") if one.get("type") in _HTML]
    found = (
        resolved(fields.get("feedburner_origlink"), base),
        first(_resolved(pages, base)),
        resolved(fields.get("link"), base),
        first(_linked(fields, "alternate", base)),
    )
    return first(found)


def _links(fields: Fields, relation: str) -> Iterator[Fields]:
    for link in fields.get("links") or ():
        if link.get("rel") == relation and link.get("href"):
            yield dict(link)


def _linked(fields: Fields, relation: str, base: str) -> Iterator[str]:
    return _resolved(_links(fields, relation), base)


def _resolved(links: Iterable[Fields], base: str) -> Iterator[str]:
    found = (resolved(one.get("href") or one.get("url"), base) for one in links)
    return (one for one in found if one)


def _attached(fields: Fields) -> Iterator[Fields]:
    """What Media RSS attaches."""
    for one in fields.get("media_content") or ():
        if isinstance(one, Mapping):
            yield dict(one)


def _images(fields: Fields, base: str) -> Iterator[str]:
    image = fields.get("image")
    named = [dict(image)] if isinstance(image, Mapping) else []
    thumbnails = [dict(one) for one in fields.get("media_thumbnail") or () if isinstance(one, Mapping)]
    attached = [one for one in (*_attached(fields), *_links(fields, "enclosure")) if _is_image(one)]
    return _resolved([*named, *attached, *thumbnails], base)


def _is_image(link: Fields) -> bool:
    return link.get("medium") == "image" or str(link.get("type", "")).startswith("image/")


def _authors(fields: Fields) -> tuple[str, ...]:
    """The names; where an author gives none, the e-mail address or the text as it stands."""
    found = [one.get("name") or one.get("email") for one in fields.get("authors") or () if isinstance(one, Mapping)]
    return lines([one for one in found if one] or [fields.get("author")])


def _categories(fields: Fields) -> tuple[str, ...]:
    return lines(tag.get("term") or tag.get("label") for tag in fields.get("tags") or ())


def _licence(fields: Fields, base: str) -> str | None:
    """The licence's address, else its words, else what the rights are said to be."""
    media = fields.get("media_license")
    named = dict(media) if isinstance(media, Mapping) else {}
    linked = first(_linked(fields, "license", base)) or resolved(named.get("href") or named.get("url"), base)
    return linked or line(named.get("content")) or line(fields.get("rights"))


def _content(fields: Fields) -> str | None:
    """The longest text that the entry carries; not what it only points at, and no other kind of media."""
    found = [one for one in fields.get("content") or () if str(one.get("type", "text/html")) in _MEDIA_TYPES]
    values = [str(one.get("value") or "") for one in found or fields.get("content") or ()]
    return text(max(values, key=len, default=""))


def _content_language(fields: Fields) -> str | None:
    texts = [*(fields.get("content") or ()), fields.get("summary_detail"), fields.get("title_detail")]
    return first(line(one.get("language")) for one in texts if isinstance(one, Mapping))


def _moment(fields: Fields, name: str) -> Moment | None:
    return moment(fields.get(name), fields.get(f"{name}_parsed"))


def _mended(parsed: Fields) -> tuple[str, ...]:
    error = parsed.get("bozo_exception")
    return (f"not well-formed: {str(error)[:200]}",) if parsed.get("bozo") and error else ()
