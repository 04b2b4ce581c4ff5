"""Ties: what one statement does with another brings them together, though they share few words. Nothing is judged.

A confirmation, a limit or an echo answers what stands before it, an accusation is about what the accused says, and the
wishes and conditions that the foremost sides have for each other meet wherever they stand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from readout.compare.align import JOINS, Pair, apart, follows
from readout.compare.answers import (
    CONFIRMS,
    are_ready,
    expected,
    expected_together,
    of_himself,
    opening,
    rebuts,
    stands_behind,
)
from readout.compare.contacts import Contacts
from readout.compare.parted import beside, is_far, is_near, manners, of_another, other_encounter
from readout.compare.parted import names as names_in
from readout.compare.supply import supplied
from readout.compare.told import Told, light, once, telling
from readout.models import Act, StatementKind

_NEAR = 3  # statements after which words are still taken up
_SEVERAL = 2  # words, with names, that say what is confirmed
_SHORT = 5  # stems of an echo at most
_LAST = 2  # statements of the accused that an accusation is about
_MOST = 12  # wishes of a side that are looked at for one of the other
_SIDES = 3  # that a story is foremost about
_CONDITIONS = re.compile(r"\b(?:pre)?conditions?\b|\bunconditional(?:ly)?\b", re.IGNORECASE)
_IF = re.compile(
    r"\b(?:if|unless|once|until|provided(?: that)?|when|as soon as|before) (?:the )?(?P<who>[^.;]*)", re.IGNORECASE
)
_ACCUSES = re.compile(r"\b(?:accus|blam|criticiz|criticis|denounc|mock|attack|charg)\w*", re.IGNORECASE)
_MAXIM = re.compile(r"\A\W*an? (?P<of>\w+) (?:that [^.,]{3,40}? )?(?:is|was)\b", re.IGNORECASE)
_OF_A_WORD = re.compile(r"\A\W*(?P<word>\w+) (?:alone )?(?:is|was|are|were|does|means)\b", re.IGNORECASE)
_SUM = re.compile(r"\b(?:million|billion|trillion)\b|[$€£]", re.IGNORECASE)
_PRICE = re.compile(r"\b(?:offer|bid|price|sum)\b", re.IGNORECASE)
_BACK = re.compile(
    r"\A\W*(?:he|she|it|they|this|these|that|those|his|her|its|their|both|the two)\b|\b(?:there|then|so|such)\b",
    re.IGNORECASE,
)
_OF_IT = re.compile(r"\b(?:him|her|it|them|that|this|those|these)\b", re.IGNORECASE)
_COUNT = re.compile(r"\b\d{1,3}(?:,?\d{3})*(?= (?:would|will|had|have|were|are|was|more|others?|of them)\b)")
_JUDGED = re.compile(
    r"\A\W*(?:the|that|this|those|these) (?:\w+ )?(?:notes?|reports?|letters?|drafts?|plans?|data|figures?|offers?|"
    r"charges?|claims?|accusations?|proposals?|findings?|statements?|demands?|ideas?|accounts?)\b",
    re.IGNORECASE,
)
_OFFER = re.compile(r"\b(?:offers?|proposals?|demands?)\Z", re.IGNORECASE)
_WISHES = frozenset({Act.DEMAND, Act.CONDITION, Act.COMMITMENT, Act.REFUSAL})


def ties(
    statements: Sequence[Told],
    parties: Sequence[Sequence[str]],
    names: Mapping[str, Sequence[str]],
    contacts: Contacts | None = None,
) -> Iterator[Pair]:
    """The pairs of statements of different parties that are tied; `parties` are those of the statements, `names` those
    of each party and its members, `contacts` say with whom a call was: of two calls none answers the other.
    """
    for one, other in _near(statements, parties):
        a, b = statements[one], statements[other]
        if _answers(a, b) and not (other_encounter(a, b, contacts) or of_another(a, b)):
            yield _tied(statements, one, other)
    yield from _accused(statements, parties, names)
    yield from _taken_up(statements, parties)
    yield from _wished(statements, parties, names)
    yield from _planned(statements, parties)
    for one, other in supplied(statements, parties, names):
        yield _tied(statements, one, other)


def _tied(statements: Sequence[Told], one: int, other: int) -> Pair:
    first, second = sorted((one, other))
    return Pair(first, second, JOINS, statements[first].stems & statements[second].stems, tied=True)


def _near(statements: Sequence[Told], parties: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Statements of different parties of which one stands a few behind the other."""
    by_text: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        if parties[number] and not one.asked:
            by_text[one.statement.article].append(number)
    for places in by_text.values():
        for i, a in enumerate(places):
            for b in places[i + 1 : i + 1 + _NEAR]:
                if apart(parties[a], parties[b]):
                    yield a, b


