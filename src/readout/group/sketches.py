"""An article's words as numbers, its word 8-grams, and the few of them that stand for it: its sketch.

Words are hashed straight from the characters, all at once: letters and digits of any alphabet, lower case, marks of
punctuation left out, so that straight and curly quotation marks make no difference; a character of a script that
writes no spaces is a word of its own. The numbers are the same on every machine and may be kept. No judgement here.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

WIDTH = 8  # words of a gram
ONE_IN = 16  # grams are kept
FEWEST = 48  # kept of a short text, where it has them
MOST = 2_048  # kept of the longest

_CODES = 0x32000  # beyond lie only rare marks
_LONGER = "\u0130"  # the one letter that is longer in lower case: it stays as it is
_ALONE = np.uint32(1 << 31)
_STRETCH = 1 << 16
_BASE = 0x9E3779B97F4A7C15
_LOWEST = np.uint64(2**64 // ONE_IN)
_LOW_HALF = np.uint64(0xFFFFFFFF)
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x31FFF),
)

_Number = TypeVar("_Number", np.uint32, np.uint64)


@dataclass(frozen=True)
class Words:
    """The words of `text` in order: the hash of each, and its characters `text[starts[i]:ends[i]]`."""

    text: str
    hashes: NDArray[np.uint64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.hashes)

    @cached_property
    def grams(self) -> NDArray[np.uint64]:
        """The hash of every 8 words in a row: `grams[i]` begins with word i. Empty for fewer than 8 words."""
        count = max(0, len(self.hashes) - WIDTH + 1)
        firsts = np.arange(count)
        return _rolled(self.hashes, firsts, firsts + WIDTH)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """Where the grams stand, the lowest first; of equal ones the first."""
        return np.argsort(self.grams, kind="stable")

    @cached_property
    def ordered(self) -> NDArray[np.uint64]:
        """The grams, ascending."""
        return self.grams[self.order]

    @cached_property
    def distinct(self) -> NDArray[np.uint64]:
        """The grams, ascending and each once."""
        return _once(self.ordered)

    @cached_property
    def sketch(self) -> NDArray[np.uint32]:
        """The grams that stand for the text, ascending and each once: those whose hash is in the lowest sixteenth, yet
        at least `FEWEST` and at most `MOST` of the lowest. What two texts share, their sketches share in proportion.
        """
        kept = _once(np.sort(self.grams[self.grams < _LOWEST]))
        if len(kept) < FEWEST:
            kept = self.distinct[:FEWEST]
        return _once(np.sort((kept[:MOST] & _LOW_HALF).astype(np.uint32)))

    @cached_property
    def digest(self) -> int:
        """A 64-bit number of all the words: texts that differ only in case, marks and spaces have one digest."""
        return int.from_bytes(hashlib.blake2b(self.hashes.tobytes(), digest_size=8).digest(), "big")


def words(text: str) -> Words:
    """The words of a text. Linear in its length; any text will do, the empty one too."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = _letters().take(codes, mode="clip")
    starts, ends = _bounds(letters)
    return Words(text, _rolled(letters, starts, ends), starts, ends)


def _bounds(letters: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where words start and end."""
    inside = np.zeros(len(letters) + 2, np.bool_)
    np.not_equal(letters, 0, out=inside[1:-1])
    alone = letters >= _ALONE
    if not alone.any():
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        return edges[::2], edges[1::2]
    beside = alone.copy()
    beside[1:] |= alone[:-1]
    starts = inside[1:-1] & (~inside[:-2] | beside)
    beside = alone.copy()
    beside[:-1] |= alone[1:]
    return np.flatnonzero(starts), np.flatnonzero(inside[1:-1] & (~inside[2:] | beside)) + 1


def _rolled(
    values: NDArray[np.unsignedinteger], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """The hash of `values[start:end]` for each start and end, both ascending, a stretch of values at a time. Of what is
    longer than a stretch the rest does not count.
    """
    if len(values) <= _STRETCH:
        return _hashed(values, starts, ends)
    pieces = [np.zeros(0, np.uint64)]
    at = 0
    while at < len(starts):
        first = int(starts[at])
        stop = max(at + 1, int(np.searchsorted(ends, first + _STRETCH, "right")))
        stretch = values[first : first + _STRETCH]
        pieces.append(_hashed(stretch, starts[at:stop] - first, np.minimum(ends[at:stop] - first, len(stretch))))
        at = stop
    return np.concatenate(pieces)


def _hashed(
    values: NDArray[np.unsignedinteger], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """A polynomial over the integers modulo 2**64 (Karp and Rabin 1987) of each range, by differences of running sums,
    then spread over all bits.
    """
    powers, inverses = _powers()
    sums = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * powers[: len(values)], out=sums[1:])
    return _mixed((sums[ends] - sums[starts]) * inverses[starts])


def among(values: NDArray[_Number], ordered: NDArray[_Number]) -> NDArray[np.bool_]:
    """Which of the values are in an ascending array."""
    if not len(ordered):
        return np.zeros(len(values), np.bool_)
    found: NDArray[np.bool_] = ordered.take(np.searchsorted(ordered, values), mode="clip") == values
    return found


def _once(ordered: NDArray[_Number]) -> NDArray[_Number]:
    """An ascending array without what repeats."""
    if len(ordered) < 2:  # noqa: PLR2004 - one has no neighbour
        return ordered
    new = np.empty(len(ordered), np.bool_)
    new[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread over all 64 bits (the finaliser of SplitMix64, Steele and others 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@cache
def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The powers of an odd number and of its inverse."""
    powers = []
    for factor in (_BASE, pow(_BASE, -1, 2**64)):
        row = np.full(_STRETCH, factor, np.uint64)
        row[0] = 1
        powers.append(np.multiply.accumulate(row))
    return powers[0], powers[1]


@cache
def _letters() -> NDArray[np.uint32]:
    """For each code point: 0 where it parts words, else its lower case, marked where it is a word of its own."""
    every = "".join(map(chr, range(_CODES)))
    marks = np.fromiter((kind[0] == "M" for kind in map(unicodedata.category, every)), np.bool_, _CODES)
    lower = _numbered(every.replace(_LONGER, "i").lower())
    lower[ord(_LONGER)] = ord(_LONGER)
    table = np.zeros(_CODES + 1, np.uint32)
    table[:-1] = np.where((_numbered(re.sub(r"[\W_]", "\0", every)) != 0) | marks, lower, 0)
    for start, end in _UNSPACED:
        inside = table[start : min(end + 1, _CODES)]
        inside[inside != 0] |= _ALONE
    return table


def _numbered(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).copy()
