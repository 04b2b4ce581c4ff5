"""What an import knows of the files of many pages: which were read to their end before, and how far reading is.

A mark is kept in the transaction of the last pages before it, so a file is known only when all of it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from readout.capture.shards import Ledger, Sight, is_among
from readout.run.base import Progress, silent
from readout.store.base import Store


class Marks(Ledger):
    """A ledger that goes by the store's marks, unless files are to be read `again`; `passed` counts those it knew."""

    def __init__(self, store: Store, *, again: bool = False, also: str = "") -> None:
        self.also = also
        self.passed = 0
        self._bytes = 0
        self._store = store
        self._again = again

    def known(self, sight: Sight, digest: Callable[[], str]) -> bool:
        """See `Ledger.known`."""
        known = not self._again and is_among(self._store.shards(sight.size, sight.way), sight, digest)
        self.passed += known
        return known

    def read(self, amount: int) -> None:
        """See `Ledger.read`."""
        self._bytes += amount

    def watched(self, progress: Progress, paths: Sequence[str]) -> Callable[[int], None]:
        """What to tell how many arrivals are kept: it tells `progress`, and of how many where that can be known.

        Where only reading would tell how many pages there are, their number follows from the bytes read so far.
        """
        from readout.capture import archive

        if progress is silent or archive.STANDARD_INPUT in paths:
            return lambda done: progress(done, None)
        extents = [archive.extent(path) for path in paths]
        total = sum(size for size, _ in extents)
        counts = [pages for _, pages in extents if pages is not None]
        if len(counts) == len(extents):
            return lambda done: progress(done, sum(counts))
        return lambda done: progress(done, max(done, round(done * total / self._bytes)) if self._bytes else None)
