"""How two statements about one matter relate, from evidence that can be named. When in doubt they only differ.

In this order of trust: nobody answers; an explicit denial of what the other says; exclusive values of one attribute of
the same thing at the same time; the same words with and without "not"; opposite words; a wish against another, which
never contradicts; the same figure or the same words, which agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from readout.compare import answers, deeds, parted, scope
from readout.compare.guards import (
    DENIES,
    HOPES,
    LATELY,
    Verdict,
    elsewhere,
    follows,
    is_unreal,
    one_scope,
    one_time,
    opposed_pairs,
    wishes,
)
from readout.compare.told import Told, light, listed, once, telling
from readout.models import Act, Figure, Relation

_WISHES = frozenset({Act.DEMAND, Act.COMMITMENT, Act.CONDITION, Act.REFUSAL, Act.EVALUATION, Act.PREDICTION})
_TELLS_OF = frozenset({Act.CLAIM, Act.COMMITMENT, Act.PREDICTION})  # what is or will be
_DESIRES = HOPES - {Act.EVALUATION}
_NOT = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|refus\w+|den(?:y|ied|ies))\b|n[’']t\b", re.IGNORECASE
)
_DENIED = re.compile(r"\Aden", re.IGNORECASE)  # not of a wish, which can be rejected
_REFERS = re.compile(
    r"\b(?:such|(?:that|it|this)(?= ?[.,:;])|of the kind|(?:the|those|these) (?:\w+ )?(?:claims?|reports?|"
    r"accusations?|allegations?|charges?|ideas?|suggestions?|accounts?|stor(?:y|ies)|words?|remarks?|version))\b",
    re.IGNORECASE,
)
_THERE = re.compile(r"\b(?:there|(?:has|have|had) been|was|were|is|are)\b", re.IGNORECASE)
# What is not there yet, though spoken of.
_NOT_YET = re.compile(
    r"\b(?:close[rs]?|nearer|towards?|progress|hop(?:e|es|ed|ing)|work(?:s|ed|ing)?|prepar\w+|seek\w*|talks?|plan\w*) "
    r"(?:to|on|for|of|towards?|an?|the)\b|\bwould\b",
    re.IGNORECASE,
)
OPEN = "different accounts"  # where nothing decides
_CONFIRMS = re.compile(r"\b(?:confirm|acknowledg|conced|admit)(?:s|ed|t?ing|ted)?\b", re.IGNORECASE)
_FEW, _SEVERAL, _MOSTLY = 1, 2, 0.5  # stems of a denial without words of its own; stems that it shares; of all it has
_BLAMES = re.compile(r"\b(?:accus|blam|alleg|charg)\w+", re.IGNORECASE)
_CONTRARY = frozenset({Act.DENIAL, Act.REFUSAL, Act.CONDITION, Act.DEMAND, Act.NO_COMMENT, Act.EVALUATION})
_EXPECTS = re.compile(r"\b(?:expect|forecast|predict|project|estimat|see|reckon)(?:s|ed|ing)?\b", re.IGNORECASE)
_UPWARDS = frozenset({"at least", "more than", "over", "no fewer than", "no less than", "not less than", "above"})
_DOWNWARDS = frozenset(
    {"at most", "up to", "fewer than", "less than", "under", "no more than", "not more than", "below"}
)
_AT_MOST = frozenset({"at most", "no more than", "not more than"})
_LOOSE = frozenset(
    {"about", "around", "nearly", "almost", "some", "roughly", "approximately", "close to"} | _UPWARDS | _DOWNWARDS
)
_LASTED = re.compile(
    r"\b(?:last(?:ed|s|ing)?|took|takes?|spoke|talked|met|long|minutes of|went on|spent)\b", re.IGNORECASE
)
_ORDER = frozenset({"first", "second", "third", "last", "next", "previous", "earlier", "later"})
_DEED = re.compile(
    r"(?:it was )?(?P<who>(?:the )?[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)*|[Tt]he [a-z]+) (?:who |that )?(?:had |has )?"
    r"(?P<deed>(?:asked|called|signed|wrote|scored|won|built|fired|started|proposed|requested|sent|paid|bought|killed|shot|"
    r"invented|broken off|broke|cancelled|led|founded|ordered|leaked|began) .+)"
)
_OBLIGES = re.compile(r"\b(?:must|ha(?:d|s|ve) to|should|ought to|needs? to|needed to)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\A\W*(?:it was )?(?P<who>(?:the )?[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)*|[Tt]he [a-z]+) (?:who |that )?"
    r"(?P<rest>.+)"
)
_SAME_CLAIM, _CLAIM, _LOOSELY, _THREE = 0.74, 0.5, 0.3, 3  # of two bare claims, how much is the same
_SLACK = 0.15  # by which an estimate may be off
_SAME_WORDS = 0.6
_SURE, _LIKELY, _MAYBE = 0.9, 0.75, 0.55


def relate(a: Told, b: Told) -> Verdict:
    """The relation of two statements that are about one matter."""
    for ask in (
        _together,
        _silent,
        _denied,
        answers.rebutted,
        answers.untrue_of_him,
        deeds.untrue,
        _absent,
        _dated,
        _placed,
        _counted,
        _turned,
        _acted,
        _opposed,
        deeds.answered,
        deeds.undone,
        deeds.unraised,
        deeds.by_another,
        deeds.rammed,
        _each,
        _confirmed,
        answers.confirmed,
        answers.both_ready,
        answers.same_time,
        _wished,
        _same,
    ):
        verdict = ask(a, b)
        if verdict:
            return verdict
    return Verdict(Relation.DIFFER, OPEN, (), _MAYBE)


def _together(a: Told, b: Told) -> Verdict | None:
    """One statement of several parties."""
    if a.statement.id == b.statement.id:
        return Verdict(Relation.AGREE, "said together", (a.statement.speaker.name,), _SURE)
    if a.statement.article == b.statement.article and a.statement.content == b.statement.content:
        if _BLAMES.search(a.cue):
            return Verdict(Relation.DIFFER, "each blames the other", (a.cue,), _SURE)
        return Verdict(Relation.AGREE, "said together", (a.cue,), _LIKELY)
    if len(a.stems) >= _THREE and a.in_order == b.in_order and _in_words(a) == _in_words(b):
        return Verdict(Relation.AGREE, "same words", tuple(sorted(a.stems)), _LIKELY)
    return None


@once
def _in_words(one: Told) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", one.text.lower()))


def _silent(a: Told, b: Told) -> Verdict | None:
    quiet = [one for one in (a, b) if one.silent]
    return Verdict(Relation.ONE_SIDED, "no comment", (quiet[0].cue,), _SURE) if quiet else None


def _denied(a: Told, b: Told) -> Verdict | None:
    """A denial of what the other states as fact: one that answers it, or that speaks of the very same thing."""
    for claim, denial in ((a, b), (b, a)):
        word = DENIES.search(denial.cue)
        if (
            not word
            or claim.act is Act.DENIAL
            or scope.negated(claim)
            or (claim.act in _WISHES and not _DENIED.search(word[0]))
        ):
            continue
        shared = denial.stems & claim.stems
        if follows(claim, denial) and (shared or len(denial.stems) <= _FEW or _REFERS.search(denial.around)):
            return Verdict(Relation.CONTRADICT, "denial", (denial.cue,), _SURE)
        if len(shared) >= _SEVERAL and len(shared) >= _MOSTLY * len(denial.stems) and not elsewhere(claim, denial):
            return Verdict(Relation.CONTRADICT, "denial", (denial.cue, *sorted(shared)), _LIKELY)
    return None


def _absent(a: Told, b: Told) -> Verdict | None:
    """One says that there is none of what the other speaks of as there."""
    if not (a.absent or b.absent) or wishes(a) or wishes(b):
        return None
    for one, other in ((a, b), (b, a)):
        missing = (one.absent & other.stems) - other.absent
        if not missing or other.act is not Act.CLAIM or one.act in _WISHES or _NOT.search(other.text):
            continue
        if _NOT_YET.search(other.text):
            continue
        if follows(other, one) or (follows(one, other) and _THERE.search(other.text)):
            return Verdict(Relation.CONTRADICT, "there is none", tuple(sorted(missing)), _LIKELY)
        if _is_plain_absence(one, missing) and one_scope(a, b, loosely=True):
            return Verdict(Relation.CONTRADICT, "there is none", tuple(sorted(missing)), _LIKELY)
    return None


def _is_plain_absence(one: Told, missing: frozenset[str]) -> bool:
    return bool(_THERE.search(one.text)) and not LATELY.search(one.text) and not missing & one.named


def _counted(a: Told, b: Told) -> Verdict | None:
    """Figures of one kind that cannot both be right, or that are the same."""
    for one, other in _comparable(a, b):
        words = (a.spelled(one.span) or one.what, b.spelled(other.span) or other.what)
        if _meet(one, other):
            agrees = _exact(one) and _exact(other) and parted.told_alike(a, b)
            return Verdict(Relation.AGREE, "same figure", words, _LIKELY) if agrees else None
        if (
            _beyond(a, b, one, other)
            or _measured(a, b, one)
            or (_fixed(a, b, one, other) and one_scope(a, b) and scope.alike(a, b) >= _SAME_CLAIM)
        ):
            return Verdict(Relation.CONTRADICT, "exclusive figures", words, _LIKELY)
        return Verdict(Relation.DIFFER, "different figures", words, _LIKELY)
    return None


def _beyond(a: Told, b: Told, one: Figure, other: Figure) -> bool:
    """Whether one says that it is no more than what the other goes far beyond."""
    low, high = sorted((one, other), key=lambda each: each.low)
    if low.modifier not in _AT_MOST or low.fate or high.low * (1 - _SLACK) <= low.high or not one_scope(a, b):
        return False
    return follows(a, b) or follows(b, a) or scope.alike(a, b) >= _SAME_CLAIM


def _measured(a: Told, b: Told, one: Figure) -> bool:
    """Whether both say how long the same thing lasted: that does not move."""
    if one.unit not in _EXACT or scope.which(a) & _ORDER != scope.which(b) & _ORDER or not one_time(a, b):
        return False
    if a.statement.article != b.statement.article and a.foremost and b.foremost and a.foremost != b.foremost:
        return False  # a call of others
    return bool(_LASTED.search(a.around) and _LASTED.search(b.around))


def _fixed(a: Told, b: Told, one: Figure, other: Figure) -> bool:
    """Whether two figures are of what does not move with time: no toll, and nothing left open by "at least"."""
    if one.fate or other.fate or any(_EXPECTS.search(each.around) for each in (a, b)):
        return False
    low, high = sorted((one, other), key=lambda each: each.low)
    return not (low.modifier in _UPWARDS or high.modifier in _DOWNWARDS or {low.modifier, high.modifier} & _LOOSE)


def _exact(one: Figure) -> bool:
    return one.modifier not in _UPWARDS | _DOWNWARDS


def _dated(a: Told, b: Told) -> Verdict | None:
    """One thing on two days."""
    one, other = scope.days(a), scope.days(b)
    if not scope.exclusive(one, other) or not _plain(a, b) or scope.exclusive(a.spoken - other, b.spoken - one):
        return None
    if scope.which(a) != scope.which(b) and not _is_before_first(a, b):
        return None
    if scope.alike(a, b) < _SAME_CLAIM or scope.places(a) != scope.places(b):
        return None
    return Verdict(Relation.CONTRADICT, "exclusive days", (*sorted(one), *sorted(other)), _LIKELY)


def _is_before_first(a: Told, b: Told) -> bool:
    """Whether one says that it was first on a day, and the other that it was on an earlier one."""
    first, other = (a, b) if "first" in scope.which(a) else (b, a)
    return scope.which(first) - scope.which(other) == {"first"} and max(scope.days(other)) < min(scope.days(first))


def _plain(a: Told, b: Told) -> bool:
    """Whether neither wishes, and both or none say not, without figures that differ."""
    if wishes(a) or wishes(b) or scope.negated(a) != scope.negated(b) or scope.numbers(a) != scope.numbers(b):
        return False
    return not any(not _meet(one, other) for one, other in _comparable(a, b))


def _placed(a: Told, b: Told) -> Verdict | None:
    """One thing at two places."""
    one, other = scope.places(a), scope.places(b)
    if not (one and other) and scope.days(a) & scope.days(b):
        one, other = scope.grounds(a), scope.grounds(b)
    if not one or not other or one & other or not _plain(a, b) or scope.which(a) != scope.which(b):
        return None
    if not one_time(a, b) or scope.alike(a, b) < _SAME_CLAIM or scope.themselves(a, b) or len(scope.bare(a)) < _SEVERAL:
        return None
    return Verdict(Relation.CONTRADICT, "exclusive places", (*sorted(one), *sorted(other)), _LIKELY)


def _turned(a: Told, b: Told) -> Verdict | None:
    """The same words with the two who act changed round: A called B, B called A."""
    one, other = a.in_order, b.in_order
    if (
        set(one) != set(other)
        or len(set(one)) < _THREE
        or not _plain(a, b)
        or not one_scope(a, b)
        or deeds.is_hostile(a, b)
    ):
        return None
    if one[0] == other[0] or other.index(one[0]) <= one.index(one[0]) + 1 or one.index(other[0]) <= 1:
        return None
    return Verdict(Relation.CONTRADICT, "who did it", (one[0], other[0]), _LIKELY)


@once
def _deed(one: Told) -> re.Match[str] | None:
    return _DEED.search(one.text)


def _acted(a: Told, b: Told) -> Verdict | None:
    """One deed of two: what was asked for, signed, written or won was so by one of them."""
    one, other = _deed(a), _deed(b)
    if not one or not other or not _plain(a, b) or not one_scope(a, b):
        return None
    doers = (one["who"].strip(), other["who"].strip())
    if set(telling(doers[0])) & set(telling(doers[1])):
        return None
    done = [frozenset(telling(found["deed"])) for found in (one, other)]
    if len(done[0] & done[1]) < len(done[0] | done[1]) * _SAME_CLAIM:
        return None
    return Verdict(Relation.CONTRADICT, "who did it", doers, _LIKELY)


def _opposed(a: Told, b: Told) -> Verdict | None:
    """Of the same, words that exclude each other, or the same words with and without a "not"."""
    if any(is_unreal(one) or one.act in _DESIRES for one in (a, b)) or elsewhere(a, b) or not one_scope(a, b):
        return None
    pair = next(opposed_pairs(a, b), None)
    judged = wishes(a) or wishes(b)
    if judged and not listed("soft").isdisjoint(pair or ()):
        return None
    apart = frozenset(stem for word in pair or () for stem in telling(word))
    rest_a, rest_b = scope.bare(a) - apart, scope.bare(b) - apart
    both = rest_a & rest_b
    flipped = scope.negated(a) != scope.negated(b)
    if pair and both and len(both) >= _CLAIM * len(rest_a | rest_b):
        if flipped:
            return Verdict(Relation.AGREE, "not the opposite", pair, _MAYBE)
        return Verdict(Relation.CONTRADICT, "opposite words", pair, _LIKELY)
    return _negated(a, b) if flipped and not judged and _are_same(rest_a, rest_b) else None


def _are_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two claims have most of their words in common."""
    both = len(one & other)
    least = min(len(one), len(other))
    return least > 0 and both >= max(min(_SEVERAL, least), _SAME_WORDS * least, _LOOSELY * len(one | other))


