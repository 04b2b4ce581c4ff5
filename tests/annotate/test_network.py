"""The decoder is the best of all lawful label sequences."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from readout.annotate.network import best

SCORES = arrays.arrays(np.float32, (4, 7), elements=st.floats(-8, 8, width=16))


def lawful(labels: tuple[int, ...], starts: list[bool]) -> bool:
    return all(
        label not in (2, 4, 6) or (place > 0 and not starts[place] and labels[place - 1] in (label, label - 1))
        for place, label in enumerate(labels)
    )


@given(SCORES, st.lists(st.booleans(), min_size=4, max_size=4))
def test_no_lawful_labels_score_higher(
    scores: np.ndarray[tuple[int, int], np.dtype[np.float32]], starts: list[bool]
) -> None:
    found = tuple(best(scores, np.array(starts)).tolist())
    assert lawful(found, starts)
    total = max(
        sum(float(scores[place, label]) for place, label in enumerate(labels))
        for labels in product(range(7), repeat=4)
        if lawful(labels, starts)
    )
    assert np.isclose(sum(float(scores[place, label]) for place, label in enumerate(found)), total, atol=1e-3)


def test_no_text_has_no_labels() -> None:
    assert best(np.zeros((0, 7), dtype=np.float32), np.zeros(0, dtype=bool)).tolist() == []
