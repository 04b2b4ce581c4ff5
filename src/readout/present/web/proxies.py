"""Who is really asking, where a web server stands in between: its word is believed only where the operator names it.

From anybody else the headers are left alone and mean nothing, but that the request is not from this machine.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_SCHEMES = frozenset({"http", "https"})
_HOUSEHOLD = 56  # bits of an address of IPv6 that one customer has


class BehindProxies:
    """Puts the visitor's address and scheme into requests that believed peers pass on (`X-Forwarded-For`, `-Proto`)."""

    def __init__(self, app: ASGIApp, peers: Iterable[str]) -> None:
        self._app = app
        self._peers = tuple(ipaddress.ip_network(peer, strict=False) for peer in peers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = _address((scope.get("client") or ("",))[0])
        if scope["type"] == "http" and peer is not None and self._believed(peer):
            scope = {**scope, **self._told(scope, peer)}
        await self._app(scope, receive, send)

    def _believed(self, address: Address) -> bool:
        return any(address in network for network in self._peers)

    def _told(self, scope: Scope, peer: Address) -> dict[str, object]:
        told: dict[str, object] = {}
        passed = _values(scope, b"x-forwarded-for")
        if passed:
            told["client"] = (str(self._first(passed) or peer), 0)
        scheme = [one.lower() for one in _values(scope, b"x-forwarded-proto")][-1:]
        if scheme and scheme[0] in _SCHEMES:
            told["scheme"] = scheme[0]
        return told

    def _first(self, passed: Sequence[str]) -> Address | None:
        """The last address that no believed peer has: what stands before it anybody can have written."""
        for one in reversed(passed):
            address = _address(one)
            if address is None or not self._believed(address):
                return address
        return None


def network(request: Request) -> str:
    """The network that a request comes from, by which attempts are counted: an address, or a customer's prefix."""
    address = _address(request.client.host if request.client else "")
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, _HOUSEHOLD), strict=False))
    return str(address)


def _values(scope: Scope, header: bytes) -> list[str]:
    found = [value.decode("latin-1") for name, value in scope["headers"] if name == header]
    return [one.strip() for line in found for one in line.split(",") if one.strip()]


def _address(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found
