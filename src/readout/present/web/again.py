"""Pages of a large archive that were made a moment ago, for the same visitor: they are told again.

Whatever is sent to this site, by whomever, ends that at once, so that nobody meets a page from before what he did. What
is on its way, such as a comparison that is being made, is not told again; in a small archive nothing is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from http import HTTPStatus
from threading import Lock
from time import monotonic
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from readout.models import User
from readout.present.web import counts

GOOD = 30.0  # seconds
MANY = 5_000  # articles from which on an archive is large
_HELD, _LONGEST = 1_000, 200_000  # pages, and bytes of one


class Ticket(NamedTuple):
    """What a page is kept for, and how much had been sent to this site before it was made."""

    key: Hashable
    sent: int


class _Kept(NamedTuple):
    until: float
    sent: int
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Again:
    """The pages of one site. Safe for threads."""

    def __init__(self, clock: Callable[[], float] = monotonic, many: int = MANY) -> None:
        self._clock = clock
        self._many = many
        self._lock = Lock()
        self._held: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._sent = 0

    def something_was_sent(self) -> None:
        """Tell nothing again that was made before."""
        with self._lock:
            self._sent += 1
            self._held.clear()

    def ticket(self, request: Request, user: User | None) -> Ticket:
        """What that request is answered for: an address, by whom, with what the browser remembers."""
        url, headers = request.url, request.headers
        asked = (url.scheme, url.path, url.query, request.scope.get("root_path", ""))
        by = (user.id if user else "", headers.get("host", ""), headers.get("cookie", ""))
        return Ticket((*asked, *by), self._sent)

    def told(self, ticket: Ticket) -> Response | None:
        """The page, if it was made a moment ago."""
        with self._lock:
            found = self._held.get(ticket.key)
        if found is None or found.sent != self._sent or self._clock() >= found.until:
            return None
        return Response(found.body, headers=dict(found.headers))

    def keep(self, ticket: Ticket, request: Request, made: Response) -> None:
        """Keep a page that was just made, if it may be told again."""
        plain = isinstance(made, HTMLResponse) and made.status_code == HTTPStatus.OK and len(made.body) <= _LONGEST
        if not plain or getattr(request.state, "passing", False) or counts.totals(request).articles < self._many:
            return
        kept = _Kept(self._clock() + GOOD, ticket.sent, bytes(made.body), tuple(made.headers.items()))
        with self._lock:
            self._held[ticket.key] = kept
            self._held.move_to_end(ticket.key)
            while len(self._held) > _HELD:
                self._held.popitem(last=False)


def passing(request: Request) -> None:
    """What the page for this request shows will be otherwise in a moment."""
    request.state.passing = True
