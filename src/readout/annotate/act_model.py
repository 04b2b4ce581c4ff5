"""Which act the traits and the words of a statement tell: multinomial logistic regression (Cox 1958), NumPy alone.

Traits are addressed by hash (Weinberger et al. 2009); words by the labeller's vectors, their mean and their largest
values. The weights, their digest and what they were made from are in `model`; training is elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from readout.annotate import labeller, model
from readout.models import Act

Floats = NDArray[np.float32]
ACTS = tuple(Act)
BUCKETS = 1 << 13
WORDS = 4.0  # how much words weigh against traits
_KEPT = 1 << 16


class Model:
    """Trained weights: `traits` (BUCKETS, acts) by hash, `words` (2 d, acts) by word vector, `bias` (acts,)."""

    def __init__(self, traits: Floats, words: Floats, bias: Floats) -> None:
        self._traits, self._words, self._bias = traits, words, bias

    def scores(self, traits: Iterable[str], words: Sequence[str]) -> Floats:
        """The score of each act, in the order of ACTS."""
        rows, signs = hashed(traits)
        told: Floats = signs @ self._traits[rows] + vector(words) @ self._words + self._bias
        return told

    def choose(self, traits: Iterable[str], words: Sequence[str]) -> Act:
        """The likeliest act."""
        return ACTS[int(self.scores(traits, words).argmax())]


def hashed(traits: Iterable[str]) -> tuple[NDArray[np.int64], Floats]:
    """The buckets of some traits and the sign of each."""
    found = [_bucket(trait) for trait in traits if trait]
    rows = np.array([row for row, _ in found], dtype=np.int64)
    return rows, np.array([sign for _, sign in found], dtype=np.float32)


def vector(words: Sequence[str]) -> Floats:
    """The mean and the largest values of the directions of the words that the labeller knows (2 d,), zeros for none."""
    table, vectors = labeller.vocabulary()
    known = [row for word in words if word[0].isalpha() and (row := table.row(word)) is not None]
    if not known:
        return np.zeros(2 * vectors.shape[1], dtype=np.float32)
    held = vectors[known]
    held = held / np.maximum(np.sqrt((held * held).sum(axis=1, keepdims=True)), np.float32(1e-6))
    return np.concatenate([held.mean(axis=0), held.max(axis=0)]) * np.float32(WORDS)


@lru_cache(maxsize=_KEPT)
def _bucket(trait: str) -> tuple[int, float]:
    value = crc32(trait.encode("utf-8", "surrogatepass"))
    return value % BUCKETS, 1.0 if value >> 31 else -1.0


@cache
def shipped() -> Model:
    """The model in the package; InputError where its file is not the one that its card names."""
    arrays = model.shipped(model.ACTS).arrays
    return Model(arrays["traits"], arrays["words"], arrays["bias"])
