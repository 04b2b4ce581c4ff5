"""The labeller's network, forward only: from features to hidden states to label scores to labels. NumPy alone.

Dilated convolutions with residuals (Strubell et al. 2017) over the whole text at once, so that a token sees some
thirty others on either side, and a decoder that never begins a span in its middle (Viterbi 1967). Training is
elsewhere; of the labels this knows that they are "outside", then "begin", "inside", "end" and "single" of three kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from readout.annotate.features import Features

Floats = NDArray[np.float32]
FORBIDDEN = -1e4
_ALONE = 1 << 18  # multiplications up to which OpenBLAS keeps to one thread
_STEP = 4  # rows that its kernels take at once
_LANES = 16  # numbers that they take at once
# Which kind's span is open before and after a token with each label: outside, then begin, inside, end, single of each.
_FROM_LAST = np.arange(13, 0, -1, dtype=np.int8)
_OPEN_BEFORE = np.array([0, *(kind * goes_on for kind in (1, 2, 3) for goes_on in (0, 1, 1, 0))])
_OPEN_AFTER = np.array([0, *(kind * goes_on for kind in (1, 2, 3) for goes_on in (1, 1, 0, 0))])


class Layer:
    """One dilated convolution with its residual, without the channels that never fire.

    A channel whose weights and bias are all zero adds nothing to the state, so it is not computed; those that are
    stand side by side, and what they give is added to the state a run of neighbouring channels at a time.
    """

    def __init__(self, conv: Floats, bias: Floats, reach: int) -> None:
        """Take the weights (3, h, h) and the bias (h,) of a layer that looks `reach` tokens back and forth."""
        firing = np.flatnonzero(conv.any(axis=(0, 1)) | (bias > 0))
        self.width = _whole(max(1, len(firing)), _LANES)
        firing = _bridged(firing, self.width)
        self._reach = reach
        self._taps = np.zeros((3, conv.shape[1], self.width), dtype=np.float32)
        self._taps[:, :, : len(firing)] = conv[:, :, firing]
        own = np.zeros(self.width, dtype=np.float32)
        own[: len(firing)] = bias[firing]
        self.block = max(_STEP, _ALONE // self._taps[0].size // _STEP * _STEP)
        self._bias = np.tile(own, self.block)
        runs = np.split(np.arange(len(firing)), np.flatnonzero(np.diff(firing) != 1) + 1) if len(firing) else []
        self._runs = [(slice(run[0], run[-1] + 1), slice(firing[run[0]], firing[run[-1]] + 1)) for run in runs]

    def change(self, margined: Floats, margin: int, size: int) -> None:
        """Add what the layer finds to the state, `size` rows after `margin` rows of zeros and before more of them."""
        rows = _whole(size, self.block)
        whole, part = np.empty((2, rows // self.block, self.block, self.width), dtype=np.float32)
        for nth, tap in enumerate(self._taps):
            begin = margin + (nth - 1) * self._reach
            seen = margined[begin : begin + rows].reshape(-1, self.block, margined.shape[1])
            np.matmul(seen, tap, out=part if nth else whole)
            if nth:
                whole += part
        flat = whole.reshape(-1, self.block * self.width)
        flat += self._bias
        _rectify(flat)
        found, state = whole.reshape(rows, self.width)[:size], margined[margin : margin + size]
        for here, there in self._runs:
            state[:, there] += found[:, here]


class Network:
    """The trained weights, ready to run.

    `weights` holds, as float32: words (r, d), suffixes (s, e), enter (i, h), enter_bias (h,), for each layer k
    conv{k} (3, h, h) with the weights of the token before, itself and the token after, bias{k} (h,); out (h, labels)
    and out_bias. `dilations[k]` is how far "before" and "after" are in layer k.
    """

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._out, self._out_bias = weights["out"], weights["out_bias"]
        words, suffixes, enter = weights["words"], weights["suffixes"], weights["enter"]
        last, own = words.shape[1], words.shape[1] + suffixes.shape[1]
        self._words = product(words, enter[:last]) + weights["enter_bias"]
        self._suffixes, self._rest = product(suffixes, enter[last:own]), enter[own:]
        reaches = [int(value) for value in weights["dilations"]]
        self._layers = [Layer(weights[f"conv{k}"], weights[f"bias{k}"], reach) for k, reach in enumerate(reaches)]
        self._margin = max(reaches)
        self._spare = self._margin + max(layer.block for layer in self._layers)

    def hidden(self, features: Features) -> Floats:
        """The hidden state of each token, (n, h)."""
        margined = self._entered(features)
        size = len(features.places)
        for layer in self._layers:
            layer.change(margined, self._margin, size)
        return margined[self._margin : self._margin + size]

    def changes(self, features: Features) -> Iterator[Floats]:
        """What each layer adds to the hidden states, (n, h)."""
        margined = self._entered(features)
        size = len(features.places)
        for layer in self._layers:
            before = margined.copy()
            layer.change(margined, self._margin, size)
            yield (margined - before)[self._margin : self._margin + size]

    def _entered(self, features: Features) -> Floats:
        """The first hidden states, with rows of zeros before and after them."""
        size, traits = len(features.places), features.traits.shape[1]
        known = product(features.traits, self._rest[:traits])
        known += self._words[features.rows]
        known += self._suffixes[features.suffixes]
        margined = np.zeros((self._margin + size + self._spare, known.shape[1]), dtype=np.float32)
        state = margined[self._margin : self._margin + size]
        np.take(known, features.places, axis=0, out=state, mode="clip")
        state += product(features.facts, self._rest[traits:])
        _rectify(state)
        return margined

    def scores(self, hidden: Floats) -> Floats:
        """The score of each label for each token, (n, labels)."""
        return product(hidden, self._out) + self._out_bias


def _whole(count: int, step: int) -> int:
    """The next multiple of `step`."""
    return -(-count // step) * step


def _bridged(channels: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    """The channels, in order, with those between them where the gaps are small: at most `most` in all."""
    taken = set(channels.tolist())
    for gap, end in sorted(zip(np.diff(channels).tolist(), channels[1:].tolist(), strict=True)):
        if len(taken) + gap - 1 <= most:
            taken.update(range(end - gap, end))
    return np.array(sorted(taken), dtype=np.intp)


def _rectify(rows: Floats) -> None:
    """Set what is below zero to zero. Against an array, since NumPy takes four times as long against a number."""
    np.maximum(rows, np.zeros(rows.shape[1:], dtype=np.float32), out=rows)


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
    labels = _highest(scores)
    open_before, open_after = _OPEN_BEFORE[labels], _OPEN_AFTER[labels]
    ends = np.append(starts[1:], True)
    wrong = open_before != np.where(starts, 0, np.append(0, open_after[:-1]))
    wrong |= ends & (open_after > 0)
    edges = np.append(np.flatnonzero(starts), len(labels))
    for paragraph in np.unique(np.searchsorted(edges, np.flatnonzero(wrong), side="right")).tolist():
        found = slice(edges[paragraph - 1] if paragraph else 0, edges[paragraph])
        labels[found] = _searched(scores[found].tolist())
    return labels


def _highest(scores: Floats) -> NDArray[np.int8]:
    """The first of each row's highest labels; NumPy's own takes ten times as long over rows as short."""
    columns = np.ascontiguousarray(scores.T)
    highest = columns == columns.max(axis=0)
    found: NDArray[np.int8] = len(columns) - (highest * _FROM_LAST[:, None]).max(axis=0)
    return found


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
