"""Which articles hold a number: an index from 32-bit fingerprints to small article numbers that grows and forgets.

A posting is one 64-bit number, fingerprint before article. New ones wait in a dictionary; when it is full they become
a sorted run, and runs of like size become one (a log-structured merge tree, O'Neil and others 1996), so that a posting
costs 8 bytes and a probe a few binary searches, however many there are. Knows no text and keeps nothing on disk: it
can be built again from sketches at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

_WAITING = 16_384  # postings held unsorted
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)

_Parts = list[NDArray[np.int64]]
Found = tuple[NDArray[np.int64], NDArray[np.int64]]


class Postings:
    """Grows by `add`, shrinks by `forget`. `len` counts postings."""

    def __init__(self) -> None:
        self._waiting: dict[int, list[int]] = {}
        self._count = 0
        self._runs: list[NDArray[np.uint64]] = []

    def __len__(self) -> int:
        return self._count + sum(map(len, self._runs))

    @property
    def size(self) -> int:
        """Bytes of the sorted runs."""
        return sum(run.nbytes for run in self._runs)

    def add(self, number: int, fingerprints: NDArray[np.uint32]) -> None:
        """Keep that article under each of those fingerprints."""
        waiting = self._waiting
        for fingerprint in fingerprints.tolist():
            waiting.setdefault(fingerprint, []).append(number)
        self._count += len(fingerprints)
        if self._count >= _WAITING:
            self._settle()

    def fill(self, numbers: Sequence[int], fingerprints: Sequence[NDArray[np.uint32]], most: int) -> None:
        """Keep many articles at once, each under its fingerprints: of those under one, the `most` that come first."""
        if not any(map(len, fingerprints)):
            return
        low = np.repeat(np.array(numbers, np.uint64), [len(one) for one in fingerprints])
        pairs = np.concatenate(fingerprints).astype(np.uint64) << _HALF
        pairs |= low
        pairs.sort()
        new = np.flatnonzero((pairs[1:] ^ pairs[:-1]) > _LOW) + 1
        starts = np.concatenate(([0], new))
        places = np.arange(len(pairs)) - np.repeat(starts, np.concatenate((new, [len(pairs)])) - starts)
        self._runs.append(pairs[places < most])
        self._merge()

    def probe(self, fingerprints: NDArray[np.uint32]) -> Found:
        """The articles kept under those fingerprints: for each find the place in `fingerprints` and the article's
        number, in no order.
        """
        wanted = fingerprints.astype(np.uint64) << _HALF
        places, numbers = self._probe_waiting(fingerprints)
        for run in self._runs:
            starts = np.searchsorted(run, wanted)
            held = np.flatnonzero((run.take(starts, mode="clip") ^ wanted) <= _LOW)
            if len(held):
                starts = starts[held]
                counts = np.searchsorted(run, wanted[held] | _LOW, "right") - starts
                offsets = np.arange(int(counts.sum())) - np.repeat(counts.cumsum() - counts, counts)
                places.append(np.repeat(held, counts))
                numbers.append((run[np.repeat(starts, counts) + offsets] & _LOW).astype(np.int64))
        if not places:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        return np.concatenate(places), np.concatenate(numbers)

    def forget(self, numbers: Iterable[int]) -> None:
        """Keep those articles no more."""
        gone = np.fromiter(numbers, np.uint64)
        self._settle()
        kept = (run[~np.isin(run & _LOW, gone)] for run in self._runs)
        self._runs = [run for run in kept if len(run)]

    def _probe_waiting(self, fingerprints: NDArray[np.uint32]) -> tuple[_Parts, _Parts]:
        places: list[int] = []
        numbers: list[int] = []
        for place, fingerprint in enumerate(fingerprints.tolist()):
            if found := self._waiting.get(fingerprint):
                numbers += found
                places += [place] * len(found)
        return ([np.array(places)], [np.array(numbers)]) if places else ([], [])

    def _settle(self) -> None:
        """Sort what waits into a run."""
        if not self._count:
            return
        pairs = [(fingerprint << 32) | number for fingerprint, numbers in self._waiting.items() for number in numbers]
        self._runs.append(np.sort(np.array(pairs, np.uint64)))
        self._waiting, self._count = {}, 0
        self._merge()

    def _merge(self) -> None:
        """The last runs become one while the later is at least half of the earlier."""
        while len(self._runs) > 1 and 2 * len(self._runs[-1]) >= len(self._runs[-2]):
            later, earlier = self._runs.pop(), self._runs.pop()
            merged = np.concatenate((earlier, later))
            merged.sort()
            self._runs.append(merged)
