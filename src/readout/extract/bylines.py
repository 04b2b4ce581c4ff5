"""Who wrote it: names out of bylines and author fields. Knows how names look, and no person and no outlet."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from readout.extract import almanac
from readout.extract.declared import Declared, strings
from readout.models import folded
from readout.text.blocks import Block
from readout.text.html import Markup, Visible, attributes, text_of

_WROTE = r"written|words|story|report(?:ed)?|posted|published|review(?:ed)?|text|article|view all posts|more"
_BY = re.compile(
    rf"(?:\s*(?:(?:{_WROTE})\b.{{0,40}}?\s)?(?:by|von|par|por|di|door|av|από)\b:?|author:|authors:)\s*", re.IGNORECASE
)
_SPLIT = re.compile(r"\s*(?:[,;|•·\n]|\s[–—-]\s|\s/\s)\s*|\s+(?:and|und|et|y|e|en|och|with|for|&)\s+", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?:\A|[,\s]+)(?:ph\.?\s?d|m\.?d|m\.a|mba|rn|rdn?|ld|ms|esq|dds|cfa|cpa|cfp)\b\.?(?=[,\s]|\Z)", re.IGNORECASE
)
_LOWER_FIRST = re.compile(r"[a-z]['’][A-ZÀ-Þ]")  # in "Jean d'Arc"
_NAME = re.compile(r"[^\W\d_][\w.'’`-]*(?:\s+[^\W\d_][\w.'’`-]*){0,4}")
_CLASSES = re.compile(r"(?<![a-z])(?:by-?lines?|authors?(?:-?names?)?|writers?|contributors?|reporters?)(?![a-z])")
_KEYS = ("author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author", "citation_author")
_SAYS = re.compile(r"author|byline|by-line|writer|contributor|reporter", re.IGNORECASE)
_HOLDERS = frozenset({"a", "address", "cite", "div", "em", "i", "li", "p", "section", "small", "span", "strong", "ul"})
_CLOSE = 400  # characters of the source within which the names of one byline stand
_MOST_TAGS = 40
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
    for source, values in _sources(declared, lines, page):
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
        bare = _DEGREE.sub("", piece)
        name = bare.strip() if bare.endswith((" Jr.", " Sr.")) else bare.strip(" .,:*\"'()[]")
        if _is_name(name):
            yield name


def _is_name(text: str) -> bool:
    if not _SHORTEST_NAME <= len(text) <= _LONGEST_NAME or not _NAME.fullmatch(text):
        return False
    words = text.split()
    if any(word.lower().strip(".") in _words()["no_name"] for word in words) or ".com" in text.lower():
        return False
    if almanac.weekday(words[0]) is not None or almanac.month(words[0]):
        return False
    return all(not word[0].islower() or word in _words()["particles"] or _LOWER_FIRST.match(word) for word in words)


def _people(values: Iterable[str], outlets: set[str]) -> list[str]:
    found: dict[str, str] = {}
    for value in values:
        for name in (_without(outlets, person) for person in people(value)):
            if name and folded(name) not in outlets:
                found.setdefault(folded(name), name)
    return list(found.values())


def _without(outlets: set[str], name: str) -> str:
    """A name without the outlet's behind it: "Ann Lee THE MAIL"."""
    words = name.split()
    cut = next((i for i in range(2, len(words)) if folded("".join(words[i:])) in outlets), len(words))
    return " ".join(words[:cut])


def _sources(declared: Declared, lines: Sequence[Line], page: Visible) -> Iterator[tuple[str, list[str]]]:
    authors = _authors(declared)
    yield "JSON-LD", [name for one in authors if not _is_organisation(one) for name in strings(one)]
    for key in _KEYS:
        yield key, [value for value in declared.repeated.get(key, ()) if not value.startswith(("http", "@", "/"))]
    marked = list(_marked(lines, page))
    yield "the page's byline", _first([one for one in marked if one.certain])
    yield "what is called a byline", _first(marked)
    yield "a line that says By", [line.text for line in lines if _BY.match(line.text)][:1]


class _Marked(NamedTuple):
    """Words whose element says that they name an author, certainly or by what the element is called."""

    text: str
    place: int
    certain: bool


def _first(marked: Sequence[_Marked]) -> list[str]:
    """The first of them that has a name, and those close to it: further on are other articles' authors."""
    start = next((one.place for one in marked if next(people(one.text), None)), None)
    return [] if start is None else [one.text for one in marked if start <= one.place <= start + _CLOSE]


def _marked(lines: Sequence[Line], page: Visible) -> Iterator[_Marked]:
    """The words of the elements near the title that say author, in their order."""
    if not lines:
        return
    markup = page.markup
    first = bisect_left(markup.starts, page.span(lines[0].block.start, lines[0].block.end)[0]) - _MOST_TAGS
    last = bisect_left(markup.starts, page.span(lines[-1].block.start, lines[-1].block.end)[1])
    for i in range(max(0, first), min(last, len(markup.tags))):
        if markup.names[i] in _HOLDERS and _SAYS.search(markup.tags[i]):
            said = attributes(markup.tags[i])
            certain = said.get("rel") == "author" or "author" in said.get("itemprop", "").split()
            if certain or _CLASSES.search(f"{said.get('class', '')} {said.get('data-testid', '')}".lower()):
                text = text_of(markup.source, markup.starts[i] + len(markup.texts[i]), _end(markup, i))
                if 0 < len(text) <= _LONGEST:
                    yield _Marked(text, markup.starts[i], certain)


def _end(markup: Markup, opening: int) -> int:
    """Where the element ends that the tag opens, or where its 40th tag stands."""
    name = markup.names[opening]
    depth = 0
    for i in range(opening, min(opening + _MOST_TAGS, len(markup.tags))):
        depth += (markup.names[i] == name) - (markup.names[i] == f"/{name}")
        if depth == 0:
            break
    return markup.starts[i + 1]


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
