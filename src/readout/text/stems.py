"""Words cut down to what a family of words shares, so that "slowing", "slowed" and "slows" meet. English endings only.

Other languages pass unchanged but for a final "s": a light stem that errs towards leaving words apart.
"""

from __future__ import annotations

from functools import lru_cache

_VOWELS = frozenset("aeiouy")
_SHORTEST = 3
_ENDINGS = (  # the longest first; with what stays of each
    ("ations", "at"),
    ("ation", "at"),
    ("ities", "it"),
    ("iness", "i"),
    ("ments", "ment"),
    ("tions", "t"),
    ("sions", "s"),
    ("ances", ""),
    ("ences", ""),
    ("tion", "t"),
    ("sion", "s"),
    ("ance", ""),
    ("ence", ""),
    ("ings", ""),
    ("edly", ""),
    ("ies", "i"),
    ("ied", "i"),
    ("ity", "it"),
    ("ing", ""),
    ("ers", ""),
    ("ors", ""),
    ("ian", "i"),
    ("ed", ""),
    ("er", ""),
    ("or", ""),
    ("es", ""),
    ("ly", ""),
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word in lower case ("threatening" → "threaten", "cities" → "citi")."""
    if len(word) <= _SHORTEST or not word.isascii():
        return word
    for ending, stays in _ENDINGS:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if len(rest) >= _SHORTEST and not _VOWELS.isdisjoint(rest):
                return _tidied(rest + stays)
    if word.endswith("s") and word[-2] not in "sui":
        word = word[:-1]
    return _tidied(word)


def _tidied(rest: str) -> str:
    """Without what an ending leaves behind: a doubled consonant, a silent "e", "y" for "i"."""
    if rest[-1] == rest[-2] and rest[-1] not in "aeiouls":
        return rest[:-1]
    if rest[-1] == "e" and len(rest) > _SHORTEST:
        return rest[:-1]
    return rest[:-1] + "i" if rest[-1] == "y" and rest[-2] not in _VOWELS else rest
