"""Where words occur in a long text, found once for a whole page so that its lines need not be searched one by one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

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
    """Where any of the words occurs in `text`, inside longer words too.

    Capitals are rare in running text: words that begin with one are looked for together, from capital to capital, and
    the others by one plain search each.
    """
    capitals, others = _parted(tuple(words))
    found = set()
    match = capitals.search(text) if capitals else None
    while capitals and match:
        found.add(match.start())
        match = capitals.search(text, match.start() + 1)
    for word in others:
        at = text.find(word)
        while at >= 0:
            found.add(at)
            at = text.find(word, at + 1)
    return Occurrences(tuple(sorted(found)))


@cache
def _parted(words: tuple[str, ...]) -> tuple[re.Pattern[str] | None, tuple[str, ...]]:
    capitals = [word for word in words if "A" <= word[:1] <= "Z"]
    others = tuple(word for word in words if word not in capitals)
    return (re.compile("|".join(map(re.escape, capitals))) if capitals else None), others


def lowered(text: str) -> str:
    """The text in lower case with every character where it was (`str.lower` makes some characters two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII_LOWER)
