"""Kept sketches of texts as numbers, and sorted postings of them: which article holds which fingerprint.

A kept sketch is the digest of a text's words, highest byte first, and its fingerprints, four bytes each with the lowest
first. A text is found by its fingerprints and by half of its digest. Arithmetic on arrays: nothing is judged or kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

HEADER = 8  # bytes of the digest
MOST = 64  # articles under one fingerprint; what more have is furniture, or found through the others
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)

Fingerprints = NDArray[np.uint32]
Postings = NDArray[np.uint64]


def keys(numbers: Sequence[int], packed: Sequence[bytes]) -> tuple[NDArray[np.int64], Fingerprints]:
    """What those sketches are found by, one after the other, each beside its article's number."""
    words = np.frombuffer(b"".join(packed), "<u4").astype(np.uint32)
    sizes = np.array([len(one) // 4 for one in packed], np.int64)
    upper = np.cumsum(sizes) - sizes  # where the halves of the digests are, which goes by its highest byte first
    words[upper + 1] = words[upper + 1].byteswap()
    kept = np.ones(len(words), np.bool_)
    kept[upper] = False
    return np.repeat(np.array(numbers, np.int64), sizes - 1), words[kept]


def postings(numbers: NDArray[np.signedinteger], fingerprints: Fingerprints) -> Postings:
    """One number a fingerprint, ascending: the fingerprint before the number of its article."""
    pairs = fingerprints.astype(np.uint64)
    np.left_shift(pairs, HALF, out=pairs)
    np.bitwise_or(pairs, numbers.astype(np.uint64), out=pairs)
    pairs.sort()
    return pairs


def crowded(pairs: Postings, most: int = MOST) -> NDArray[np.bool_]:
    """Which of ascending postings stand behind so many under their fingerprint."""
    if not len(pairs):
        return np.zeros(0, np.bool_)
    new = np.flatnonzero((pairs[1:] ^ pairs[:-1]) > LOW) + 1
    starts = np.concatenate(([0], new))
    places = np.arange(len(pairs)) - np.repeat(starts, np.concatenate((new, [len(pairs)])) - starts)
    behind: NDArray[np.bool_] = places >= most
    return behind


def holding(pairs: Postings, wanted: Fingerprints) -> NDArray[np.uint32]:
    """The numbers, each once and ascending, of those that hold one of the fingerprints; both arrays ascend."""
    first = np.searchsorted(pairs, wanted.astype(np.uint64) << HALF)
    counts = np.searchsorted(pairs, (wanted.astype(np.uint64) << HALF) | LOW, "right") - first
    offsets = np.arange(int(counts.sum())) - np.repeat(counts.cumsum() - counts - first, counts)
    return np.unique((pairs[offsets] & LOW).astype(np.uint32))


def settled(numbers: NDArray[np.int64], packed: Sequence[bytes], most: int = MOST) -> Postings:
    """The postings of all those sketches. Of those under one fingerprint only so many are kept, the lowest numbers;
    texts with the same digest count as one, and are kept or left out together.
    """
    digests = np.frombuffer(b"".join(one[:HEADER] for one in packed), "<u8")
    order = np.argsort(numbers, kind="stable")
    _, first, again = np.unique(digests[order], return_index=True, return_inverse=True)
    stands = np.empty(len(numbers), np.int64)
    stands[order] = numbers[order][first][again]
    owners, fingerprints = keys(range(len(packed)), packed)
    of_all = postings(stands[owners], fingerprints)
    each = of_all[np.concatenate(([True], of_all[1:] != of_all[:-1]))] if len(of_all) else of_all
    left_out = each[crowded(each, most)]
    if len(left_out):
        mine = (fingerprints.astype(np.uint64) << HALF) | stands[owners].astype(np.uint64)
        kept = left_out.take(np.searchsorted(left_out, mine), mode="clip") != mine
        owners, fingerprints = owners[kept], fingerprints[kept]
    return postings(numbers[owners], fingerprints)
