"""The cosine of one article with every article kept, however many: postings of features in segments that merge as they
grow (as log-structured merge trees do, O'Neil and others 1996). No day, no outlet, no decision.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from readout.group.features import Features
from readout.group.score import Rows

LOOSE = 128  # articles that are compared one by one until they are a segment
LIGHT = 0.05  # of a feature's weight (an article's squares add up to 1): what is lighter is not filed
_GROWTH = 2  # a segment is merged with one that is not this many times as large

Numbers = NDArray[np.int64]
Scores = NDArray[np.float32]


class Cosines:
    """The index over rows 0, 1, 2 … that `rows` gives when asked for some of them."""

    def __init__(self, rows: Callable[[NDArray[np.int32]], Rows]) -> None:
        self._rows = rows
        self._segments: list[_Segment] = []
        self._filed = 0

    def grow(self, size: int) -> None:
        """Take in what was kept since: there are `size` rows now."""
        while size - self._filed >= LOOSE:
            self._segments.append(self._segment(self._filed, self._filed + LOOSE))
            self._filed += LOOSE
            while len(self._segments) > 1 and self._segments[-2].size < _GROWTH * self._segments[-1].size:
                last = self._segments.pop()
                self._segments[-1] = self._segment(self._segments[-1].start, last.start + last.size)

    def near(self, features: Features, live: NDArray[np.bool_], count: int) -> Numbers:
        """Up to `count` of the rows that are `live`, those with the highest cosine first; none that share nothing."""
        size = len(live)
        found: Scores = np.zeros(size, dtype=np.float32)
        for segment in self._segments:
            segment.score(features, found)
        if size > self._filed:
            found[self._filed :] = self._one_by_one(features, self._filed, size)
        found *= live
        best = np.argpartition(-found, count)[:count] if count < size else np.arange(size)
        best = best[found[best] > 0]
        ordered: Numbers = best[np.lexsort((best, -found[best]))].astype(np.int64)
        return ordered

    def _segment(self, start: int, end: int) -> _Segment:
        return _Segment(start, self._rows(np.arange(start, end, dtype=np.int32)))

    def _one_by_one(self, features: Features, start: int, end: int) -> Scores:
        rows = self._rows(np.arange(start, end, dtype=np.int32))
        if not len(features.ids):
            return np.zeros(end - start, dtype=np.float32)
        at = np.minimum(np.searchsorted(features.ids, rows.ids), len(features.ids) - 1)
        met = (features.ids[at] == rows.ids) & (rows.weights > 0)
        scores: Scores = (features.weights[at] * rows.weights * met).sum(1, dtype=np.float32)
        return scores


class _Segment:
    """The postings of some rows in a row, by feature."""

    def __init__(self, start: int, rows: Rows) -> None:
        self.start, self.size = start, len(rows)
        row, place = np.nonzero(rows.weights >= LIGHT)
        ids = rows.ids[row, place]
        order = np.argsort(ids, kind="stable")
        self._keys, starts = np.unique(ids[order], return_index=True)
        self._starts = np.append(starts, len(ids)).astype(np.int32)
        self._rows = row[order].astype(np.int32)
        self._weights = rows.weights[row, place][order].astype(np.float16)

    def score(self, features: Features, into: Scores) -> None:
        """Add up the products of weights, by row."""
        if not len(self._keys):
            return
        at = np.minimum(np.searchsorted(self._keys, features.ids), len(self._keys) - 1)
        met = self._keys[at] == features.ids
        begins, ends = self._starts[at[met]], self._starts[at[met] + 1]
        counts = ends - begins
        if not len(counts):
            return
        places = np.repeat(ends - np.cumsum(counts), counts) + np.arange(counts.sum())
        worth = self._weights[places] * np.repeat(features.weights[met], counts)
        into[self.start : self.start + self.size] += np.bincount(self._rows[places], worth, self.size)
