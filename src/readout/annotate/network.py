"""The labeller's network, forward only: from features to hidden states to label scores to labels. NumPy alone.

Dilated convolutions with residuals (Strubell et al. 2017) over the whole text at once, so that a token sees some
thirty others on either side, and a decoder that never begins a span in its middle (Viterbi 1967). Training is
elsewhere; of the labels this knows that they are "outside", then "begin", "inside", "end" and "single" of three kinds.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from readout.annotate.features import Features

Floats = NDArray[np.float32]
FORBIDDEN = -1e4
_ALONE = 1 << 18  # multiplications up to which OpenBLAS keeps to one thread
_STEP = 4  # rows that its kernels take at once
# Which kind's span is open before and after a token with each label: outside, then begin, inside, end, single of each.
_OPEN_BEFORE = np.array([0, *(kind * goes_on for kind in (1, 2, 3) for goes_on in (0, 1, 1, 0))])
_OPEN_AFTER = np.array([0, *(kind * goes_on for kind in (1, 2, 3) for goes_on in (1, 1, 0, 0))])


class Network:
    """The trained weights, ready to run.

    `weights` holds, as float32: words (r, d), suffixes (s, e), enter (i, h), enter_bias (h,), for each layer k
    conv{k} (3, h, h) with the weights of the token before, itself and the token after, bias{k} (h,); out (h, labels)
    and out_bias. `dilations[k]` is how far "before" and "after" are in layer k.
    """

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = weights
        self._dilations = tuple(int(value) for value in weights["dilations"])

    def hidden(self, features: Features) -> Floats:
        """The hidden state of each token, (n, h)."""
        weights = self._weights
        enter, words, suffixes = weights["enter"], weights["words"], weights["suffixes"]
        own = np.concatenate([words[features.rows], suffixes[features.suffixes], features.traits], axis=1)
        state = product(features.facts, enter[own.shape[1] :])
        state += (product(own, enter[: own.shape[1]]) + weights["enter_bias"])[features.places]
        np.maximum(state, 0, out=state)
        for layer, reach in enumerate(self._dilations):
            before, itself, after = weights[f"conv{layer}"]
            change = product(state, itself)
            change += weights[f"bias{layer}"]
            if reach < len(state):
                change[reach:] += product(state[:-reach], before)
                change[:-reach] += product(state[reach:], after)
            np.maximum(change, 0, out=change)
            state += change
        return state

    def scores(self, hidden: Floats) -> Floats:
        """The score of each label for each token, (n, labels)."""
        return product(hidden, self._weights["out"]) + self._weights["out_bias"]


def product(rows: Floats, matrix: Floats) -> Floats:
    """The product of the rows with a matrix, in this thread alone.

    OpenBLAS shares out any product of more than 2**18 multiplications, and where other processes want the cores too,
    its threads wait for each other: an article then takes five times as much time. A block of rows stays below that.
    """
    block = max(1, (_ALONE - 1) // matrix.size // _STEP * _STEP)
    whole = len(rows) - len(rows) % block
    made = np.empty((len(rows), matrix.shape[1]), dtype=np.result_type(rows, matrix))
    blocks = rows[:whole].reshape(-1, block, rows.shape[1])
    np.matmul(blocks, matrix, out=made[:whole].reshape(-1, block, matrix.shape[1]))
    np.matmul(rows[whole:], matrix, out=made[whole:])
    return made


def best(scores: Floats, starts: NDArray[np.bool_]) -> NDArray[np.int8]:
    """The best lawful labels; every span is whole within a paragraph. `starts` holds each paragraph's first token.

    Where the best labels of a paragraph's tokens are lawful together, nothing scores higher; the others are searched.
    """
    if not len(scores):
        return np.zeros(0, dtype=np.int8)
    labels: NDArray[np.int8] = scores.argmax(axis=1).astype(np.int8)
    open_before, open_after = _OPEN_BEFORE[labels], _OPEN_AFTER[labels]
    ends = np.append(starts[1:], True)
    wrong = open_before != np.where(starts, 0, np.append(0, open_after[:-1]))
    wrong |= ends & (open_after > 0)
    edges = np.append(np.flatnonzero(starts), len(labels))
    for paragraph in np.unique(np.searchsorted(edges, np.flatnonzero(wrong), side="right")).tolist():
        found = slice(edges[paragraph - 1] if paragraph else 0, edges[paragraph])
        labels[found] = _searched(scores[found].tolist())
    return labels


def _searched(rows: list[list[float]]) -> list[int]:  # noqa: C901, PLR0912 - unrolled, for speed
    """The best lawful labels of one paragraph. A plain loop without inner ones: a step takes about a microsecond.

    After a token one is outside, or inside a content, cue or source; `came` keeps by which label one best got there.
    """
    outside, content, cue, source = 0.0, FORBIDDEN, FORBIDDEN, FORBIDDEN
    came: list[tuple[int, int, int, int]] = []
    for out, cb, ci, ce, cs, qb, qi, qe, qs, sb, si, se, ss in rows:
        content_by, cue_by, source_by, by = 1, 5, 9, 0
        rest = outside + out
        if outside + cs > rest:
            rest, by = outside + cs, 4
        if content + ce > rest:
            rest, by = content + ce, 3
        if outside + qs > rest:
            rest, by = outside + qs, 8
        if cue + qe > rest:
            rest, by = cue + qe, 7
        if outside + ss > rest:
            rest, by = outside + ss, 12
        if source + se > rest:
            rest, by = source + se, 11
        begun, content = outside + cb, content + ci
        if begun >= content:
            content = begun
        else:
            content_by = 2
        begun, cue = outside + qb, cue + qi
        if begun >= cue:
            cue = begun
        else:
            cue_by = 6
        begun, source = outside + sb, source + si
        if begun >= source:
            source = begun
        else:
            source_by = 10
        outside = rest
        came.append((by, content_by, cue_by, source_by))
    before = _OPEN_BEFORE.tolist()
    labels = [0] * len(rows)
    state = 0
    for place in range(len(rows) - 1, -1, -1):
        label = labels[place] = came[place][state]
        state = before[label]
    return labels
