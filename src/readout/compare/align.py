"""Which statements are about one matter: pairs across parties, and the points that these pairs make up.

Words weigh by how rare they are in the story (inverse document frequency over its independent texts), so that what
every article of the story says carries nothing. News sets the other side's words right behind a claim: a reply that
follows closely is about what it follows. Candidates come from an index of telling stems, so that the work grows with
the number of pairs that share one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, combinations
from math import fsum, log

from readout.compare import parted
from readout.compare.contacts import Contacts
from readout.compare.scope import NOT
from readout.compare.told import Told, light, once
from readout.models import Act, SpeakerType

JOINS = 0.38  # the score from which a pair is about one matter
_MOST = 60  # statements that share a stem: a commoner one brings nothing together
_REPLIES = frozenset({Act.DENIAL, Act.REFUSAL, Act.NO_COMMENT})
_WISHES = frozenset({Act.DEMAND, Act.CONDITION, Act.COMMITMENT, Act.REFUSAL})
_FOLLOWS, _BESIDE, _NEAR, _REPLY, _CONTRAST, _REFERS = 0.17, 0.06, 0.05, 0.2, 0.2, 0.12
_PARAGRAPH, _LEADS, _SPOKEN_OF, _NOBODY, _SCANT = 0.1, 0.06, 0.08, 0.08, 0.1
_NAMELESS = frozenset({SpeakerType.ANONYMOUS, SpeakerType.DOCUMENT})
_FIGURE, _NAMES, _CONDITION, _EVALUATED, _DENIED, _FOREMOST = 0.25, 0.08, 0.15, 0.1, 0.1, 0.1
_TERM = 0.2  # what a term says for a pair that nothing else brings together
_TELLING = 3  # words other than names that bring together what stands apart
_CHANCE, _PAPERS, _QUIET, _ABSENT = 0.25, 0.3, 0.2, 0.2
_REACH, _CLOSE = 700, 250  # characters within which accounts of one matter stand in an article
_TOGETHER, _TOLD = (
    frozenset({Act.CLAIM, Act.COMMITMENT, Act.PREDICTION}),
    3,
)  # what is said together, and in how many stems at least
_PASSAGE = 250  # characters
_ACCOUNT = 6  # statements of an account that somebody did not want to comment on
_SIDES = 2  # the parties that a story is foremost about
# Words that stand for what was said before, in a reply, in lower case.
_REFERENCE = re.compile(
    r"\b(?:such|that|none|any|anything|(?:the|those|these|this) (?:\w+ )?(?:figures?|notes?|offers?|data|claims?|"
    r"reports?|numbers?|accusations?|allegations?|charges?|ideas?|proposals?|plans?|calls?|words?|deals?|drafts?|demands?|"
    r"conditions?|invitations?|questions?|remarks?|counts?|suggestions?|statements?))\b|\Ait\b(?= \W*[\"“‘'a])|"
    r"\A\W*(?:[\w’'-]+ ){0,3}?(?:both|two|three|four|some|many|most|half|each) of them\b|\A\W*all \d+\b"
)
_DENIES = re.compile(r"\b(?:den(?:y|ied|ies|ying)|reject|dismiss|disput|refut|contradict|rebuff)", re.IGNORECASE)
_TRUST = ((2.5, 1.0), (2, 0.9), (1.5, 0.75), (1, 0.6), (0.5, 0.5))  # in so many words in common and more
_TONES = 0.45  # what it says that both tell how a conversation was
_ONE_DAY = timedelta(days=1)
_PLAIN = 0.2  # what it says against a pair that only plain words bring together
_NAMED = 0.5  # what a shared name counts, where another word counts 1
_CONTEXT, _BOTH_AROUND = 0.4, 0.2  # what a shared word outside one content counts, or outside both


@dataclass(frozen=True)
class Pair:
    """Two statements of different parties about one matter, with how surely, and the stems they share."""

    one: int
    other: int
    score: float
    shared: frozenset[str]
    term: str = ""  # what brings it together, where nothing else does
    tied: bool = False  # whether what one does with the other brings them together
    within: bool = False  # of one party, one of whose speakers denies what another says


def weights(statements: Sequence[Told]) -> dict[str, float]:
    """The weight of every stem: how rare it is among the independent texts' passages."""
    counted: dict[str, set[int]] = defaultdict(set)
    places = _passages(statements)
    for one, place in zip(statements, places, strict=True):
        for stem in one.stems | one.context:
            counted[stem].add(place)
    total = len(set(places))
    return {stem: log(1 + total / len(texts)) for stem, texts in counted.items()}


