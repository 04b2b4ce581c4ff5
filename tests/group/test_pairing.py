"""The facts of many pairs at once are those of each pair by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from readout.group import pairing, score
from readout.group.features import KEPT, LEAD, NAME, NUMBER, TITLE, Features
from readout.group.score import Aligned, Rows

KINDS = st.sampled_from([0, NAME, NUMBER, TITLE, LEAD, NAME | TITLE, NAME | LEAD | TITLE, NUMBER | LEAD])
WORDS = st.dictionaries(st.integers(1, 12), st.tuples(st.floats(0.125, 1.0, width=16), KINDS), max_size=8)
ARTICLES = st.lists(
    st.builds(
        lambda words, day, meant: _seen(words, day, meant=meant), WORDS, st.none() | st.integers(0, 90), st.booleans()
    ),
    min_size=1,
    max_size=4,
)


def _seen(words: dict[int, tuple[float, int]], day: int | None, *, meant: bool) -> Features:
    ids = sorted(words)
    weights = np.array([words[id_][0] for id_ in ids], dtype=np.float32)
    kinds = np.array([words[id_][1] for id_ in ids], dtype=np.uint8)
    meaning = np.array([0.6, 0.8 * (len(words) % 2)], dtype=np.float16) if meant else None
    return Features(np.array(ids, dtype=np.uint32), weights, kinds, day, "", meaning=meaning)


def _one_by_one(left: Rows, right: Rows) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    columns = np.unique(left.ids[left.weights > 0])
    sides: tuple[Aligned, Aligned] = score.aligned(left, columns), score.aligned(right, columns)
    return score.pairs(*sides)


@given(ARTICLES, ARTICLES)
def test_many_pairs_have_the_facts_of_each(left: list[Features], right: list[Features]) -> None:
    here, there = score.stacked(left), score.stacked(right)
    one, other = (side.ravel() for side in np.indices((len(left), len(right))))
    found = pairing.facts(here, there, one, other)
    wanted = _one_by_one(here, there).reshape(len(one), -1)
    assert found.shape == wanted.shape
    np.testing.assert_allclose(found, wanted, rtol=2e-4, atol=2e-4)


def test_no_feature_is_too_far_back_to_be_found() -> None:
    full = _seen(dict.fromkeys(range(1, KEPT + 1), (0.125, NAME)), 1, meant=False)
    rows, first = score.stacked([full, full]), np.array([1])
    found = pairing.facts(rows, rows, first, first)
    assert found[0, score.PAIR_FACTS.index("shared")] == np.log1p(KEPT)
