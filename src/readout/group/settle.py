"""Which of the articles that are linked make one story: settled all at once, so that no order of arrival shows.

Of more articles than can be compared each with each, the most alike stand for one another first.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import numpy as np

from readout.group import cluster
from readout.group.links import Links
from readout.group.score import FLOOR, Rows, Scale

LARGEST = 64  # articles that are compared each with each
CERTAIN = 3.0  # log-odds: what is linked so closely is not parted for being much
DOUBT, PERHAPS = 0.4, -1.0  # log-odds: between these, people are asked
_UNSETTLED = 127


def linked(start: int, links: Links, least: float = -FLOOR, most: int | None = None) -> set[int]:
    """All that hang together with `start` by links of at least those log-odds, itself included; of more than `most`
    only so many, and one.
    """
    found = {start}
    ahead = [start]
    while ahead:
        for other, odds in links.of(ahead.pop()):
            if odds >= least and other not in found:
                found.add(other)
                ahead.append(other)
                if most is not None and len(found) > most:
                    return found
    return found


class Parts:
    """What is settled together: what hangs together by links from `least` on, or of more than `largest`, what does by
    ever better links, up to certain ones. It remembers by how good a link each row was parted from others, so that of
    what all hangs together only what changed is settled again.
    """

    def __init__(self, links: Links, least: float, largest: int = LARGEST) -> None:
        self._links, self._least, self._largest = links, least, largest
        self._steps = array("b")  # of each row, how far above `least` it was settled
        self.changes: set[int] = set()  # rows of which that is other than it was

    def changed(self, touched: Iterable[int]) -> Iterator[list[int]]:
        """The parts that are others now that the links of those rows changed."""
        done: set[int] = set()
        ahead, step = set(touched), 0
        while ahead:
            crowded: set[int] = set()
            for row in sorted(ahead):
                if row not in done and row not in crowded:
                    together = self._together(row, step)
                    if together is None:
                        crowded |= self._freed(row, step)
                        continue
                    done |= together
                    self._settle(together, step)
                    yield list(together)
            ahead, step = crowded - done, step + 1

    def _together(self, row: int, step: int) -> set[int] | None:
        """All that hangs together with a row at that step, None where it is too much."""
        last = self._least + step >= CERTAIN
        found = linked(row, self._links, self._least + step, None if last else self._largest)
        return found if last or len(found) <= self._largest else None

    def _freed(self, row: int, step: int) -> set[int]:
        """A row, and all that was settled at that step with what hangs together with it, and is too much now."""
        found = {row}
        ahead = [row]
        while ahead:
            for other, odds in self._links.of(ahead.pop()):
                if odds >= self._least + step and other not in found and self._step(other) <= step:
                    found.add(other)
                    ahead.append(other)
        return found

    def step(self, row: int) -> int:
        """How far above `least` that row was settled, to be kept."""
        return self._step(row)

    def restore(self, row: int, step: int) -> None:
        """Take in how far above `least` a row was settled."""
        self._reach(row)
        self._steps[row] = step

    def _step(self, row: int) -> int:
        self._links.recall(row)
        return self._steps[row] if row < len(self._steps) else _UNSETTLED

    def _settle(self, rows: Iterable[int], step: int) -> None:
        self._reach(max(rows))
        for row in rows:
            if self._steps[row] != step:
                self._steps[row] = step
                self.changes.add(row)

    def _reach(self, row: int) -> None:
        self._steps.extend([_UNSETTLED] * (row + 1 - len(self._steps)))


def stand_ins(numbers: list[int], links: Links, largest: int = LARGEST) -> list[list[int]]:
    """The numbers in lists of which the first stands for the rest: one each, or else no more lists than `largest`,
    those of the best links together (single linkage). `numbers` are in an order that ties follow.
    """
    lists = {number: [number] for number in numbers}
    if len(numbers) <= largest:
        return list(lists.values())
    place = {number: at for at, number in enumerate(numbers)}
    edges = sorted(
        (-odds, place[a], place[b]) for a in numbers for b, odds in links.of(a) if place[a] < place.get(b, -1)
    )
    left = len(numbers)
    for _, at, to in edges:
        a, b = lists[numbers[at]], lists[numbers[to]]
        if a is not b:
            left -= 1
            first, second = (a, b) if place[a[0]] < place[b[0]] else (b, a)
            first += second
            lists.update(dict.fromkeys(second, first))
        if left <= largest:
            break
    return list({id(one): one for one in lists.values()}.values())


def settled(rows: Rows, scale: Scale) -> tuple[list[tuple[int, ...]], list[tuple[float, int]]]:
    """The groups of rows by their places, and for each the log-odds of where it is and the place it is most like."""
    matrix = cluster.odds(rows, scale)
    groups, met = cluster.groups(rows, matrix, scale)
    return groups, _sureness(matrix, groups, met)


def _sureness(
    matrix: cluster.Odds, groups: Iterable[tuple[int, ...]], met: Iterable[cluster.Meeting]
) -> list[tuple[float, int]]:
    np.fill_diagonal(matrix, -np.inf)
    nearest = matrix.argmax(axis=1)
    alone = {group[0] for group in groups if len(group) == 1}
    odds = np.full(len(matrix), -FLOOR)
    for meeting in met:
        for side in (meeting.left, meeting.right):
            if len(side) == 1 and (meeting.odds < 0 or side[0] not in alone):
                odds[side[0]] = max(odds[side[0]], meeting.odds)
    found = [(float(value), int(at)) for value, at in zip(odds, nearest, strict=True)]
    for row, others, value in _doubts(list(groups), met):
        found[row] = value, max(others, key=lambda at: (matrix[row, at], -at))
    return found


def _doubts(
    groups: list[tuple[int, ...]], met: Iterable[cluster.Meeting]
) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """Where several may belong with several others, or not: the first of those that would go, the others, the odds."""
    where = {row: at for at, group in enumerate(groups) for row in group}
    for meeting in met:
        sides = meeting.left, meeting.right
        homes = [where[side[0]] for side in sides]
        joined = homes[0] == homes[1]
        whole = joined or all(len(groups[home]) == len(side) for home, side in zip(homes, sides, strict=True))
        if not PERHAPS < meeting.odds < DOUBT or joined != (meeting.odds >= 0) or not whole:
            continue
        going, others = sorted(sides, key=lambda side: (len(side) if not joined else 0, -min(side)))
        if len(going) > 1:
            yield min(going), others, meeting.odds
