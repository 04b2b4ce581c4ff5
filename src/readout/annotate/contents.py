"""Which statement a place of the text belongs to: by its content, or by its cue. Look-ups only."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from readout.models import UNRESOLVED, Span, Statement


class Contents:
    """The contents and cues of an article's statements, sorted for look-ups that do not grow with their number."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        pieces = sorted(((*span, place) for place, one in enumerate(statements) for span in one.content))
        self._statements = statements
        self._pieces = pieces
        self._starts = [start for start, _, _ in pieces]
        self._reach = list(accumulate((end for _, end, _ in pieces), max))
        self._cues = sorted((one.cue.start, place) for place, one in enumerate(statements) if one.cue)

    def holding(self, start: int, end: int) -> Iterator[Statement]:
        """The statements in whose content those characters lie, the shortest content first."""
        found = []
        place = bisect_right(self._starts, start) - 1
        while place >= 0 and self._reach[place] >= end:
            begin, until, number = self._pieces[place]
            if until >= end:
                found.append((until - begin, number))
            place -= 1
        yield from (self._statements[number] for _, number in sorted(found))

    def speaker(self, start: int, end: int) -> str | None:
        """Who says those characters, by name: the innermost speaker that is resolved."""
        return next((one.speaker.name for one in self.holding(start, end) if one.speaker.name != UNRESOLVED), None)

    def cued(self, span: Span) -> Statement | None:
        """The first statement whose cue begins in the span."""
        place = bisect_left(self._cues, (span.start, 0))
        if place < len(self._cues) and self._cues[place][0] < span.end:
            return self._statements[self._cues[place][1]]
        return None
