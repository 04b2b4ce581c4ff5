"""What has to hold before two statements can exclude each other, and the verdict on them. Nothing is decided.

Wishes, jokes and what is passed on assert nothing; what is said of another time, place or of another of several is of
something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from readout.compare import scope
from readout.compare.told import Told, once, opposites
from readout.models import Act, Relation

DENIES = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|reject(?:ed|s|ing)?|dismiss(?:ed|es|ing)?|disput(?:ed|es|ing)|refut(?:ed|es|ing)|"
    r"contradict(?:ed|s|ing)?)\b",
    re.IGNORECASE,
)
LATELY = re.compile(
    r"\b(?:recent(?:ly)?|lately|yet|so far|any ?more|any longer|now|still|today|at present)\b", re.IGNORECASE
)
_REACH = 500  # characters between a claim and its denial
_SPANS = frozenset({"year", "month", "week", "day", "decade"})
HOPES = frozenset({Act.DEMAND, Act.COMMITMENT, Act.CONDITION, Act.REFUSAL, Act.EVALUATION})
_WANTS = re.compile(
    r"\b(?:wants?|wanted|wish\w*|hop(?:es?|ed|ing)|urg\w+|demand\w*|call(?:s|ed|ing) (?:for|on)|seeks?|sought|"
    r"propos\w+|offer(?:s|ed)?|promis\w+|vow\w*|ask(?:s|ed) (?:that|to))\b",
    re.IGNORECASE,
)
_JOKES = re.compile(r"\b(?:jok|quipp?|kidd|teas|mock|recall|suggest)\w*", re.IGNORECASE)
_HEDGES = re.compile(r"\b(?:may(?! \d)|might|could|possibl[ey]|probabl[ey]|likely|perhaps)\b")
_PASSES_ON = re.compile(
    r"\b(?:said|says|saying|claimed|claims|called (?:him|her|it|them) \w+|written|told|once|supposed(?:ly)?|allegedly|"
    r"reportedly|of course)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Verdict:
    """A relation, the kind of evidence, the deciding words of either, and how sure it is, 0 to 1."""

    relation: Relation
    kind: str
    words: tuple[str, ...]
    confidence: float


def follows(a: Told, b: Told) -> bool:
    """Whether one stands right behind the other."""
    return (
        a.statement.article == b.statement.article
        and b.order - a.order == 1
        and b.statement.content[0].start - a.statement.content[-1].end <= _REACH
    )


@once
def wishes(one: Told) -> bool:
    """Whether it is what somebody hopes for, jokes or passes on, not what he says is so."""
    return one.act in HOPES or is_unreal(one)


@once
def is_unreal(one: Told) -> bool:
    """Whether its words are wanted, joked, guessed or another's."""
    if _JOKES.search(one.cue) or _PASSES_ON.search(one.text) or _HEDGES.search(one.text):
        return True
    return _WANTS.search(one.cue or one.text) is not None


@once
def imagines(one: Told) -> bool:
    """Whether it tells what somebody wants, expects, jokes about or passes on; a judgement it may be."""
    return one.act in HOPES - {Act.EVALUATION} or one.act is Act.PREDICTION or is_unreal(one)


def elsewhere(a: Told, b: Told) -> bool:
    """Whether the two may speak of other times: only one measures a span of time, or limits itself to late."""
    return _measures_time(a) != _measures_time(b) or _is_late(a) != _is_late(b)


@once
def _measures_time(one: Told) -> bool:
    return any(each.unit in _SPANS for each in one.figures)


@once
def _is_late(one: Told) -> bool:
    return LATELY.search(one.text) is not None


def one_time(a: Told, b: Told) -> bool:
    """Whether two statements may speak of one time."""
    if scope.exclusive(scope.days(a), scope.days(b)) or scope.exclusive(a.spoken, b.spoken):
        return False
    return not moves(a, b)


def one_scope(a: Told, b: Told, *, loosely: bool = False) -> bool:
    """Whether two statements speak of one time, one place, the same of several; loosely, one may leave that open."""
    if scope.grounds(a) and scope.grounds(b) and scope.grounds(a).isdisjoint(scope.grounds(b)):
        return False
    one, other = scope.which(a), scope.which(b)
    if one != other and not (loosely and (not one or not other)):
        return False
    return one_time(a, b) and not scope.themselves(a, b)


def moves(a: Told, b: Told) -> bool:
    """Whether the two speak at different times, so that what they count may have changed."""
    return a.at is not None and b.at is not None and abs((a.at - b.at).days) > 1


@once
def words(one: Told) -> frozenset[str]:
    """The words of its content, in lower case."""
    return frozenset(re.findall(r"[a-z]+", one.text.lower()))


@cache
def opposed_words() -> frozenset[tuple[str, str]]:
    """Pairs of words of which one excludes the other, either way round."""
    found = set()
    for line in opposites():
        left, right = (side.split() for side in line.split("/"))
        found |= {(x, y) for x in left for y in right} | {(y, x) for x in left for y in right}
    return frozenset(found)


def opposed_pairs(a: Told, b: Told) -> Iterator[tuple[str, str]]:
    """The pairs of a word of each of which one excludes the other, in the order of the words."""
    others = _opposed(b)
    return ((x, y) for x in _opposed(a) for y in others if (x, y) in opposed_words())


@once
def _opposed(one: Told) -> tuple[str, ...]:
    """The words of a statement that exclude any other, in order."""
    return tuple(sorted(words(one) & _excluding()))


@cache
def _excluding() -> frozenset[str]:
    return frozenset(x for x, _ in opposed_words())
