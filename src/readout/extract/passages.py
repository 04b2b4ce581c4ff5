"""Where extracted words stand on their page: words in, passages out, each a block with what is claimed of it.

An extractor says which words are an article's; the page's own markup says where its paragraphs begin and end. Words are
found by their characters alone, white space aside, so that nothing but a changed word can hide them. Knows no rule
about what belongs to an article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from readout.models import Span
from readout.text.blocks import Block, Element
from readout.text.html import BREAKS, Visible, squeeze, text_of

_BUDGET = 100_000_000  # characters that may be searched on one page for words that are not where they should be
_RUNNING = 80  # characters without white space from which a block is running text
_NEAR = 20_000  # characters beside what was found last, where the next is looked for first

Range = tuple[int, int]


class Unit(NamedTuple):
    """A paragraph as an extractor gives it: its text nodes in order."""

    pieces: Sequence[str]

    @property
    def text(self) -> str:
        """The paragraph without white space."""
        return squeeze("".join(self.pieces))


class Passage(NamedTuple):
    """A block of a page and the parts of it that are claimed (offsets into `Visible.text`), with the text shown."""

    block: Block
    ranges: tuple[Range, ...]
    spans: tuple[Span, ...]
    text: str

    @property
    def size(self) -> int:
        """How many characters are claimed, white space aside."""
        return sum(end - start for start, end in self.ranges)

    def around(self) -> Iterable[Element]:
        """The elements that it stands in, outwards."""
        return self.block.element.around() if self.block.element else ()


class Found(NamedTuple):
    """The ranges of a page's visible text where units were found, ascending, and the units that are not on it."""

    ranges: list[Range]
    missing: list[Unit]


def find(units: Sequence[Unit], page: Visible) -> Found:
    """Where the units stand on the page. The longest is looked for first, the others around it in their order, so that
    a line that occurs often is found beside its neighbours.
    """
    search = _Search(page.text)
    texts = [unit.text for unit in units]
    anchor = max(range(len(units)), key=lambda i: len(texts[i]), default=0)
    cursor = 0
    for i in range(anchor, len(units)):
        cursor = search.forward(units[i], texts[i], cursor)
    cursor = min((start for start, _ in search.ranges), default=len(page.text))
    for i in range(anchor - 1, -1, -1):
        cursor = search.backward(units[i], texts[i], cursor)
    return Found(merged(search.ranges), search.missing)


class _Search:
    """One search through one page: what was found, what is missing, what may still be spent."""

    def __init__(self, text: str) -> None:
        self.ranges: list[Range] = []
        self.missing: list[Unit] = []
        self._text = text
        self._budget = _BUDGET

    def forward(self, unit: Unit, text: str, cursor: int) -> int:
        """Look for a unit after `cursor`, then anywhere; where the next one is to be looked for."""
        if not text:
            return cursor
        at = self._find(text, cursor)
        at = self._find(text, 0) if at < 0 and cursor else at
        if at < 0:
            return self._by_pieces(unit, cursor)
        self.ranges.append((at, at + len(text)))
        return at + len(text)

    def backward(self, unit: Unit, text: str, cursor: int) -> int:
        """Look for a unit before `cursor`, the nearest one; then as `forward` does."""
        if not text:
            return cursor
        near = max(0, cursor - _NEAR - len(text))
        at = self._text.rfind(text, near, cursor)
        if at < 0 and self._spend(near):
            at = self._text.rfind(text, 0, near + len(text))
        if at < 0:
            self.forward(unit, text, 0)
            return cursor
        self.ranges.append((at, at + len(text)))
        return at

    def _find(self, text: str, start: int) -> int:
        near = start + _NEAR + len(text)
        at = self._text.find(text, start, near)
        if at < 0 and self._spend(len(self._text) - near):
            at = self._text.find(text, max(start, near - len(text)))
        return at

    def _spend(self, characters: int) -> bool:
        """Whether so many characters may still be searched. Words that stand near their neighbours cost nothing."""
        self._budget -= max(0, characters)
        return self._budget > 0

    def _by_pieces(self, unit: Unit, cursor: int) -> int:
        """An element between the pieces was left out by the extractor: each piece by itself, all or nothing."""
        found: list[Range] = []
        at = cursor
        for piece in filter(None, map(squeeze, unit.pieces)):
            start = self._find(piece, at)
            if start < 0:
                self.missing.append(unit)
                return cursor
            at = start + len(piece)
            found.append((start, at))
        self.ranges += found
        return at


def merged(ranges: Iterable[Range]) -> list[Range]:
    """The ranges in their order, those that touch made one."""
    kept: list[Range] = []
    for start, end in sorted(ranges):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def passages(ranges: Sequence[Range], blocks: Sequence[Block], page: Visible) -> list[Passage]:
    """The blocks that the ranges touch, in the order of the page."""
    starts = [block.start for block in blocks]
    claimed: dict[int, list[Range]] = {}
    for start, end in ranges:
        first = max(0, bisect_right(starts, start) - 1)
        for i in range(first, len(blocks)):
            if blocks[i].start >= end:
                break
            part = max(start, blocks[i].start), min(end, blocks[i].end)
            if part[0] < part[1]:
                claimed.setdefault(i, []).append(part)
    return [passage(blocks[i], claimed[i], page) for i in sorted(claimed)]


def passage(block: Block, ranges: Sequence[Range], page: Visible, between: str = " ") -> Passage:
    """A block with those ranges of it claimed: its text is what a browser shows of each, with `between` between."""
    spans = tuple(Span(*page.span(start, end)) for start, end in ranges)
    return Passage(block, tuple(ranges), spans, between.join(text_of(page.markup.source, *span) for span in spans))


def densest(blocks: Sequence[Block]) -> list[Range]:
    """The ranges of the blocks in the element that holds most running text, by itself and one element further down.

    Paragraphs count for the element they stand in, and half for the one around it (as in Readability, Arc90 2010).
    """
    weights: Counter[int] = Counter()
    elements: dict[int, Element] = {}
    for block in blocks:
        size = block.end - block.start
        if size < _RUNNING or block.linked * 3 > size:
            continue
        around = [one for one in (block.element.around() if block.element else ()) if one.name in BREAKS]
        for element, share in zip(around[1:3] if len(around) > 1 else around, (2, 1), strict=False):
            weights[id(element)] += share * size
            elements[id(element)] = element
    if not weights:
        return []
    best = elements[weights.most_common(1)[0][0]]
    return [(block.start, block.end) for block in blocks if block.element and _is_in(block.element, best)]


def _is_in(element: Element, outer: Element) -> bool:
    return any(one is outer for one in element.around())
