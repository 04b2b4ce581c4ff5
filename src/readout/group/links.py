"""Which articles may belong together, and how likely: a graph of small numbers, as compact as it can be.

Some 12 bytes a link and end. It decides nothing: who links says how likely. Links that were kept come in when they are
asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator

_NONE = -1
_GONE = float("-inf")


class Links:
    """Log-odds between rows 0, 1, 2 …, the same from either end. `recall` is told of each row before its links are
    looked at.
    """

    def __init__(self, recall: Callable[[int], None] | None = None) -> None:
        self.recall = recall or _nothing
        self._last = array("i")  # of each row, the end of a link that was put last
        self._before = array("i")  # of each end, the one that was put before it
        self._to = array("i")
        self._odds = array("f")

    def put(self, one: int, other: int, odds: float) -> None:
        """Link two rows that are not linked."""
        self._reach(max(one, other))
        for here, there in ((one, other), (other, one)):
            self._before.append(self._last[here])
            self._last[here] = len(self._to)
            self._to.append(there)
            self._odds.append(odds)

    def of(self, row: int) -> Iterator[tuple[int, float]]:
        """The rows linked with that one, with the log-odds of each."""
        self.recall(row)
        yield from self.known(row)

    def known(self, row: int) -> Iterator[tuple[int, float]]:
        """Those of them that are known so far."""
        end = self._last[row] if row < len(self._last) else _NONE
        while end != _NONE:
            if self._odds[end] != _GONE:
                yield self._to[end], self._odds[end]
            end = self._before[end]

    def drop(self, row: int) -> set[int]:
        """Take a row's links away; the rows that it was linked with."""
        others = {other for other, _ in self.of(row)}
        end = self._last[row] if others else _NONE
        while end != _NONE:
            self._odds[end] = self._odds[end ^ 1] = _GONE  # both ends were put one after the other
            end = self._before[end]
        return others

    def _reach(self, row: int) -> None:
        self._last.extend([_NONE] * (row + 1 - len(self._last)))


def _nothing(_row: int) -> None:
    """There is nothing to recall."""
