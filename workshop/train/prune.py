"""The labeller's weights without the channels that never fire or hardly tell: less than half the arithmetic.

Training leaves many channels of the residual layers at zero whatever is read, and others that hardly change a label.
Their weights are set to zero, which `readout.annotate.network` then passes over, and all channels are put into an order
in which those that are left stand together in as few runs as can be found. How much a channel tells is how far the
labels of some training articles move without it, each channel taken alone (Molchanov et al. 2017).

`python -m workshop.train.prune [FOLDER]` takes channels from the shipped model, which `make train` does for a new one.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quality.attributions import folder
from readout.annotate import model
from readout.annotate.features import Features, WordTable, extract
from readout.annotate.network import Floats, Network
from workshop.train import card
from workshop.train.articles import is_held_out, labelled, read

WIDTHS = (96, 64, 64, 32, 32)  # channels that are left in each layer at the most, chosen on the articles held out
SAMPLE = 26  # of the training articles, on which it is measured how much a channel tells
RARELY = 10  # tokens of the training articles for which a channel may fire and yet count as silent
MOVES = 200_000  # tried for a better order of the channels
_WARM, _COLD = 3.0, 0.02

Firing = NDArray[np.bool_]


def pruned(weights: Mapping[str, Floats], texts: Sequence[Features], moves: int = MOVES) -> dict[str, Floats]:
    """The weights with channels that are silent over the texts, or tell least, at zero, and all in a better order."""
    firing = _telling(weights, _firing(weights, texts), texts[:: len(texts) // SAMPLE + 1])
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


def _firing(weights: Mapping[str, Floats], texts: Sequence[Features]) -> Firing:
    """For each layer (l, h) which channels fire."""
    network = Network(weights)
    times = sum((np.stack([(change > 0).sum(axis=0) for change in network.changes(text)]) for text in texts), start=0)
    firing: Firing = np.asarray(times) >= RARELY
    return firing


def _telling(weights: Mapping[str, Floats], firing: Firing, texts: Sequence[Features]) -> Firing:
    """Of the channels that fire, in each layer the WIDTHS that tell most."""
    whole = [_likelihoods(Network(weights), text) for text in texts]
    moved = np.zeros(firing.shape)
    for layer, channel in np.argwhere(firing):
        without = Network(_without(weights, layer, channel))
        for text, before in zip(texts, whole, strict=True):
            moved[layer, channel] += float((np.exp(before) * (before - _likelihoods(without, text))).sum())
    places = np.argsort(np.argsort(-moved, axis=1), axis=1)
    return firing & (places < np.array(WIDTHS)[: len(firing), None])


def _without(weights: Mapping[str, Floats], layer: int, channel: int) -> dict[str, Floats]:
    conv, bias = weights[f"conv{layer}"].copy(), weights[f"bias{layer}"].copy()
    conv[:, :, channel] = 0
    bias[channel] = 0
    return {**weights, f"conv{layer}": conv, f"bias{layer}": bias}


def _likelihoods(network: Network, text: Features) -> Floats:
    """The logarithm of how likely each label is for each token."""
    scores = network.scores(network.hidden(text))
    scores -= scores.max(axis=1, keepdims=True)
    likely: Floats = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return likely


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


def main(arguments: Sequence[str]) -> None:
    """Take channels from the shipped model, score it on the articles held out, and write it."""
    weights = model.shipped()
    table = WordTable(weights.hashes)
    golds = list(read(folder() / "quotes_polnear_train.jsonl"))
    arrays = pruned(weights.arrays, [extract(labelled(one).tokens, table) for one in golds if not is_held_out(one.id)])
    into = Path(arguments[0]) if arguments else card.MODEL
    card.write(model.pack(model.Weights(weights.hashes, arrays)), [one for one in golds if is_held_out(one.id)], into)


if __name__ == "__main__":
    main(sys.argv[1:])