def _negated(a: Told, b: Told) -> Verdict:
    word = scope.NOT.search(a.text) or scope.NOT.search(b.text)
    return Verdict(Relation.CONTRADICT, "one says not", (word[0] if word else "not",), _LIKELY)


_EXACT = frozenset({"minute", "hour", "second"})


def _comparable(a: Told, b: Told) -> Iterable[tuple[Figure, Figure]]:
    for one in a.figures:
        for other in b.figures:
            if not parted.meets(a, b, one, other):
                continue
            if one.unit == other.unit:
                yield one, other
            elif {one.unit, other.unit} <= _EXACT:
                yield _in_minutes(one), _in_minutes(other)


def _in_minutes(one: Figure) -> Figure:
    times = {"hour": 60.0, "minute": 1.0, "second": 1 / 60}[one.unit]
    return replace(one, low=one.low * times, high=one.high * times, unit="minute")


def _meet(one: Figure, other: Figure) -> bool:
    slack = (
        _SLACK if one.unit != "percent" and {one.modifier, other.modifier} & (_LOOSE - _UPWARDS - _DOWNWARDS) else 0.0
    )
    low, high = sorted((one, other), key=lambda each: each.low)
    if low.modifier in _UPWARDS or high.modifier in _DOWNWARDS:
        return True
    return one.low * (1 - slack) <= other.high and other.low * (1 - slack) <= one.high


