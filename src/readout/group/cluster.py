"""Articles that may belong together → groups that do. A pure function of the articles, whatever order they came in.

Groups grow by average linkage over the log-odds of pairs (UPGMA, Sokal and Michener 1958); whether two groups that meet
become one is then decided by what tells them apart as groups, not by the mean alone: a word that stands in every
article of one and in none of the other. Nothing here knows stories, judgements or an index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log1p, sqrt

import numpy as np
from numpy.typing import NDArray

from readout.group.features import NAME, NUMBER
from readout.group.score import FLOOR, MERGE_FACTS, Aligned, Rows, Scale, aligned, common, pairs

Odds = NDArray[np.float64]
HOPELESS = -5.5  # mean log-odds below which no two groups are looked at
# The same people in the same matter again after days of silence: another episode, as monthly calls and polls are.
GAP, ALIKE, PARTICIPANTS = 18, 0.45, 0.65  # days; cosines of the centres, and of their names
SURE = 2.0  # mean log-odds from which it is the same one all the same
# Much the same people after a short silence, where several tell of each in other words: the call, then the deadline.
SILENCE, SEVERAL, UNLIKE, APART, MUCH_THE_SAME = 3, 3, -2.0, 2.0, 0.6  # days; articles; mean log-odds; more than that
# Two weeks of silence between those of whom, on the mean, no two would even be linked.
FORTNIGHT, STRANGERS = 14, -3.0  # days; mean log-odds
_TOP_NAMES, _TOP_WORDS = 3, 6
_FACT = {name: at for at, name in enumerate(MERGE_FACTS)}
_FAR = 60.0


@dataclass(frozen=True)
class Meeting:
    """Two groups that average linkage would join next: members of both, their facts, and the log-odds of one story."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    facts: tuple[float, ...]
    odds: float


@dataclass
class _Group:
    members: tuple[int, ...]
    weights: NDArray[np.float32]  # summed over members, by column
    present: NDArray[np.float32]
    named: NDArray[np.float32]
    numbers: NDArray[np.float32]
    rest: float  # squared weights of features that no other article has
    inner: float  # log-odds summed over the pairs inside
    stands: bool = True


def odds(rows: Rows, scale: Scale) -> Odds:
    """The log-odds of every pair (n, n), within ± FLOOR; the diagonal is 0."""
    sides = aligned(rows, common(rows))
    found = scale.pairs(pairs(sides, sides))
    found = (found + found.T) / 2
    np.fill_diagonal(found, 0.0)
    return found


def meetings(rows: Rows, matrix: Odds, scale: Scale | None = None) -> list[Meeting]:
    """All that average linkage would join, in that order, down to hopeless ones."""
    return list(_Linkage(rows, matrix, scale).run())


def groups(rows: Rows, matrix: Odds, scale: Scale) -> tuple[list[tuple[int, ...]], list[Meeting]]:
    """The groups, as ascending row numbers, in the order of their first; and every meeting that was judged."""
    linkage = _Linkage(rows, matrix, scale)
    judged = list(linkage.run())
    return sorted(linkage.standing()), judged


