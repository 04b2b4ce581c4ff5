"""Whose wish a call or meeting was, by what a statement says of it. Pure; whether two statements are of one call is
asked before.

Readouts of one call contradict each other here more often than anywhere else: each side has the other ring. Two who
name different sides exclude each other, two who name one side agree, whatever the words for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from readout.compare.guards import Verdict
from readout.compare.sides import of_land
from readout.compare.told import Told, once
from readout.models import Relation

_WHO = r"(?:the )?(?P<who>[A-ZÀ-Þ][\w-]*(?: (?:of )?(?:the )?[A-ZÀ-Þ][\w-]*){0,3})"
_WHAT = r"(?:(?:tele)?phone |video )?(?:call|conversation|meeting|summit|talks)"
_ASKED = (
    re.compile(rf"\b[Aa]t (?:the )?(?:request|initiative|invitation|behest) of {_WHO}"),
    re.compile(rf"\b[Aa]t {_WHO}['’]s? (?:own )?(?:request|initiative|invitation|behest)\b"),
    re.compile(
        rf"{_WHO}(?:['’]s? \w+)?(?: side)?(?:,? (?:who|that|which))?(?: had| has)? "
        rf"(?:asked for|requested|sought|proposed|initiated|placed) (?:the|a|this|that) (?:\w+ )?{_WHAT}\b"
    ),
)
_NO = re.compile(r"\b(?:not|never|neither|nor|no one|nobody|if|whether)\b|n['’]t\b", re.IGNORECASE)
_LIKELY = 0.75


@once
def _asker(one: Told) -> str:
    """The words for whoever asked for it; "" where that is not told, or told not to be so."""
    if _NO.search(one.text):
        return ""
    return next((found["who"] for pattern in _ASKED if (found := pattern.search(one.text))), "")


def asked(a: Told, b: Told, sides: Mapping[str, str]) -> Verdict | None:
    """The relation of two that both say whose wish it was. `sides` gives the party of a name, or of a last name that
    one alone has; whoever is of no party decides nothing.
    """
    names = (_asker(a), _asker(b))
    one, other = (_side(name, sides) for name in names)
    if not one or not other:
        return None
    if one == other:
        return Verdict(Relation.AGREE, "same side asked", names, _LIKELY)
    return Verdict(Relation.CONTRADICT, "other side asked", names, _LIKELY)


def _side(name: str, sides: Mapping[str, str]) -> str:
    """The party of a name, by the name, its last word, or the land that it is of."""
    known = sides.get(name) or sides.get(name.rpartition(" ")[2])
    return known or of_land(name, sides.values())