def _passages(statements: Sequence[Told]) -> list[int]:
    """The number of the passage in which each stands: a paragraph, or a stretch of a long one."""
    begun: dict[tuple[str, int], int] = {}
    numbers: dict[tuple[str, int, int], int] = {}
    found = []
    for one in statements:
        key = (one.origin, one.paragraph)
        start = one.statement.content[0].start
        if start - begun.setdefault(key, start) > _PASSAGE:
            begun[key] = start
        found.append(numbers.setdefault((*key, begun[key]), len(numbers)))
    return found


def pairs(
    statements: Sequence[Told],
    parties: Sequence[Sequence[str]],
    weighed: Mapping[str, float],
    contacts: Contacts | None = None,
) -> list[Pair]:
    """The pairs about one matter, the surest first; `parties` are those of the statements, none where unknown;
    `contacts` say with whom a call was that they tell of.
    """
    found = []
    counted = Counter(party for each in parties for party in each)
    foremost = {party for party, _ in counted.most_common(_SIDES)}
    rare = parted.Rare(weighed)
    leads = [not foremost.isdisjoint(each) for each in parties]
    spoken = [max((counted[party] for party in each), default=0) for each in parties]
    told = _Weighed(statements, weighed, [_sum(one.stems, weighed) for one in statements])
    for one, other in sorted(_candidates(statements, parties)):
        ranks = (leads[one], leads[other]) if min(spoken[one], spoken[other]) > 1 else (False, False)
        pair = _pair(told, one, other, ranks)
        a, b = statements[one], statements[other]
        if pair and not (parted.of_two_calls(a, b, contacts) or parted.why(a, b, rare, pair.term, pair.score)):
            found.append(pair if apart(parties[one], parties[other]) else replace(pair, within=True))
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


@dataclass(frozen=True)
class _Weighed:
    """The statements of a story with the weights of stems, and what all stems of each statement weigh."""

    statements: Sequence[Told]
    by_stem: Mapping[str, float]
    whole: Sequence[float]


