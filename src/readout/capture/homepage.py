"""An outlet's page taken apart as far as finding its news needs: its links with where they stand, and what it declares.

One walk over the tags, without a tree. Pure; knows nothing of what makes a link an article or a feed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any, NamedTuple

from readout.capture import kinds
from readout.capture.fields import line, resolved
from readout.models import Media
from readout.text import decode
from readout.text.html import Markup, attributes, cut

LIMIT = 16 * 1024 * 1024
LINKS = 5_000
DECLARATIONS = 2_000

_HEAD = 64 * 1024
_LONGEST_SCRIPT = 500_000
_NODES = 500
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_ASIDES = frozenset({"nav", "footer", "form", "dialog"})
_ASIDE_ROLES = frozenset({"navigation", "contentinfo", "banner", "menu", "menubar", "search", "dialog"})
_TITLE = re.compile(r"<title\b[^<>]*+>(.*?)</title", re.IGNORECASE | re.DOTALL)
_JSON_LD = re.compile(r"<script\b(?=[^<>]*ld\+json)[^<>]*+>(.*)</script", re.IGNORECASE | re.DOTALL)


class Anchor(NamedTuple):
    """A link that can be seen: where it leads, the words in it, whether in a heading, whether in what frames the page
    (navigation, footer, form).
    """

    address: str
    words: str
    heading: bool
    aside: bool


@dataclass(frozen=True)
class Homepage:
    """A page: its own address, its language tag, its title, its <link> tags, its meta tags (first of a name, in lower
    case), the JSON-LD nodes it holds, and its anchors in order.
    """

    address: str
    language: str
    title: str
    links: tuple[Mapping[str, str], ...]
    meta: Mapping[str, str]
    nodes: tuple[Mapping[str, Any], ...]
    anchors: tuple[Anchor, ...]


def homepage(content: bytes, address: str) -> Homepage | None:
    """The page in `content`, captured from `address`; None where it is no HTML. Never raises; linear in its length."""
    codec = decode.codec(content[: _HEAD * 4]) if len(content) <= LIMIT else None
    if codec is None:
        return None
    source = content.decode(codec, "replace")
    if kinds.media(source[:_HEAD], ".html") is not Media.HTML:
        return None
    markup = cut(source)
    tags = [(name, attributes(tag)) for name, tag in _declaring(markup)]
    base = next((one["href"] for name, one in tags if name == "base" and one.get("href")), "")
    base = resolved(base, address) or address
    meta: dict[str, str] = {}
    for name, one in tags:
        if name == "meta" and (key := one.get("property") or one.get("name") or one.get("http-equiv")):
            meta.setdefault(key.lower(), " ".join(one.get("content", "").split())[:DECLARATIONS])
    return Homepage(
        address,
        next((one["lang"] for name, one in tags if name == "html" and one.get("lang")), "").strip()[:35],
        _title(markup),
        tuple({**one, "href": where} for name, one in tags if name == "link" and (where := _where(one, base))),
        meta,
        tuple(_nodes(markup)),
        tuple(_anchors(markup, base)),
    )


def _where(tag: Mapping[str, str], base: str) -> str | None:
    return resolved(tag.get("href"), base)


def _declaring(markup: Markup) -> list[tuple[str, str]]:
    found = [(name, tag) for name, tag in zip(markup.names, markup.tags, strict=True) if name in _DECLARING]
    return found[:DECLARATIONS]


_DECLARING = frozenset({"html", "base", "link", "meta"})


def _title(markup: Markup) -> str:
    for tag in markup.tags:
        if tag[:6].lower() == "<title" and (found := _TITLE.match(tag)):
            return " ".join(unescape(found[1][:1000]).split())
    return ""


def _nodes(markup: Markup) -> Iterator[Mapping[str, Any]]:
    """The objects of all JSON-LD, outermost first."""
    waiting: list[object] = []
    for tag in markup.tags:
        if tag[:7].lower() == "<script" and len(tag) <= _LONGEST_SCRIPT and (found := _JSON_LD.match(tag)):
            try:
                waiting.append(json.loads(found[1]))
            except (ValueError, RecursionError):
                continue
    for _ in range(_NODES):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, dict):
            yield one
            waiting.extend(value for value in one.values() if isinstance(value, dict | list))
        elif isinstance(one, list):
            waiting.extend(one[:_NODES])


class _Open(NamedTuple):
    """An anchor that is not closed yet."""

    address: str
    said: str
    heading: bool
    aside: bool
    since: int


def _anchors(markup: Markup, base: str) -> Iterator[Anchor]:
    count = 0
    depth = {"heading": 0, "aside": 0}
    asides: list[str] = []
    opened: _Open | None = None
    for i, name in enumerate(markup.names):
        bare = name.lstrip("/")
        if bare == "a" and opened:
            yield _closed(opened, markup, i)
            opened = None
            count += 1
            if count == LINKS:
                return
        if name == "a":
            tag = attributes(markup.tags[i])
            where = resolved(tag.get("href"), base)
            said = tag.get("title") or tag.get("aria-label") or ""
            opened = _Open(where, said, depth["heading"] > 0, bool(asides), i) if where else None
        elif bare in _HEADINGS:
            depth["heading"] = max(0, depth["heading"] + (-1 if name[0] == "/" else 1))
            if opened and name[0] != "/":
                opened = opened._replace(heading=True)
        elif name[:1] == "/":
            _leave(asides, bare)
        elif _is_aside(name, markup.tags[i]):
            asides.append(name)
        elif asides and name == asides[-1]:
            asides.append(name)  # so that its own end tag does not end the navigation around it


def _leave(asides: list[str], name: str) -> None:
    if asides and asides[-1] == name:
        asides.pop()


def _is_aside(name: str, tag: str) -> bool:
    if name in _ASIDES:
        return True
    return "role" in tag and name not in ("a", "body") and attributes(tag).get("role", "").lower() in _ASIDE_ROLES


def _closed(opened: _Open, markup: Markup, end: int) -> Anchor:
    words = " ".join(unescape(" ".join(markup.texts[opened.since + 1 : min(end + 1, opened.since + 60)])).split())
    return Anchor(opened.address, line(words or opened.said) or "", opened.heading, opened.aside)
