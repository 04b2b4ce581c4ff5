"""Which addresses we may talk to. Pure: it judges what it is given, and neither resolves a name nor opens a socket.

`refusal` judges an address as written, before anything is resolved; `refused_ip` judges one answer of the resolver.
Both give the reason as a fact, or None where there is none. `fetch` asks both at every hop; nothing else may connect.
An address that somebody else wrote is refused when in doubt: a feed lost is a smaller loss than a machine lost.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from readout.text import addresses
from readout.text.addresses import Address

LONGEST = 8192  # characters of an address

_FORBIDDEN = frozenset("\t\r\n\\")
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})  # RFC 5214: the interface's half begins so


@dataclass(frozen=True)
class Policy:
    """What the operator of this Readout decides.

    `allow` holds endpoints, exactly as "host:port", that may be talked to whatever they are: a bridge at home, a test's
    own server. `own` holds addresses of IP under which others reach this machine, beyond those it knows itself.
    """

    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    allow: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    def allows(self, host: str, port: int | None) -> bool:
        """Whether the operator allowed this very endpoint; `host` as the WHATWG standard writes it."""
        return f"{host}:{port}" in self.allow


PUBLIC = Policy()  # nothing allowed beyond the public web


def refusal(text: str, policy: Policy) -> str | None:
    """Why the address `text` may not be fetched; None where nothing is known against it before it is resolved."""
    if len(text) > LONGEST:
        return "an address that is too long"
    address = addresses.parse(text)
    if address is None:
        return "not an address"
    return ill_written(text) or _unfit(address) or _refused_endpoint(address, policy)


def ill_written(text: str) -> str | None:
    """Why an address is refused for how it is written: it holds what programs that read addresses disagree about."""
    if not _FORBIDDEN.isdisjoint(text):
        return "a tab, line end or backslash in the address"
    return disguised(text)


def disguised(text: str) -> str | None:
    """Why an address is refused for how it writes an address of IP, when read anywhere."""
    address = addresses.parse(text, "https://a-page/")
    return _disguised(text, address) if address and address.host != "a-page" else None


def refused_ip(text: str, policy: Policy) -> str | None:
    """Why the address of IP `text` may not be connected to; None where it is globally reachable and not our own."""
    try:
        ip = ip_address(text)
    except ValueError:
        return "not an address of IP"
    inner, stands = _inside(ip)
    if inner is not None and (fault := _fault(inner, policy)):
        return f"{fault}, as {inner} inside {ip}"
    return None if stands else _fault(ip, policy)


def refused_answer(ips: Iterable[str], policy: Policy) -> str | None:
    """Why this whole answer of the resolver may not be used: one address that may not be connected to is enough."""
    judged = [(ip, refused_ip(ip, policy)) for ip in ips]
    return next((f"{ip} is {fault}" for ip, fault in judged if fault), None)


def literal(host: str) -> str | None:
    """The address of IP that `host` (as the WHATWG standard writes it) is; None where it is a name."""
    text = host.removeprefix("[").removesuffix("]")
    try:
        return str(ip_address(text))
    except ValueError:
        return None


def _unfit(address: Address) -> str | None:
    if not address.web:
        return f"neither http nor https but {address.scheme}"
    return "a user name or password in the address" if address.credentials else None


def _disguised(text: str, address: Address) -> str | None:
    """Programs disagree on which address "010.0.0.1" is; whoever writes it so has a reason that is not ours."""
    spelled = address.host.startswith("[") or literal(address.host) is None or address.host in text
    return None if spelled else f"{address.host} in a disguise"


def _refused_endpoint(address: Address, policy: Policy) -> str | None:
    if policy.allows(address.host, address.port_used):
        return None
    if address.port_used not in policy.ports:
        return f"port {address.port_used} is not among those we ask"
    ip = literal(address.host)
    if ip is None:
        return _refused_name(address.host)
    fault = refused_ip(ip, policy)
    return f"{ip} is {fault}" if fault else None


def _refused_name(host: str) -> str | None:
    labels = host.removesuffix(".").split(".")
    if len(labels) == 1:
        return "a name of one word, which only a local network knows"
    if "" in labels:
        return "a name with an empty part"
    return f"a name under .{special}, which is not public" if (special := _special(labels)) else None


def _special(labels: list[str]) -> str | None:
    return labels[-1] if labels[-1] in _table().special else None


def _inside(ip: IPv4Address | IPv6Address) -> tuple[IPv4Address | None, bool]:
    """The address of IPv4 that is written inside one of IPv6, and whether it stands for the whole."""
    if isinstance(ip, IPv4Address):
        return None, False
    for form in _table().embedded:
        if ip in form.block:
            return form.inner(ip), form.stands
    if (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP:
        return IPv4Address(int(ip) & 0xFFFFFFFF), False
    return None, False


def _fault(ip: IPv4Address | IPv6Address, policy: Policy) -> str | None:
    if str(ip) in policy.own:
        return "this machine itself"
    if isinstance(ip, IPv6Address) and ip not in _GLOBAL_UNICAST:
        return "outside the global space of IPv6 (2000::/3)"
    return next((name for block, name in _table().blocks if ip in block), None)


@dataclass(frozen=True)
class _Embedding:
    """A way to write an address of IPv4 inside one of IPv6."""

    block: IPv6Network
    at: int
    inverted: bool
    stands: bool

    def inner(self, ip: IPv6Address) -> IPv4Address:
        bits = (int(ip) >> (96 - self.at)) & 0xFFFFFFFF
        return IPv4Address(bits ^ 0xFFFFFFFF if self.inverted else bits)


@dataclass(frozen=True)
class _Table:
    """The data file, ready for questions."""

    blocks: tuple[tuple[IPv4Network | IPv6Network, str], ...]
    embedded: tuple[_Embedding, ...]
    special: frozenset[str]


@cache
def _table() -> _Table:
    with files("readout.capture").joinpath("guard.toml").open("rb") as stream:
        data = tomllib.load(stream)
    named: Mapping[str, str] = data["ipv4"] | data["ipv6"]
    return _Table(
        blocks=tuple((ip_network(block), name) for block, name in named.items()),
        embedded=tuple(
            _Embedding(IPv6Network(one["block"]), one["at"], one.get("inverted", False), one.get("stands", False))
            for one in data["embedded"]
        ),
        special=frozenset(data["names"]["special"]),
    )
