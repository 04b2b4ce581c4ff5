"""The accounts of a story side by side: parties, the points on which they speak, and how they relate on each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from readout.compare import align, askers, fold, gather, relate, sides, ties
from readout.compare.align import Pair
from readout.compare.contacts import Contacts
from readout.compare.guards import Verdict
from readout.compare.heading import heading
from readout.compare.phases import phases
from readout.compare.told import Report, Told, originals, told
from readout.models import Account, Comparison, Evidence, Point, PointId, Relation, Weak, stable_id

COMPARER = "compare/29"  # raised with every change of what comes out, so that what is kept is made anew
_ORDER = [Relation.CONTRADICT, Relation.DIFFER, Relation.AGREE, Relation.ONE_SIDED]


def comparison(reports: Sequence[Report], background: Sequence[Report] = ()) -> Comparison:
    """The comparison of a story's reports; `background` may say who its speakers are.

    Copies count once: of texts with one origin, the first speaks for all.
    """
    parties = sides.parties(reports, background)
    belongs = sides.of_speakers(parties, reports)
    statements = [one for report in originals(reports) for one in told(report) if _counts(one)]
    both = sides.together(parties, reports)
    of = [both.get(one.statement.id) or belongs.get(one.statement.speaker.name, ()) for one in statements]
    weighed = align.weights(statements)
    names = {party.name: (party.name, *party.members) for party in parties}
    side = sides.by_name(parties)
    contacts = Contacts(reports, side)
    copies = Counter(report.origin or report.article.id for report in reports)
    found = [
        *align.pairs(statements, of, weighed, contacts),
        *align.joint(statements, of),
        *align.unanswered(statements, of),
    ]
    met = {(pair.one, pair.other): pair for pair in ties.ties(statements, of, names, contacts)}
    found += [met[key] for key in sorted(met.keys() - {(pair.one, pair.other) for pair in found})]
    groups = gather.points(found, statements, of, weighed)
    judged = [
        [(pair, _verdict(statements[pair.one], statements[pair.other], side)) for pair in group] for group in groups
    ]
    once = fold.folded(fold.apart(judged, _relation), _relation, lambda one: _heading(one, statements, weighed))
    held = frozenset(number for each in once for number in fold.statements(each))
    points = []
    for each in once:
        told_by = _told_by([pair for pair, _ in each], statements, of, held)
        points.append(_point(each, told_by, _heading(each, statements, weighed), statements, copies))
    return Comparison(parties, tuple(sorted(points, key=_rank)))


def _counts(one: Told) -> bool:
    """Whether a statement is one in the full sense, or what several agreed to do."""
    return one.statement.core or (one.statement.weak is Weak.ACT and sides.is_together(one.statement.speaker.name))


def _rank(point: Point) -> tuple[int, float, str]:
    return _ORDER.index(point.relation), -point.confidence, point.id


def _verdict(a: Told, b: Told, side: Mapping[str, str]) -> Verdict:
    """The relation of two by their words, and where these decide nothing, by the sides that they name."""
    verdict = relate.relate(a, b)
    named = None if verdict.relation is Relation.CONTRADICT else askers.asked(a, b, side)
    is_open = named is not None and (named.relation is Relation.CONTRADICT or verdict.kind == relate.OPEN)
    return named if named and is_open else verdict


def _point(
    verdicts: fold.Judged,
    told_by: Mapping[str, Sequence[Told]],
    headed: str,
    statements: Sequence[Told],
    copies: Counter[str],
) -> Point:
    relation = _relation(verdicts)
    deciding = [(pair, verdict) for pair, verdict in verdicts if verdict.relation is relation]
    accounts = tuple(_account(party, held, copies) for party, held in told_by.items())
    return Point(
        PointId(stable_id("point", *sorted(one.statement.id for held in told_by.values() for one in held))),
        headed,
        relation,
        accounts,
        tuple(_evidence(pair, verdict, statements) for pair, verdict in deciding),
        max(verdict.confidence for _, verdict in deciding),
        phases([(statements[pair.one], statements[pair.other], each) for pair, each in verdicts], told_by, _overall),
    )


def _told_by(
    group: Sequence[Pair], statements: Sequence[Told], of: Sequence[Sequence[str]], held: frozenset[int]
) -> dict[str, list[Told]]:
    """What each party says on a point: what its pairs hold, then what their speakers say on, but for what the pairs of
    another point hold: that is read there.
    """
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for pair in group:
        for number in (pair.one, pair.other):
            for party in (statements[number].statement.speaker.name,) if pair.within else of[number]:
                found[party].setdefault(number)
    for numbers in found.values():
        for number in list(numbers):
            numbers.update((other, None) for other in gather.going_on(number, statements) if other not in held)
    return {party: [statements[number] for number in numbers] for party, numbers in found.items()}


def _account(party: str, held: Sequence[Told], copies: Counter[str]) -> Account:
    origins = {one.origin for one in held}
    return Account(
        party,
        tuple(one.statement.id for one in held),
        origins=len(origins),
        copies=sum(copies[origin] - 1 for origin in origins),
    )


def _relation(verdicts: fold.Judged) -> Relation:
    return _overall([verdict for _, verdict in verdicts])


def _overall(verdicts: Sequence[Verdict]) -> Relation:
    """Of several, the one with the most trust in it; a contradiction before all else, agreement before difference."""
    best: dict[Relation, float] = defaultdict(float)
    for verdict in verdicts:
        best[verdict.relation] = max(best[verdict.relation], verdict.confidence)
    for relation in (Relation.CONTRADICT, Relation.AGREE, Relation.DIFFER, Relation.ONE_SIDED):
        if best[relation]:
            return relation
    return Relation.DIFFER


def _evidence(pair: Pair, verdict: Verdict, statements: Sequence[Told]) -> Evidence:
    """What decides, in the words of the two where these were compared by their stems."""
    one, other = statements[pair.one], statements[pair.other]
    words = tuple(dict.fromkeys(one.spelling.get(word) or other.spelling.get(word, word) for word in verdict.words))
    return Evidence(verdict.kind, words, (one.statement.id, other.statement.id))


def _heading(verdicts: fold.Judged, statements: Sequence[Told], weighed: dict[str, float]) -> str:
    group = [pair for pair, _ in verdicts]
    ordered = dict.fromkeys(number for pair in group for number in (pair.one, pair.other))
    return heading([statements[number] for number in ordered], group[0].shared, weighed)
