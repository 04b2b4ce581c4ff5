"""Answers that are good for a while: what was asked a short time ago is told again, without being worked out anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import TypeVar, cast

GOOD = 60.0  # seconds
_HELD = 2_000

T = TypeVar("T")


class Remembered:
    """The last answers, by what was asked. Safe for threads; two who ask at once may both work it out."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._held: OrderedDict[Hashable, tuple[float, object]] = OrderedDict()

    def told(self, asked: Hashable, work: Callable[[], T]) -> T:
        """The answer that was given to that lately, or what `work` gives now; what it raises is not remembered."""
        now = self._clock()
        with self._lock:
            until, held = self._held.get(asked, (now, None))
        if now < until:
            return cast("T", held)
        found = work()
        with self._lock:
            self._held[asked] = (now + GOOD, found)
            self._held.move_to_end(asked)
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return found
