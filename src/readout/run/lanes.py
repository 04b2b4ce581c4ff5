"""Work in lanes, one lane a host: in each one thing at a time with a pause between two, in many of them at once.

A lane that stalls holds one thread and its own jobs; every other lane goes on. Nothing here knows what a job does.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

Job = Callable[[], float]  # does its work and never raises; the seconds to leave its host alone afterwards


@dataclass
class _Lane:
    """What waits for one host, whether something is under way there, and from when on the next may be."""

    jobs: deque[Job] = field(default_factory=deque)
    busy: bool = False
    free_at: float = 0.0


class Lanes:
    """Threads, at most `width` of them, that work on the lanes until `close`. Use it as a context manager."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._lanes: dict[str, _Lane] = {}
        self._change = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._idle = 0
        self._closed = False

    def add(self, host: str, job: Job) -> None:
        """Do this some time, in the lane of that host. What was closed takes nothing more."""
        with self._change:
            if self._closed:
                return
            self._lanes.setdefault(host, _Lane()).jobs.append(job)
            ready = sum(1 for lane in self._lanes.values() if lane.jobs and not lane.busy)
            if ready > self._idle and len(self._threads) < self._width:
                thread = threading.Thread(target=self._work, name=f"lane {len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()
            self._change.notify()

    def close(self, *, wait: bool = True) -> None:
        """Start nothing more, and wait for what is under way or leave it to end by itself."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        for thread in self._threads if wait else ():
            thread.join()

    def _work(self) -> None:
        while (lane := self._next()) is not None:
            pause = 0.0
            try:
                pause = lane.jobs.popleft()()
            finally:
                with self._change:
                    lane.free_at = time.monotonic() + pause
                    lane.busy = False
                    self._change.notify()

    def _next(self) -> _Lane | None:
        """A lane to work in, marked as busy, as soon as there is one; None at the end."""
        with self._change:
            while not self._closed:
                now = time.monotonic()
                waiting = [lane for lane in self._lanes.values() if lane.jobs and not lane.busy]
                lane = min(waiting, key=lambda one: one.free_at, default=None)
                if lane and lane.free_at <= now:
                    lane.busy = True
                    return lane
                self._idle += 1
                self._change.wait(lane.free_at - now if lane else None)
                self._idle -= 1
            return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close(wait=kind is None)
