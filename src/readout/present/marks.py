"""A page's text with spans marked in it, as much of it as one screen can take.

Marks may overlap; what comes out is flat: pieces in the order of the text, each marked once or not at all, and gaps
that say how many characters they leave out. Pieces and gaps together always account for every character from the
excerpt's start to its end. Knows numbers and strings only.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from readout.models import Span

BUDGET = 48_000  # characters an excerpt may show, so that the largest page still makes a screen of some 300 kB
CONTEXT = 240  # characters shown either side of a mark
_PIECE_COST = 120  # characters of budget that a piece's own markup takes


@dataclass(frozen=True)
class Mark:
    """A span with the word that says what it is, and the article's position on the page."""

    span: Span
    label: str
    article: int


@dataclass(frozen=True)
class Piece:
    """Characters from `start` on; `mark` says what they are, `first` that the mark begins here."""

    start: int
    text: str
    mark: Mark | None = None
    first: bool = False


@dataclass(frozen=True)
class Gap:
    """Characters that are not shown."""

    start: int
    count: int


@dataclass(frozen=True)
class Excerpt:
    """What is shown of a text of `length` characters: `start` to `end`, and where to go on before and after."""

    pieces: tuple[Piece | Gap, ...]
    start: int
    end: int
    length: int
    previous: int | None
    following: int | None


@dataclass(frozen=True)
class _Run:
    start: int
    end: int
    mark: Mark | None


def excerpt(text: str, marks: Iterable[Mark], *, start: int = 0, whole: bool = False, budget: int = BUDGET) -> Excerpt:
    """What one screen shows around `start` and on: the marks and some text about them, or with `whole` every character.

    A text that fits in the budget is shown from its first character to its last, whatever is asked for. A piece begins
    at `start`, so that it can be pointed at.
    """
    length = len(text)
    runs = list(_runs(length, marks, start))
    if length + len(runs) * _PIECE_COST <= budget:
        regions, start = [Span(0, length)], 0
    else:
        regions = [Span(0, length)] if whole else _regions(length, runs)
        shown = sum(region.end - region.start for region in regions)
        start = 0 if shown + len(runs) * _PIECE_COST <= budget else max(0, start - CONTEXT)
    pieces, end = _fill(text, _shown(runs, regions, start), start, budget)
    return Excerpt(
        pieces=tuple(pieces),
        start=start,
        end=end,
        length=length,
        previous=_back(regions, start, budget) if start else None,
        following=end if end < length else None,
    )


def _runs(length: int, marks: Iterable[Mark], start: int) -> Iterator[_Run]:
    """The text cut at `start` and where marks begin and end; where marks overlap the shortest counts."""
    inside = [(max(0, m.span.start), min(length, m.span.end), m) for m in marks]
    waiting = sorted((held for held in inside if held[0] < held[1]), key=lambda held: held[:2])
    edges = sorted({0, min(start, length), length, *(edge for left, right, _ in waiting for edge in (left, right))})
    active: list[tuple[int, int, int, Mark]] = []
    upcoming = 0
    for left, right in pairwise(edges):
        while upcoming < len(waiting) and waiting[upcoming][0] <= left:
            begin, end, mark = waiting[upcoming]
            heapq.heappush(active, (end - begin, upcoming, end, mark))
            upcoming += 1
        while active and active[0][2] <= left:
            heapq.heappop(active)
        yield _Run(left, right, active[0][3] if active else None)


def _regions(length: int, runs: Sequence[_Run]) -> list[Span]:
    """Where the marks are, with their context; everything where there is no mark."""
    regions: list[Span] = []
    for run in runs:
        if run.mark is None:
            continue
        start, end = max(0, run.start - CONTEXT), min(length, run.end + CONTEXT)
        if regions and start <= regions[-1].end + CONTEXT:
            start = regions.pop().start
        regions.append(Span(start, end))
    return regions or [Span(0, length)]


def _shown(runs: Sequence[_Run], regions: Sequence[Span], start: int) -> Iterator[_Run]:
    """The runs from `start` on, cut to the regions."""
    upcoming = iter(regions)
    region = next(upcoming, None)
    for run in runs:
        while region and region.end <= run.start:
            region = next(upcoming, None)
        while region and region.start < run.end:
            left, right = max(run.start, region.start, start), min(run.end, region.end)
            if left < right:
                yield _Run(left, right, run.mark)
            if region.end > run.end:
                break
            region = next(upcoming, None)


def _fill(text: str, shown: Iterable[_Run], start: int, budget: int) -> tuple[list[Piece | Gap], int]:
    pieces: list[Piece | Gap] = []
    at, left = start, budget
    for run in shown:
        if left <= _PIECE_COST:
            return pieces, at
        if run.start > at:
            pieces.append(Gap(at, run.start - at))
        end = min(run.end, run.start + left - _PIECE_COST)
        first = run.mark is not None and run.start == run.mark.span.start
        pieces.append(Piece(run.start, text[run.start : end], run.mark, first))
        at, left = end, left - _PIECE_COST - (end - run.start)
        if end < run.end:
            return pieces, at
    if at < len(text):
        pieces.append(Gap(at, len(text) - at))
    return pieces, len(text)


def _back(regions: Sequence[Span], start: int, budget: int) -> int:
    """Where to begin so that about one budget of shown characters comes before `start`."""
    left = budget
    for region in reversed(regions):
        end = min(region.end, start)
        if region.start >= end:
            continue
        if end - region.start > left:
            return end - left
        left -= end - region.start + _PIECE_COST
        if left <= 0:
            return region.start
    return 0
