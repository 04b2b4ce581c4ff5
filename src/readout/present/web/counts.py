"""How much an archive holds, as pages tell it beside what they are about.

Counting takes the longer the larger the archive is, and nobody needs these counts to the second: an answer is good for
some hundred times as long as it took. In a small archive that is no time at all. In a large one nobody waits for it
twice: what is too old is told once more, while it is counted anew beside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock, Thread
from time import perf_counter
from typing import NamedTuple, TypeVar, cast

from starlette.requests import Request

from readout.errors import ReadoutError
from readout.models import OutletCount, Totals
from readout.present.web.archive import Archive

_TIMES = 300
_MOST = 20.0  # seconds for which any answer is good
_LONG = 0.01  # seconds that counting may take while somebody waits

T = TypeVar("T")


class _Counted(NamedTuple):
    until: float
    took: float
    found: object


class Counts:
    """The counts of one site. Safe for threads; two who ask at once may both count."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._lock = Lock()
        self._held: dict[str, _Counted] = {}
        self._counting: set[str] = set()

    def told(self, what: str, count: Callable[[], T]) -> T:
        """The answer that was given a short while ago, or one counted now."""
        now = self._clock()
        with self._lock:
            held = self._held.get(what)
        if held is None or (held.took < _LONG and now >= held.until):
            return self._counted(what, count, now)
        if now >= held.until:
            self._count_beside(what, count)
        return cast("T", held.found)

    def _counted(self, what: str, count: Callable[[], T], began: float) -> T:
        found = count()
        done = self._clock()
        with self._lock:
            self._held[what] = _Counted(done + min(_MOST, _TIMES * (done - began)), done - began, found)
        return found

    def _count_beside(self, what: str, count: Callable[[], object]) -> None:
        with self._lock:
            if what in self._counting:
                return
            self._counting.add(what)
        Thread(target=self._count, args=(what, count), name="counting", daemon=True).start()

    def _count(self, what: str, count: Callable[[], object]) -> None:
        try:
            with suppress(ReadoutError):  # whoever needs the archive for more will tell
                self._counted(what, count, self._clock())
        finally:
            with self._lock:
                self._counting.discard(what)


def totals(request: Request) -> Totals:
    """How much is kept."""
    archive: Archive = request.app.state.archive
    return _counts(request).told("totals", archive.totals)


def outlets(request: Request) -> Sequence[OutletCount]:
    """The outlets by number of articles, most first."""
    archive: Archive = request.app.state.archive
    return _counts(request).told("outlets", archive.outlets)


def stories(request: Request) -> int:
    """How many stories there are."""
    archive: Archive = request.app.state.archive
    return _counts(request).told("stories", archive.count_stories)


def _counts(request: Request) -> Counts:
    state = request.app.state
    if not hasattr(state, "counts"):
        state.counts = Counts()
    found: Counts = state.counts
    return found
