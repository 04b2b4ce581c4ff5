"""The decoder is the best of all lawful label sequences."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from readout.annotate.network import best

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
