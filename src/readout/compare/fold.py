"""Points that would be read twice: one that stands whole in another, or two that are told under one heading. No pair is
judged here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from readout.compare.align import Pair
from readout.compare.guards import Verdict
from readout.models import Relation

Judged = Sequence[tuple[Pair, Verdict]]  # the pairs of one point, each with its relation


def apart(points: Sequence[Judged], related: Callable[[Judged], Relation]) -> Iterator[Judged]:
    """The points without those all of whose statements stand in another that relates alike, by `related`."""
    held, relations = [statements(one) for one in points], [related(one) for one in points]
    holding: dict[int, list[int]] = defaultdict(list)
    for at, numbers in enumerate(held):
        for number in numbers:
            holding[number].append(at)
    for at, numbers in enumerate(held):
        others = (other for other in holding[min(numbers)] if relations[other] is relations[at] and other != at)
        if not any(numbers < held[other] or (numbers == held[other] and other < at) for other in others):
            yield points[at]


def folded(
    points: Iterable[Judged], related: Callable[[Judged], Relation], headed: Callable[[Judged], str]
) -> Sequence[Judged]:
    """The points, those as one that share a statement, relate alike, and have one heading by `headed`."""
    found: list[list[tuple[Pair, Verdict]]] = []
    holding: dict[tuple[int, Relation], list[int]] = defaultdict(list)
    for one in points:
        keys = [(number, related(one)) for number in sorted(statements(one))]
        near = dict.fromkeys(at for key in keys for at in holding[key])
        same = next((at for at in near if headed(found[at]) == headed(one)), None)
        if same is None:
            found.append([])
        at = len(found) - 1 if same is None else same
        found[at] += one
        for key in keys:
            holding[key].append(at)
    return found


def statements(one: Judged) -> frozenset[int]:
    """The numbers of the statements that the pairs of a point hold."""
    return frozenset(number for pair, _ in one for number in (pair.one, pair.other))
