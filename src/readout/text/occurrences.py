"""Where words occur in a long text, found once for a whole page so that its lines need not be searched one by one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True)
class Occurrences:
    """Offsets in a text, ascending."""

    offsets: tuple[int, ...]

    def within(self, start: int, end: int) -> bool:
        """Whether one of them lies in [start, end)."""
        at = bisect_left(self.offsets, start)
        return at < len(self.offsets) and self.offsets[at] < end


def of(words: Iterable[str], text: str) -> Occurrences:
    """Where any of the words occurs in `text`, inside longer words too. Fast: one plain search a word."""
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    return Occurrences(tuple(sorted(found)))


def lowered(text: str) -> str:
    """The text in lower case with every character where it was (`str.lower` makes some characters two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII_LOWER)
