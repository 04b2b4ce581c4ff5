"""Where words occur in a long text, found once for a whole page so that its lines need not be searched one by one.

All words are looked for in a single pass (Aho and Corasick, 1975), by a library.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_Places = list[tuple[int, int, int]]


@dataclass(frozen=True)
class Occurrences:
    """Offsets in a text, ascending."""

    offsets: tuple[int, ...]

    def within(self, start: int, end: int) -> bool:
        """Whether one of them lies in [start, end)."""
        if not self.offsets:
            return False
        at = bisect_left(self.offsets, start)
        return at < len(self.offsets) and self.offsets[at] < end

    def between(self, start: int, end: int) -> tuple[int, ...]:
        """Those in [start, end)."""
        return self.offsets[bisect_left(self.offsets, start) : bisect_left(self.offsets, end)]


class Finder:
    """Looks for words, capitals told from small letters, inside longer words too. None of them may be empty."""

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = AhoCorasick(list(words), implementation=Implementation.DFA)

    def places(self, text: str) -> _Places:
        """For every occurrence the number of the word, and where it starts and ends; in no order of note."""
        try:
            found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # half a character, which no word holds
            found = self._automaton.find_matches_as_indexes(text.encode("utf-8", "replace").decode(), overlapping=True)
        return found


def of(words: Iterable[str], text: str) -> Occurrences:
    """Where any of the words occurs in `text`, inside longer words too."""
    return Occurrences(tuple(sorted({start for _, start, _ in _finder(tuple(words)).places(text)})))


@lru_cache(maxsize=64)
def _finder(words: tuple[str, ...]) -> Finder:
    return Finder(words)


def lowered(text: str) -> str:
    """The text in lower case with every character where it was (`str.lower` makes some characters two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII_LOWER)
