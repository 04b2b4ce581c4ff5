"""Deeds and states that one tells of and another says are not so, or were not his. Contradictions and nothing else."""

from __future__ import annotations

import re

from readout.compare import scope
from readout.compare.guards import (
    DENIES,
    Verdict,
    elsewhere,
    follows,
    imagines,
    one_scope,
    one_time,
    opposed_pairs,
    wishes,
    words,
)
from readout.compare.told import Told, light, once, telling
from readout.models import Act, Relation, StatementKind
from readout.text.stems import stem

_UNTRUE = re.compile(
    r"\b(?:untrue|not true|false(?:hoods?)?|fiction(?:al)?|fantas(?:y|ies)|fabricat\w+|invent(?:ed|ions?)|lies?|"
    r"nonsense|made[- ]up|fake|baseless|groundless|unfounded|no truth)\b",
    re.IGNORECASE,
)
_UNTRUE_WORDS = 4  # stems of a reply that only says that something is not so
_NOT_AT_ALL = re.compile(
    r"\b(?:not|never|nobody|no[ -]one|none|neither|nor|no|cannot|without|hardly|barely)\b|n[’']t\b", re.IGNORECASE
)
_UNDONE = re.compile(
    r"(?:\b(?:not|never|nobody|no[ -]one|none of (?:us|them))|n[’']t) "
    r"(?:(?:yet|ever|been|be|being|have|had|has|was|were|even|once) )*(?P<deed>[a-z]+)",
    re.IGNORECASE,
)
_NO_DEEDS = frozenset(
    "always necessarily enough rule mean think expect expected know known want wanted believe believed say said see "
    "seen yet clear sure certain possible able likely need needed going".split()
)
_WHOM = re.compile(r"\b(?:him|her|them|us|me|it)\b", re.IGNORECASE)
_IT = re.compile(r"\A\W*(?:it|they|that|this) (?:was|were|is|are|has|have|had)\b", re.IGNORECASE)
_ALL_OF_THEM = re.compile(
    r"\A\W*(?:all (?:\d+|of them|the (?:two|three|four|five|six|seven|eight|nine|ten))|both(?: of them)?|"
    r"none of them|every one|each of them)\b",
    re.IGNORECASE,
)
_THE = "(?:the|its|his|her|their)"
_ONE_DID = re.compile(
    rf"\b{_THE} (?:[a-z-]+ )?(?P<who>[a-z]+) (?:had |has )?(?P<deed>[a-z]+ed) {_THE} (?:[a-z-]+ )?(?P<whom>[a-z]+)\b",
    re.IGNORECASE,
)
# What two may well do to each other: of blows and blame there is enough for both.
_HOSTILE = frozenset(
    "attacked shelled bombed struck hit raided fired shot accused blamed threatened provoked insulted violated killed "
    "warned sued bombarded invaded targeted".split()
)
_MUTUAL = _HOSTILE | frozenset(
    "joined married contacted called phoned approached criticised criticized helped touched followed passed visited "
    "trusted".split()
)
_RAISED = re.compile(
    r"\b(?:raised (?:the|this|that|his|her|their) (?:case|issue|matter|name|question|subject)|brought up|"
    r"mentioned|discussed|addressed|took up|taken up|spoke (?:of|about)|talked about|"
    r"touched on)\b",
    re.IGNORECASE,
)
_UNRAISED = re.compile(
    r"(?:\b(?:not|never)|n[’']t)(?: (?:even|once|at all|been|be))* (?:raised?|mention(?:ed)?|com(?:e|ing) up|came up|"
    r"discuss(?:ed)?|address(?:ed)?|br(?:ing|ought) up|touch(?:ed)? on)\b|\bno mention of\b",
    re.IGNORECASE,
)
_THAT_MATTER = re.compile(
    r"\b(?:it|that|this|(?:the|this|that|his|her|their) (?:names?|case|matter|issue|subject|topic|question|point))\b",
    re.IGNORECASE,
)
_DONE_BY = re.compile(
    r"\b(?P<whom>[\w’'-]+) (?:had been|has been|have been|was|were) (?P<deed>[a-z]+(?:ed|en|wn|ot|ught|id)) by "
    r"(?P<who>(?:[\w’'-]+ ?){1,3})"
)
_DID = re.compile(
    r"\A(?P<who>(?:[\w’'-]+ ){1,3}?)(?:had |has |have )?(?P<deed>[a-z]+(?:ed|en|wn|ot|ught|id)) "
    r"(?P<whom>(?:[\w’'-]+ ?){1,3})"
)
_REPLIES = frozenset({Act.DENIAL, Act.EVALUATION, Act.CLAIM})
_LIKELY, _THREE = 0.75, 3


def untrue(a: Told, b: Told) -> Verdict | None:
    """A reply that says of the claim right before it only that it is not so: "fiction"."""
    if not follows(a, b) or len(b.stems) > _UNTRUE_WORDS or b.act not in _REPLIES:
        return None
    word = _UNTRUE.search(b.text)
    if not word or a.act is not Act.CLAIM or wishes(a) or scope.NOT.search(a.text):
        return None
    return Verdict(Relation.CONTRADICT, "denial", (word[0],), _LIKELY)


