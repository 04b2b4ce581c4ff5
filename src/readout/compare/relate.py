"""How two statements about one matter relate, from evidence that can be named. When in doubt they only differ.

In this order of trust: nobody answers; an explicit denial of what the other says; exclusive values of one attribute of
the same thing at the same time; the same words with and without "not"; opposite words; a wish against another, which
never contradicts; the same figure or the same words, which agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from readout.compare.told import Told, telling
from readout.models import Act, Figure, Relation

_WISHES = frozenset({Act.DEMAND, Act.COMMITMENT, Act.CONDITION, Act.REFUSAL, Act.EVALUATION, Act.PREDICTION})
_NOT = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|refus\w+|den(?:y|ied|ies))\b|n[’']t\b", re.IGNORECASE
)
_DENIES = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|reject(?:ed|s|ing)?|dismiss(?:ed|es|ing)?|disput(?:ed|es|ing)|refut(?:ed|es|ing)|"
    r"contradict(?:ed|s|ing)?)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\Aden", re.IGNORECASE)  # not of a wish, which can be rejected
_REFERS = re.compile(
    r"\b(?:such|(?:that|it|this)(?= ?[.,:;])|of the kind|(?:the|those|these) (?:\w+ )?(?:claims?|reports?|accusations?|allegations?|"
    r"charges?|ideas?|suggestions?|accounts?|stor(?:y|ies)|words?|remarks?|version))\b",
    re.IGNORECASE,
)
_THERE = re.compile(r"\b(?:there|(?:has|have|had) been|was|were|is|are)\b", re.IGNORECASE)
_LATELY = re.compile(
    r"\b(?:recent(?:ly)?|lately|yet|so far|any ?more|any longer|now|still|today|at present)\b", re.IGNORECASE
)
_FEW, _SEVERAL, _MOSTLY = 3, 2, 0.5  # stems of a denial without words of its own; stems that it shares; of all it has
_REACH = 500  # characters between a claim and its denial
_SPANS = frozenset({"year", "month", "week", "day", "decade"})
_BLAMES = re.compile(r"\b(?:accus|blam|alleg|charg)\w+", re.IGNORECASE)
_LOOSE = frozenset(
    {"about", "around", "nearly", "almost", "some", "roughly", "approximately", "up to", "at least", "more than"}
)
_SLACK = 0.15  # by which an estimate may be off
_SAME_WORDS = 0.6
_SURE, _LIKELY, _MAYBE = 0.9, 0.75, 0.55


@dataclass(frozen=True)
class Verdict:
    """A relation, the kind of evidence, the deciding words of either, and how sure it is, 0 to 1."""

    relation: Relation
    kind: str
    words: tuple[str, ...]
    confidence: float


def relate(a: Told, b: Told) -> Verdict:
    """The relation of two statements that are about one matter."""
    for ask in (_together, _silent, _denied, _absent, _excluded, _negated, _wished, _same):
        verdict = ask(a, b)
        if verdict:
            return verdict
    return Verdict(Relation.DIFFER, "different accounts", (), _MAYBE)


def _together(a: Told, b: Told) -> Verdict | None:
    """One statement of several parties."""
    if a.statement.id == b.statement.id:
        return Verdict(Relation.AGREE, "said together", (a.statement.speaker.name,), _SURE)
    if a.statement.article == b.statement.article and a.statement.content == b.statement.content:
        if _BLAMES.search(a.cue):
            return Verdict(Relation.DIFFER, "each blames the other", (a.cue,), _SURE)
        return Verdict(Relation.AGREE, "said together", (a.cue,), _LIKELY)
    return None


def _silent(a: Told, b: Told) -> Verdict | None:
    quiet = [one for one in (a, b) if one.act is Act.NO_COMMENT]
    return Verdict(Relation.ONE_SIDED, "no comment", (quiet[0].cue,), _SURE) if quiet else None


def _denied(a: Told, b: Told) -> Verdict | None:
    """A denial of what the other states as fact: one that answers it, or that speaks of the very same thing."""
    for claim, denial in ((a, b), (b, a)):
        word = _DENIES.search(denial.cue)
        if not word or claim.act is Act.DENIAL or (claim.act in _WISHES and not _DENIED.search(word[0])):
            continue
        shared = denial.stems & claim.stems
        if follows(claim, denial) and (
            shared or denial.stems & claim.context or len(denial.stems) <= _FEW or _REFERS.search(denial.around)
        ):
            return Verdict(Relation.CONTRADICT, "denial", (denial.cue,), _SURE)
        if len(shared) >= _SEVERAL and len(shared) >= _MOSTLY * len(denial.stems) and not _elsewhere(claim, denial):
            return Verdict(Relation.CONTRADICT, "denial", (denial.cue, *sorted(shared)), _LIKELY)
    return None


def follows(a: Told, b: Told) -> bool:
    """Whether one stands right behind the other."""
    return (
        a.statement.article == b.statement.article
        and b.order - a.order == 1
        and b.statement.content[0].start - a.statement.content[-1].end <= _REACH
    )


def _absent(a: Told, b: Told) -> Verdict | None:
    """One says that there is none of what the other speaks of as there."""
    for one, other in ((a, b), (b, a)):
        missing = (one.absent & other.stems) - other.absent
        if not missing or other.act is not Act.CLAIM or one.act in _WISHES or _NOT.search(other.text):
            continue
        if follows(other, one) or (
            _THERE.search(one.text) and not _LATELY.search(one.text) and not missing & one.named
        ):
            return Verdict(Relation.CONTRADICT, "there is none", tuple(sorted(missing)), _LIKELY)
    return None


def _elsewhere(a: Told, b: Told) -> bool:
    """Whether the two may speak of other times: only one measures a span of time, or limits itself to late."""
    spans = [any(each.unit in _SPANS for each in one.figures) for one in (a, b)]
    lately = [bool(_LATELY.search(one.text)) for one in (a, b)]
    return spans[0] != spans[1] or lately[0] != lately[1]


def _excluded(a: Told, b: Told) -> Verdict | None:
    """Figures of one kind that cannot both be right, or that are the same."""
    for one, other in _comparable(a, b):
        words = (one.what, other.what)
        if _meet(one, other):
            return Verdict(Relation.AGREE, "same figure", words, _LIKELY)
        if one.unit in _EXACT and not _moves(a, b):
            return Verdict(Relation.CONTRADICT, "exclusive figures", words, _LIKELY)
        return Verdict(Relation.DIFFER, "different figures", words, _LIKELY)
    return None


_EXACT = frozenset({"minute", "hour", "second"})  # a length of time is measured, and does not move


def _comparable(a: Told, b: Told) -> Iterable[tuple[Figure, Figure]]:
    for one in a.figures:
        for other in b.figures:
            if one.unit == other.unit and one.fate == other.fate and (one.unit or one.scope == other.scope):
                yield one, other
            elif {one.unit, other.unit} <= _EXACT:
                yield _in_minutes(one), _in_minutes(other)


def _in_minutes(one: Figure) -> Figure:
    times = {"hour": 60.0, "minute": 1.0, "second": 1 / 60}[one.unit]
    return replace(one, low=one.low * times, high=one.high * times, unit="minute")


def _meet(one: Figure, other: Figure) -> bool:
    slack = _SLACK if {one.modifier, other.modifier} & _LOOSE else 0.0
    return one.low * (1 - slack) <= other.high and other.low * (1 - slack) <= one.high


def _moves(a: Told, b: Told) -> bool:
    """Whether the two speak at different times, so that what they count may have changed."""
    return a.at is not None and b.at is not None and abs((a.at - b.at).days) > 1


def _negated(a: Told, b: Told) -> Verdict | None:
    """The same predicate once with and once without a "not"."""
    if a.act in _WISHES or b.act in _WISHES:
        return None
    one, other = _NOT.search(a.text), _NOT.search(b.text)
    if bool(one) == bool(other) or _alike(a, b) < _SAME_WORDS or len(a.stems & b.stems) < _SEVERAL or _elsewhere(a, b):
        return None
    return Verdict(Relation.CONTRADICT, "one says not", ((one or other)[0],), _LIKELY)  # type: ignore[index]


def _wished(a: Told, b: Told) -> Verdict | None:
    if a.act in _WISHES and b.act in _WISHES and a.act is not b.act:
        return Verdict(Relation.DIFFER, "different wishes", (), _LIKELY)
    return None


def _same(a: Told, b: Told) -> Verdict | None:
    if _alike(a, b) >= _SAME_WORDS and bool(_NOT.search(a.text)) == bool(_NOT.search(b.text)):
        return Verdict(Relation.AGREE, "same words", tuple(sorted(a.stems & b.stems)), _MAYBE)
    return None


def _alike(a: Told, b: Told) -> float:
    one, other = set(telling(a.text)), set(telling(b.text))
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
