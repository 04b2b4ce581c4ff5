"""What stands in the sentence around a place of the text: the times and the places named there. Nothing is resolved.

Made once an article; every look-up is a bisection or a walk over one sentence's few entries.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from readout.annotate.tokens import Tokens
from readout.models import Entity, EntityKind, Mention, Span, TimeExpression

_WHERE = frozenset({"in", "at", "near", "off", "outside", "inside", "across"})
_REACH = 24  # characters before a place's name in which its preposition stands


@dataclass(frozen=True)
class Surroundings:
    """The sentences of an article, with what each of them names."""

    cut: Tokens
    entities: tuple[Entity, ...]
    timed: tuple[TimeExpression, ...]

    @cached_property
    def opens(self) -> list[int]:
        """Where each sentence begins."""
        return [start for start, _ in self.cut.bounds]

    @cached_property
    def times(self) -> dict[int, list[TimeExpression]]:
        """The time expressions of each sentence by its number, in order."""
        found: dict[int, list[TimeExpression]] = defaultdict(list)
        for time in self.timed:
            found[self.sentence(time.span.start)].append(time)
        return found

    @cached_property
    def mentions(self) -> list[tuple[Mention, Entity]]:
        """Every mention of an entity, in order."""
        pairs = [(mention, entity) for entity in self.entities for mention in entity.mentions]
        return sorted(pairs, key=lambda pair: pair[0].span)

    @cached_property
    def places(self) -> dict[int, str]:
        """The first place that each sentence names as where something is, by its number."""
        found: dict[int, str] = {}
        for mention, entity in self.mentions:
            if entity.kind is EntityKind.PLACE:
                number = self.sentence(mention.span.start)
                if number not in found and self.before(mention.span.start) in _WHERE:
                    found[number] = entity.name
        return found

    def overlapping(self, number: int, span: Span) -> Iterator[tuple[Mention, Entity]]:
        """The mentions of a sentence that overlap a span, in order."""
        low, high = bisect_right(self._reach, span.start), bisect_left(self._named_at, span.end)
        for mention, entity in self.mentions[low:high]:
            if mention.span.end > span.start and self.sentence(mention.span.start) == number:
                yield mention, entity

    @cached_property
    def _named_at(self) -> list[int]:
        return [mention.span.start for mention, _ in self.mentions]

    @cached_property
    def _reach(self) -> list[int]:
        return list(accumulate((mention.span.end for mention, _ in self.mentions), max))

    def sentence(self, offset: int) -> int:
        """The number of the sentence that holds a character."""
        return max(0, bisect_right(self.opens, offset) - 1)

    def bounds(self, number: int) -> tuple[int, int]:
        """The characters of a sentence."""
        return self.cut.bounds[number]

    def tokens(self, number: int) -> tuple[int, int]:
        """The first token of a sentence, and the one after its last."""
        start, end = self.bounds(number)
        starts, _ = self.cut.edges
        return bisect_left(starts, start), bisect_left(starts, end)

    def within(self, span: Span) -> range:
        """The tokens that a span holds."""
        starts, _ = self.cut.edges
        return range(bisect_left(starts, span.start), bisect_left(starts, span.end))

    @cached_property
    def _dated(self) -> tuple[list[TimeExpression], list[int]]:
        dated = [time for time in self.timed if time.kind in {"DATE", "TIME"} and time.start]
        return dated, [time.span.start for time in dated]

    def date(self, number: int, near: int) -> TimeExpression | None:
        """The dated time of a sentence that stands nearest to a character."""
        dated, starts = self._dated
        at = bisect_left(starts, near)
        beside = [time for time in dated[max(0, at - 1) : at + 1] if self.sentence(time.span.start) == number]
        return min(beside, key=lambda time: abs(time.span.start - near), default=None)

    def before(self, offset: int) -> str:
        """The preposition before a name, past an article, in lower case; the last word where there is none."""
        words = self.cut.text[max(0, offset - _REACH) : offset].lower().split()
        if words and words[-1] in {"the", "a", "an", "northern", "southern", "eastern", "western", "central"}:
            words.pop()
        return words[-1] if words else ""
