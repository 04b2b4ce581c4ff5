"""Who wrote it: names out of bylines and author fields. Knows how names look, and no person and no outlet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from readout.extract.declared import Declared, strings
from readout.models import folded
from readout.text.blocks import Block
from readout.text.html import Visible, attributes

_WROTE = r"written|words|story|report(?:ed)?|posted|published|review(?:ed)?|text|article|view all posts|more"
_BY = re.compile(
    rf"(?:\s*(?:(?:{_WROTE})\s+)?(?:by|von|par|por|di|door|av|από)\b:?|author:|authors:)\s*", re.IGNORECASE
)
_SPLIT = re.compile(r"\s*(?:[,;|•·\n]|\s[–—-]\s|\s/\s)\s*|\s+(?:and|und|et|y|e|en|och|with|for|&)\s+", re.IGNORECASE)
_SUFFIX = re.compile(
    r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|m\.?a|mba|rn|rdn?|ld|ms|esq|dds|cfa|cpa|cfp)\.?", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_][\w.'’`-]*(?:\s+[^\W\d_][\w.'’`-]*){0,4}")
_CLASSES = re.compile(r"(?<![a-z])(?:by-?lines?|authors?(?:-?names?)?|writers?|contributors?|reporters?)(?![a-z])")
_NEAR = 60  # blocks on either side of a title in which a byline stands
_LONGEST = 160
_SHORTEST_NAME, _LONGEST_NAME = 3, 60
_MOST = 20


class Byline(NamedTuple):
    """Who wrote an article, which organisations are named as its author, and why they were taken."""

    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    reason: str = ""


class Line(NamedTuple):
    """A short line that stands near a page's title: its block, and what a browser shows of it."""

    block: Block
    text: str


def byline(declared: Declared, lines: Sequence[Line], page: Visible, names: Iterable[str]) -> Byline:
    """The authors that the page shows or that two sources give. `names` are the outlet's, which are no author.

    `lines` are those around the title.
    """
    outlets = {folded(name) for name in names if name}
    seen = page.text.casefold()
    organisations = tuple(
        name for name in _organisations(declared) if folded(name) not in outlets and _squeezed(name) in seen
    )
    met: dict[str, str] = {}
    for source, values in _sources(declared, lines):
        people = [name for name in _people(values, outlets) if name not in organisations]
        sure = [name for name in people if folded(name) in met or _squeezed(name) in seen]
        if sure:
            return Byline(tuple(sure[:_MOST]), organisations, f"authors: {source}")
        met |= {folded(name): name for name in people}
    return Byline((), organisations, "authors: none that the page shows")


def _squeezed(name: str) -> str:
    return "".join(name.split()).casefold()


def people(text: str) -> Iterator[str]:
    """The names in a byline such as "By Ann Lee and Bo Ek, Staff Writers"."""
    text = " ".join(text[: 4 * _LONGEST].split())
    by = _BY.match(text)
    for piece in _SPLIT.split(text[by.end() :] if by else text):
        name = piece.strip(" .,:*\"'()[]") if not piece.endswith((" Jr.", " Sr.")) else piece.strip()
        if _is_name(name):
            yield name


def _is_name(text: str) -> bool:
    if not _SHORTEST_NAME <= len(text) <= _LONGEST_NAME or not _NAME.fullmatch(text) or _SUFFIX.fullmatch(text):
        return False
    words = text.split()
    if any(word.lower().strip(".") in _words()["no_name"] for word in words) or ".com" in text.lower():
        return False
    return all(word[0].isupper() or not word[0].islower() or word in _words()["particles"] for word in words)


def _people(values: Iterable[str], outlets: set[str]) -> list[str]:
    found: dict[str, str] = {}
    for value in values:
        for name in people(value):
            if folded(name) not in outlets:
                found.setdefault(folded(name), name)
    return list(found.values())


def _sources(declared: Declared, lines: Sequence[Line]) -> Iterator[tuple[str, list[str]]]:
    authors = _authors(declared)
    yield "JSON-LD", [name for one in authors if not _is_organisation(one) for name in strings(one)]
    for key in (
        "author",
        "article:author",
        "parsely-author",
        "dc.creator",
        "byl",
        "sailthru.author",
        "citation_author",
    ):
        values = [value for value in declared.repeated.get(key, ()) if not value.startswith(("http", "@", "/"))]
        if values:
            yield key, values
    yield "the page's byline", [line.text for line in lines if _is_marked(line.block)]
    yield "a line that begins with By", [line.text for line in lines if _BY.match(line.text)]


def _is_marked(block: Block) -> bool:
    for depth, element in enumerate(block.element.around() if block.element else ()):
        if depth > 3:  # noqa: PLR2004 - further out it is no byline any more
            break
        said = attributes(element.tag)
        if said.get("rel") == "author" or "author" in said.get("itemprop", "").split():
            return True
        if _CLASSES.search(f"{said.get('class', '')} {said.get('data-testid', '')}".lower()):
            return True
    return False


def _authors(declared: Declared) -> list[Any]:
    value = declared.article.get("author") or declared.article.get("creator")
    return [declared.resolved(one) for one in (value if isinstance(value, list) else [value])]


def _organisations(declared: Declared) -> list[str]:
    return [name for one in _authors(declared) if _is_organisation(one) for name in strings(one)]


def _is_organisation(value: object) -> bool:
    said = str(value.get("@type", "")) if isinstance(value, dict) else ""
    return "Organization" in said and "Person" not in said


@cache
def _words() -> dict[str, frozenset[str]]:
    with files("readout.extract").joinpath("html.toml").open("rb") as stream:
        return {kind: frozenset(words) for kind, words in tomllib.load(stream)["bylines"].items()}