def _confirmed(a: Told, b: Told) -> Verdict | None:
    """One confirms what the other says, or both name one day for one thing that they will do."""
    if a.act in _CONTRARY or b.act in _CONTRARY or scope.negated(a) or scope.negated(b):
        return None
    if scope.numbers(a) != scope.numbers(b) or _clash(a, b):
        return None
    shared = a.stems & b.stems
    cue = next((one.cue for one in (a, b) if _CONFIRMS.search(one.cue)), None)
    if cue and (len(shared) >= _SEVERAL or (shared and follows(a, b))):
        return Verdict(Relation.AGREE, "confirmed", (cue, *sorted(shared)), _MAYBE)
    if _elsewhere_then(a, b):
        return None
    days = {day for one, other in ((a, b), (b, a)) for day in scope.days(one) if _is_among(day, scope.days(other))}
    if days and len(shared) >= _SEVERAL and (a.act is b.act or {a.act, b.act} <= _TELLS_OF):
        return Verdict(Relation.AGREE, "same day", tuple(sorted(days)), _MAYBE)
    return None


def _elsewhere_then(a: Told, b: Told) -> bool:
    """Whether each says where it was, and it was not the same place."""
    one, other = scope.grounds(a), scope.grounds(b)
    return bool(one and other) and one.isdisjoint(other)