def _answers(a: Told, b: Told) -> bool:
    """Whether one answers what another says before it: confirms, denies, limits it, takes it up or leaves it open."""
    if a.silent or b.silent:
        return not a.silent and follows(a, b) and bool(_OF_IT.search(b.text) or (a.stems & b.stems) - light())
    if follows(a, b) and (_limits(a, b) or _judges(a, b) or _counts_on(a, b) or _prices(a, b) or _prices(b, a)):
        return True
    if stands_behind(a, b) and rebuts(b):
        return True
    return are_ready(a, b) or of_himself(a, b) is not None or _echoes(a, b)


def _limits(a: Told, b: Told) -> bool:
    """Whether one confirms what was just said, or puts a condition to what was just foretold."""
    return _confirms(a, b) or (a.act is Act.PREDICTION and b.act is Act.CONDITION)


def _confirms(a: Told, b: Told) -> bool:
    """Whether it is what was just said that one confirms: "confirmed that it had an answer" tells its own."""
    if not CONFIRMS.search(b.cue):
        return False
    own = b.statement.kind is StatementKind.INDIRECT and not _BACK.search(b.text)
    shared = (a.stems | beside(a, b)) & b.stems - light() - manners()
    said = len(shared & a.stems) >= _SEVERAL or len(b.stems - shared) < _SEVERAL or bool(shared - names_in(a, b))
    return not own or said


def _judges(a: Told, b: Told) -> bool:
    """Whether it judges what was said before it, by another word for it: "the note was premature"; an offer is what
    names a sum, is wished for or undertaken, or is called so.
    """
    found = _JUDGED.search(b.text) if b.act is Act.EVALUATION else None
    if found is None or not _OFFER.search(found[0]):
        return found is not None
    return a.act in _WISHES or _names_a_sum(a) or not (a.stems | beside(a, b)).isdisjoint(telling(found[0]))


def _counts_on(a: Told, b: Told) -> bool:
    """Whether one counts on from a count without saying what: "7,000 would have to go"."""
    return any(each.scope and not each.unit for each in a.figures) and not b.figures and bool(_COUNT.search(b.text))


def _prices(a: Told, b: Told) -> bool:
    return _names_a_sum(a) and _PRICE.search(b.text) is not None


@once
def _names_a_sum(one: Told) -> bool:
    return _SUM.search(one.text) is not None


def _echoes(a: Told, b: Told) -> bool:
    """Whether a short answer begins with a word that the other used: "readiness is not a date"."""
    if b.order - a.order > _NEAR or b.statement.kind is not StatementKind.DIRECT or len(b.stems) > _SHORT:
        return False
    first = next(iter(b.in_order), "")
    return first in a.stems - light() and (first not in manners() or first in _judged(b))


def _judged(one: Told) -> tuple[str, ...]:
    """The stem of its first word, where it says of it what it is."""
    found = _OF_A_WORD.match(one.text)
    return tuple(telling(found["word"])) if found else ()


