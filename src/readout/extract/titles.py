"""Which of the titles that a page gives is the article's: the one that it shows, where another source agrees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from readout.extract.declared import Declared, clean
from readout.models import Span, folded
from readout.text.blocks import Block, Element
from readout.text.html import Visible, squeeze, text_of

_SEPARATOR = re.compile(r"\s+(?:[|–—·•»:]+|-{1,2}|::)\s+|\s*\|\s*")
_EQUAL, _PART, _ALIKE = 3, 2, 1
_SAME_WORDS = 0.6
_LEAST_PART = 10  # letters that a part of a title must have to tell anything
_RUNNING = 80  # characters without white space from which a block is surely running text
_TITLE_WORDS = 3
_KICKER = 40  # letters in front of a title that are a label and not the title
_LONGEST = 500
_MOST_HEADINGS = 20
_DEEPEST = 4  # elements between a heading's words and the heading


class Title(NamedTuple):
    """A title, where it stands on the page (source, and visible characters), and why it was taken."""

    text: str
    span: Span | None
    at: tuple[int, int] | None
    reason: str


class _Shown(NamedTuple):
    """A main heading as the page shows it, and its range of visible characters."""

    text: str
    at: tuple[int, int]


def title(declared: Declared, blocks: Sequence[Block], page: Visible, names: Iterable[str]) -> Title:
    """The article's title; "" where the page has none. `names` are the outlet's, which a title may end in."""
    known = {folded(name) for name in names if name}
    said = [(source, text) for source, value in _said(declared) if (text := without_names(value, known))]
    said = [(source, text) for source, text in said if folded(text) not in known]
    shown = list(_headings(blocks, page))
    agreed = [(*max((_agreement(one.text, text), source) for source, text in said), one) for one in shown if said]
    score, source, best = max(agreed, key=lambda one: one[0], default=(0, "", None))
    if best and score:
        return _trimmed(best, said, page, f"title: h1, agrees with {source}")
    whole = [one for one in shown if len(one.text.split()) >= _TITLE_WORDS and folded(one.text) not in known]
    if len(whole) == 1:
        return _placed(whole[0].at, page, "title: the only h1, nothing agrees with it")
    for source, text in said:
        if found := _find(text, page):
            return found._replace(reason=f"title: {source}, stands on the page")
    return _alone(said, shown, page) if said or shown else _bold(blocks, page)


def without_names(text: str, known: Iterable[str]) -> str:
    """A title without the outlet's name before or behind it."""
    parts = pieces(text)
    marks = _SEPARATOR.findall(text)
    while len(parts) > 1 and folded(parts[-1]) in known:
        parts.pop()
        marks.pop()
    while len(parts) > 1 and folded(parts[0]) in known:
        parts.pop(0)
        marks.pop(0)
    return "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True)).strip()


def pieces(text: str) -> list[str]:
    """A page's title cut at what separates the article's from the outlet's name."""
    return _SEPARATOR.split(text)


def _said(declared: Declared) -> Iterator[tuple[str, str]]:
    yield "JSON-LD", clean(declared.article.get("headline"))[:_LONGEST]
    yield "og:title", declared.first("og:title", "twitter:title", "dc.title", "sailthru.title", "headline")[:_LONGEST]
    yield "<title>", declared.title[:_LONGEST]


def _headings(blocks: Sequence[Block], page: Visible) -> Iterator[_Shown]:
    """The main headings of the page in order, each with all the blocks inside it."""
    ranges: dict[int, tuple[int, int]] = {}
    for block in blocks:
        heading = _heading(block.element)
        if heading is not None:
            start, _ = ranges.get(id(heading), (block.start, 0))
            ranges[id(heading)] = start, block.end
            if len(ranges) > _MOST_HEADINGS:
                break
    for start, end in ranges.values():
        text = text_of(page.markup.source, *page.span(start, end))
        if 0 < len(text) <= _LONGEST:
            yield _Shown(text, (start, end))


def _heading(element: Element | None) -> Element | None:
    around = element.around() if element else ()
    return next((one for one in islice(around, _DEEPEST) if one.name == "h1"), None)


def _agreement(one: str, other: str) -> int:
    """How far two titles agree: 3 in every letter, 2 where one begins or ends the other, 1 in most words."""
    first, second = sorted((folded(one), folded(other)), key=len)
    if first == second:
        return _EQUAL
    if len(first) >= _LEAST_PART and (second.startswith(first) or second.endswith(first)):
        return _PART
    words, others = set(one.lower().split()), set(other.lower().split())
    return _ALIKE if len(words & others) >= _SAME_WORDS * min(len(words), len(others)) else 0


def _trimmed(shown: _Shown, said: Sequence[tuple[str, str]], page: Visible, reason: str) -> Title:
    """A heading without the label that stands in it before the title ("Opinion | …"), where another source has none."""
    whole = folded(shown.text)
    for source, text in said[:2]:
        part = folded(text)
        if len(part) >= _LEAST_PART and whole.endswith(part) and 0 < len(whole) - len(part) <= _KICKER:
            start = page.text.rfind(squeeze(text), *shown.at)
            if start >= 0:
                return _placed((start, start + len(squeeze(text))), page, f"title: h1 without its label, as {source}")
    return _placed(shown.at, page, reason)


def _bold(blocks: Sequence[Block], page: Visible) -> Title:
    """On a page without headings: the last line all in bold before the first running text."""
    running = next((i for i, block in enumerate(blocks) if block.end - block.start >= _RUNNING), 0)
    for block in reversed(blocks[max(0, running - _MOST_HEADINGS) : running]):
        if block.bold >= block.end - block.start >= _LEAST_PART:
            return _placed((block.start, block.end), page, "title: a line in bold before the text")
    return Title("", None, None, "title: none")


def _placed(at: tuple[int, int], page: Visible, reason: str) -> Title:
    span = Span(*page.span(*at))
    return Title(text_of(page.markup.source, *span), span, at, reason)


def _find(text: str, page: Visible) -> Title | None:
    squeezed = squeeze(text)
    if len(squeezed) < _LEAST_PART:
        return None
    start = page.text.find(squeezed)
    return _placed((start, start + len(squeezed)), page, "") if start >= 0 else None


def _alone(said: Sequence[tuple[str, str]], shown: Sequence[_Shown], page: Visible) -> Title:
    """Where nothing agrees: the only heading, or else what the page says first."""
    if len(shown) == 1 or (shown and not said):
        return _placed(shown[0].at, page, "title: h1, nothing agrees with it")
    if said:
        source, text = said[0]
        return Title(text, None, None, f"title: {source}, not on the page")
    return Title("", None, None, "title: none")
