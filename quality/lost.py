"""Where planted points are lost on the way to a found one: counts by step, never words.

  python -m quality.accounts --lost

The steps, the first that fails counting: `statement` none of ours stands there for two of its accounts; `minor` ours
are not core; `party` those found are of one party; `apart` no pair of them is sure enough; `gathered` a pair is, but no
point sets them beside each other; `relation` the point is found, its relation is not; `found`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from readout.compare import align, sides
from readout.compare.told import Report, originals, told
from readout.models import Point, Statement

STEPS = ("statement", "minor", "party", "apart", "gathered", "relation", "found")
IsOne = Callable[[Statement], bool]


class Steps:
    """A story's statements, their parties and the pairs among them."""

    def __init__(self, reports: Sequence[Report], background: Sequence[Report] = ()) -> None:
        every = [one for report in originals(reports) for one in told(report)]
        belongs = sides.of_speakers(sides.parties(reports, background), reports)
        core = [one for one in every if one.statement.core]
        self._every = [one.statement for one in every]
        self._core = [one.statement for one in core]
        self._of = [belongs.get(one.statement.speaker.name, ()) for one in core]
        found = [*align.pairs(core, self._of, align.weights(core)), *align.joint(core, self._of)]
        self._pairs = {frozenset((pair.one, pair.other)) for pair in found}

    def lost(self, accounts: Sequence[IsOne], relation: str, found: Iterable[Point]) -> str:
        """The step at which a point of those accounts is lost; `found` are the points that are it."""
        relations = {str(point.relation) for point in found}
        if relations:
            return "found" if relation in relations else "relation"
        if sum(any(map(each, self._every)) for each in accounts) < 2:
            return "statement"
        held = [{number for number, one in enumerate(self._core) if each(one)} for each in accounts]
        both = {frozenset((a, b)) for one, other in combinations(held, 2) for a in one for b in other}
        if not both:
            return "minor"
        if not any(self._are_apart(pair) for pair in both):
            return "party"
        return "gathered" if both & self._pairs else "apart"

    def _are_apart(self, pair: frozenset[int]) -> bool:
        parties = [set(self._of[number]) for number in pair]
        return len(parties) == 1 or (all(parties) and parties[0].isdisjoint(parties[1]))
