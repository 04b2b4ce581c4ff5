"""Which kept articles may be about the same matter: an inverted index over spans of time. It decides nothing.

Each article is filed under its most telling features on the shelf of its month; who asks looks at the shelves around
its own day, so that an answer costs the same however large the archive is. An article without a day is filed apart,
and is looked at by all. Of a feature that very many share only the last filed count. A shelf that was kept is fetched
when it is first looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from readout.group.features import Features

Numbers = NDArray[np.int32]
FILED = 40  # features under which an article can be found
CAP = 256  # articles of one feature and shelf that are looked at
WINDOW = 30  # days either side of an article in which its story's others are looked for
_SHELF = 32  # days
_LATEST = 128  # shelves that an article without a day looks at
_LOOSE = 128  # articles that a shelf holds before they are sorted in


class Stock(Protocol):
    """What was filed before."""

    def filed(self, days: tuple[int, int] | None) -> tuple[Sequence[int], Sequence[bytes]]:
        """The rows filed from the one day to the other, or without a day, and what `packed` gave of each."""

    def latest_filed(self, before: int | None = None) -> int | None:
        """The latest day, before that one, of anything filed."""


class Shelves:
    """The index. Rows are the caller's numbers for articles."""

    def __init__(self, stock: Stock | None = None) -> None:
        self._shelves: dict[int | None, _Shelf] = {}
        self._stock = stock
        self._stocked: list[int] | None = [] if stock is None else None

    def add(self, row: int, features: Features) -> None:
        """File an article."""
        key = None if features.day is None else features.day // _SHELF
        shelf = self._shelf(key)
        if shelf is None:
            for other in self._shelves.values():
                other.tidy()
            shelf = self._shelves[key] = _Shelf()
        shelf.add(row, telling(features)[0])

    def near(self, features: Features, count: int) -> Numbers:
        """Rows of up to `count` articles that share the most telling features with this one, the best first."""
        ids, weights = telling(features)
        found = [shelf.near(ids, weights) for shelf in self._around(features.day)]
        rows = np.concatenate([rows for rows, _ in found]) if found else np.zeros(0, dtype=np.int32)
        scores = np.concatenate([scores for _, scores in found]) if found else np.zeros(0, dtype=np.float64)
        if len(rows) > count:
            best = np.argpartition(-scores, count)[:count]
            rows, scores = rows[best], scores[best]
        ordered = rows[np.argsort(-scores, kind="stable")]
        once = list(dict.fromkeys(ordered.tolist()))  # what was filed again stands there twice
        return ordered if len(once) == len(ordered) else np.array(once, dtype=np.int32)

    def _around(self, day: int | None) -> Iterator[_Shelf]:
        if day is None:
            dated = sorted({*(key for key in self._shelves if key is not None), *self._latest()})
            keys: list[int | None] = [None, *dated[-_LATEST:]]
        else:
            keys = [None, *range((day - WINDOW) // _SHELF, (day + WINDOW) // _SHELF + 1)]
        return (shelf for shelf in map(self._shelf, keys) if shelf is not None)

    def _shelf(self, key: int | None) -> _Shelf | None:
        if key not in self._shelves and self._stock:
            rows, filed = self._stock.filed(None if key is None else (key * _SHELF, key * _SHELF + _SHELF - 1))
            self._shelves[key] = _Shelf()
            self._shelves[key].fill(rows, [np.frombuffer(one, "<u4") for one in filed])
        return self._shelves.get(key)

    def _latest(self) -> list[int]:
        """The latest shelves of what was filed before."""
        if self._stocked is None and self._stock:
            self._stocked = []
            day = self._stock.latest_filed()
            while day is not None and len(self._stocked) < _LATEST:
                self._stocked.append(day // _SHELF)
                day = self._stock.latest_filed(day // _SHELF * _SHELF)
        return self._stocked or []


def packed(features: Features) -> bytes:
    """What an article is filed under, to be kept."""
    return telling(features)[0].astype("<u4").tobytes()


def telling(features: Features) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """The ids of the features that an article is found by, ascending, with their weights."""
    if len(features.ids) <= FILED:
        return features.ids, features.weights
    heaviest = np.sort(np.argpartition(-features.weights, FILED)[:FILED])
    return features.ids[heaviest], features.weights[heaviest]


class _Shelf:
    """Postings sorted by feature, and the last few articles loose beside them."""

    def __init__(self) -> None:
        self._ids = np.zeros(0, dtype=np.uint32)
        self._places = np.zeros(0, dtype=np.int32)  # of the article on this shelf
        self._rows = np.zeros(0, dtype=np.int32)
        self._loose: dict[int, list[int]] = {}
        self._loose_rows: list[int] = []

    def add(self, row: int, ids: NDArray[np.uint32]) -> None:
        place = len(self._rows) + len(self._loose_rows)
        for id_ in ids.tolist():
            self._loose.setdefault(id_, []).append(place)
        self._loose_rows.append(row)
        if len(self._loose_rows) > _LOOSE:
            self._sort_in()

    def fill(self, rows: Sequence[int], ids: Sequence[NDArray[np.uint32]]) -> None:
        """File many at once, the first that there are."""
        if not len(rows):
            return
        places = np.repeat(np.arange(len(rows), dtype=np.int32), [len(one) for one in ids])
        joined = np.concatenate(ids).astype(np.uint32)
        order = np.argsort(joined, kind="stable")
        self._ids, self._places = joined[order], places[order]
        self._rows = np.array(rows, dtype=np.int32)

    def tidy(self) -> None:
        """Sort in what lies loose: sorted it takes a quarter of the space."""
        if self._loose_rows:
            self._sort_in()

    def near(self, ids: NDArray[np.uint32], weights: NDArray[np.float32]) -> tuple[Numbers, NDArray[np.float64]]:
        """Rows that share a feature, with the sum of the squared weights of those they share."""
        found, worth = self._sorted(ids, weights)
        loose: list[int] = []
        adds: list[float] = []
        for id_, weight in zip(ids.tolist(), weights.tolist(), strict=True):
            if places := self._loose.get(id_):
                loose += places
                adds += [weight * weight] * len(places)
        scores = np.zeros(len(self._rows) + len(self._loose_rows))
        if len(found):
            scores += np.bincount(found, worth, len(scores))
        if loose:
            scores += np.bincount(loose, adds, len(scores))
        met = np.flatnonzero(scores)
        early = met[: np.searchsorted(met, len(self._rows))]
        late = [self._loose_rows[place - len(self._rows)] for place in met[len(early) :].tolist()]
        rows: Numbers = np.concatenate([self._rows[early], np.array(late, dtype=np.int32)])
        return rows, scores[met]

    def _sorted(self, ids: NDArray[np.uint32], weights: NDArray[np.float32]) -> tuple[Numbers, NDArray[np.float64]]:
        ends = np.searchsorted(self._ids, ids, "right")
        counts = np.minimum(ends - np.searchsorted(self._ids, ids, "left"), CAP)
        starts = np.repeat(ends - np.cumsum(counts), counts)
        return self._places[starts + np.arange(len(starts))], np.repeat(weights.astype(np.float64) ** 2, counts)

    def _sort_in(self) -> None:
        new = np.array([(id_, place) for id_, places in self._loose.items() for place in places], dtype=np.int64)
        new = new.reshape(-1, 2)[np.argsort(new.reshape(-1, 2)[:, 0], kind="stable")]
        at = np.searchsorted(self._ids, new[:, 0].astype(np.uint32), "right")
        self._ids = np.insert(self._ids, at, new[:, 0].astype(np.uint32))
        self._places = np.insert(self._places, at, new[:, 1].astype(np.int32))
        self._rows = np.concatenate([self._rows, np.array(self._loose_rows, dtype=np.int32)])
        self._loose, self._loose_rows = {}, []
