"""What comes back from a fetch, as values: a Response that can be used, or a Failure that says why there is none.

Here is the contract too: `Fetch` is what `fetch.Fetcher` and `fake.FakeFetch` both are. No network, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Protocol

NOT_MODIFIED = 304
GONE = 410
PERMANENT = frozenset({301, 308})


class Reason(StrEnum):
    """Why there is no response, in words for people."""

    REFUSED = "not an address we talk to"
    NO_SUCH_NAME = "name not found"
    NO_NAME_SERVICE = "the name service gave no answer"
    CONNECTION_REFUSED = "connection refused"
    UNREACHABLE = "host not reachable"
    NO_CONNECTION = "no connection in time"
    INSECURE = "no secure connection"
    NO_ANSWER = "no answer in time"
    TOO_SLOW = "an answer too slow to wait for"
    TOO_LONG = "took too long in all"
    TOO_LARGE = "too large"
    HEADERS_TOO_LARGE = "headers too large"
    CUT_SHORT = "connection closed before the end"
    BROKEN = "not an answer in HTTP"
    BAD_CODING = "compressed in a way that cannot be undone"
    REDIRECTED = "a redirect"
    TOO_MANY_REDIRECTS = "too many redirects"
    NOWHERE = "a redirect to nowhere"
    UNSAFE_REDIRECT = "a redirect from https to http"
    STATUS = "declined by the server"
    DISALLOWED = "disallowed by robots.txt"
    NOT_NOW = "robots.txt cannot be read now"


@dataclass(frozen=True)
class Redirect:
    """One redirect that was met: its status and the address it led to."""

    status: int
    to: str


def moved(redirects: tuple[Redirect, ...]) -> str | None:
    """Where something moved for good: the end of the permanent redirects that were met before any other."""
    permanent = list(takewhile(lambda one: one.status in PERMANENT, redirects))
    return permanent[-1].to if permanent else None


@dataclass(frozen=True)
class Response:
    """What a server gave: a status of success, or 304 where we asked whether it had changed.

    `address` is what was asked, `answered` what answered after the `redirects`. `content` is decoded. `headers` holds
    those that concern what was captured, names in lower case. `etag` and `last_modified` are to be given back as they
    are the next time. `retry_after` and `elapsed` are seconds.
    """

    address: str
    answered: str
    status: int
    content: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[Redirect, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    retry_after: float | None = None
    elapsed: float = 0.0

    @property
    def unchanged(self) -> bool:
        """Whether the server says that we have it already."""
        return self.status == NOT_MODIFIED

    @property
    def moved_to(self) -> str | None:
        """The address to ask from now on, where the server says so."""
        return moved(self.redirects)

    def header(self, name: str) -> str | None:
        """The header of that name, in lower case."""
        return dict(self.headers).get(name)


@dataclass(frozen=True)
class Failure:
    """Why there is no response; `detail` is for people. `status` is set where a server declined.

    A failure can still carry news: where the feed moved before it failed, and when to come again (`retry_after`, in
    seconds).
    """

    address: str
    answered: str
    reason: Reason
    detail: str = ""
    status: int | None = None
    redirects: tuple[Redirect, ...] = ()
    retry_after: float | None = None
    elapsed: float = 0.0

    @property
    def gone(self) -> bool:
        """Whether the server says that it is gone for good."""
        return self.status == GONE

    @property
    def moved_to(self) -> str | None:
        """The address to ask from now on, where the server says so."""
        return moved(self.redirects)

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else str(self.reason)


class Fetch(Protocol):
    """Whatever fetches: the network, an archive or a fake. Never raises for what the world does."""

    def __call__(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        after: tuple[Redirect, ...] | None = None,
    ) -> Response | Failure:
        """What is at `address` now. With what an earlier response carried as `etag` and `last_modified`, the answer may
        be that nothing changed (`Response.unchanged`).

        Redirects are followed, unless the caller does that: then `after` holds those that led to `address`, and the
        next one is a Failure, REDIRECTED, that ends with it.
        """
