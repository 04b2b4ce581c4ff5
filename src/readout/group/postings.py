"""Which articles hold a number: an index from 32-bit fingerprints to small article numbers that grows and forgets.

A posting is one 64-bit number, fingerprint before article. What comes together is a sorted run, and runs of like size
become one (a log-structured merge tree, O'Neil and others 1996), so that a posting costs 8 bytes and a probe a few
binary searches, however many there are. Knows no text and keeps nothing on disk: it can be built again from sketches
at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readout.text import sketched
from readout.text.sketched import HALF, LOW

_FEW = 256  # fingerprints

Found = tuple[NDArray[np.int64], NDArray[np.int64]]


class Postings:
    """Grows by `add`, shrinks by `forget`. `len` counts postings."""

    def __init__(self) -> None:
        self._runs: list[NDArray[np.uint64]] = []
        self._arriving: Arriving | None = None

    def __len__(self) -> int:
        return sum(map(len, self._runs))

    @property
    def size(self) -> int:
        """Bytes that are held."""
        return sum(run.nbytes for run in self._runs)

    def add(self, numbers: Sequence[int], fingerprints: Sequence[NDArray[np.uint32]], most: int | None = None) -> None:
        """Keep articles, each under its fingerprints; with `most`, of those under one only so many, the first."""
        if not any(map(len, fingerprints)):
            return
        self.fill(np.repeat(np.array(numbers), [len(one) for one in fingerprints]), np.concatenate(fingerprints), most)

    def fill(
        self, numbers: NDArray[np.signedinteger], fingerprints: NDArray[np.uint32], most: int | None = None
    ) -> None:
        """As `add`, with the number of its article beside each fingerprint."""
        if not len(fingerprints):
            return
        pairs = sketched.postings(numbers, fingerprints)
        self._runs.append(pairs if most is None else pairs[~sketched.crowded(pairs, most)])
        self._merge()

    def arriving(self, fingerprints: Sequence[NDArray[np.uint32]]) -> Arriving:
        """Articles that arrive in that order, with what is kept under the fingerprints of each; until it is settled,
        what of them is to be kept counts as kept.
        """
        self.settle()
        self._arriving = Arriving(fingerprints, self.probe(np.concatenate(fingerprints)))
        return self._arriving

    def settle(self) -> None:
        """Keep what is to be kept of those that arrived, for good."""
        arrived, self._arriving = self._arriving, None
        if arrived:
            run = arrived.held()
            if len(run):
                self._runs.append(run)
                self._merge()

    def probe(self, fingerprints: NDArray[np.uint32], most: int | None = None) -> Found:
        """The articles kept under those fingerprints: for each find the place in `fingerprints` and the article's
        number, in no order; with `most`, of those in one run only so many, the last.
        """
        wanted = fingerprints.astype(np.uint64) << HALF
        order = np.argsort(wanted) if len(wanted) > _FEW else np.arange(len(wanted))  # neighbours are found faster
        wanted = wanted[order]
        places, numbers = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for run in filter(len, self._runs):
            starts = np.searchsorted(run, wanted)
            held = np.flatnonzero((run.take(starts, mode="clip") ^ wanted) <= LOW)
            if len(held):
                ends = np.searchsorted(run, wanted[held] | LOW, "right")
                counts = ends - starts[held]
                if most is not None:
                    counts = np.minimum(counts, most)
                offsets = np.arange(int(counts.sum())) - np.repeat(counts.cumsum() - ends, counts)
                places.append(np.repeat(order[held], counts))
                numbers.append((run[offsets] & LOW).astype(np.int64))
        if self._arriving:
            late = self._arriving.under(fingerprints)
            places.append(late[0])
            numbers.append(late[1])
        return np.concatenate(places), np.concatenate(numbers)

    def forget(self, numbers: Iterable[int]) -> None:
        """Keep those articles no more."""
        self.settle()
        gone = np.fromiter(numbers, np.uint64)
        kept = (run[~np.isin(run & LOW, gone)] for run in self._runs)
        self._runs = [run for run in kept if len(run)]

    def _merge(self) -> None:
        """The last runs become one while the later is at least half of the earlier."""
        while len(self._runs) > 1 and 2 * len(self._runs[-1]) >= len(self._runs[-2]):
            later, earlier = self._runs.pop(), self._runs.pop()
            merged = np.concatenate((earlier, later))
            merged.sort()
            self._runs.append(merged)


class Arrival(NamedTuple):
    """One of those that arrive, with what `Postings.probe` gives for its fingerprints as it does."""

    among: Arriving
    at: int
    places: NDArray[np.int64]
    numbers: NDArray[np.int64]

    def hold(self, number: int, kept: NDArray[np.bool_]) -> None:
        """Those of its fingerprints are to be kept, under that number."""
        self.among.hold(self.at, number, kept)


class Arriving:
    """Articles that arrive together, by their places 0, 1, 2 …, each found by those after it as soon as it is held.

    `found` are the places among the joined fingerprints, and the numbers, of what was kept before under them.
    """

    def __init__(self, fingerprints: Sequence[NDArray[np.uint32]], found: Found) -> None:
        sizes = [len(one) for one in fingerprints]
        self._edges = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        joined = np.concatenate(fingerprints)
        self._order = np.argsort(joined, kind="stable")
        self._sorted = joined[self._order]
        self._starts = np.searchsorted(self._sorted, joined)
        self._counts = np.searchsorted(self._sorted, joined, "right") - self._starts
        self._held = np.zeros(len(joined), np.bool_)
        self._numbers = np.zeros(len(joined), np.int64)
        by_place = np.argsort(found[0], kind="stable")
        self._known = found[0][by_place], found[1][by_place]
        self._known_edges = np.searchsorted(self._known[0], self._edges)

    def one(self, at: int) -> Arrival:
        """That one, with what is found under its fingerprints."""
        return Arrival(self, at, *self._probe(at))

    def _probe(self, at: int) -> Found:
        first, end = int(self._edges[at]), int(self._edges[at + 1])
        known = slice(int(self._known_edges[at]), int(self._known_edges[at + 1]))
        places, numbers = self._known[0][known] - first, self._known[1][known]
        met = np.flatnonzero(self._counts[first:end] > 1)
        if not len(met):
            return places, numbers
        counts, starts = self._counts[first + met], self._starts[first + met]
        offsets = np.arange(int(counts.sum())) - np.repeat(counts.cumsum() - counts - starts, counts)
        others = self._order[offsets]
        held = self._held[others]
        return np.concatenate((places, np.repeat(met, counts)[held])), np.concatenate(
            (numbers, self._numbers[others[held]])
        )

    def under(self, fingerprints: NDArray[np.uint32]) -> Found:
        """Those of them that are held under fingerprints, as `Postings.probe` tells."""
        starts = np.searchsorted(self._sorted, fingerprints)
        counts = np.searchsorted(self._sorted, fingerprints, "right") - starts
        offsets = np.arange(int(counts.sum())) - np.repeat(counts.cumsum() - counts - starts, counts)
        others = self._order[offsets]
        held = self._held[others]
        return np.repeat(np.arange(len(fingerprints)), counts)[held], self._numbers[others[held]]

    def hold(self, at: int, number: int, kept: NDArray[np.bool_]) -> None:
        """Those of its fingerprints are to be kept, under that number."""
        first, end = int(self._edges[at]), int(self._edges[at + 1])
        self._held[first:end] = kept
        self._numbers[first:end] = number

    def held(self) -> NDArray[np.uint64]:
        """What is to be kept, ascending."""
        chosen = self._held[self._order]
        return sketched.postings(self._numbers[self._order[chosen]], self._sorted[chosen])
