"""How often something was tried lately, so that guessing takes for ever. In memory only: a restart forgets."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """At most so many within so many seconds."""

    most: int
    within: float


class Attempts:
    """The attempts of late by what they were at, at most `held` such things. Safe for threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, held: int = 20_000) -> None:
        self._clock = clock
        self._held = held
        self._made: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, limits: Mapping[str, Limit]) -> float:
        """Take down an attempt at all of these, and 0; or nothing at all, and how many seconds there are to wait."""
        now = self._clock()
        with self._lock:
            wait = max((self._wait(key, limit, now) for key, limit in limits.items()), default=0.0)
            if wait <= 0:
                for key, limit in limits.items():
                    self._take(key, limit, now)
            return max(wait, 0.0)

    def forgive(self, key: str) -> None:
        """Forget the attempts at that."""
        with self._lock:
            self._made.pop(key, None)

    def _wait(self, key: str, limit: Limit, now: float) -> float:
        made = self._made.get(key) or deque[float]()
        return made[0] + limit.within - now if len(made) >= limit.most else 0.0

    def _take(self, key: str, limit: Limit, now: float) -> None:
        made = self._made.setdefault(key, deque(maxlen=limit.most))
        made.append(now)
        self._made.move_to_end(key)
        while len(self._made) > self._held:
            self._made.popitem(last=False)