def _taken_up(statements: Sequence[Told], parties: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """A maxim on a word, with who used that word, or with what comes first under a title that has it: of its own text
    the nearest, else the first of any.
    """
    maxims: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        found = _MAXIM.match(one.text) if parties[number] and one.act is Act.EVALUATION else None
        for stem in telling(found["of"]) if found else ():
            maxims[stem].append(number)
    takers: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        for stem in sorted((one.stems | frozenset(telling(one.title))) & maxims.keys()):
            for other in maxims[stem][:_MOST]:
                if apart(parties[number], parties[other]) and not is_far(one, statements[other]):
                    takers[other].append(number)
    for maxim, numbers in takers.items():
        own = [each for each in numbers if statements[each].statement.article == statements[maxim].statement.article]
        yield _tied(statements, min(own or numbers, key=lambda each: abs(each - maxim) if own else each), maxim)


def _planned(statements: Sequence[Told], parties: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """What two of the foremost sides expect for days that may be one, of one thing."""
    foremost = frozenset(_foremost(statements, parties))
    by_stem: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(statements):
        if each.coming and not foremost.isdisjoint(parties[number]):
            for stem in expected(each):
                by_stem[stem].append(number)
    for places in by_stem.values():
        for one, other in combinations(places[:_MOST], 2):
            a, b = statements[one], statements[other]
            if apart(parties[one], parties[other]) and not is_far(a, b) and expected_together(a, b):
                yield _tied(statements, one, other)


def _accused(
    statements: Sequence[Told], parties: Sequence[Sequence[str]], names: Mapping[str, Sequence[str]]
) -> Iterator[Pair]:
    """Who is accused, with what he, or where he does not speak his side, said last before it in the same article, or
    else says next.
    """
    lasts = {
        party: frozenset(last for name in each if (last := name.rpartition(" ")[2])[:1].isupper())
        for party, each in names.items()
    }
    for number, one in enumerate(statements):
        if not parties[number] or not _ACCUSES.search(one.cue):
            continue
        subjects = frozenset(opening(one))
        said = [
            other
            for other in range(max(0, number - _MOST), min(len(statements), number + _MOST))
            if statements[other].statement.article == one.statement.article
            and apart(parties[other], parties[number])
            and not statements[other].silent
            and any(subjects & lasts.get(party, frozenset()) for party in parties[other])
        ]
        own = [other for other in said if statements[other].statement.speaker.name.rpartition(" ")[2] in subjects]
        said = own or said
        for other in [each for each in said if each < number][-_LAST:] or said[:_LAST]:
            yield _tied(statements, number, other)


def _wished(
    statements: Sequence[Told], parties: Sequence[Sequence[str]], names: Mapping[str, Sequence[str]]
) -> Iterator[Pair]:
    """The wishes and conditions that meet of any two of the foremost sides."""
    held: dict[str, list[int]] = defaultdict(list)
    for number, of in enumerate(parties):
        if len(of) == 1 and statements[number].act in _WISHES:
            held[of[0]].append(number)
    for mine, theirs in combinations(_foremost(statements, parties), 2):
        waiting = _waiting(statements, held, names, mine, theirs)
        near = [pair for pair in waiting if not is_far(*(statements[each] for each in pair))]
        for one, other in (*_alike(statements, held[mine], held[theirs]), *near):
            yield _tied(statements, one, other)


def _alike(statements: Sequence[Told], mine: Sequence[int], theirs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Different wishes for one thing, named in both, that is no name; of what everybody names, none."""
    by_stem: dict[str, list[int]] = defaultdict(list)
    for other in theirs:
        for stem in statements[other].stems - statements[other].named - light() - manners():
            by_stem[stem].append(other)
    for one in mine:
        named = statements[one].stems - statements[one].named
        met = {other for stem in named for other in by_stem.get(stem, ())[:_MOST]}
        for other in sorted(met):
            a, b = statements[one], statements[other]
            if a.act is not b.act and is_near(a, b):
                yield one, other


def _waiting(
    statements: Sequence[Told],
    held: Mapping[str, Sequence[int]],
    names: Mapping[str, Sequence[str]],
    mine: str,
    theirs: str,
) -> Iterator[tuple[int, int]]:
    """A condition for what the other side does, with its own; and any condition, with what it says of conditions."""
    for one_side, other_side in ((mine, theirs), (theirs, mine)):
        set_by = [each for each in held[one_side] if statements[each].act is Act.CONDITION]
        waits = [each for each in set_by if _waits(statements[each], names[other_side])]
        conditions = [each for each in held[other_side] if statements[each].act is Act.CONDITION]
        spoken_of = [each for each in held[other_side] if _CONDITIONS.search(statements[each].text)]
        yield from product(waits[:_MOST], conditions[:_MOST])
        yield from product(set_by[:_MOST], spoken_of[:_MOST])


def _foremost(statements: Sequence[Told], parties: Sequence[Sequence[str]]) -> list[str]:
    """The sides for which several speak, those with the most speakers first."""
    speakers: dict[str, Counter[str]] = defaultdict(Counter)
    for one, of in zip(statements, parties, strict=True):
        for party in of:
            speakers[party][one.statement.speaker.name] += 1
    several = [party for party, names in speakers.items() if len(names) > 1]
    return sorted(several, key=lambda party: (-len(speakers[party]), -speakers[party].total(), party))[:_SIDES]


def _waits(one: Told, names: Sequence[str]) -> bool:
    found = _IF.search(one.text)
    return found is not None and any(found["who"].startswith(name) for name in names)
