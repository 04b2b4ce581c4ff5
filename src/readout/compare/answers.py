"""What answers that lean on what stands right before them say of it. Nothing else is judged.

A denial may stand in a sentence of its own, told by the outlet ("The ministry rejected the charge."), and a
confirmation shares no word with what it confirms ("confirmed that he would be there").
"""

from __future__ import annotations

import re

from readout.compare.guards import Verdict, follows, imagines, one_scope, opposed_pairs, wishes
from readout.compare.scope import NOT, numbers
from readout.compare.told import Told, light, listed, once, telling
from readout.models import Act, Relation, StatementKind, TimeExpression

_REBUTS = re.compile(
    r"\b(?P<word>den(?:ied|ies)|reject(?:ed|s)|disput(?:ed|es)|dismiss(?:ed|es)|refut(?:ed|es)|contradict(?:ed|s))\s+"
    r"(?:that|this|it|both|(?:the|this|that|these|those|all)\s+(?:\w+\s+)?(?:claims?|charges?|accusations?|allegations?|"
    r"reports?|accounts?|versions?|statements?|suggestions?|assertions?))(?=\s*[.:;,]|\s+as\b)",
)
_OWN = re.compile(r"\b(?:i|we)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_OPENING, _SUBJECT = 80, 5  # characters, and words, in which a subject stands
CONFIRMS = re.compile(r"\bconfirm(?:s|ed|ing)?\b", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:talks|negotiations?|meetings?|summits?|round|delegations?|envoys?|invit\w+|attend\w*|come to|meet)\b",
    re.IGNORECASE,
)
_READY = frozenset({Act.COMMITMENT, Act.PREDICTION, Act.CLAIM})
_REACH, _BETWEEN = 500, 2  # characters, and statements counted with those that are weak
_LIKELY, _MAYBE = 0.75, 0.55


@once
def rebuts(one: Told) -> str:
    """The word by which the sentence before it denies what stands there, for which its own words then speak."""
    found = _REBUTS.search(one.lead)
    return found["word"] if found else ""


def stands_behind(a: Told, b: Told) -> bool:
    """Whether one follows another, with nothing but a sentence of the outlet's between them."""
    gap = b.statement.content[0].start - a.statement.content[-1].end
    return a.statement.article == b.statement.article and 0 < b.order - a.order <= _BETWEEN and gap <= _REACH


def rebutted(a: Told, b: Told) -> Verdict | None:
    """A claim, and right behind it words that go with a denial told in a sentence of its own."""
    word = rebuts(b) if stands_behind(a, b) else ""
    if not word or a.act is Act.DENIAL or wishes(a) or NOT.search(a.text):
        return None
    return Verdict(Relation.CONTRADICT, "denial", (word,), _LIKELY)


def of_himself(a: Told, b: Told) -> tuple[str, str] | None:
    """The words that exclude each other where one tells of himself and the other of him: "we have won", "he lost"."""
    if a.statement.kind is StatementKind.INDIRECT or not _OWN.search(a.text):
        return None
    name = a.statement.speaker.name.rpartition(" ")[2]
    if not name[:1].isupper() or name not in opening(b) or imagines(a) or imagines(b) or NOT.search(a.text + b.text):
        return None
    apart = opposed_pairs(a, b)
    return next((pair for pair in apart if listed("soft").isdisjoint(pair)), None)


@once
def opening(one: Told) -> tuple[str, ...]:
    """The first words of a statement, in which its subject stands."""
    return tuple(_WORD.findall(one.text[:_OPENING]))[:_SUBJECT]


def untrue_of_him(a: Told, b: Told) -> Verdict | None:
    """What one says of himself, and the other the opposite of him."""
    pair = of_himself(a, b) or of_himself(b, a)
    return (
        Verdict(Relation.CONTRADICT, "opposite words", pair, _LIKELY)
        if pair and one_scope(a, b, loosely=True)
        else None
    )


def confirmed(a: Told, b: Told) -> Verdict | None:
    """What one says, and another confirms right behind it."""
    if not follows(a, b) or not CONFIRMS.search(b.cue) or NOT.search(a.text + b.text):
        return None
    return Verdict(Relation.AGREE, "confirmed", (b.cue,), _LIKELY)


def same_time(a: Told, b: Told) -> Verdict | None:
    """Both expect the same thing for days that may be one."""
    if not {a.act, b.act} <= _READY or NOT.search(a.text + b.text) or not expected_together(a, b):
        return None
    return Verdict(Relation.AGREE, "same day", tuple(each.value for one in (a, b) for each in one.coming), _MAYBE)


def expected_together(a: Told, b: Told) -> bool:
    """Whether they name days to come that may be one, for something that both or their sentences name."""
    return any(_overlap(x, y) for x in a.coming for y in b.coming) and bool(expected(a) & expected(b))


def _overlap(one: TimeExpression, other: TimeExpression) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


@once
def expected(one: Told) -> frozenset[str]:
    """What a statement or its sentence names, days and names left out."""
    days = {stem for each in one.times for stem in telling(one.spelled(each.span))}
    return (one.stems | one.context) - light() - one.named - days


def both_ready(a: Told, b: Told) -> Verdict | None:
    """One is ready to meet, and so is the other right behind."""
    if not are_ready(a, b) or NOT.search(a.text + b.text) or numbers(a) != numbers(b):
        return None
    return Verdict(Relation.AGREE, "both are ready", (*_meets(a), *_meets(b)), _MAYBE)


def are_ready(a: Told, b: Told) -> bool:
    """Whether one speaks of a meeting to come, and right behind it the other."""
    return follows(a, b) and {a.act, b.act} <= _READY - {Act.CLAIM} and bool(_meets(a) and _meets(b))


@once
def _meets(one: Told) -> tuple[str, ...]:
    found = _MEETING.search(one.text)
    return (found[0],) if found else ()
