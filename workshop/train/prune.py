"""The labeller's weights without the channels that never fire, so that reading takes about half the arithmetic.

Training leaves many channels of the residual layers at zero whatever is read. Their weights are set to zero, which
`readout.annotate.network` then passes over, and all channels are put into an order in which those that fire stand
together in as few runs as can be found. What the network gives does not change where those channels are silent.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from readout.annotate.features import Features
from readout.annotate.network import Floats, Network

RARELY = 10  # tokens of the training articles for which a channel may fire and yet count as silent
MOVES = 200_000  # tried for a better order of the channels
_WARM, _COLD = 3.0, 0.02

Firing = NDArray[np.bool_]


def pruned(weights: Mapping[str, Floats], texts: Iterable[Features], moves: int = MOVES) -> dict[str, Floats]:
    """The weights with channels that are silent over the texts at zero, and all channels in a better order."""
    firing = _firing(weights, texts)
    order = np.array(ordered(firing, moves))
    pair = np.concatenate([order, order + len(order)])
    changed = dict(weights)
    for layer, fires in enumerate(firing):
        conv, bias = weights[f"conv{layer}"], weights[f"bias{layer}"]
        changed[f"conv{layer}"] = np.where(fires, conv, np.float32(0))[:, order][:, :, order]
        changed[f"bias{layer}"] = np.where(fires, bias, np.float32(0))[order]
    changed["enter"], changed["enter_bias"] = weights["enter"][:, order], weights["enter_bias"][order]
    changed["out"] = weights["out"][order]
    for name in ("ask0", "ask1", "answer0", "answer1"):
        changed[name] = weights[name][pair]
    return changed


def _firing(weights: Mapping[str, Floats], texts: Iterable[Features]) -> Firing:
    """For each layer (l, h) which channels fire."""
    network = Network(weights)
    times = sum((np.stack([(change > 0).sum(axis=0) for change in network.changes(text)]) for text in texts), start=0)
    firing: Firing = np.asarray(times) >= RARELY
    return firing


def ordered(firing: Firing, moves: int = MOVES, seed: int = 3) -> list[int]:
    """An order of the channels in which those that fire make few runs in each layer (Kirkpatrick et al. 1983)."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    order: list[int] = np.lexsort(firing).tolist()
    runs = _runs(firing[:, order])
    best, fewest = order, runs
    for move in range(moves):
        warmth = max(_COLD, _WARM * (1 - move / moves))
        tried = _moved(order, chance)
        count = _runs(firing[:, tried])
        if count <= runs or chance.random() < math.exp((runs - count) / warmth):
            order, runs = tried, count
        if runs < fewest:
            best, fewest = order, runs
    return best


def _moved(order: list[int], chance: random.Random) -> list[int]:
    """The order with a stretch turned round or put elsewhere."""
    begin, end = sorted(chance.sample(range(len(order) + 1), 2))
    stretch = order[begin:end]
    if chance.random() < 0.5:
        return order[:begin] + stretch[::-1] + order[end:]
    rest = order[:begin] + order[end:]
    at = chance.randint(0, len(rest))
    return rest[:at] + stretch + rest[at:]


def _runs(firing: Firing) -> int:
    before = np.pad(firing, ((0, 0), (1, 0)))[:, :-1]
    return int((firing & ~before).sum())
