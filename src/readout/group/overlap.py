"""Two texts laid side by side: which of their words they share, in which blocks, exactly. No judgement here.

A word is shared when it lies in a word 8-gram that the other text has too. Works on the numbers of `sketches`, in time
that grows little faster than the two texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from readout.group.sketches import WIDTH, Words, among


@dataclass(frozen=True)
class Side:
    """One of two texts: `shared[i]` tells whether word i stands in the other too; `contained` is the share of its
    distinct word 8-grams that the other has.
    """

    words: Words
    shared: NDArray[np.bool_]
    contained: float

    @cached_property
    def covered(self) -> float:
        """The share of its words that stand in the other."""
        return self.within(len(self.shared))

    def within(self, count: int) -> float:
        """The share of its first words that stand in the other."""
        first = self.shared[:count]
        return float(np.count_nonzero(first) / max(1, len(first)))


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


def common(one: Words, other: Words) -> NDArray[np.uint64]:
    """The grams that both texts have, ascending and each once. The cheap half of `overlap`."""
    few, many = sorted((one.distinct, other.distinct), key=len)
    return few[among(few, many)]


def overlap(one: Words, other: Words, both: NDArray[np.uint64]) -> Overlap:
    """What the two texts share; `both` is what `common` gave. Texts of fewer than 8 words share nothing."""
    found, opposite = _found(one, both), _found(other, both)
    return Overlap(_side(one, found, both), _side(other, opposite, both), _blocks(one, found, other))


def _found(words: Words, both: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which of the grams, in their order in the text, are in `both`."""
    found = np.empty(len(words.order), np.bool_)
    found[words.order] = among(words.ordered, both)  # what is looked for in order is found faster
    return found


def _side(words: Words, found: NDArray[np.bool_], both: NDArray[np.uint64]) -> Side:
    shared = np.zeros(len(words), np.bool_)
    for place in range(WIDTH if len(found) else 0):
        shared[place : place + len(found)] |= found
    return Side(words, shared, len(both) / max(1, len(words.distinct)))


def _blocks(one: Words, found: NDArray[np.bool_], other: Words) -> NDArray[np.int64]:
    """Runs of grams that follow each other in both texts; a gram that the other repeats stands for its first place."""
    begins = np.flatnonzero(found)
    if not len(begins):
        return np.zeros((0, 3), np.int64)
    shared = one.order[found[one.order]]
    places = np.empty(len(found), np.int64)
    places[shared] = other.order[np.searchsorted(other.ordered, one.grams[shared])]
    meets = places[begins]
    apart = (begins[1:] - begins[:-1] != 1) | (meets[1:] - meets[:-1] != 1)
    edges = np.concatenate(([0], np.flatnonzero(apart) + 1, [len(begins)]))
    firsts, counts = edges[:-1], edges[1:] - edges[:-1] + WIDTH - 1
    return np.stack((begins[firsts], meets[firsts], counts), axis=1)