class _Linkage:
    """Average linkage, one join at a time."""

    def __init__(self, rows: Rows, matrix: Odds, scale: Scale | None) -> None:
        side = aligned(rows, common(rows))
        self._days = rows.days
        self._day: list[float] = rows.days.tolist()
        self._scale = scale
        self._matrix = matrix
        self._mean = matrix.astype(np.float64).copy()
        np.fill_diagonal(self._mean, -np.inf)
        self._most = self._mean.copy()
        self._least = self._mean.copy()
        self._groups: dict[int, _Group] = {row: _alone(row, side) for row in range(len(rows))}
        self._done: list[tuple[int, ...]] = []

    def run(self) -> list[Meeting]:
        """Join until nothing hopeful is left."""
        judged = []
        best = self._mean.argmax(axis=1) if len(self._mean) else np.zeros(0, dtype=np.intp)
        value = self._mean.max(axis=1) if len(self._mean) else np.zeros(0)
        while len(self._groups) > 1:
            left = int(value.argmax())
            right = int(best[left])
            if value[left] <= HOPELESS:
                break
            left, right = min(left, right), max(left, right)
            facts = self._facts(left, right, self._groups[left], self._groups[right])
            if self._is_another_episode(left, right, facts):
                self._mean[left, right] = self._mean[right, left] = -FLOOR
                for row in (left, right):
                    best[row] = self._mean[row].argmax()
                    value[row] = self._mean[row, best[row]]
                continue
            judged.append(self._join(left, right, facts))
            self._refresh(best, value, left, right)
        return judged

    def standing(self) -> list[tuple[int, ...]]:
        """The groups that stand after `run`."""
        return [tuple(sorted(members)) for members in self._done] + [
            tuple(sorted(group.members)) for group in self._groups.values() if group.stands
        ]

    def _is_another_episode(self, left: int, right: int, facts: Sequence[float]) -> bool:
        """Whether the same people are in two episodes: silence lies between them, and either a long one, or a shorter
        one and little that any two share, or several tell of each, in words that those of the other have not.
        """
        a, b = self._groups[left], self._groups[right]
        mean, centres, names, apart = (facts[_FACT[name]] for name in ("mean", "centres", "names", "apart"))
        after_long = mean < SURE and centres > ALIKE and names > PARTICIPANTS
        several = min(len(a.members), len(b.members)) >= SEVERAL and names > MUCH_THE_SAME
        after_short = several and mean <= UNLIKE and apart >= APART
        strangers = mean <= STRANGERS
        if not after_long and not after_short and not strangers:
            return False
        gap = self._gap(a, b)
        return (after_long and gap > GAP) or (after_short and gap >= SILENCE) or (strangers and gap >= FORTNIGHT)

    def _join(self, left: int, right: int, facts: Sequence[float]) -> Meeting:
        a, b = self._groups[left], self._groups.pop(right)
        odds = float(self._scale.merge.odds(np.array(facts))) if self._scale else 0.0
        stands = a.stands and b.stands and odds >= 0
        if self._scale and not stands:
            self._done += [group.members for group in (a, b) if group.stands]
        between = self._mean[left, right] * len(a.members) * len(b.members)
        self._groups[left] = _Group(
            a.members + b.members,
            a.weights + b.weights,
            a.present + b.present,
            a.named + b.named,
            a.numbers + b.numbers,
            a.rest + b.rest,
            a.inner + b.inner + between,
            stands,
        )
        share = len(a.members) / (len(a.members) + len(b.members))
        self._mean[left] = share * self._mean[left] + (1 - share) * self._mean[right]
        np.maximum(self._most[left], self._most[right], out=self._most[left])
        np.minimum(self._least[left], self._least[right], out=self._least[left])
        for table in (self._mean, self._most, self._least):
            table[left, left] = -np.inf
            table[:, left] = table[left]
            table[right] = table[:, right] = -np.inf
        return Meeting(a.members, b.members, tuple(facts), odds)

    def _refresh(self, best: NDArray[np.intp], value: Odds, left: int, right: int) -> None:
        value[right] = -np.inf
        changed = ((best == left) | (best == right)) & (value > -np.inf)
        changed[left] = True
        stale = np.flatnonzero(changed)
        best[stale] = self._mean[stale].argmax(axis=1)
        value[stale] = self._mean[stale, best[stale]]
        better = self._mean[:, left] > value
        best[better] = left
        value[better] = self._mean[better, left]

    def _facts(self, left: int, right: int, a: _Group, b: _Group) -> list[float]:
        mean, most = float(self._mean[left, right]), float(self._most[left, right])
        inside = [_inside(group) for group in (a, b) if len(group.members) > 1]
        within = min(inside) if inside else mean
        names = (a.named + b.named) * 2 > a.present + b.present
        numbers = (a.numbers + b.numbers) > 0
        own = [_own(a, b), _own(b, a)]
        least = [1 / (len(group.members) + 1) for group in (a, b)]
        own_names = [_top(one[names], _TOP_NAMES, floor) for one, floor in zip(own, least, strict=True)]
        own_words = [_top(one, _TOP_WORDS, floor) for one, floor in zip(own, least, strict=True)]
        own_numbers = [_top(one[numbers], 1, 0.0) for one in own]
        sizes = len(a.members), len(b.members)
        return [
            mean,
            most,
            float(self._least[left, right]),
            within,
            within - mean,
            _cosine(a.weights, b.weights, a.rest, b.rest),
            _cosine(a.weights * names, b.weights * names, 0.0, 0.0),
            max(own_names),
            min(own_names),
            min(own_words),
            min(own_numbers),
            log(min(sizes)),
            log(max(sizes)),
            self._days_between(a, b),
            most - mean,
        ]

    def _gap(self, a: _Group, b: _Group) -> float:
        """Days of silence between the two; 0 where they overlap, and where a day is unknown: that parts nobody."""
        first, second = (self._days[list(group.members)] for group in (a, b))
        between = max(float(first.min() - second.max()), float(second.min() - first.max()))
        return between if between > 0 else 0.0

    def _days_between(self, a: _Group, b: _Group) -> float:
        first, second = (_median([self._day[row] for row in group.members]) for group in (a, b))
        return log1p(min(abs(first - second), _FAR)) if first is not None and second is not None else 0.0


def _median(days: Sequence[float]) -> float | None:
    """The median of the known days, if any is."""
    known = sorted(day for day in days if day == day)  # noqa: PLR0124 - not a number
    if not known:
        return None
    return (known[(len(known) - 1) // 2] + known[len(known) // 2]) / 2


def _alone(row: int, side: Aligned) -> _Group:
    weights = side.weights[row]
    whole = float((side.whole.weights[row] ** 2).sum())
    return _Group(
        (row,),
        weights,
        (weights > 0).astype(np.float32),
        ((side.kinds[row] & NAME) > 0).astype(np.float32),
        ((side.kinds[row] & NUMBER) > 0).astype(np.float32),
        max(0.0, whole - float((weights**2).sum())),
        0.0,
    )


def _inside(group: _Group) -> float:
    size = len(group.members)
    return group.inner * 2 / (size * (size - 1))


def _own(a: _Group, b: _Group) -> NDArray[np.float32]:
    """By column, how much it marks `a` off from `b`: in all of the one, in none of the other, near 1."""
    return a.present / np.float32(len(a.members) + 1) * (1 - b.present / np.float32(len(b.members))) ** 2


def _top(values: NDArray[np.float32], count: int, floor: float) -> float:
    """The mean of the `count` largest, none below `floor`: words that are an article's alone are in no column."""
    above = values[values > floor]
    largest = np.partition(above, -count)[-count:] if len(above) > count else above
    return (float(largest.sum()) + floor * (count - len(largest))) / count


def _cosine(a: NDArray[np.float32], b: NDArray[np.float32], rest_a: float, rest_b: float) -> float:
    norms = (float(a @ a) + rest_a) * (float(b @ b) + rest_b)
    return float(a @ b) / (sqrt(norms) + 1e-9)
