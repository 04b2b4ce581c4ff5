"""JSON Feed (versions 1 and 1.1) → a Listing. Pure. Source: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape

from readout.capture.fields import first, line, lines, resolved, text
from readout.capture.moments import moment
from readout.models import Entry, FeedKind, Listing

OBJECTS, VALUES = 300_000, 1_000_000  # more would be a weight in memory of many times their length

Fields = Mapping[str, object]


def listing(source: str, address: str, most: int) -> Listing | None:
    """What the feed at `address` says, no more than `most` of its entries; None where `source` is no JSON Feed."""
    if sum(map(source.count, "{[")) > OBJECTS or source.count(",") > VALUES:
        return None
    try:
        feed = json.loads(source)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list) or not _says_so(feed):
        return None
    items = [one for one in feed["items"] if isinstance(one, dict)]
    return Listing(
        kind=FeedKind.FEED,
        title=line(feed.get("title")),
        address=resolved(feed.get("home_page_url"), address),
        identifier=line(feed.get("feed_url")),
        summary=_marked_up(feed.get("description")),
        language=line(feed.get("language")),
        authors=_authors(feed),
        image=resolved(feed.get("icon"), address) or resolved(feed.get("favicon"), address),
        entries=tuple(_entry(one, address) for one in items[:most]),
        next_pages=tuple(filter(None, [resolved(feed.get("next_url"), address)])),
        faults=(f"more than {most:,} entries: the first are read",) if len(items) > most else (),
    )


def _says_so(feed: Fields) -> bool:
    return "jsonfeed.org" in str(feed.get("version", "")) or isinstance(feed.get("title"), str)


def _entry(item: Fields, base: str) -> Entry:
    identifier = item.get("id")
    return Entry(
        address=resolved(item.get("url"), base)
        or resolved(item.get("external_url"), base)
        or resolved(identifier, None),
        identifier=line(str(identifier) if isinstance(identifier, int | float) else identifier),
        title=line(item.get("title")),
        published=moment(item.get("date_published")),
        updated=moment(item.get("date_modified")),
        authors=_authors(item),
        summary=_marked_up(item.get("summary")),
        content=text(item.get("content_html")) or _marked_up(item.get("content_text")),
        enclosures=lines(resolved(one.get("url"), base) for one in _objects(item, "attachments")),
        images=lines(resolved(item.get(name), base) for name in ("image", "banner_image")),
        language=line(item.get("language")),
        categories=lines(_values(item, "tags")),
    )


def _authors(fields: Fields) -> tuple[str, ...]:
    """Version 1 knew one author only."""
    single = fields.get("author")
    found = [*_objects(fields, "authors"), *([single] if isinstance(single, dict) else [])]
    return lines(first([line(one.get("name")), line(one.get("url"))]) for one in found)


def _marked_up(value: object) -> str | None:
    """Plain text as the markup that stands for it: texts of entries are markup."""
    return text(escape(value, quote=False)) if isinstance(value, str) else None


def _values(fields: Fields, name: str) -> list[object]:
    found = fields.get(name)
    return found if isinstance(found, list) else []


def _objects(fields: Fields, name: str) -> Iterator[Fields]:
    return (one for one in _values(fields, name) if isinstance(one, dict))
