"""What an HTML page declares about itself, for machines: JSON-LD, meta tags, links. Read once, believed nowhere.

JSON-LD is read as schema.org's news articles use it (https://schema.org/NewsArticle): a node, a list of nodes or a
graph; broken JSON gives what can be saved of it. Everything is cut to a length that an honest page does not reach.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from readout.text.html import Markup

Node = Mapping[str, Any]

_HEAD = frozenset({"html", "meta", "link", "base"})
_SCRIPT = re.compile(r"<script\b[^>]*\bld\+json", re.IGNORECASE)
_TITLE = re.compile(r"<title\b", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:\w*Article|\w*BlogPosting|SocialMediaPosting|Report|Review|AnalysisNewsArticle|LiveBlogPosting)\Z"
)
_COMMENT = re.compile(r"<!--|-->|/\*<!\[CDATA\[\*/|/\*\]\]>\*/|<!\[CDATA\[|\]\]>|//\s*(?=<!\[CDATA|\]\]>)")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_SAVED = re.compile(r'"(headline|datePublished|dateModified|articleSection|url)"\s*:\s*"((?:[^"\\]|\\.){1,2000})"')
_LONGEST_SCRIPT = 1_000_000
_LONGEST_VALUE = 2_000
_MOST_NODES = 500
_MOST_TAGS = 2_000


@dataclass(frozen=True)
class Declared:
    """What a page says about itself. `article` is the JSON-LD node of the article, {} where there is none; `nodes` are
    all of them by their id; `meta` holds the first value of each meta tag by its lower-case name, `repeated` all of
    them.
    """

    article: Node = field(default_factory=dict)
    nodes: Mapping[str, Node] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    repeated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""
    canonical: str = ""
    base: str = ""
    language: str = ""

    def resolved(self, value: object) -> object:
        """The node that a bare reference {"@id": …} points to, where the page has it."""
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
            return self.nodes.get(value["@id"], value)
        return value

    def first(self, *names: str) -> str:
        """The value of the first of these meta tags that has one, or ""."""
        return next((value for name in names if (value := self.meta.get(name))), "")


def declared(markup: Markup, address: str | None = None) -> Declared:
    """What a page declares. Only the tags that matter are handed to the HTML parser."""
    tree = LexborHTMLParser("".join(_telling(markup)))
    repeated: dict[str, list[str]] = {}
    for name, value in _metas(tree):
        repeated.setdefault(name, []).append(value)
    nodes = list(_nodes(tree))
    return Declared(
        article=_main(nodes),
        nodes={node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str)},
        meta={name: values[0] for name, values in repeated.items()},
        repeated={name: tuple(values) for name, values in repeated.items()},
        title=clean(_first(tree, "title")),
        canonical=_canonical(tree, address),
        base=_attribute(tree, "base[href]", "href"),
        language=_attribute(tree, "html[lang]", "lang"),
    )


def clean(value: object) -> str:
    """A value as one line of text, of no more than 2,000 characters; "" where it is no text."""
    if not isinstance(value, str):
        return ""
    text = unescape(value[: 2 * _LONGEST_VALUE])
    return " ".join((unescape(text) if "&" in text else text).split())[:_LONGEST_VALUE]


def strings(value: object, depth: int = 0) -> Iterator[str]:
    """Every text in a JSON value that may be one text, a list or an object with a name."""
    if isinstance(value, str):
        if text := clean(value):
            yield text
    elif isinstance(value, list) and depth < _DEEPEST:
        for one in value[:_MOST_NODES]:
            yield from strings(one, depth + 1)
    elif isinstance(value, dict) and depth < _DEEPEST:
        yield from strings(value.get("name") or value.get("@value"), depth + 1)


_DEEPEST = 4


def _telling(markup: Markup) -> Iterator[str]:
    kept = 0
    for tag, name in zip(markup.tags, markup.names, strict=True):
        if name in _HEAD or (not name and (_SCRIPT.match(tag) or (_TITLE.match(tag) and kept < _MOST_TAGS))):
            yield tag[: _LONGEST_SCRIPT + _LONGEST_VALUE]
            kept += 1
            if kept >= _MOST_TAGS:
                return


def _metas(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for tag in tree.css("meta[content]"):
        attributes = tag.attributes
        value = clean(attributes.get("content"))
        if not value:
            continue
        for key in ("property", "name", "itemprop", "http-equiv"):
            if name := attributes.get(key):
                yield name.strip().lower(), value


def _first(tree: LexborHTMLParser, selector: str) -> str:
    found = tree.css_first(selector)
    return found.text() if found else ""


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    found = tree.css_first(selector)
    return clean(found.attributes.get(name)) if found else ""


def _canonical(tree: LexborHTMLParser, address: str | None) -> str:
    href = _attribute(tree, "link[rel=canonical][href]", "href")
    return joined(address or "", href) if href else ""


def joined(base: str, href: str) -> str:
    """The absolute address of a link, or "" where there is none to be had."""
    try:
        absolute = urljoin(base, href)
        return absolute if urlsplit(absolute).netloc else ""
    except ValueError:
        return ""


def _nodes(tree: LexborHTMLParser) -> Iterator[Node]:
    """Every JSON-LD node of the page, the outer before the inner."""
    found = 0
    for script in tree.css("script"):
        waiting = [(value, 0) for value in _loaded(script.text())]
        while waiting and found < _MOST_NODES:
            value, depth = waiting.pop(0)
            if isinstance(value, list) and depth <= _DEEPEST:
                waiting.extend((one, depth + 1) for one in value[:_MOST_NODES])
            elif isinstance(value, dict):
                found += 1
                yield value
                inner = [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if key in value]
                waiting.extend((one, depth + 1) for one in inner if depth <= _DEEPEST and isinstance(one, dict | list))


def _loaded(text: str) -> list[Any]:
    if len(text) > _LONGEST_SCRIPT:
        return []
    for attempt in (text, _TRAILING_COMMA.sub("", _COMMENT.sub("", text)).strip().rstrip(";")):
        try:
            return [json.loads(attempt, strict=False)]
        except (ValueError, RecursionError):
            continue
    saved: dict[str, str] = {}
    for name, value in _SAVED.findall(text):
        saved.setdefault(name, value.replace('\\"', '"').replace("\\/", "/"))
    return [{"@type": "Article", **saved}] if "headline" in saved else []


def _main(nodes: list[Node]) -> Node:
    """The node of the article: of those that are one, the first with the most to say."""
    articles = [node for node in nodes if is_article(node)]
    return max(articles, key=lambda node: sum(1 for key in _SAYS if node.get(key)), default={})


_SAYS = ("headline", "datePublished", "author", "articleBody", "publisher")


def is_article(node: Node) -> bool:
    """Whether a JSON-LD node is of a type that is an article."""
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and _ARTICLE.match(name.rpartition("/")[2]) for name in names)
