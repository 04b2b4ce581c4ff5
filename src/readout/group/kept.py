"""The features of all articles that stories are made of, as compact as they can be: under a kilobyte each.

Growing arrays and nothing else: no index, no decision.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from readout.group.features import KEPT, Features
from readout.group.score import Rows
from readout.models import ArticleId

_FIRST = 256  # rows


class Kept:
    """Features by row and article. Weights are kept to three digits."""

    def __init__(self) -> None:
        self.articles: list[ArticleId] = []
        self._row: dict[ArticleId, int] = {}
        self._ids = np.zeros((_FIRST, KEPT), dtype=np.uint32)
        self._weights = np.zeros((_FIRST, KEPT), dtype=np.float16)
        self._kinds = np.zeros((_FIRST, KEPT), dtype=np.uint8)
        self._days = np.full(_FIRST, np.nan, dtype=np.float32)
        self._meanings: NDArray[np.float16] | None = None  # none as long as no article has one

    def __len__(self) -> int:
        return len(self.articles)

    def __contains__(self, article: ArticleId) -> bool:
        return article in self._row

    def row(self, article: ArticleId) -> int:
        """The row of an article. Raises KeyError."""
        return self._row[article]

    def add(self, article: ArticleId, features: Features) -> int:
        """Keep an article that is not kept yet; its row."""
        row = len(self.articles)
        if row == len(self._days):
            self._grow()
        self.articles.append(article)
        self._row[article] = row
        self.put(row, features)
        return row

    def put(self, row: int, features: Features) -> None:
        """Keep other features in that row."""
        size = len(features.ids)
        for table, values in (
            (self._ids, features.ids),
            (self._weights, features.weights),
            (self._kinds, features.kinds),
        ):
            table[row, :size] = values
            table[row, size:] = 0
        self._days[row] = np.nan if features.day is None else features.day
        if features.meaning is not None and self._meanings is None:
            self._meanings = np.zeros((len(self._days), len(features.meaning)), dtype=np.float16)
        if self._meanings is not None:
            self._meanings[row] = 0 if features.meaning is None else features.meaning

    def holds(self, row: int, features: Features) -> bool:
        """Whether those are the features of that row."""
        size = len(features.ids)
        day = float(self._days[row])
        return (
            (day == features.day if features.day is not None else day != day)  # noqa: PLR0124 - not a number
            and bool((self._ids[row, :size] == features.ids).all())
            and bool((self._weights[row, :size] == features.weights.astype(np.float16)).all())
            and bool((self._kinds[row, :size] == features.kinds).all())
            and not self._ids[row, size:].any()
            and self._means(row, features)
        )

    def _means(self, row: int, features: Features) -> bool:
        if self._meanings is None or features.meaning is None:
            return features.meaning is None and (self._meanings is None or not self._meanings[row].any())
        return bool((self._meanings[row] == features.meaning).all())

    def rows(self, numbers: Sequence[int] | NDArray[np.int32]) -> Rows:
        """Those rows."""
        at = np.asarray(numbers, dtype=np.intp)
        meanings = None if self._meanings is None else self._meanings[at].astype(np.float32)
        return Rows(self._ids[at], self._weights[at].astype(np.float32), self._kinds[at], self._days[at], meanings)

    def order(self, row: int) -> tuple[bool, float, ArticleId]:
        """What articles are in order by: the earliest first, then those of unknown day, then their ids."""
        day = float(self._days[row])
        unknown = day != day  # noqa: PLR0124 - not a number
        return unknown, 0.0 if unknown else day, self.articles[row]

    def _grow(self) -> None:
        size = len(self._days) * 9 // 8 + _FIRST
        for name in ("_ids", "_weights", "_kinds"):
            old = getattr(self, name)
            larger = np.zeros((size, KEPT), dtype=old.dtype)
            larger[: len(old)] = old
            setattr(self, name, larger)
        days = np.full(size, np.nan, dtype=np.float32)
        days[: len(self._days)] = self._days
        self._days = days
        if self._meanings is not None:
            meanings = np.zeros((size, self._meanings.shape[1]), dtype=np.float16)
            meanings[: len(self._meanings)] = self._meanings
            self._meanings = meanings