def _is_among(day: str, days: Iterable[str]) -> bool:
    """Whether a day is one of those, or in a month that is."""
    return len(day) >= len("2031-05-03") and any(len(each) >= len("2031-05") and day.startswith(each) for each in days)


def _clash(a: Told, b: Told) -> bool:
    """Whether they hold words that exclude each other."""
    return any(opposed_pairs(a, b))


def _wished(a: Told, b: Told) -> Verdict | None:
    if {a.act, b.act} <= _TELLS_OF and (same := _same(a, b)):
        return same
    if a.act in _WISHES and b.act in _WISHES and a.act is not b.act:
        return Verdict(Relation.DIFFER, "different wishes", (), _LIKELY)
    return None


def _same(a: Told, b: Told) -> Verdict | None:
    if scope.negated(a) != scope.negated(b) or scope.exclusive(scope.days(a), scope.days(b)) or deeds.crossed(a, b):
        return None
    same = _alike(a, b) >= _SAME_WORDS and scope.numbers(a) == scope.numbers(b)
    if not (same or _holds(a, b) or _holds(b, a)) or _clash(a, b) or not _tells(_told(a) & _told(b)):
        return None
    if _elsewhere_then(a, b) or _mirrored(a, b) or bool(_OBLIGES.search(a.text)) != bool(_OBLIGES.search(b.text)):
        return None
    return Verdict(Relation.AGREE, "same words", tuple(sorted(a.stems & b.stems)), _MAYBE)


