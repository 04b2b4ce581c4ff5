"""The clocks and counters of one fetch: how long it may wait, how much it may take, and how it ends when that is over.

Knows no sockets and no HTTP. `fetch` asks it before it waits and tells it what came.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from readout.capture.answers import Reason

CHUNK = 16 * 1024  # bytes of one read


@dataclass(frozen=True)
class Limits:
    """How long we wait, in seconds, and how much we take, in bytes.

    `connect` bounds the name, the connection and its encryption, each; `first_byte` the wait for an answer. After it
    bytes must come at `rate` a second, with `grace` to begin; `total` bounds everything, redirects included.
    """

    connect: float = 5.0
    first_byte: float = 10.0
    grace: float = 5.0
    rate: float = 1024.0
    total: float = 30.0
    headers: int = 64 * 1024
    wire: int = 10 * 1024 * 1024
    decoded: int = 16 * 1024 * 1024
    redirects: int = 5


USUAL = Limits()


class Stopped(Exception):  # noqa: N818 - no error but the end of a fetch; never leaves `fetch`
    """Why a fetch ends here, as `answers.Failure` will tell it."""

    def __init__(
        self, reason: Reason, detail: str = "", status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail, self.status, self.retry_after = reason, detail, status, retry_after


class Stale(Exception):  # noqa: N818 - as above
    """A kept connection that the server had closed before it was asked again."""


class Transfer:
    """The clocks and counters of one fetch; the socket asks it before every read and tells it after."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._started = time.monotonic()
        self.begin()

    def begin(self) -> None:
        """A new request: what is counted for each begins again, the total goes on."""
        self.fresh = False  # whether the connection was made for this request
        self.in_headers = True
        self.asked = time.monotonic()
        self._first: float | None = None
        self._received = 0
        self._ended = False

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._started

    def within(self, seconds: float, reason: Reason) -> float:
        """How long something that may take `seconds` may take now. Raises Stopped when there is no time left."""
        return self._left(time.monotonic() + seconds, reason)[0]

    def patience(self) -> tuple[float, Reason]:
        """How long the next read may take, and what it is called when it takes longer. Raises Stopped."""
        if self._first is None:
            return self._left(self.asked + self.limits.first_byte, Reason.NO_ANSWER)
        return self._left(self._first + self.limits.grace + self._received / self.limits.rate, Reason.TOO_SLOW)

    def received(self, count: int) -> None:
        """Count what a read gave. Raises Stopped when it is too much, or the connection was dead all along."""
        if not count and not self._received and not self.fresh:
            raise Stale
        self._ended = self._ended or not count
        if count and self._first is None:
            self._first = time.monotonic()
        self._received += count
        if self.in_headers and self._received > self.limits.headers + CHUNK:
            raise Stopped(Reason.HEADERS_TOO_LARGE)
        if self._received > self.limits.wire + self.limits.headers:
            raise Stopped(Reason.TOO_LARGE, f"more than {self.limits.wire:,} bytes")

    def disorder(self) -> Reason:
        """What it is called when the answer cannot be read on."""
        return Reason.CUT_SHORT if self._ended else Reason.BROKEN

    def _left(self, until: float, reason: Reason) -> tuple[float, Reason]:
        end = self._started + self.limits.total
        if end < until:
            until, reason = end, Reason.TOO_LONG
        left = until - time.monotonic()
        if left <= 0:
            raise Stopped(reason)
        return left, reason
