"""What a point is headed with: a short stretch of words that one of its statements has. Nothing is said by it.

Of all stretches of a few words between two marks, the one in which the words weigh most that the accounts share; where
they share none, the words of the statement that the other answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import fsum

from readout.compare.told import SMALL, Told, telling

_LEAST, _MOST = 2, 6  # words
_COST = 0.45  # of a word, against what it weighs
_MARK = re.compile(r"[.,;:!?()\"“”…\n]+|--|—|–")
_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")


def heading(statements: Sequence[Told], shared: frozenset[str], weighed: Mapping[str, float]) -> str:
    """The heading of a point with those statements, the surest first; empty where they hold no word that tells."""
    best, found = 0.0, ""
    for one in statements[:_MOST]:
        wanted = shared & one.stems or one.stems
        for words, stems in _stretches(one.text):
            weight = fsum([weighed.get(stem, 0.0) for stem in stems & wanted]) - _COST * len(words)
            if weight > best + 1e-9:
                best, found = weight, " ".join(words)
        if found:
            break
    return found or _opening(statements)


def _opening(statements: Sequence[Told]) -> str:
    return next((" ".join(words[:_MOST]) for one in statements if (words := _WORD.findall(one.text))), "")


def _stretches(text: str) -> Iterator[tuple[list[str], frozenset[str]]]:
    for piece in _MARK.split(text):
        words = _WORD.findall(piece)
        for start in range(len(words)):
            for end in range(start + _LEAST, min(start + _MOST, len(words)) + 1):
                stretch = words[start:end]
                if not _is_small(stretch[0]) and not _is_small(stretch[-1]):
                    yield stretch, frozenset(telling(" ".join(stretch)))
        if len(words) == 1:
            yield words, frozenset(telling(piece))


def _is_small(word: str) -> bool:
    return word.lower().replace("’", "'") in SMALL
