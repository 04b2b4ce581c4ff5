"""How much an archive holds, as pages tell it beside what they are about.

Counting takes the longer the larger the archive is, and nobody needs these counts to the second: an answer is good for
a hundred times as long as it took. In a small archive that is no time at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from time import perf_counter
from typing import TypeVar, cast

from starlette.requests import Request

from readout.models import OutletCount, Totals
from readout.present.web.archive import Archive

_TIMES = 100
_MOST = 10.0  # seconds for which any answer is good

T = TypeVar("T")


class Counts:
    """The counts of one site. Safe for threads; two who ask at once may both count."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._lock = Lock()
        self._held: dict[str, tuple[float, object]] = {}

    def told(self, what: str, count: Callable[[], T]) -> T:
        """The answer that was given a short while ago, or one counted now."""
        asked = self._clock()
        with self._lock:
            until, held = self._held.get(what, (-1.0, None))
        if asked < until:
            return cast("T", held)
        found = count()
        done = self._clock()
        with self._lock:
            self._held[what] = (done + min(_MOST, _TIMES * (done - asked)), found)
        return found


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
