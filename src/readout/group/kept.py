"""The features of articles that stories are made of, as compact as they can be, by row and article.

Growing arrays and nothing else: no index, no decision. Where features can be fetched again only so many are held.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from readout.group.features import KEPT, Features
from readout.group.score import Rows
from readout.models import ArticleId

HELD = 8_192  # rows whose features are held, where they can be fetched again
_FIRST = 256  # rows
_ABSENT = -1
Fetch = Callable[[Sequence[ArticleId]], Iterable[tuple[ArticleId, Features]]]


class Kept:
    """Features by row and article. Weights are kept to three digits. `fetch` gives the features of articles that are
    known and not held.
    """

    def __init__(self, fetch: Fetch | None = None) -> None:
        self.articles: list[ArticleId] = []
        self._fetch = fetch
        self._row: dict[ArticleId, int] = {}
        self._days = array("f")
        self._slots = np.zeros(0, dtype=np.int32)  # of each row, where its features are
        self._used = 0
        self._ids = np.zeros((_FIRST, KEPT), dtype=np.uint32)
        self._weights = np.zeros((_FIRST, KEPT), dtype=np.float16)
        self._kinds = np.zeros((_FIRST, KEPT), dtype=np.uint8)
        self._meanings: NDArray[np.float16] | None = None  # none as long as no article has one

    def __len__(self) -> int:
        return len(self.articles)

    def __contains__(self, article: ArticleId) -> bool:
        return article in self._row

    def row(self, article: ArticleId) -> int:
        """The row of an article. Raises KeyError."""
        return self._row[article]

    def know(self, article: ArticleId, day: float | None) -> int:
        """The row of an article, known from now on; its features are fetched when they are needed."""
        row = self._row[article] if article in self._row else self._new(article)
        if day is not None:
            self._days[row] = day
        return row

    def add(self, article: ArticleId, features: Features) -> int:
        """Keep an article in a row that is new."""
        row = self._new(article)
        self.put(row, features)
        return row

    def _new(self, article: ArticleId) -> int:
        row = len(self.articles)
        interned = ArticleId(sys.intern(article))
        self.articles.append(interned)
        self._row[interned] = row
        self._days.append(np.nan)
        if row >= len(self._slots):
            more = np.full(row // 8 + _FIRST, _ABSENT, dtype=np.int32)
            self._slots = np.concatenate([self._slots, more])
        return row

    def put(self, row: int, features: Features) -> None:
        """Keep other features in that row."""
        if self._slots[row] == _ABSENT:
            if self._used == len(self._ids):
                self._grow()
            self._slots[row] = self._used
            self._used += 1
        slot, size = int(self._slots[row]), len(features.ids)
        for table, values in (
            (self._ids, features.ids),
            (self._weights, features.weights),
            (self._kinds, features.kinds),
        ):
            table[slot, :size] = values
            table[slot, size:] = 0
        self._days[row] = np.nan if features.day is None else features.day
        if features.meaning is not None and self._meanings is None:
            self._meanings = np.zeros((len(self._ids), len(features.meaning)), dtype=np.float16)
        if self._meanings is not None:
            self._meanings[slot] = 0 if features.meaning is None else features.meaning

    def holds(self, row: int, features: Features) -> bool:
        """Whether those are the features of that row."""
        day = self._days[row]
        if day != features.day if features.day is not None else day == day:  # noqa: PLR0124 - not a number
            return False
        slot, size = int(self._held(np.array([row]))[0]), len(features.ids)
        return (
            bool((self._ids[slot, :size] == features.ids).all())
            and bool((self._weights[slot, :size] == features.weights.astype(np.float16)).all())
            and bool((self._kinds[slot, :size] == features.kinds).all())
            and not self._ids[slot, size:].any()
            and self._means(slot, features)
        )

    def _means(self, slot: int, features: Features) -> bool:
        if self._meanings is None or features.meaning is None:
            return features.meaning is None and (self._meanings is None or not self._meanings[slot].any())
        return bool((self._meanings[slot] == features.meaning).all())

    def rows(self, numbers: Sequence[int] | NDArray[np.signedinteger]) -> Rows:
        """Those rows."""
        rows = np.asarray(numbers, dtype=np.intp)
        at = self._held(rows)
        days = np.frombuffer(self._days, np.float32)[rows] if len(rows) else np.zeros(0, np.float32)
        meanings = None if self._meanings is None else self._meanings[at].astype(np.float32)
        return Rows(self._ids[at], self._weights[at].astype(np.float32), self._kinds[at], days, meanings)

    def filed(self, row: int) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
        """The ids and weights of a row."""
        slot = int(self._held(np.array([row]))[0])
        size = int(np.count_nonzero(self._weights[slot]))
        return self._ids[slot, :size], self._weights[slot, :size].astype(np.float32)

    def features(self, row: int) -> Features:
        """The features of a row, without their words and their outlet."""
        held = self.rows([row])
        size = int(np.count_nonzero(held.weights[0]))
        meaning = held.meanings[0].astype(np.float16) if held.meanings is not None and held.meanings.any() else None
        found = held.ids[0, :size], held.weights[0, :size], held.kinds[0, :size]
        return Features(*found, self.day(row), "", meaning=meaning)

    def day(self, row: int) -> int | None:
        """The day of a row, where it is known."""
        day = self._days[row]
        return int(day) if day == day else None  # noqa: PLR0124 - not a number

    def order(self, row: int) -> tuple[bool, float, ArticleId]:
        """What articles are in order by: the earliest first, then those of unknown day, then their ids."""
        day = self._days[row]
        unknown = day != day  # noqa: PLR0124 - not a number
        return unknown, 0.0 if unknown else day, self.articles[row]

    def tidy(self) -> None:
        """Let go of features, where many are held and can be fetched again."""
        if self._fetch and self._used > HELD:
            self._slots.fill(_ABSENT)
            self._used = 0
            for name in self._tables():
                setattr(self, name, getattr(self, name)[:HELD].copy())

    def _held(self, rows: NDArray[np.intp]) -> NDArray[np.int32]:
        """Where the features of those rows are; they are fetched where they are not held."""
        found = self._slots[rows]
        if self._fetch and len(found) and found.min() < 0:
            missing = [self.articles[row] for row in dict.fromkeys(rows[found < 0].tolist())]
            for article, features in self._fetch(missing):
                self.put(self._row[article], features)
            found = self._slots[rows]
        return found

    def _grow(self) -> None:
        size = len(self._ids) * 9 // 8 + _FIRST
        for name in self._tables():
            old = getattr(self, name)
            larger = np.zeros((size, old.shape[1]), dtype=old.dtype)
            larger[: len(old)] = old
            setattr(self, name, larger)

    def _tables(self) -> tuple[str, ...]:
        return ("_ids", "_weights", "_kinds") + (("_meanings",) if self._meanings is not None else ())
