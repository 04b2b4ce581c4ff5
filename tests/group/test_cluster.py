"""Where two groups that meet stay two episodes, however readily the weights would make them one."""

from __future__ import annotations

import numpy as np
import pytest

from readout.group import cluster, score
from readout.group.features import of_text
from readout.group.score import MERGE_FACTS, Line, Scale

TEXTS = ("The ferry to Anholt sails again", "Anholt waits for a ferry that sails")
_NOTHING = np.zeros(len(MERGE_FACTS))
WILLING = Scale(score.scale().pair, Line(_NOTHING, _NOTHING + 1, _NOTHING, 1.0))  # makes one of whatever meets


@pytest.mark.parametrize(
    ("days", "odds", "episodes"),
    [
        ((0, cluster.FORTNIGHT), cluster.STRANGERS, 2),
        ((0, cluster.FORTNIGHT - 1), cluster.STRANGERS, 1),
        ((0, cluster.FORTNIGHT), cluster.STRANGERS + 0.1, 1),
        ((None, cluster.FORTNIGHT), cluster.STRANGERS, 1),
    ],
)
def test_a_fortnight_parts_what_has_little_in_common(days: tuple[int | None, int], odds: float, episodes: int) -> None:
    rows = score.stacked([of_text("", text, day) for text, day in zip(TEXTS, days, strict=True)])
    matrix = np.array([[0.0, odds], [odds, 0.0]])
    assert len(cluster.groups(rows, matrix, WILLING)[0]) == episodes
