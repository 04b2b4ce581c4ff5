"""Whether a request may change something: the one guard of every form. Its token, and which site sent it.

A page with a form holds a token that only this site can make, for this visitor alone. The browser has to say
that the form was sent from this very site. Who may change what is asked elsewhere, in `access`.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
import time
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request

from readout.present.web import session
from readout.present.web.forms import FIELDS, Sent, sent
from readout.present.web.headers import is_loopback

LASTS = 12 * 3600  # seconds that a page with a form can be used

_TOKEN = re.compile(r"([0-9]{1,12})\.([0-9a-f]{64})")
_PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True)
class Changes:
    """The guard."""

    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def token(self, request: Request) -> str:
        """A token for a form on the page that is made for that request."""
        at = str(int(time.time()))
        return f"{at}.{self._signed(at, request)}"

    def insist_on_origin(self, request: Request) -> None:
        """Raises HTTPException (403) unless the browser says that this very site sent the request."""
        if not _is_from_here(request):
            raise HTTPException(403, "This form was not sent from this site.")

    async def form(self, request: Request, *, file: bool = False, most: int = FIELDS) -> Sent:
        """What a form sent, `most` fields of it, with a file where it may have one. Raises HTTPException: 403 where it
        may not be sent, 400, 413 and 415 where it is no form.
        """
        self.insist_on_origin(request)
        found = await sent(request, file=file, most=most)
        if not self._is_ours(found.fields.get("token", ""), request):
            raise HTTPException(403, "This form is too old. Go back, load the page again, and send it once more.")
        return found

    def _signed(self, at: str, request: Request) -> str:
        """A session's tokens are made with its secret: they are of no use in another, and outlive this process."""
        key = session.secret(request).encode() or self._secret
        return hmac.new(key, f"form {at}".encode(), hashlib.sha256).hexdigest()

    def _is_ours(self, token: str, request: Request) -> bool:
        found = _TOKEN.fullmatch(token)
        if found is None or not hmac.compare_digest(found[2], self._signed(found[1], request)):
            return False
        return 0 <= time.time() - int(found[1]) <= LASTS


def is_here(request: Request) -> bool:
    """Whether the request comes from this very machine; what comes through a proxy is not taken for that."""
    if any(name in request.headers for name in _PROXIED) or request.client is None:
        return False
    try:
        near = ipaddress.ip_address(request.client.host)
    except ValueError:
        return False
    return near.is_loopback and is_loopback(request.headers.get("host", ""))


def _is_from_here(request: Request) -> bool:
    """By Fetch Metadata, which browsers send to this machine and over https, and by Origin: neither may say otherwise,
    and one has to say so.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    host = request.headers.get("host", "")
    schemes = ("https",) if request.url.scheme == "https" else ("http", "https")
    ours = origin in {f"{scheme}://{host}" for scheme in schemes}
    if site is not None:
        return site == "same-origin" and (ours or origin in {None, "null"})
    return ours
