"""The decoder is the best of all lawful label sequences."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from readout.annotate.features import Features
from readout.annotate.network import Floats, Network, best
from workshop.train.prune import RARELY, pruned

SCORES = arrays.arrays(np.float32, (3, 13), elements=st.floats(-8, 8, width=16))
BEGIN, INSIDE, END = 0, 1, 2


def lawful(labels: tuple[int, ...], starts: list[bool]) -> bool:
    inside = None
    for label, start in zip(labels, [True, *starts[1:]], strict=True):
        kind, part = divmod(label - 1, 4) if label else (None, None)
        if (start and inside is not None) or (inside != (kind if part in (INSIDE, END) else None)):
            return False
        inside = kind if part in (BEGIN, INSIDE) else None
    return inside is None


@given(SCORES, st.lists(st.booleans(), min_size=3, max_size=3))
def test_no_lawful_labels_score_higher(
    scores: np.ndarray[tuple[int, int], np.dtype[np.float32]], starts: list[bool]
) -> None:
    found = tuple(best(scores, np.array(starts)).tolist())
    assert lawful(found, starts)
    total = max(
        sum(float(scores[place, label]) for place, label in enumerate(labels))
        for labels in product(range(13), repeat=3)
        if lawful(labels, starts)
    )
    assert np.isclose(sum(float(scores[place, label]) for place, label in enumerate(found)), total, atol=1e-3)


def test_no_text_has_no_labels() -> None:
    assert best(np.zeros((0, 7), dtype=np.float32), np.zeros(0, dtype=bool)).tolist() == []


def small_network(silent: float) -> dict[str, Floats]:
    """Weights of a network of 24 channels in two layers; a share of the channels is silent."""
    chance = np.random.default_rng(7)

    def drawn(*shape: int) -> Floats:
        return np.asarray(chance.normal(size=shape) / 4, dtype=np.float32)

    weights: dict[str, Floats] = {
        "words": drawn(9, 6),
        "suffixes": drawn(5, 3),
        "enter": drawn(16, 24),
        "enter_bias": drawn(24),
    }
    for layer in range(2):
        fires = chance.random(24) >= silent
        weights[f"conv{layer}"] = drawn(3, 24, 24) * fires.astype(np.float32)
        weights[f"bias{layer}"] = np.where(fires, drawn(24), np.float32(-1))
    weights |= {"dilations": np.array([1, 4], dtype=np.float32), "out": drawn(24, 13), "out_bias": drawn(13)}
    return weights | {f"{name}{relation}": drawn(48, 4) for name in ("ask", "answer") for relation in range(2)}


def a_text(size: int) -> Features:
    chance = np.random.default_rng(size)
    return Features(
        rows=np.arange(8),
        suffixes=np.arange(8) % 5,
        traits=chance.integers(0, 2, (8, 4)).astype(np.float32),
        places=chance.integers(0, 8, size),
        facts=chance.integers(0, 2, (size, 3)).astype(np.float32),
    )


def plainly(weights: dict[str, Floats], text: Features) -> Floats:
    """The hidden states, worked out a token at a time as the docstring of the network says."""
    own = [weights["words"][text.rows], weights["suffixes"][text.suffixes], text.traits]
    seen = np.concatenate([np.concatenate(own, axis=1)[text.places], text.facts], axis=1)
    state: Floats = np.maximum(seen @ weights["enter"] + weights["enter_bias"], 0)
    for layer, reach in enumerate((1, 4)):
        before, itself, after = weights[f"conv{layer}"]
        edged = np.pad(state, ((reach, reach), (0, 0)))
        change = edged[: -2 * reach] @ before + state @ itself + edged[2 * reach :] @ after + weights[f"bias{layer}"]
        state = state + np.maximum(change, 0)
    return state


@given(st.integers(1, 200), st.sampled_from([0.0, 0.3, 0.9, 1.0]))
def test_silent_channels_are_passed_over_and_nothing_else(size: int, silent: float) -> None:
    weights, text = small_network(silent), a_text(size)
    assert np.allclose(Network(weights).hidden(text), plainly(weights, text), atol=1e-5)


def test_a_pruned_network_gives_the_same_scores() -> None:
    weights, text = small_network(0.5), a_text(90)
    smaller = pruned(weights, [text] * RARELY, moves=300)
    before, after = Network(weights), Network(smaller)
    assert np.allclose(before.scores(before.hidden(text)), after.scores(after.hidden(text)), atol=1e-4)
    assert sum(int(not smaller[f"bias{layer}"][channel]) for layer in range(2) for channel in range(24)) >= 12
