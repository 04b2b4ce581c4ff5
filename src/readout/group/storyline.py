"""Storylines: episodes of one matter over months. Pure: from the features of episodes to which of them belong together.

Two episodes are linked by rare names that both turn on *and* by matter in common; a place, an agency or a famous name
alone links nothing. Time does not part them, so that the third call and the first are of one storyline.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from readout.group.features import NAME
from readout.group.score import Aligned, Rows, aligned, common

Floats = NDArray[np.float32]
LINKED = 0.27  # how alike two episodes must be, on the mean over what is already together
_NAMES_NEEDED = 2  # names that weigh: one alone may be a place, an agency, a president
_MATTER_NEEDED = 3  # other words that both have
_WEIGHTY = 0.05  # of an episode's weights: a name it turns on


def episode(rows: Rows) -> Rows:
    """The rows of one episode as one row: the mean of its articles, as long as theirs are."""
    if len(rows) == 1:
        return rows
    ids, place = np.unique(rows.ids.ravel(), return_inverse=True)
    weights = np.bincount(place.ravel(), rows.weights.ravel(), len(ids)) / len(rows)
    kinds = np.zeros(len(ids), dtype=np.uint8)
    np.bitwise_or.at(kinds, place.ravel(), rows.kinds.ravel())
    kept = np.sort(np.argsort(-weights, kind="stable")[: rows.ids.shape[1]])
    size = len(kept)
    shape = (1, rows.ids.shape[1])
    one = Rows(
        np.zeros(shape, np.uint32),
        np.zeros(shape, np.float32),
        np.zeros(shape, np.uint8),
        np.full(1, np.nan, np.float32),
    )
    one.ids[0, :size], one.kinds[0, :size] = ids[kept], kinds[kept]
    one.weights[0, :size] = weights[kept] / (float(np.linalg.norm(weights[kept])) or 1.0)
    return one


def likeness(episodes: Rows) -> Floats:
    """How alike episodes are (n, n), 0..1: the cosine of all their words where they share names and matter enough."""
    side = aligned(episodes, common(episodes))
    words = side.weights @ side.weights.T
    named = _named(side)
    matter = ((side.weights > 0) & ((side.kinds & NAME) == 0)).astype(np.float32)
    enough = (named @ named.T >= _NAMES_NEEDED) & (matter @ matter.T >= _MATTER_NEEDED)
    alike: Floats = np.where(enough, words, 0).astype(np.float32)
    np.fill_diagonal(alike, 0)
    return alike


def storylines(alike: Floats, least: float = LINKED) -> list[tuple[int, ...]]:
    """Episodes by storyline (average linkage), ascending, in the order of their first. Meant for some hundreds."""
    together: dict[int, tuple[int, ...]] = {number: (number,) for number in range(len(alike))}
    mean = alike.astype(np.float64)
    np.fill_diagonal(mean, -1)
    while len(together) > 1:
        left, right = sorted(int(at) for at in np.unravel_index(int(mean.argmax()), mean.shape))
        if mean[left, right] < least:
            break
        share = len(together[left]) / (len(together[left]) + len(together[right]))
        mean[left] = mean[:, left] = share * mean[left] + (1 - share) * mean[right]
        mean[right] = mean[:, right] = mean[left, left] = -1
        together[left] = tuple(sorted(together[left] + together.pop(right)))
    return sorted(together.values())


def _named(side: Aligned) -> Floats:
    return (((side.kinds & NAME) > 0) & (side.weights >= _WEIGHTY)).astype(np.float32)
