"""Two texts laid side by side: which of their words they share, in which blocks, exactly. No judgement here.

A word is shared when it lies in a word 8-gram that the other text has too. Works on the numbers of `sketches`; linear
in the length of the two texts but for sorting the grams of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from readout.group.sketches import WIDTH, Words


@dataclass(frozen=True)
class Side:
    """One of two texts: `shared[i]` tells whether word i stands in the other too; `contained` is the share of its
    distinct word 8-grams that the other has.
    """

    words: Words
    shared: NDArray[np.bool_]
    contained: float

    @property
    def covered(self) -> float:
        """The share of its words that stand in the other."""
        return float(self.shared.mean()) if len(self.shared) else 0.0


@dataclass(frozen=True)
class Overlap:
    """What two texts share. `blocks` has a row for each run of words that both have in the same order without a gap:
    first word in one, first word in the other, number of words; in the order of `one`.
    """

    one: Side
    other: Side
    blocks: NDArray[np.int64]

    @cached_property
    def longest(self) -> tuple[int, int, int]:
        """The longest block; of several the first. Zeros where nothing is shared."""
        if not len(self.blocks):
            return 0, 0, 0
        start, opposite, count = self.blocks[int(self.blocks[:, 2].argmax())].tolist()
        return start, opposite, count


def overlap(one: Words, other: Words) -> Overlap:
    """What the two texts share. Texts of fewer than 8 words share nothing."""
    order = np.argsort(other.grams, kind="stable")
    ordered = other.grams[order]
    at = np.searchsorted(ordered, one.grams)
    found = at < len(ordered)
    found[found] = ordered[at[found]] == one.grams[found]
    begins = np.flatnonzero(found)
    return Overlap(
        _side(one, found),
        _side(other, np.isin(other.grams, one.grams[found])),
        _blocks(begins, order[at[begins]]),
    )


def _side(words: Words, found: NDArray[np.bool_]) -> Side:
    shared = np.zeros(len(words), np.bool_)
    for place in range(WIDTH if len(found) else 0):
        shared[place : place + len(found)] |= found
    distinct = len(np.unique(words.grams))
    return Side(words, shared, len(np.unique(words.grams[found])) / distinct if distinct else 0.0)


def _blocks(begins: NDArray[np.int64], opposite: NDArray[np.int64]) -> NDArray[np.int64]:
    if not len(begins):
        return np.zeros((0, 3), np.int64)
    breaks = np.flatnonzero((np.diff(begins) != 1) | (np.diff(opposite) != 1)) + 1
    firsts = np.concatenate(([0], breaks))
    counts = np.diff(firsts, append=len(begins)) + WIDTH - 1
    return np.stack((begins[firsts], opposite[firsts], counts), axis=1)
