"""Which act the traits and the words of a statement tell: multinomial logistic regression (Cox 1958), NumPy alone.

Traits are addressed by hash (Weinberger et al. 2009); words by the mean of the labeller's vectors for them. The
weights, their digest and what they were made from are in `model`; training is elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from readout.annotate import labeller, model
from readout.annotate.features import WordTable
from readout.models import Act

Floats = NDArray[np.float32]
ACTS = tuple(Act)
BUCKETS = 1 << 13
WORDS = 6.0  # how much words weigh against traits
_KEPT = 1 << 16


class Model:
    """Trained weights: `traits` (BUCKETS, acts) by hash, `words` (d, acts) by word vector, `bias` (acts,).

    The last row of either table is none, so that whatever is summed has a row.
    """

    def __init__(self, traits: Floats, words: Floats, bias: Floats) -> None:
        self._bias = bias
        none = np.zeros((1, len(bias)), dtype=np.float32)
        self._traits = np.concatenate([traits, -traits, none])
        self._words = np.concatenate([vocabulary()[1] @ words, none])

    def scores(self, told: Sequence[tuple[Iterable[str], Iterable[str]]]) -> Floats:
        """The score of each act, in the order of ACTS, for each of some statements by its traits and its words."""
        found = _sums(self._traits, [[-1, *map(bucket, traits)] for traits, _ in told])
        known = [rows(words) for _, words in told]
        lengths = np.array([[max(1, len(one))] for one in known], dtype=np.float32)
        scores: Floats = self._bias + found + _sums(self._words, [[-1, *one] for one in known]) / lengths
        return scores

    def choose(self, told: Sequence[tuple[Iterable[str], Iterable[str]]]) -> list[Act]:
        """The likeliest act of each statement."""
        return [ACTS[place] for place in self.scores(told).argmax(axis=1).tolist()] if told else []


def _sums(table: Floats, taken: Sequence[Sequence[int]]) -> Floats:
    """For each list of rows, none of which is empty, their sum in the table."""
    flat = np.fromiter(chain.from_iterable(taken), dtype=np.intp)
    begins = list(accumulate(map(len, taken[:-1]), initial=0))
    summed: Floats = np.add.reduceat(table[flat], begins)
    return summed


@lru_cache(maxsize=_KEPT)
def bucket(trait: str) -> int:
    """The place of a trait among BUCKETS, or that many further where it counts against."""
    value = crc32(trait.encode("utf-8", "surrogatepass"))
    return value % BUCKETS + (0 if value >> 31 else BUCKETS)


def rows(words: Iterable[str]) -> list[int]:
    """The rows of those words that the labeller knows."""
    return [row for row in map(_row, words) if row >= 0]


@lru_cache(maxsize=_KEPT)
def _row(word: str) -> int:
    row = vocabulary()[0].row(word) if word[0].isalpha() else None
    return -1 if row is None else row


@cache
def vocabulary() -> tuple[WordTable, Floats]:
    """The labeller's words and their directions, WORDS long."""
    table, vectors = labeller.vocabulary()
    length = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-6))
    return table, vectors / length * np.float32(WORDS)


@cache
def shipped() -> Model:
    """The model in the package; InputError where its file is not the one that its card names."""
    arrays = model.shipped(model.ACTS).arrays
    return Model(arrays["traits"], arrays["words"], arrays["bias"])
