"""How accounts relate, in words for readers: what each relation means, why it holds, and a comparison in one sentence.

Pure; no markup. The words that decide are shown where they tell something by themselves; figures, days and places stand
in the accounts beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from readout.models import Change, ChangeKind, Evidence, Relation
from readout.present import ties
from readout.present.harmless import harmless
from readout.present.setting import clipped

MEANING = {
    Relation.CONTRADICT: "cannot both be true",
    Relation.DIFFER: "compatible, but told otherwise",
    Relation.AGREE: "the same substance",
    Relation.ONE_SIDED: "only one side speaks of it",
}
NEW = {  # how accounts relate, as it is said of a point that is new
    str(Relation.CONTRADICT): "accounts contradict each other",
    str(Relation.DIFFER): "accounts differ",
    str(Relation.AGREE): "accounts agree",
    str(Relation.ONE_SIDED): "one side speaks",
}
_WHY = {
    "different accounts": "",  # which is what the relation says
    "different wishes": "each wants something else",
    "different figures": "they give different figures",
    "exclusive figures": "they give figures that exclude each other",
    "exclusive days": "they name days that exclude each other",
    "exclusive places": "they name places that exclude each other",
    "other side asked": "they name different sides that asked for it",
    "same side asked": "they name the same side that asked for it",
    "denial": "one side denies it: {}",
    "there is none": "one side says that there is none",
    "one says not": "one side says that it is not so",
    "no comment": "one side was asked: {}",
    "said together": "said together: {}",
    "confirmed": "one side confirms it",
    "same figure": "they give the same figure",
    "same day": "they name the same day",
    "same words": "in the same words",
}
_WORDS = 80
_OF_DAYS = {ChangeKind.NEARS, ChangeKind.PASSED, ChangeKind.PLANNED, ChangeKind.WAS_PLANNED}
_DID = {
    Relation.CONTRADICT: "contradict each other on {}",
    Relation.DIFFER: "differ on {}",
    Relation.AGREE: "agree on {}",
}


def reasons(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Why accounts relate as they do, each reason once; none where the relation says all there is to say."""
    return tuple(dict.fromkeys(filter(None, map(_reason, evidence))))


def gist(relations: Sequence[Relation], *, whole: bool) -> str:
    """How often accounts contradict each other, differ and agree: "contradict each other on 2 points and differ on 6".

    `relations` are in the order of points, the most disputed first; where these are not all of them (`whole`), the last
    kind may go on and is not counted.
    """
    counts = Counter(one for one in relations if one in _DID)
    known = [one for one in _DID if counts[one]]
    if not whole and relations and known[-1:] == [relations[-1]]:
        known.pop()
    told = [_DID[one].format(_counted(counts[one]) if one is known[0] else f"{counts[one]:,}") for one in known]
    return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))


def changed(one: Change) -> str:
    """What is new, in words: how accounts relate, or the day that something is due or planned for."""
    if one.kind in _OF_DAYS:
        return ties.day(one.detail)
    return NEW.get(one.detail, one.detail) if one.kind is ChangeKind.POINT else one.detail


def as_written(words: str, told: Iterable[str]) -> str:
    """The words, each with the capitals that it has within what is told: "airbus jobs" of "55,000 Airbus jobs"."""
    written = {word.lower(): word for one in told for word in one.split()[1:] if not word.islower()}
    return " ".join(written.get(word, word) for word in words.split())


def _counted(number: int) -> str:
    return "1 point" if number == 1 else f"{number:,} points"


def _reason(one: Evidence) -> str:
    told = _WHY.get(one.kind, one.kind)
    words = next((f"“{clipped(harmless(word), _WORDS)}”" for word in one.words if word), "")
    return told.format(words) if words else told.removesuffix(": {}")
