"""What answers that lean on what stands right before them say of it. Nothing else is judged.

A denial may stand in a sentence of its own, told by the outlet ("The ministry rejected the charge."), and a
confirmation shares no word with what it confirms ("confirmed that he would be there").
"""

from __future__ import annotations

import re

from readout.compare.guards import Verdict, follows, wishes
from readout.compare.scope import NOT
from readout.compare.told import Told, once
from readout.models import Act, Relation

_REBUTS = re.compile(
    r"\b(?P<word>den(?:ied|ies)|reject(?:ed|s)|disput(?:ed|es)|dismiss(?:ed|es)|refut(?:ed|es)|contradict(?:ed|s))\s+"
    r"(?:that|this|it|both|(?:the|this|that|these|those|all)\s+(?:\w+\s+)?(?:claims?|charges?|accusations?|allegations?|"
    r"reports?|accounts?|versions?|statements?|suggestions?|assertions?))(?=\s*[.:;,]|\s+as\b)",
)
CONFIRMS = re.compile(r"\bconfirm(?:s|ed|ing)?\b", re.IGNORECASE)
_REACH, _BETWEEN = 500, 2  # characters, and statements counted with those that are weak
_LIKELY = 0.75


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


def confirmed(a: Told, b: Told) -> Verdict | None:
    """What one says, and another confirms right behind it."""
    if not follows(a, b) or not CONFIRMS.search(b.cue) or NOT.search(a.text + b.text):
        return None
    return Verdict(Relation.AGREE, "confirmed", (b.cue,), _LIKELY)