def answered(a: Told, b: Told) -> Verdict | None:
    """An answer about all of those just spoken of, with the opposite word: "several had died", "all 26 are alive"."""
    if not follows(a, b) or not _ALL_OF_THEM.search(b.text) or imagines(a) or imagines(b) or elsewhere(a, b):
        return None
    pair = next(opposed_pairs(a, b), None)
    if not pair or _NOT_AT_ALL.search(a.text + b.text) or not one_scope(a, b, loosely=True):
        return None
    return Verdict(Relation.CONTRADICT, "opposite words", pair, _LIKELY)


def undone(a: Told, b: Told) -> Verdict | None:
    """One says that what the other tells was not done, or is not so, in the same word: "safe", "not safe"."""
    if any(imagines(one) or DENIES.search(one.cue) for one in (a, b)) or _says_not(a) == _says_not(b):
        return None
    if elsewhere(a, b) or not (one_scope(a, b, loosely=True) or (follows(a, b) and one_time(a, b))):
        return None
    for one, other in ((a, b), (b, a)):
        for met in _UNDONE.finditer(one.text):
            deed = frozenset(telling(met["deed"])) - light()
            if met["deed"].lower() in _NO_DEEDS or not deed or not deed <= other.stems:
                continue
            if stem(met["deed"].lower()) not in map(stem, words(other)):
                continue  # of the words that stand for one in news, some stand for more: "held", "took hold"
            both = (one.stems & other.stems) - deed - light()
            if both or (follows(other, one) and (_WHOM.search(one.text, met.end()) or _is_of_it(one))):
                return Verdict(Relation.CONTRADICT, "one says not", (met[0],), _LIKELY)
    return None


@once
def _is_of_it(one: Told) -> bool:
    """Whether somebody's very words begin with what was spoken of before: "It was not"."""
    return one.statement.kind is StatementKind.DIRECT and _IT.search(one.text) is not None


@once
def _says_not(one: Told) -> bool:
    return _NOT_AT_ALL.search(one.text) is not None


@once
def _tells_of(one: Told) -> re.Match[str] | None:
    return _ONE_DID.search(one.text)


@once
def _passive(one: Told) -> re.Match[str] | None:
    return _DONE_BY.search(one.text)


def unraised(a: Told, b: Told) -> Verdict | None:
    """One says that a matter was spoken of, the other right beside it that it was not."""
    if not (follows(a, b) or follows(b, a)) or imagines(a) or imagines(b):
        return None
    for one, other in ((a, b), (b, a)):
        met, told = _UNRAISED.search(other.text), _RAISED.search(one.text)
        if not met or not told or _UNRAISED.search(one.text):
            continue
        spoken = frozenset(telling(f"{met[0]} {told[0]}"))
        if (one.stems & other.stems) - light() - spoken or _THAT_MATTER.search(b.text):
            return Verdict(Relation.CONTRADICT, "one says not", (met[0],), _LIKELY)
    return None


def by_another(a: Told, b: Told) -> Verdict | None:
    """A deed that was done by one, and that another did: "destroyed by rebels", "the army destroyed it"."""
    if not (_passive(a) or _passive(b)) or imagines(a) or imagines(b):
        return None
    if scope.negated(a) or scope.negated(b) or not one_scope(a, b, loosely=True):
        return None
    for one, other in ((a, b), (b, a)):
        passive = _passive(one)
        active = _DID.search(other.text) if passive else None
        if not passive or not active or _stemmed(passive, "deed") != _stemmed(active, "deed"):
            continue
        doers, things = (_stemmed(passive, "who")[0], _stemmed(active, "who")[0]), _stemmed(passive, "whom")[0]
        if all(doers) and doers[0].isdisjoint(doers[1]) and things and things <= _stemmed(active, "whom")[0]:
            return Verdict(Relation.CONTRADICT, "who did it", (passive["who"], active["who"]), _LIKELY)
    return None


def is_hostile(a: Told, b: Told) -> bool:
    """Whether they tell of blows or blame, which each may deal the other."""
    return bool(words(a) & words(b) & _HOSTILE)


def rammed(a: Told, b: Told) -> Verdict | None:
    """Of two things each is said to have done one deed to the other: "the boat rammed the cutter"."""
    one, other = _tells_of(a), _tells_of(b)
    if not one or not other or one["deed"].lower() in _MUTUAL or imagines(a) or imagines(b):
        return None
    if not one_scope(a, b, loosely=True) or scope.negated(a) or scope.negated(b):
        return None
    if _stemmed(one, "who", "deed", "whom") != _stemmed(other, "whom", "deed", "who") or one["who"] == one["whom"]:
        return None
    return Verdict(Relation.CONTRADICT, "who did it", (one["who"], other["who"]), _LIKELY)


def _stemmed(found: re.Match[str], *names: str) -> list[frozenset[str]]:
    return [frozenset(telling(found[name])) for name in names]


def crossed(a: Told, b: Told) -> bool:
    """Whether three words that stand together in one stand the other way round in the other: who did it to whom."""
    one, other = a.in_order, b.in_order
    backwards = set(zip(other[2:], other[1:], other, strict=False))
    return any(three in backwards for three in zip(one, one[1:], one[2:], strict=False) if len(set(three)) == _THREE)
