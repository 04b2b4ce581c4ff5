"""Rows of tables: the cells that an extractor gives one by one, put together as the page sets them.

A row is one paragraph. Each of its cells has a span of its own, and in the text a tab stands between cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from readout.extract.passages import Passage, Range, passage
from readout.models import ParagraphKind
from readout.text.blocks import Element
from readout.text.html import Visible

CELLS = frozenset({"td", "th"})
BETWEEN = "\t"

Kept = tuple[Passage, ParagraphKind]


def rows(kept: Iterable[Kept], page: Visible) -> Iterator[Kept]:
    """The passages with those of one table row joined into one, in their order; the others as they are."""
    for row, members in groupby(kept, _row):
        if row is None:
            yield from members
        else:
            yield _joined([one for one, _ in members], page), ParagraphKind.TABLE_ROW


def cell(one: Passage) -> Element | None:
    """The cell of a table that a passage stands in."""
    return next((element for element in one.around() if element.name in CELLS), None)


def _row(entry: Kept) -> object:
    """What tells rows apart: the element that a cell stands in, or the cell itself where a page left it out."""
    one, kind = entry
    own = cell(one) if kind is ParagraphKind.TABLE_ROW else None
    return _Same(own.parent or own) if own else None


class _Same:
    """An element by its identity: two elements may look the same."""

    def __init__(self, element: Element) -> None:
        self._element = element

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other._element is self._element

    def __hash__(self) -> int:
        return id(self._element)


def _joined(parts: Sequence[Passage], page: Visible) -> Passage:
    """One passage of one row, with a range for each cell."""
    ranges: list[Range] = []
    for _, members in groupby(parts, lambda one: id(cell(one))):
        inside = [part for one in members for part in one.ranges]
        ranges.append((inside[0][0], inside[-1][1]))
    return passage(parts[0].block, ranges, page, between=BETWEEN)