def _candidates(statements: Sequence[Told], parties: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    numbers = [number for number, one in enumerate(statements) if parties[number] and not one.asked]
    by_text: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        by_text[statements[number].statement.article].append(number)
    toned = [number for number, one in enumerate(statements) if parties[number] and one.tones]
    asking = [number for number, one in enumerate(statements) if parties[number] and parted.asks_for(one)]
    both = (*combinations(toned[:_MOST], 2), *combinations(asking[:_MOST], 2))
    alike = {(a, b) for a, b in both if apart(parties[a], parties[b])}
    counted = {
        (a, b)
        for places in _by_count(statements, parties).values()
        if len(places) <= _MOST
        for a, b in combinations(places, 2)
        if apart(parties[a], parties[b])
    }
    near = {
        (a, b)
        for places in by_text.values()
        for a, b in _neighbours(places)
        if (apart(parties[a], parties[b]) or _within(statements[a], statements[b]))
        and statements[b].statement.content[0].start - statements[a].statement.content[-1].end <= _REACH
    }
    return _sharing(statements, numbers, parties) | near | alike | counted


def _sharing(
    statements: Sequence[Told], numbers: Sequence[int], parties: Sequence[Sequence[str]]
) -> set[tuple[int, int]]:
    """Those of different parties that share two stems, or one of which only one says that there is none."""
    common = Counter(stem for number in numbers for stem in statements[number].stems)
    later: dict[str, list[int]] = defaultdict(list)  # by stem
    lacking: dict[str, list[int]] = defaultdict(list)  # of these, those that say that there is none
    found: set[tuple[int, int]] = set()
    for number in reversed(numbers):
        one = statements[number]
        stems = [stem for stem in one.stems if common[stem] <= _MOST]
        met = Counter(chain.from_iterable(later[stem] for stem in stems))
        for stem in stems:
            if stem in one.absent:
                met.update([other for other in later[stem] if stem not in statements[other].absent])
                lacking[stem].append(number)
            elif stem in lacking:
                met.update(lacking[stem])
            later[stem].append(number)
        found.update(
            (number, other) for other, count in met.items() if count > 1 and apart(parties[number], parties[other])
        )
    return found


def _by_count(statements: Sequence[Told], parties: Sequence[Sequence[str]]) -> Mapping[str, list[int]]:
    """The statements that count one kind of thing: two counts of it may have no other word in common."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        if parties[number]:
            for scope in {each.scope for each in one.figures if each.scope and not each.unit}:
                found[scope].append(number)
    return found


def _within(a: Told, b: Told) -> bool:
    """Whether one of a party's speakers answers another with a denial."""
    same = a.statement.speaker.name == b.statement.speaker.name
    return not same and b.order - a.order == 1 and b.act is Act.DENIAL and a.act is not Act.DENIAL


def apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two statements are of different parties."""
    return bool(one and other) and set(one).isdisjoint(other)


def _neighbours(places: Sequence[int]) -> Iterable[tuple[int, int]]:
    for i, a in enumerate(places):
        for b in places[i + 1 : i + 3]:
            yield (a, b)


def _pair(told: _Weighed, one: int, other: int, foremost: tuple[bool, bool]) -> Pair | None:
    """The two as a pair, where they are surely enough about one matter."""
    a, b = told.statements[one], told.statements[other]
    shared, half = _shared(a, b)
    unnamed = shared - (a.named & b.named)
    telling = unnamed - light()
    measured, missing, toned = parted.same_kind(a, b), parted.missing(a, b), _tells_how(a, b)
    linked = follows(a, b) or measured or missing or toned
    score = _words(told, (one, other), shared, half) + _placed(a, b) + _acts(a, b)
    score += _FIGURE if measured else 0.0
    score += _NAMES if a.names & b.names else 0.0
    score += _ABSENT if missing else 0.0
    score += _FOREMOST if all(foremost) else _LEADS if any(foremost) else 0.0
    score += _SPOKEN_OF if telling else 0.0
    score += _TONES if toned else 0.0
    types = (a.statement.speaker.type, b.statement.speaker.type)
    score -= _NOBODY if types[0] in _NAMELESS or types[1] in _NAMELESS else 0.0
    score -= _SCANT if min(len(a.stems), len(b.stems)) < _TELLING else 0.0
    if len(telling) < _TELLING and not linked:
        score -= _CHANCE
    if not linked and shared <= light():
        score -= _PLAIN
    if types[0] is types[1] is SpeakerType.DOCUMENT:
        score -= _PAPERS
    terms = sorted(each for each in a.terms & b.terms if light().isdisjoint(each)) if score < JOINS else ()
    if terms:
        score += _TERM + (0.0 if linked or len(unnamed) >= _TELLING else _CHANCE)
    if score < JOINS:
        return None
    if terms:
        return Pair(one, other, score, frozenset(terms[0]), term=" ".join(terms[0]))
    return Pair(one, other, score, shared | half)


def _shared(a: Told, b: Told) -> tuple[frozenset[str], frozenset[str]]:
    """The stems that both contents have, and those that one content and the other's sentence have."""
    shared = a.matter & b.matter
    return shared, ((a.stems & b.context) | (b.stems & a.context)) - shared


def follows(a: Told, b: Told) -> bool:
    """Whether one stands right behind the other."""
    gap = b.statement.content[0].start - a.statement.content[-1].end
    return a.statement.article == b.statement.article and b.order - a.order == 1 and gap <= _REACH


def _words(told: _Weighed, pair: tuple[int, int], shared: frozenset[str], half: frozenset[str]) -> float:
    """What shared words say, of all that the shorter content has."""
    one, other = pair
    least = min(told.whole[one], told.whole[other])
    if not least or not (shared or half):
        return 0.0
    a, b = told.statements[one], told.statements[other]
    weighed, named = told.by_stem, len(shared & a.named & b.named)
    around = (a.context & b.context) - shared - half
    overlap = _sum(shared, weighed) + _CONTEXT * _sum(half, weighed) + _BOTH_AROUND * _sum(around, weighed)
    count = len(shared) - named + _NAMED * named
    return min(overlap / least, 1.0) * _trust(count + (0.5 if half else 0.0))


def _tells_how(a: Told, b: Told) -> bool:
    """Whether both say how a conversation was that may be one, or who asked for it: told in one article, or within a
    day.
    """
    if not (a.tones and b.tones) and not parted.asked_for(a, b):
        return False
    near = a.at is not None and b.at is not None and abs(a.at - b.at) <= _ONE_DAY
    return near or a.statement.article == b.statement.article


def _trust(count: float) -> float:
    """One word in common can be chance."""
    return next((trust for least, trust in _TRUST if count >= least), 0.0)


def _placed(a: Told, b: Told) -> float:
    """What it says that one stands close behind the other."""
    if a.statement.article != b.statement.article:
        return 0.0
    gap = b.statement.content[0].start - a.statement.content[-1].end
    beside = _PARAGRAPH if a.paragraph == b.paragraph and gap <= _CLOSE else 0.0
    if b.order - a.order == 1 and gap <= _REACH:
        answers = _answers(b)
        return (
            beside
            + _FOLLOWS
            + (_BESIDE if gap <= _CLOSE else 0.0)
            + (_REPLY if answers and (b.act in _REPLIES or b.act is Act.EVALUATION) else 0.0)
            + (_CONTRAST if b.contrasts else 0.0)
            + (_REFERS if answers else 0.0)
        )
    return beside + _NEAR if gap <= _REACH else beside


@once
def _answers(b: Told) -> bool:
    """Whether its words need what was said before them: it denies, or it speaks of "the figure"."""
    if b.silent:
        return "whether" not in b.text
    return bool(_REFERENCE.search(b.text.lower()) or (b.act is Act.DENIAL and _DENIES.search(b.cue)))


def _acts(a: Told, b: Told) -> float:
    """What it says that each does what it does: a condition meets a wish, a denial a claim."""
    acts = {a.act, b.act}
    score = _CONDITION if Act.CONDITION in acts and acts <= _WISHES else 0.0
    score += _EVALUATED if acts == {Act.EVALUATION} else 0.0
    score += _DENIED if acts == {Act.CLAIM, Act.DENIAL} else 0.0
    follows = a.statement.article == b.statement.article and b.order - a.order == 1 and b.silent
    return score - (_QUIET if (a.silent or b.silent) and not follows else 0.0)


def _sum(stems: Iterable[str], weighed: Mapping[str, float]) -> float:
    return fsum([weighed.get(stem, 0.0) for stem in stems])  # in whatever order: the same


def unanswered(statements: Sequence[Told], parties: Sequence[Sequence[str]]) -> list[Pair]:
    """Who was asked for a comment and gave none, beside what was said before by whoever spoke last: it was that account
    that he was asked about.
    """
    before: dict[str, list[int]] = defaultdict(list)
    found = []
    for number, one in enumerate(statements):
        said = before[one.statement.article]
        if one.asked and parties[number]:
            others = [each for each in said if apart(parties[each], parties[number])]
            account = [each for each in others if parties[each] == parties[others[-1]]]
            found += [Pair(each, number, JOINS, frozenset()) for each in account[-_ACCOUNT:]]
        elif parties[number] and not one.silent:
            said.append(number)
    return found


def joint(statements: Sequence[Told], parties: Sequence[Sequence[str]]) -> list[Pair]:
    """What the parties that a story is foremost about say together: each such statement stands beside itself. What
    they do not say or agree to, as in "do not seem to agree", is none.
    """
    counted = Counter(party for each in parties for party in each)
    foremost = {party for party, _ in counted.most_common(_SIDES + 1)}
    return [
        Pair(number, number, JOINS, one.stems)
        for number, one in enumerate(statements)
        if len(foremost.intersection(parties[number])) > 1
        and one.act in _TOGETHER
        and len(one.stems) >= _TOLD
        and not NOT.search(one.cue)
    ]
