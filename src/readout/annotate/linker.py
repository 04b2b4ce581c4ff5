"""Which cue a content belongs to, and which source a cue has. Candidates stand in the same paragraph. NumPy alone.

Every asking span scores the candidates nearest to it by the product of their projected hidden states (Dozat and
Manning 2017) plus plain facts about what lies between them; "none" is a candidate of its own. Training is elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout.annotate.network import product

CUE_OF, SOURCE_OF = 0, 1
NEAREST = 6  # candidates looked at on either side
_REACH = np.array([2, 3, 5, 9, 17, 33])  # distances in tokens, the buckets' lower ends
_SIZES = (2 * (len(_REACH) + 1), 3, 2 * NEAREST, 4)
PAIR_FACTS = sum(_SIZES)
_OFFSETS = np.cumsum((0, *_SIZES[:-1]))
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Ground:
    """For each token the number of its paragraph and its sentence, and whether it stands within quotation marks."""

    paragraph: Ints
    sentence: Ints
    quoted: NDArray[np.bool_]


@dataclass(frozen=True)
class Pairs:
    """For q asking spans and the candidates near them: which, whether real, and the facts that hold of the pair.

    `candidates` (q, c) are numbers of candidates; `real` (q, c) those in the same paragraph; `facts` (q, c, 4) are
    places in a table of PAIR_FACTS weights.
    """

    candidates: Ints
    real: NDArray[np.bool_]
    facts: Ints


def pairs(ground: Ground, asking: Ints, spans: Ints) -> Pairs:
    """The pairs of `asking` (q, 2) and candidate `spans` (c, 2), both first and last tokens, candidates in order."""
    nth = np.arange(2 * NEAREST)
    following = np.searchsorted(spans[:, 0], asking[:, 0])[:, None]
    candidates = following - NEAREST + nth
    real = (candidates >= 0) & (candidates < len(spans))
    candidates = np.where(real, candidates, 0)
    first, last = asking[:, :1], asking[:, 1:]
    starts, ends = spans[candidates, 0], spans[candidates, 1]
    before = starts < first
    gap = np.where(before, first - ends, starts - last)
    bucket = np.searchsorted(_REACH, gap, side="right") + before * (len(_REACH) + 1)
    apart = np.sign(ground.sentence[starts] - ground.sentence[first]) + 1
    quoted = 2 * ground.quoted[first] + before
    facts = np.stack([bucket, apart, np.broadcast_to(nth, bucket.shape), quoted], axis=2) + _OFFSETS
    return Pairs(candidates, real & (ground.paragraph[starts] == ground.paragraph[first]), facts)


class Linker:
    """The trained weights of one relation, ready to run.

    `weights` holds for relation r: ask{r}, answer{r} (2h, p) and their biases (p,), pair{r} (PAIR_FACTS,),
    none{r} (p,), none_bias{r} (1,).
    """

    def __init__(self, weights: Mapping[str, Floats], relation: int) -> None:
        names = ("ask", "ask_bias", "answer", "answer_bias", "pair", "none", "none_bias")
        self._ask, self._ask_bias, self._answer, self._answer_bias, self._pair, self._none, self._none_bias = (
            weights[f"{name}{relation}"] for name in names
        )

    def choose(self, hidden: Floats, ground: Ground, asking: Ints, spans: Ints) -> tuple[Ints, Floats]:
        """For each asking span the number of its candidate among `spans`, -1 for none, and how probable that is."""
        if not len(asking) or not len(spans):
            return np.full(len(asking), -1), np.ones(len(asking), dtype=np.float32)
        paired = pairs(ground, asking, spans)
        asked = product(_ends(hidden, asking), self._ask) + self._ask_bias
        answers = product(_ends(hidden, spans), self._answer) + self._answer_bias
        scores = np.einsum("qd,qcd->qc", asked, answers[paired.candidates])
        scores += self._pair[paired.facts].sum(axis=2)
        scores = np.where(paired.real, scores, -1e4)
        none = (asked @ self._none + self._none_bias)[:, None]
        scores = np.concatenate([scores, none], axis=1)
        place = scores.argmax(axis=1)
        chosen = np.concatenate([paired.candidates, np.full_like(paired.candidates[:, :1], -1)], axis=1)
        rows = np.arange(len(asking))
        top = scores[rows, place]
        return chosen[rows, place], 1 / np.exp(scores - top[:, None]).sum(axis=1)


def _ends(hidden: Floats, spans: Ints) -> Floats:
    """The hidden states of the spans' first and last tokens side by side, (n, 2h)."""
    return hidden[spans].reshape(len(spans), -1)
