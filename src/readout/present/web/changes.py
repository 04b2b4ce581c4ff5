"""Whether a request may change something: the one guard of every form. Tokens, origin, and from where.

A page with a form holds a token that only this process can make and only this site's pages show. The browser has to say
that the form was sent from this very site. And without the operator's word only this machine itself may change things:
what comes through a proxy is not taken for this machine.
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

from readout.present.web.forms import FIELDS, Sent, sent
from readout.present.web.headers import is_loopback

LASTS = 12 * 3600  # seconds that a page with a form can be used

_TOKEN = re.compile(r"([0-9]{1,12})\.([0-9a-f]{64})")
_PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True)
class Changes:
    """The guard. `everywhere` is the operator's word that other machines may change things too."""

    everywhere: bool = False
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def allowed(self, request: Request) -> bool:
        """Whether whoever asks may change something."""
        return self.everywhere or _is_here(request)

    def token(self) -> str:
        """A token for a form that is shown now."""
        at = str(int(time.time()))
        return f"{at}.{self._signed(at)}"

    async def form(self, request: Request, *, file: bool = False, most: int = FIELDS) -> Sent:
        """What a form sent, `most` fields of it, with a file where it may have one. Raises HTTPException: 403 where it
        may not be sent, 400, 413 and 415 where it is no form.
        """
        if not self.allowed(request):
            raise HTTPException(403, "Only the machine that this site runs on may change something here.")
        if not _is_from_here(request):
            raise HTTPException(403, "This form was not sent from this site.")
        found = await sent(request, file=file, most=most)
        if not self._is_ours(found.fields.get("token", "")):
            raise HTTPException(403, "This form is too old. Go back, load the page again, and send it once more.")
        return found

    def _signed(self, at: str) -> str:
        return hmac.new(self._secret, at.encode(), hashlib.sha256).hexdigest()

    def _is_ours(self, token: str) -> bool:
        found = _TOKEN.fullmatch(token)
        if found is None or not hmac.compare_digest(found[2], self._signed(found[1])):
            return False
        return 0 <= time.time() - int(found[1]) <= LASTS


def _is_here(request: Request) -> bool:
    if any(name in request.headers for name in _PROXIED) or request.client is None:
        return False
    try:
        near = ipaddress.ip_address(request.client.host)
    except ValueError:
        return False
    return near.is_loopback and is_loopback(request.headers.get("host", ""))


def _is_from_here(request: Request) -> bool:
    """By Fetch Metadata where the browser sends it, which it does to this machine and over https; else by Origin."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    host = request.headers.get("host", "")
    return request.headers.get("origin") in {f"http://{host}", f"https://{host}"}
