"""From pairs of statements to points: which pairs are about one matter. No pair is judged here.

Pairs come the surest first. A point is about the words that its surest pair shares, so a further pair of one of its
statements joins it by these, and no chain leads from matter to matter; and what a speaker says on, right before or
after, belongs to his account.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from readout.compare.align import JOINS, Pair
from readout.compare.told import Told, light
from readout.models import ArticleId, Span

_ANOTHER = 0.15  # how much surer than a pair has to be a statement's second matter is
_TELLS = 1.5  # what a word weighs at least that says what a point is about
MINUTES = {"hour": 60.0, "minute": 1.0, "second": 1 / 60}
_ON = 250  # characters after which a speaker who goes on speaks of the same


@dataclass
class _Point:
    pairs: list[Pair] = field(default_factory=list)
    matter: set[str] = field(default_factory=set)


def points(
    found: Sequence[Pair], statements: Sequence[Told], parties: Sequence[Sequence[str]], weighed: Mapping[str, float]
) -> list[list[Pair]]:
    """The pairs of each point; `parties` are those of the statements, `weighed` the weights of their stems.

    A pair joins the point that has one of its statements where both share a word that says what the matter is, or
    where its other statement stands in no point yet; what is left over is chance beside a better match, unless what one
    does with the other ties the two. Blame that two put on each other is one matter, however often it is told.
    """
    kinds: dict[bool, list[Pair]] = {False: [], True: []}
    for pair in found:
        kinds[statements[pair.one].silent or statements[pair.other].silent].append(pair)
    return [pairs for some in kinds.values() for pairs in _gathered(some, statements, parties, weighed)]


def _gathered(
    found: Sequence[Pair], statements: Sequence[Told], parties: Sequence[Sequence[str]], weighed: Mapping[str, float]
) -> list[list[Pair]]:
    gathered = _Gathered(parties, statements)
    for pair in sorted(found, key=lambda pair: bool(pair.term)):
        if pair.term:
            gathered.term(pair)
            continue
        matter = {stem for stem in pair.shared if weighed.get(stem, 0.0) >= _TELLS}
        point = gathered.about(pair, matter) or gathered.twin(pair) or gathered.measured(pair)
        if point is None and gathered.has(pair):
            is_fresh = gathered.is_fresh(pair)
            if not is_fresh and not pair.tied:
                continue
            is_another = not is_fresh or (matter and pair.score >= JOINS + _ANOTHER)
            point = None if is_another else gathered.against(pair)
        gathered.add(pair, matter, point or gathered.blamed(pair) or _Point())
    return [point.pairs for point in gathered.points]


class _Gathered:
    """The points so far, by statement and by whom it is set against."""

    def __init__(self, parties: Sequence[Sequence[str]], statements: Sequence[Told]) -> None:
        self.points: list[_Point] = []
        self._parties, self._statements = parties, statements
        self._of: dict[tuple[int, Sequence[str]], _Point] = {}
        self._holding: dict[int, list[_Point]] = defaultdict(list)
        self._blamed: dict[frozenset[Sequence[str]], list[_Point]] = defaultdict(list)
        self._terms: dict[str, _Point] = {}
        self._told: dict[tuple[int, ArticleId, Sequence[Span]], _Point] = {}
        self._measured: dict[frozenset[object], _Point] = {}
        first: dict[tuple[Sequence[str], str], int] = {}
        self._same = [
            first.setdefault((party, one.text), number)
            for number, (party, one) in enumerate(zip(parties, statements, strict=True))
        ]

    def about(self, pair: Pair, matter: set[str]) -> _Point | None:
        """The point that has one of its statements and is about the same words."""
        held = [point for each in (pair.one, pair.other) for point in self._holding[self._same[each]]]
        if any(self._statements[each].asked for each in (pair.one, pair.other)):
            return next(iter(held), None)
        return next((point for point in held if point.matter & matter), None)

    def twin(self, pair: Pair) -> _Point | None:
        """The point that holds the same two contents, one of which several say."""
        return next((self._told[key] for key in self._contents(pair) if key in self._told), None)

    def measured(self, pair: Pair) -> _Point | None:
        """The point in which the same two say of something that it took as long as they say here."""
        return self._measured.get(self._lengths(pair))

    def against(self, pair: Pair) -> _Point | None:
        """The point that sets one of its statements against the other's party."""
        return next((self._of[key] for key in self._keys(pair) if key in self._of), None)

    def has(self, pair: Pair) -> bool:
        """Whether a point sets one of its statements against the other's party."""
        return self.against(pair) is not None

    def is_fresh(self, pair: Pair) -> bool:
        """Whether one of its statements stands in no point yet."""
        return not self._holding[self._same[pair.one]] or not self._holding[self._same[pair.other]]

    def blamed(self, pair: Pair) -> _Point | None:
        """The point in which the same two say the same of each other, for a pair of one content said by both."""
        if not self._is_mutual(pair):
            return None
        known = self._blamed[self._sides(pair)]
        return next((point for point in known if any(pair.shared & one.shared for one in point.pairs)), None)

    def add(self, pair: Pair, matter: set[str], point: _Point) -> None:
        """Put a pair into a point, which may be new."""
        if not point.pairs:
            self.points.append(point)
            point.matter |= matter
            if self._is_mutual(pair):
                self._blamed[self._sides(pair)].append(point)
        point.pairs.append(pair)
        for contents in self._contents(pair):
            self._told.setdefault(contents, point)
        for key in self._keys(pair):
            self._of.setdefault(key, point)
        if lengths := self._lengths(pair):
            self._measured.setdefault(lengths, point)
        for each in {self._same[pair.one], self._same[pair.other]}:
            if point not in self._holding[each]:
                self._holding[each].append(point)

    def term(self, pair: Pair) -> None:
        """Put a pair that only a term brings together into the point of that term."""
        point = self._terms.setdefault(pair.term, _Point())
        self.add(pair, set(pair.shared), point)

    def _contents(self, pair: Pair) -> Iterator[tuple[int, ArticleId, Sequence[Span]]]:
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            said = self._statements[other].statement
            yield self._same[one], said.article, said.content

    def _lengths(self, pair: Pair) -> frozenset[object]:
        """Who says how long it took and how long, where both do."""
        found = [(self._parties[each], _length(self._statements[each])) for each in (pair.one, pair.other)]
        return frozenset(found) if all(length for _, length in found) else frozenset()

    def _keys(self, pair: Pair) -> tuple[tuple[int, Sequence[str]], ...]:
        return (pair.one, self._parties[pair.other]), (pair.other, self._parties[pair.one])

    def _sides(self, pair: Pair) -> frozenset[Sequence[str]]:
        return frozenset((self._parties[pair.one], self._parties[pair.other]))

    def _is_mutual(self, pair: Pair) -> bool:
        one, other = self._statements[pair.one].statement, self._statements[pair.other].statement
        return one.content == other.content and one.article == other.article and one.id != other.id


def _length(one: Told) -> tuple[float, float] | None:
    """The first stretch of hours or minutes that it tells of, in minutes."""
    return next(
        (
            (each.low * MINUTES[each.unit], each.high * MINUTES[each.unit])
            for each in one.figures
            if each.unit in MINUTES
        ),
        None,
    )


def going_on(number: int, statements: Sequence[Told]) -> Iterator[int]:
    """Of the statements right before and after one, those in which its speaker says on what he said."""
    for other in (number - 1, number + 1):
        if 0 <= other < len(statements):
            first, second = sorted((number, other))
            if _says_on(statements[first], statements[second]):
                yield other


def _says_on(a: Told, b: Told) -> bool:
    if a.statement.article != b.statement.article or a.statement.speaker.name != b.statement.speaker.name:
        return False
    if b.order - a.order > 1 or b.statement.content[0].start - a.statement.content[-1].end > _ON:
        return False
    return b.statement.cue is None or bool((a.stems & b.stems) - light())
