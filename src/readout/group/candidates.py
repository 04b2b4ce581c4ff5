"""Which kept articles may be about the same matter: an inverted index over spans of time. It decides nothing.

Each article is filed under its most telling features on the shelf of its month; who asks looks at the shelves around
its own day, so that an answer costs the same however large the archive is. An article without a day is filed apart,
and is looked at by all. Of a feature that very many share only the last filed count. Articles come many at once, and
each may be near those that came before it. A shelf that was kept is fetched when it is first looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from readout.group.features import Features
from readout.group.postings import Postings

Numbers = NDArray[np.int32]
Found = tuple[Numbers, NDArray[np.float64]]
Telling = tuple[NDArray[np.uint32], NDArray[np.float32]]
FILED = 40  # features under which an article can be found
CAP = 256  # articles of one feature and shelf that are looked at
WINDOW = 30  # days either side of an article in which its story's others are looked for
_SHELF = 32  # days
_LATEST = 128  # shelves that an article without a day looks at
_CELLS = 1 << 20  # scores that are summed at once


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

    def arriving(self, rows: Sequence[int], some: Sequence[Features]) -> Arrivals:
        """Articles that arrive in that order, to be filed by `add`, and what is filed near each of them."""
        keys = [_key(one.day) for one in some]
        asked = [telling(one) for one in some]
        around = [self._around(one.day, keys) for one in some]
        met: list[list[Found]] = [[] for _ in some]
        for key in dict.fromkeys(chain.from_iterable(around)):
            looking = [at for at, shelves in enumerate(around) if key in shelves]
            shelf = self._shelf(key)
            if shelf is not None:
                for at, found in zip(looking, shelf.near([asked[at] for at in looking]), strict=True):
                    met[at].append(found)
        return Arrivals(rows, keys, around, asked, met)

    def add(self, arrivals: Arrivals) -> None:
        """File those of the arrivals that are to be filed."""
        for key, places in arrivals.filed().items():
            shelf = self._shelf(key)
            if shelf is None:
                shelf = self._shelves[key] = _Shelf()
            shelf.add([arrivals.rows[at] for at in places], [arrivals.asked[at][0] for at in places])

    def _around(self, day: int | None, arriving: Sequence[int | None]) -> tuple[int | None, ...]:
        if day is None:
            dated = {key for key in (*self._shelves, *self._latest(), *arriving) if key is not None}
            return None, *sorted(dated)[-_LATEST:]
        return None, *range((day - WINDOW) // _SHELF, (day + WINDOW) // _SHELF + 1)

    def _shelf(self, key: int | None) -> _Shelf | None:
        if key not in self._shelves and self._stock:
            rows, filed = self._stock.filed(None if key is None else (key * _SHELF, key * _SHELF + _SHELF - 1))
            self._shelves[key] = _Shelf()
            self._shelves[key].add(rows, [np.frombuffer(one, "<u4").astype(np.uint32) for one in filed])
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


class Arrivals:
    """Articles that arrive together, by their places 0, 1, 2 …; what is to be filed is near those after it."""

    def __init__(
        self,
        rows: Sequence[int],
        keys: Sequence[int | None],
        around: Sequence[tuple[int | None, ...]],
        asked: Sequence[Telling],
        met: Sequence[list[Found]],
    ) -> None:
        self.rows, self.asked = rows, asked
        self._keys, self._around, self._met = keys, around, met
        self._rows = np.array(rows, dtype=np.int32)
        self._all_keys = {*keys}
        self._filed = np.zeros(len(rows), dtype=np.bool_)
        among = _Shelf()
        if len(rows) > 1:
            among.add(range(len(rows)), [ids for ids, _ in asked])
        self._among = list(among.near(asked))

    def near(self, at: int, count: int) -> Numbers:
        """Rows of up to `count` articles that share the most telling features with this one, the best first."""
        found = [*self._met[at], self._earlier(at)]
        rows = np.concatenate([rows for rows, _ in found])
        scores = np.concatenate([scores for _, scores in found])
        if len(rows) > count:
            best = np.argpartition(-scores, count)[:count]
            rows, scores = rows[best], scores[best]
        ordered = rows[np.argsort(-scores, kind="stable")]
        once = list(dict.fromkeys(ordered.tolist()))  # what was filed again stands there twice
        return ordered if len(once) == len(ordered) else np.array(once, dtype=np.int32)

    def file(self, at: int) -> None:
        """That article is to be filed."""
        self._filed[at] = True

    def filed(self) -> dict[int | None, list[int]]:
        """The places of those that are to be filed, by their shelves."""
        onto: dict[int | None, list[int]] = {}
        for at in np.flatnonzero(self._filed).tolist():
            onto.setdefault(self._keys[at], []).append(at)
        return onto

    def _earlier(self, at: int) -> Found:
        """Those of them that came before it."""
        places, scores = self._among[at]
        seen = (places < at) & self._filed[places]
        if not self._all_keys <= {*self._around[at]}:
            seen &= np.array([self._keys[place] in self._around[at] for place in places.tolist()], dtype=np.bool_)
        return self._rows[places[seen]], scores[seen]


def packed(ids: NDArray[np.uint32], weights: NDArray[np.float32]) -> bytes:
    """What an article is filed under, to be kept."""
    return _telling(ids, weights)[0].astype("<u4").tobytes()


def telling(features: Features) -> Telling:
    """The ids of the features that an article is found by, ascending, with their weights."""
    return _telling(features.ids, features.weights)


def _telling(ids: NDArray[np.uint32], weights: NDArray[np.float32]) -> Telling:
    if len(ids) <= FILED:
        return ids, weights
    heaviest = np.sort(np.argpartition(-weights, FILED)[:FILED])
    return ids[heaviest], weights[heaviest]


def _key(day: int | None) -> int | None:
    return None if day is None else day // _SHELF


class _Shelf:
    """Articles by feature, in the order in which they were filed."""

    def __init__(self) -> None:
        self._rows = np.zeros(0, dtype=np.int32)
        self._postings = Postings()

    def add(self, rows: Sequence[int], ids: Sequence[NDArray[np.uint32]]) -> None:
        """File articles under those features."""
        first = len(self._rows)
        self._rows = np.concatenate([self._rows, np.array(rows, dtype=np.int32)])
        self._postings.add(range(first, len(self._rows)), ids)

    def near(self, asked: Sequence[Telling]) -> Iterator[Found]:
        """For each who asks the rows that share a feature, with the sum of the squared weights of those they share."""
        step = max(1, _CELLS // max(1, len(self._rows)))
        for at in range(0, len(asked), step):
            yield from self._near(asked[at : at + step])

    def _near(self, asked: Sequence[Telling]) -> Iterator[Found]:
        size = len(self._rows)
        worth = np.concatenate([weights for _, weights in asked]).astype(np.float64) ** 2
        who = np.repeat(np.arange(len(asked)), [len(ids) for ids, _ in asked])
        places, numbers = self._postings.probe(np.concatenate([ids for ids, _ in asked]), CAP)
        cells = who[places] * size + numbers
        scores = np.asarray(np.bincount(cells, worth[places], len(asked) * size), dtype=np.float64)
        met = np.flatnonzero(scores)
        rows, worths = self._rows[met % size] if size else self._rows, scores[met]
        edges = np.searchsorted(met, np.arange(len(asked) + 1) * size).tolist()
        for start, end in pairwise(edges):
            yield rows[start:end], worths[start:end]
