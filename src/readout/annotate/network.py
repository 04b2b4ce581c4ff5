"""The labeller's network, forward only: from features to hidden states to label scores to labels. NumPy alone.

Dilated convolutions with residuals (Strubell et al. 2017) over the whole text at once, so that a token sees some
thirty others on either side, and a decoder that never begins a span in its middle (Viterbi 1967). Training is
elsewhere; of the labels this knows that they are "out", then "begin" and "go on" of three kinds of spans.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from readout.annotate.features import Features

Floats = NDArray[np.float32]
FORBIDDEN = -1e4


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
        state: Floats = features.facts @ enter[own.shape[1] :]
        state += (own @ enter[: own.shape[1]] + weights["enter_bias"])[features.places]
        np.maximum(state, 0, out=state)
        for layer, reach in enumerate(self._dilations):
            before, itself, after = weights[f"conv{layer}"]
            change = state @ itself
            change += weights[f"bias{layer}"]
            if reach < len(state):
                change[reach:] += state[:-reach] @ before
                change[:-reach] += state[reach:] @ after
            np.maximum(change, 0, out=change)
            state += change
        return state

    def scores(self, hidden: Floats) -> Floats:
        """The score of each label for each token, (n, labels)."""
        return hidden @ self._weights["out"] + self._weights["out_bias"]


def best(scores: Floats, starts: NDArray[np.bool_]) -> NDArray[np.int8]:
    """The best lawful labels; no span goes on over a token in `starts`, which holds the first token of each paragraph.

    Where the best label of every token of a paragraph is lawful after the one before, nothing can score higher; the
    others are searched.
    """
    if not len(scores):
        return np.zeros(0, dtype=np.int8)
    labels: NDArray[np.int8] = scores.argmax(axis=1).astype(np.int8)
    before = np.append(0, labels[:-1])
    goes_on = (labels > 0) & (labels % 2 == 0)
    unlawful = goes_on & (starts | ((before != labels) & (before != labels - 1)))
    edges = np.append(np.flatnonzero(starts), len(labels))
    for paragraph in np.unique(np.searchsorted(edges, np.flatnonzero(unlawful), side="right")).tolist():
        part = slice(edges[paragraph - 1] if paragraph else 0, edges[paragraph])
        labels[part] = _searched(scores[part].tolist())
    return labels


def _searched(rows: list[list[float]]) -> list[int]:
    """The best lawful labels of one paragraph. A plain loop without inner ones: a step takes about a microsecond.

    For each kind only the better of "begin" and "go on" is kept: what may follow is the same after both.
    """
    total, top = 0.0, 0
    content = cue = source = FORBIDDEN
    content_by = cue_by = source_by = 0
    came: list[tuple[int, int, int, int]] = []
    for out, content_begin, content_on, cue_begin, cue_on, source_begin, source_on in rows:
        came.append((top, content_by, cue_by, source_by))
        begun, content = total + content_begin, content + content_on
        content, content_by = (begun, 1) if begun >= content else (content, 2)
        begun, cue = total + cue_begin, cue + cue_on
        cue, cue_by = (begun, 3) if begun >= cue else (cue, 4)
        begun, source = total + source_begin, source + source_on
        source, source_by = (begun, 5) if begun >= source else (source, 6)
        total, top = total + out, 0
        if content > total:
            total, top = content, content_by
        if cue > total:
            total, top = cue, cue_by
        if source > total:
            total, top = source, source_by
    labels = [0] * len(rows)
    for place in range(len(rows) - 1, -1, -1):
        labels[place] = top
        top = came[place][top // 2 if top and top % 2 == 0 else 0]
    return labels
