"""Which articles may belong together, and how likely: a graph of small numbers, as compact as it can be.

Some 8 bytes a link and end. It decides nothing: who links says how likely. Links that were kept come in when they are
asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable


class Links:
    """Log-odds between rows 0, 1, 2 …, the same from either end. `recall` is told of each row before its links are
    looked at.
    """

    def __init__(self, recall: Callable[[int], None] | None = None) -> None:
        self.recall = recall or _nothing
        self._ends: dict[int, tuple[array[int], array[float]]] = {}  # of each row the others, and the odds of each

    def put(self, one: int, other: int, odds: float) -> None:
        """Link two rows that are not linked."""
        for here, there in ((one, other), (other, one)):
            ends = self._ends.get(here)
            if ends is None:
                ends = self._ends[here] = array("i"), array("f")
            ends[0].append(there)
            ends[1].append(odds)

    def of(self, row: int) -> Iterable[tuple[int, float]]:
        """The rows linked with that one, with the log-odds of each."""
        self.recall(row)
        return self.known(row)

    def known(self, row: int) -> Iterable[tuple[int, float]]:
        """Those of them that are known so far."""
        ends = self._ends.get(row)
        return zip(*ends, strict=True) if ends else ()

    def drop(self, row: int) -> set[int]:
        """Take a row's links away; the rows that it was linked with."""
        self.recall(row)
        others = set(self._ends.pop(row, ((), ()))[0])
        for other in others:
            there, odds = self._ends[other]
            at = there.index(row)
            del there[at], odds[at]
        return others


def _nothing(_row: int) -> None:
    """There is nothing to recall."""
