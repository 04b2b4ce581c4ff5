"""Two names beside one another: how surely they name the same person or body. No text is searched here.

Names are folded (marks, case, script, titles, legal forms), their words paired best with best, and what the pairs
look like is weighed. The weights were fitted on one half of the name_bench cases and judged on the other.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from readout.annotate.lists import lists

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e iu ia i i e g u".split(" "),
        strict=True,
    )
)
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(" "), strict=True)
)
_LETTERS = str.maketrans(
    {**_CYRILLIC, **_GREEK, "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th"}
)
_APART = re.compile(r"[\W_]+")
_QUIET = re.compile(r"['’ʻʼ`´]|(?<=\b\w)\.(?=\w\b)")
_LONGEST = 200  # characters of a name that are looked at
_TWO = 2
_SWAPPED = 0.6  # "Friedrich Hans" and "Hans Friedrich": an order of other countries, or another person
_MOST = 12  # words of a name that are paired
_WEIGHTS = (-1.52, 2.54, 5.26, -4.19, -0.85, -0.05, -0.48, 0.36, 0.11)
_STRANGE = 0.55  # words less alike than this are two words
_LEGAL = (
    ("limited liability company", "llc"),
    ("aktiengesellschaft", "ag"),
    ("joint stock company", "jsc"),
    ("public limited company", "plc"),
    ("gesellschaft mit beschrankter haftung", "gmbh"),
    ("limited", "ltd"),
    ("sp z o o", "sp"),
    ("o o o", "ooo"),
    ("l l c", "llc"),
    ("s a", "sa"),
    ("n v", "nv"),
    ("a s", "as"),
    ("l p", "lp"),
)
_SOUNDS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"kh|q|c(?=[aoukl])|ck|ch(?=r)", "k"),
        (r"sch|sh|x(?=i)|(?<=\w)cz", "s"),
        (r"ts|tz|zh|z|c(?=[eiy])|ç", "s"),
        (r"ph|ff|v|w(?=\w)", "f"),
        (r"th|dh", "t"),
        (r"dj|gh|j(?=[aeiou])", "g"),
        (r"[aeiouyhw]+", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """A name without marks, case, inner stops and what script it is in (Latin, Cyrillic, Greek): words and spaces."""
    plain = unicodedata.normalize("NFKD", _QUIET.sub("", name[:_LONGEST].casefold()))
    plain = "".join(one for one in plain if not unicodedata.combining(one)).translate(_LETTERS)
    return " ".join(_APART.sub(" ", plain).split())


def match(a: str, b: str) -> float:
    """How surely two names name the same person or body, 0 to 1; 0.5 and more means rather the same than not."""
    left, right = _words(a), _words(b)
    if not left or not right:
        return 0.0
    if sorted(left) == sorted(right) or "".join(left) == "".join(right):
        return 1.0 if left == right or len(left) != _TWO else _SWAPPED
    weighed = sum(weight * value for weight, value in zip(_WEIGHTS, signs(left, right), strict=True))
    return 1 / (1 + math.exp(-weighed))


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name that tell: comma order undone, titles and legal forms left out."""
    known = lists()
    head, comma, tail = name.partition(",")
    text = fold(f"{tail} {head}" if comma and fold(tail) not in known.legal else name)
    for long, short in _LEGAL:
        text = re.sub(rf"\b{long}\b", short, text)
    words = text.split()
    kept = tuple(one for one in words if one not in known.titles and one not in known.legal)
    return kept or tuple(words)


def signs(left: Sequence[str], right: Sequence[str]) -> tuple[float, ...]:
    """What speaks for and against, in the order of the weights; the first is 1."""
    few, many = sorted((tuple(left[:_MOST]), tuple(right[:_MOST])), key=len)
    alike = _pair(few, many)
    squeezed = Levenshtein.normalized_similarity("".join(sorted(few)), "".join(sorted(many)))
    straight = Levenshtein.normalized_similarity("".join(left), "".join(right))
    body = any(one in lists().bodies for one in (*left, *right))
    least = min(alike, default=0.0)
    return (
        1.0,
        max(squeezed, straight),
        least,
        sum(alike) / max(1, len(few)),
        float(any(one < _STRANGE for one in alike)),
        (len(many) - len(few)) / len(many),
        float(len(few) == 1),
        float(body),
        float(few[-1] != many[-1]) * (1.0 - least),
    )


def _pair(few: Sequence[str], many: Sequence[str]) -> tuple[float, ...]:
    """How alike words are that are paired greedily, the most alike first."""
    rated = sorted(
        ((_alike(one, other), -abs(i - j), i, j) for i, one in enumerate(few) for j, other in enumerate(many)),
        reverse=True,
    )
    used_few: set[int] = set()
    used_many: set[int] = set()
    alike = []
    for value, _, i, j in rated:
        if i not in used_few and j not in used_many:
            used_few.add(i)
            used_many.add(j)
            alike.append(value)
    return tuple(alike)


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return 0.85 if one[0] == other[0] else 0.0
    known = lists().families
    if known.get(one, frozenset()) & known.get(other, frozenset()):
        return 0.9
    near = Levenshtein.normalized_similarity(one, other)
    sounds = _sound(one), _sound(other)
    heard = Levenshtein.normalized_similarity(*sounds) if min(map(len, sounds)) > 1 else 0.0
    return max(near, 0.5 * near + 0.5 * heard, 0.9 * JaroWinkler.similarity(one, other) - 0.1)


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    for pattern, to in _SOUNDS:
        word = pattern.sub(to, word)
    return word
