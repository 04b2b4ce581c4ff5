"""What a statement is about, apart from what it says of it: the time, the place, which of several, and the bare claim.

Two statements can exclude each other only where all of this agrees, or where it is the one thing in which they differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from readout.compare.told import Told, listed, once, telling
from readout.models import SpeakerType, TimeExpression

NOT = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|refus\w+|den(?:y|ied|ies))\b|n[’']t\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:den(?:y|ied|ies|ying)|disput|refut)", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:in|at|off|near|from|to|outside|around) (?:the )?(?P<name>[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)*)"
)
_GROUND = re.compile(r"\b(?:in|at|on|for) (?!(?:both|our|my|your)\b)(?:the |its |their |his |her )?((?:\w+ )?\w+)")
_PRONOUN = re.compile(r"\A\W*(?:he|she|it|they|we|i|his|her|its|their|our|my)\b", re.IGNORECASE)
_SOMEBODY = re.compile(r"\b(?:he|she|his|her)\Z", re.IGNORECASE)
_WHICH = re.compile(
    r"\b(first|second|third|fourth|fifth|last|next|previous|earlier|later|former|north\w*|south\w*|east\w*|west\w*|upper|"
    r"lower|morning|afternoon|evening|night|before|after|once|half|semi|final|local|national|without|with|would|could|may|"
    r"old|new|left|right|older|younger|inner|outer|men|women|boys|girls|male|female|summer|winter|civilians?|soldiers|"
    r"might|if|unless|expects?|forecasts?|likely|possible|probably)\b",
    re.IGNORECASE,
)


@once
def which(one: Told) -> frozenset[str]:
    """The words that say which of several is meant, or that it is not quite said: "second", "north", "if"."""
    return frozenset(word.lower() for word in _WHICH.findall(one.text.replace("May", "")))


@once
def places(one: Told) -> frozenset[str]:
    """The names of places in its words, months and days left out."""
    dated = {word.lower() for each in one.times for word in re.findall(r"\w+", each.value)}
    return frozenset(
        name.lower() for name in _PLACE.findall(one.text) if not _is_day(name.split()[0]) and name.lower() not in dated
    )


@once
def grounds(one: Told) -> frozenset[str]:
    """Where its words say it is so, by name or not: "the hospitals" of "in the hospitals"."""
    return places(one) | frozenset(_GROUND.findall(one.text.lower()))


@cache
def _is_day(word: str) -> bool:
    return word.lower() in listed("days")


@once
def days(one: Told) -> frozenset[str]:
    """The days, months or years that its words name, as values."""
    return frozenset(each.value for each in one.times if each.kind in {"DATE", "TIME"} and each.value[:4].isdigit())


def exclusive(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of days have none that could be one: "2031-05" may be "2031-05-03"."""
    a, b = set(one), set(other)
    return bool(a and b) and not any(x.startswith(y) or y.startswith(x) for x in a for y in b)


@once
def bare(one: Told) -> frozenset[str]:
    """The stems of its claim: without figures, days, places, words that say which, and "not"."""
    apart: set[str] = set()
    for words in (*places(one), *which(one), *_spelled(one, one.times)):
        apart.update(telling(words))
    return frozenset(stem for stem in one.stems - apart if not stem[0].isdigit() and stem not in listed("numbers"))


def _spelled(one: Told, times: Iterable[TimeExpression]) -> Iterable[str]:
    return (one.spelled(each.span) for each in times)


def alike(a: Told, b: Told) -> float:
    """How much of two bare claims is the same: the share of their stems that both have."""
    one, other = bare(a), bare(b)
    return len(one & other) / len(one | other) if one | other else 0.0


@once
def numbers(one: Told) -> frozenset[str]:
    """The numbers in its words, as written, but those of days."""
    text = one.text
    for each in one.times:
        text = text.replace(one.spelled(each.span), " ") if one.spelled(each.span) else text
    words = {word for word in re.findall(r"[a-z]+", text.lower()) if word in listed("numbers") - {"one", "two"}}
    return frozenset({*re.findall(r"\d+(?:[.,]\d+)*", text), *words})


@once
def negated(one: Told) -> bool:
    """Whether it says not, or its speaker denies it; a double "not" is one still."""
    return NOT.search(one.text) is not None or _DENIED.search(one.cue) is not None


def themselves(a: Told, b: Told) -> bool:
    """Whether each speaks of itself, so that they speak of two."""
    return all(map(_is_itself, (a, b))) and a.statement.speaker.name != b.statement.speaker.name


def _is_itself(one: Told) -> bool:
    """Whether its first word may stand for who speaks: a body is never "she"."""
    first = _PRONOUN.search(one.text)
    return first is not None and not (one.statement.speaker.type is SpeakerType.BODY and _SOMEBODY.search(first[0]))
