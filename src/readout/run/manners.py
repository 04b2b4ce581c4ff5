"""How we ask: robots.txt obeyed, hosts left in peace between two requests, and a host that is down left alone.

Wraps any `Fetch`. One host is asked one thing at a time, whoever asks; who has much to ask uses `lanes`, so as not to
wait. Redirects are followed here, one by one, because all this holds for where they lead as well.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from readout.capture import guard, robots
from readout.capture.answers import Failure, Fetch, Reason, Redirect, Response
from readout.capture.robots import Rules, Verdict
from readout.text import addresses

PAUSE = 1.0  # seconds between two requests to one host
LONGEST_PAUSE = 30.0  # that a site can ask for
STRIKES = 2  # failures to answer at all, in a row, after which a host is left alone
LEFT_ALONE = 240.0  # seconds: less than the shortest time between two looks
_RULES_LAST = 24 * 3600.0  # seconds; RFC 9309, 2.4
_UNREACHABLE_LASTS = 240.0
_LONGEST = 30.0  # seconds that servers may take for one answer, on all its hosts

_DOWN = frozenset(
    {
        Reason.NO_SUCH_NAME,
        Reason.NO_NAME_SERVICE,
        Reason.CONNECTION_REFUSED,
        Reason.UNREACHABLE,
        Reason.NO_CONNECTION,
        Reason.INSECURE,
        Reason.NO_ANSWER,
        Reason.TOO_SLOW,
        Reason.TOO_LONG,
    }
)


def host(address: str) -> str:
    """The host that an address asks; "" where it is no address."""
    found = addresses.parse(address)
    return found.host if found else ""


@dataclass
class Manners:
    """A fetch with manners, itself under the contract of `Fetch`. Safe for threads."""

    fetch: Fetch
    pause: float = PAUSE
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _sites: dict[str, _Site] = field(default_factory=dict)
    _strikes: dict[str, _Strikes] = field(default_factory=dict)
    _asked_at: dict[str, float] = field(default_factory=dict)
    _turns: defaultdict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))

    def __call__(
        self, address: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Response | Failure:
        """What is at `address`, unless its site does not want it asked for or its host was down just now."""
        hop = _Hop(address, etag, last_modified)
        taken = 0.0
        while True:
            with self._turns[host(hop.address)]:
                answer = self._politely(hop)
            taken += answer.elapsed
            answer = replace(answer, address=address, elapsed=taken)
            if not isinstance(answer, Failure) or answer.reason is not Reason.REDIRECTED:
                return answer
            if taken > _LONGEST:
                return replace(answer, reason=Reason.TOO_LONG, detail="")
            hop = hop.next(answer.redirects)

    def _politely(self, hop: _Hop) -> Response | Failure:
        fault = self._down(hop.address) or self._refusal(hop.address)
        if fault:
            return replace(fault, redirects=hop.after)
        if not hop.same_host:
            self._leave_in_peace(hop.address)
        answer = self.fetch(hop.address, etag=hop.etag, last_modified=hop.last_modified, after=hop.after)
        self._asked_at[host(hop.address)] = self.clock()
        return self._noted(hop.address, answer)

    def _leave_in_peace(self, address: str) -> None:
        """Wait until its host may be asked again. Who uses lanes has waited already."""
        asked_at = self._asked_at.get(host(address))
        wait = asked_at + self.pause_after(address) - self.clock() if asked_at is not None else 0.0
        if wait > 0:
            self.sleep(wait)

    def pause_after(self, address: str) -> float:
        """How many seconds to leave the host of that address in peace, now that it was asked."""
        where = robots.address(address)
        asked = self._sites[where].rules.delay if where in self._sites else None
        return max(self.pause, min(asked or 0.0, LONGEST_PAUSE))

    def sitemaps(self, address: str) -> tuple[str, ...]:
        """The sitemaps that the site of that address names, as far as its robots.txt was read."""
        where = robots.address(address)
        return self._sites[where].rules.sitemaps if where in self._sites else ()

    def _refusal(self, address: str) -> Failure | None:
        """Why the address is not asked for, as far as its robots.txt goes."""
        where = robots.address(address)
        if where is None or guard.ill_written(address):
            return None  # nothing that is fetched: the fetch says so better
        site = self._site(where)
        verdict = site.rules.verdict(address)
        if verdict is Verdict.ALLOWED:
            return None
        if verdict is Verdict.DISALLOWED or site.failure is None:
            return Failure(address, address, Reason.DISALLOWED)
        if site.failure.status is None:  # what keeps us from robots.txt keeps us from everything
            return replace(site.failure, address=address, answered=address)
        wait = site.failure.retry_after
        return Failure(address, address, Reason.NOT_NOW, site.failure.detail, retry_after=wait)

    def _site(self, where: str) -> _Site:
        site = self._sites.get(where)
        lasts = _RULES_LAST if site and site.rules.reachable else _UNREACHABLE_LASTS
        if site is None or self.clock() - site.read_at > lasts:
            answer = self._noted(where, self.fetch(where))
            failure = answer if isinstance(answer, Failure) else None
            site = self._sites[where] = _Site(self.clock(), robots.rules(answer), failure)
        return site

    def _noted(self, address: str, answer: Response | Failure) -> Response | Failure:
        name = host(address)
        if isinstance(answer, Failure) and answer.status is None and answer.reason in _DOWN:
            before = self._strikes.get(name)
            self._strikes[name] = _Strikes((before.count if before else 0) + 1, self.clock(), answer)
        else:
            self._strikes.pop(name, None)
        return answer

    def _down(self, address: str) -> Failure | None:
        """The last failure of a host that is down. One whose robots.txt gives no answer gives none at all."""
        strikes = self._strikes.get(host(address))
        if strikes is None or self.clock() - strikes.at > LEFT_ALONE:
            return None
        where = robots.address(address)
        silent = where in self._sites and not self._sites[where].rules.reachable
        if strikes.count < STRIKES and not silent:
            return None
        return Failure(address, address, strikes.last.reason, strikes.last.detail)


@dataclass(frozen=True)
class _Hop:
    """One address of a fetch: the one that was asked for, or where redirects led to, which are in `after`. Where they
    stay on the same host, they and what they lead to are one request.
    """

    address: str
    etag: str | None
    last_modified: str | None
    after: tuple[Redirect, ...] = ()
    same_host: bool = False

    def next(self, redirects: tuple[Redirect, ...]) -> _Hop:
        there = redirects[-1].to
        return replace(self, address=there, after=redirects, same_host=host(there) == host(self.address))


@dataclass(frozen=True)
class _Site:
    """The rules of a site, when they were read, and why they could not be."""

    read_at: float
    rules: Rules
    failure: Failure | None


@dataclass(frozen=True)
class _Strikes:
    """How often in a row a host did not answer at all, when last, and how."""

    count: int
    at: float
    last: Failure
