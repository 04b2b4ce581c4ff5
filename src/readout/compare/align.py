"""Which statements are about one matter: pairs across parties, and the points that these pairs make up.

Words weigh by how rare they are in the story (inverse document frequency over its independent texts), so that what
every article of the story says carries nothing. News sets the other side's words right behind a claim: a reply that
follows closely is about what it follows. Candidates come from an index of telling stems, so that the work grows with
the number of pairs that share one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from readout.compare.told import Told
from readout.models import Act

JOINS = 0.42  # the score from which a pair is about one matter
_MOST = 60  # statements that share a stem: a commoner one brings nothing together
_REPLIES = frozenset({Act.DENIAL, Act.REFUSAL, Act.NO_COMMENT, Act.EVALUATION})
_FOLLOWS, _BESIDE, _REPLY, _CONTRAST, _FIGURE, _NAMES = 0.14, 0.06, 0.2, 0.2, 0.25, 0.08
_LENGTHS = frozenset({"second", "minute", "hour"})
_CONTEXT = 0.4  # what a shared word outside one of the two contents counts


@dataclass(frozen=True)
class Pair:
    """Two statements of different parties about one matter, with how surely, and the stems they share."""

    one: int
    other: int
    score: float
    shared: frozenset[str]


def weights(statements: Sequence[Told]) -> dict[str, float]:
    """The weight of every stem: how rare it is among the independent texts' statements."""
    counted: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for one in statements:
        for stem in one.stems | one.context:
            counted[stem].add((one.origin, one.paragraph))
    total = len({(one.origin, one.paragraph) for one in statements})
    return {stem: log(1 + total / len(texts)) for stem, texts in counted.items()}


def pairs(statements: Sequence[Told], parties: Sequence[Sequence[str]], weighed: Mapping[str, float]) -> list[Pair]:
    """The pairs about one matter, the surest first; `parties` are those of the statements, none where unknown."""
    found = []
    for one, other in sorted(_candidates(statements, parties)):
        pair = _pair(statements, one, other, weighed)
        if pair.score >= JOINS:
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


def _candidates(statements: Sequence[Told], parties: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    index: dict[str, list[int]] = defaultdict(list)
    by_text: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        if not parties[number]:
            continue
        for stem in one.stems:
            index[stem].append(number)
        by_text[one.statement.article].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for places in index.values():
        if len(places) <= _MOST:
            shared.update(
                (a, b) for i, a in enumerate(places) for b in places[i + 1 :] if _apart(parties[a], parties[b])
            )
    near = {
        (a, b)
        for places in by_text.values()
        for a, b in _neighbours(places)
        if _apart(parties[a], parties[b]) and abs(statements[a].paragraph - statements[b].paragraph) <= 1
    }
    return {pair for pair, count in shared.items() if count > 1} | near


def _apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two statements are of different parties; what several say together is beside what one of them says."""
    return bool(one and other) and set(one) != set(other)


def _neighbours(places: Sequence[int]) -> Iterable[tuple[int, int]]:
    for i, a in enumerate(places):
        for b in places[i + 1 : i + 3]:
            yield (a, b)


def _pair(statements: Sequence[Told], one: int, other: int, weighed: Mapping[str, float]) -> Pair:
    a, b = statements[one], statements[other]
    shared = a.stems & b.stems
    half = ((a.stems & b.context) | (b.stems & a.context)) - shared
    least = min(_sum(a.stems, weighed), _sum(b.stems, weighed))
    overlap = (_sum(shared, weighed) + _CONTEXT * _sum(half, weighed)) / least if least else 0.0
    score = min(overlap, 1.0) * _trust(shared)
    same_text = a.statement.article == b.statement.article
    if same_text and abs(a.paragraph - b.paragraph) <= 1 and b.order - a.order in {1, 2}:
        next_to = b.order - a.order == 1
        score += (_FOLLOWS if next_to else _FOLLOWS / 2) + (_BESIDE if a.paragraph == b.paragraph else 0.0)
        score += (_REPLY if b.act in _REPLIES else 0.0) + (_CONTRAST if b.contrasts else 0.0) if next_to else 0.0
    if _same_scope(a, b):
        score += _FIGURE
    if a.names & b.names:
        score += _NAMES
    return Pair(one, other, score, frozenset(shared | half))


def _trust(shared: frozenset[str]) -> float:
    """One word in common can be chance."""
    return (0.0, 0.6, 0.9)[len(shared)] if len(shared) < 3 else 1.0  # noqa: PLR2004


def _sum(stems: Iterable[str], weighed: Mapping[str, float]) -> float:
    return sum(weighed.get(stem, 0.0) for stem in stems)


def _same_scope(a: Told, b: Told) -> bool:
    """Whether both give a figure of the same kind."""
    return any(
        {one.unit, other.unit} <= _LENGTHS
        or (one.unit == other.unit and one.fate == other.fate and (bool(one.unit) or one.scope == other.scope))
        for one in a.figures
        for other in b.figures
    )


def gather(found: Sequence[Pair], parties: Sequence[Sequence[str]]) -> list[list[Pair]]:
    """The pairs of each point: a pair joins the point that has one of its statements against the same party."""
    points: list[list[Pair]] = []
    of: dict[tuple[int, Sequence[str]], int] = {}
    for pair in found:
        keys = ((pair.one, parties[pair.other]), (pair.other, parties[pair.one]))
        at = next((of[key] for key in keys if key in of), None)
        if at is None:
            at = len(points)
            points.append([])
        points[at].append(pair)
        for key in keys:
            of.setdefault(key, at)
    return points
