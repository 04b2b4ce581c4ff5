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
    r"\b(?:den(?:y|ied|ies|ying)|reject(?:ed|s|ing)?|dismiss(?:ed|es)?|disput(?:ed|es|ing)|refut(?:ed|es)|contradict)",
    re.IGNORECASE,
)
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
    """A denial of what the other side states as fact."""
    for denial, claim in ((b, a), (a, b)):
        if denial.act is not Act.DENIAL or claim.act not in {Act.CLAIM, Act.DENIAL} or claim.act is Act.DENIAL:
            continue
        if claim.statement.negated == denial.statement.negated and _NOT.search(claim.text) and _NOT.search(denial.text):
            continue
        word = _DENIES.search(denial.cue) or _NOT.search(denial.text) or _NOT.search(denial.cue)
        return Verdict(Relation.CONTRADICT, "denial", (word[0] if word else denial.cue,), _LIKELY)
    return None


def _absent(a: Told, b: Told) -> Verdict | None:
    """One says that there is none of what the other speaks of as there."""
    for one, other in ((a, b), (b, a)):
        missing = one.absent & other.stems - other.absent
        if missing and other.act is Act.CLAIM and not _NOT.search(other.text):
            return Verdict(Relation.CONTRADICT, "there is none", tuple(sorted(missing)), _LIKELY)
    return None


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
    if bool(one) == bool(other) or _alike(a, b) < _SAME_WORDS:
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