def _mirrored(a: Told, b: Told) -> bool:
    """Whether one says of the second thing what the other says of the first: "no lake is a sea", "no sea is a lake"."""
    one, other = ([stem for stem in each.in_order if stem in a.stems & b.stems] for each in (a, b))
    return one == other[::-1] != other and not any(" by " in each.text for each in (a, b))


@once
def _subject(one: Told) -> re.Match[str] | None:
    return _SUBJECT.search(one.text)


def _each(a: Told, b: Told) -> Verdict | None:
    """The same told of two, which both may be: each says that it was the other."""
    one, other = _subject(a), _subject(b)
    if not one or not other or scope.negated(a) != scope.negated(b):
        return None
    doers, done = [[frozenset(telling(each[part])) for each in (one, other)] for part in ("who", "rest")]
    if len(done[0]) < _SEVERAL or done[0] != done[1] or doers[0] & doers[1] or not all(doers):
        return None
    return Verdict(Relation.DIFFER, "each of another", (one["who"], other["who"]), _LIKELY)


def _holds(long: Told, short: Told) -> bool:
    """Whether one says all that the other says, and more."""
    return short.stems <= long.stems and scope.numbers(short) <= scope.numbers(long) and not _clash(long, short)


def _told(one: Told) -> frozenset[str]:
    """The stems of its bare claim and of the places in it."""
    return scope.bare(one) | frozenset(stem for place in scope.places(one) for stem in telling(place))


def _tells(stems: frozenset[str]) -> bool:
    """Whether words tell enough for two statements that have them to say the same."""
    return len([stem for stem in stems - light() if stem not in listed("numbers")]) >= _SEVERAL


def _alike(a: Told, b: Told) -> float:
    one, other = a.stems, b.stems
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
