"""OPML subscription lists: read, however nested or broken, and written. Pure: bytes in, values out, and back.

Source: OPML 2.0 (opml.org/spec2.opml). What a reader of news needs of an outline is where the feed is, what it is
called, which site it belongs to and which folder it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from xml.sax.saxutils import quoteattr

from readout.capture import markup
from readout.capture.fields import line, resolved

SUBSCRIPTIONS = 10_000
OUTLINES = 50_000
LONGEST_TAG = 64 * 1024

_OUTLINE = re.compile(r"""<(/?)outline\b((?>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*))>|<!--|<!\[CDATA\[""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)</title", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FOLDERS = 16  # how many of the folders around a feed are kept


@dataclass(frozen=True)
class Subscription:
    """One feed of a list. `address` is absolute, http or https; `folders` from the outside in."""

    address: str
    title: str | None = None
    site: str | None = None
    language: str | None = None
    folders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subscriptions:
    """A list: its title, its feeds in order, each address once, and what could not be used."""

    title: str | None
    feeds: tuple[Subscription, ...]
    faults: tuple[str, ...] = ()


def read(content: bytes, content_type: str | None = None) -> Subscriptions | None:
    """The list in `content`; None where it is no OPML. Never raises; linear in the length.

    Outlines that name no feed are folders, or notes, and are no fault; an address that nobody could fetch is one.
    """
    if len(content) > markup.LIMIT:
        return None
    text = markup.body(content, content_type)
    if text is None or markup.root(text) not in ("opml", "outline", "body"):
        return None
    found: dict[str, Subscription] = {}
    faults = []
    for one in _outlines(text):
        if isinstance(one, str):
            faults.append(one)
        elif len(found) == SUBSCRIPTIONS:
            faults.append(f"more than {SUBSCRIPTIONS:,} feeds: the first are read")
            break
        else:
            found.setdefault(one.address, one)
    title = _TITLE.search(text)
    return Subscriptions(line(unescape(title[1])) if title else None, tuple(found.values()), tuple(faults[:100]))


def write(feeds: Iterable[Subscription], title: str = "Readout") -> bytes:
    """The list as OPML 2.0 in UTF-8: `read` gives the same back. Feeds of one folder stand together."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{_escaped(title)}</title></head>", "<body>"]
    opened: tuple[str, ...] = ()
    for feed in feeds:
        shared = _shared(opened, feed.folders)
        lines += ["</outline>"] * (len(opened) - shared)
        lines += [f"<outline text={_quoted(folder)}>" for folder in feed.folders[shared:]]
        lines.append(_written(feed))
        opened = feed.folders
    lines += ["</outline>"] * len(opened)
    return "\n".join([*lines, "</body>", "</opml>", ""]).encode()


def _outlines(text: str) -> Iterator[Subscription | str]:
    """The feeds in order, and a line for each that cannot be used."""
    opened: list[str] = []
    at = count = 0
    while mark := _OUTLINE.search(text, at):
        at = _behind(text, mark)
        if mark[2] is None:
            continue
        count += 1
        if count > OUTLINES or len(opened) > markup.MAX_DEPTH:
            yield "too many outlines, or too deep: the first are read"
            return
        if mark[1]:
            del opened[-1:]
            continue
        tag = mark[2]
        named = _attributes(tag[:LONGEST_TAG])
        title = line(named.get("text")) or line(named.get("title"))
        if address := named.get("xmlurl", "").strip():
            folders = tuple(name for name in opened[:_FOLDERS] if name)
            yield _subscription(address, title, named, folders) or f"no address that can be asked: {address[:200]}"
        if not tag.rstrip().endswith("/"):
            opened.append("" if address else title or "")


def _behind(text: str, mark: re.Match[str]) -> int:
    """Outlines within a comment are not there."""
    closing = {"<!--": "-->", "<![CDATA[": "]]>"}.get(mark[0].upper())
    if closing is None:
        return mark.end()
    found = text.find(closing, mark.end())
    return len(text) if found < 0 else found + len(closing)


def _attributes(tag: str) -> dict[str, str]:
    """Names in lower case: programs write "xmlUrl", "xmlurl" and "XMLURL"."""
    found: dict[str, str] = {}
    for name, double, single in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape(double or single))
    return found


def _subscription(
    address: str, title: str | None, named: dict[str, str], folders: tuple[str, ...]
) -> Subscription | None:
    web = resolved(re.sub(r"\Afeed:(?://)?(?=https?:)|\Afeed(?=://)", _scheme, address), None)
    if web is None:
        return None
    return Subscription(web, title, resolved(named.get("htmlurl"), None), line(named.get("language")), folders)


def _scheme(match: re.Match[str]) -> str:
    """feed:https://… is https://…, and feed://… is http://…."""
    return "http" if match[0] == "feed" else ""


def _written(feed: Subscription) -> str:
    fields = {"text": feed.title or feed.address, "type": "rss", "xmlUrl": feed.address}
    if feed.site:
        fields["htmlUrl"] = feed.site
    if feed.language:
        fields["language"] = feed.language
    return f"<outline {' '.join(f'{name}={_quoted(value)}' for name, value in fields.items())}/>"


def _shared(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _quoted(value: str) -> str:
    return quoteattr(_CONTROL.sub("\ufffd", value)).replace("\t", "&#9;")


def _escaped(value: str) -> str:
    return _CONTROL.sub("\ufffd", value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
