"""Sketches of texts: numbers that texts have in common which share words, as many as they share.

A sketch is the smallest hash of a word 5-gram in each of 32 bins (one permutation hashing, Li, Owen and Zhang 2012).
The share of equal bins estimates the Jaccard index of two texts' 5-grams with a deviation of 0.09 at most. The hashes
are polynomials in the bytes of the words (Karp and Rabin 1987), worked out for all texts of a page in one go.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]

BINS = 32
GRAM = 5  # words
_FEWEST = 30  # words: of less, a sketch says nothing
_MOST = 200_000  # characters of a text that are looked at
_LETTERS = 12  # a "word" longer than this on average is a sentence of a script without spaces
_BIN_BITS, _KEPT_BITS = 5, 40
_MARKS = re.compile(rb"\xe2\x80[\x93-\xa6]|\xc2[\xab\xbb]")  # quotation marks, dashes and the like, in UTF-8
_FOLDED = bytes(ord(chr(b).lower()) if b > 127 or chr(b).isalnum() else 32 for b in range(256))  # noqa: PLR2004 - ASCII
_SHAPE = struct.Struct(f"<{BINS}H")
_BASE = 0x9E3779B97F4A7C15  # odd, so that it can be divided by


def bins(sketch: bytes) -> tuple[int, ...]:
    """A sketch as numbers, 0 where a bin is empty; none where there is no sketch."""
    return _SHAPE.unpack(sketch) if sketch else ()


def sketches(texts: Sequence[str]) -> list[bytes]:
    """The sketch of each text, 16 bits a bin; b"" of one too short to say anything. Linear in their length."""
    import numpy as np

    worded = [_words(text) for text in texts]
    lengths = [words.count(b" ") + 1 for words in worded]
    counts = [length if length >= _FEWEST else 0 for length in lengths]
    if not any(counts):
        return [b""] * len(texts)
    joined = b" ".join(words for words, count in zip(worded, counts, strict=True) if count)
    hashes, owners = _grams(joined, np.array(counts))
    group = (owners << np.uint64(_BIN_BITS)) | (hashes >> np.uint64(64 - _BIN_BITS))
    kept = (hashes >> np.uint64(64 - _BIN_BITS - _KEPT_BITS)) & np.uint64((1 << _KEPT_BITS) - 1)
    ranked = np.sort((group << np.uint64(_KEPT_BITS)) | kept)
    edges = np.arange(len(texts) * BINS, dtype=np.uint64) << np.uint64(_KEPT_BITS)
    starts = np.searchsorted(ranked, edges)
    filled = starts < np.append(starts[1:], len(ranked))
    least = ranked[np.minimum(starts, len(ranked) - 1)] & np.uint64((1 << _KEPT_BITS) - 1)
    found = np.where(filled, least % np.uint64(65_535) + np.uint64(1), np.uint64(0)).astype("<u2")
    return [found[at * BINS : (at + 1) * BINS].tobytes() if counts[at] else b"" for at in range(len(texts))]


def _words(text: str) -> bytes:
    """The words of a text with one space between, ASCII letters small, without the marks around them; where words are
    not parted, its letters.
    """
    encoded = text[:_MOST].encode("utf-8", "surrogatepass")
    words = (encoded if encoded.isascii() else _MARKS.sub(b" ", encoded)).translate(_FOLDED).split()
    if len(text) > _LETTERS * len(words):
        words = [letter.encode("utf-8", "surrogatepass") for letter in text[:_MOST] if letter.isalnum()]
    return b" ".join(words)


def _grams(joined: bytes, counts: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """The hash of every word 5-gram that lies within one text, and the number of its text.

    `joined` are the words of all texts with one space between, `counts` how many each text has.
    """
    import numpy as np

    letters = np.frombuffer(joined, dtype=np.uint8)
    powers, inverses = _powers(1 << max(12, (len(letters)).bit_length()))
    summed = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(letters * powers[: len(letters)], out=summed[1:])
    spaces = np.flatnonzero(letters == 32)  # noqa: PLR2004 - the space
    starts = np.concatenate(([0], spaces + 1))
    ends = np.concatenate((spaces, [len(letters)]))
    owners = np.repeat(np.arange(len(counts), dtype=np.uint64), counts)
    first = np.flatnonzero(owners[: len(owners) - GRAM + 1] == owners[GRAM - 1 :])
    begins = starts[first]
    hashes = (summed[ends[first + GRAM - 1]] - summed[begins]) * inverses[begins]
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(32)
    return hashes, owners[first]


@cache
def _powers(size: int) -> tuple[Numbers, Numbers]:
    """The powers of the base and of its inverse, modulo 2**64."""
    import numpy as np

    inverse = pow(_BASE, -1, 1 << 64)
    ones = (np.full(size, number, dtype=np.uint64) for number in (_BASE, inverse))
    powers, inverses = (np.concatenate(([np.uint64(1)], np.cumprod(each)[:-1])) for each in ones)
    return powers, inverses
