"""Which addresses we may talk to: every row of the address matrix, the edges of every block, and laws."""

from __future__ import annotations

import json
import tomllib
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.capture import guard
from readout.capture.guard import PUBLIC, Policy
from tests import shared
from tests.sources import PACKAGE


def _matrix() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        shared.data("robustness", "ssrf_matrix", "ssrf_matrix.json").read_text("utf-8")
    )
    return rows


def _blocks() -> list[str]:
    table = tomllib.loads((PACKAGE / "capture" / "guard.toml").read_text("utf-8"))
    return [*table["ipv4"], *table["ipv6"]]


def test_every_row_of_the_matrix_is_refused_as_it_is_written() -> None:
    rows = _matrix()
    assert [row["url"] for row in rows if guard.refusal(row["url"], PUBLIC) is None] == []
    assert len(rows) == 1116


def test_every_address_of_the_matrix_is_refused_as_an_answer() -> None:
    answers = {row["whatwg_host"].strip("[]") for row in _matrix() if row["target"] and row["whatwg_host"]}
    ips = {one for one in answers if guard.literal(one)} - {"8.0.0.1"}
    public = {one for one in ips if guard.refused_ip(one, PUBLIC) is None}
    # "010.000.000.001" and its like: of the row's target only to those who read octal as decimal
    assert public <= {row["whatwg_host"] for row in _matrix() if row["encoding"] == "dotted-zero-padded"}
    assert len(ips) > 250


@pytest.mark.parametrize("text", _blocks())
def test_a_block_is_refused_from_its_first_address_to_its_last(text: str) -> None:
    block = ip_network(text)
    assert guard.refused_ip(str(block[0]), PUBLIC)
    assert guard.refused_ip(str(block[-1]), PUBLIC)


OUTSIDE = """
    1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.15 168.63.129.17
    169.253.255.255 172.15.255.255 172.32.0.0 192.0.1.0 198.20.0.0 223.255.255.255 2000:: 2001:200:: 2001:db7:ffff::1
    2003:: 2606:4700::1111 2a00:1450::1 3fff:1000:: ::ffff:1.1.1.1 64:ff9b::1.1.1.1
"""


@pytest.mark.parametrize("ip", OUTSIDE.split())
def test_just_outside_the_blocks_is_the_public_web(ip: str) -> None:
    assert guard.refused_ip(ip, PUBLIC) is None


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_what_is_public_in_ipv4_is_global_by_the_registries(ip: IPv4Address) -> None:
    assert guard.refused_ip(str(ip), PUBLIC) or _global(ip)


@given(st.integers(0, 2**128 - 1) | st.integers(0x2000 << 112, (0x4000 << 112) - 1))
def test_what_is_public_in_ipv6_is_global_by_the_registries(bits: int) -> None:
    ip = IPv6Address(bits)
    assert guard.refused_ip(str(ip), PUBLIC) or _global(ip)


# Each with the 32 bits of an address of IPv4 in it; Teredo's are inverted.
FORMS = {
    "mapped": lambda bits: 0xFFFF << 32 | bits,
    "compatible": lambda bits: bits,
    "translated": lambda bits: 0xFFFF << 48 | bits,
    "nat64": lambda bits: 0x64FF9B << 96 | bits,
    "local nat64": lambda bits: 0x64FF9B0001 << 80 | bits,
    "6to4": lambda bits: 0x2002 << 112 | bits << 80 | 1,
    "teredo": lambda bits: 0x20010000 << 96 | 0x41368000 << 64 | bits ^ 0xFFFFFFFF,
    "isatap": lambda bits: 0x26064700 << 96 | 0x5EFE << 32 | bits,
    "isatap, global": lambda bits: 0x26064700 << 96 | 0x02005EFE << 32 | bits,
}


@pytest.mark.parametrize("form", FORMS)
@given(bits=st.integers(0, 2**32 - 1) | st.sampled_from([int(IPv4Address(one)) for one in ("127.0.0.1", "10.0.0.1")]))
def test_an_address_inside_another_is_judged_too(form: str, bits: int) -> None:
    inner, outer = IPv4Address(bits), IPv6Address(FORMS[form](bits))
    if guard.refused_ip(str(inner), PUBLIC):
        assert guard.refused_ip(str(outer), PUBLIC)


def _global(ip: IPv4Address | IPv6Address) -> bool:
    """By the standard library's copy of the registries, unwrapped, and by the few lines in which it falls short."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped or ip in IPv6Network("64:ff9b::/96"):
            return _global(IPv4Address(int(ip) & 0xFFFFFFFF))
        return ip.is_global and not ip.is_multicast and ip in IPv6Network("2000::/3") and ip.sixtofour is None
    return ip.is_global and not ip.is_multicast and ip not in IPv4Network("192.0.0.0/24") and str(ip) != "168.63.129.16"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("ftp://news.paper.com/", "neither http nor https but ftp"),
        ("https://reader@news.paper.com/", "a user name or password in the address"),
        ("https://news.paper.com:22/", "port 22 is not among those we ask"),
        ("https://newsroom/", "a name of one word, which only a local network knows"),
        ("https://tv.local/", "a name under .local, which is not public"),
        ("https://news.paper.com\\@10.0.0.1/", "a tab, line end or backslash in the address"),
        ("https://news.pa\tper.com/", "a tab, line end or backslash in the address"),
        ("https://a..b/", "a name with an empty part"),
        ("https://0x08080808/", "8.8.8.8 in a disguise"),
        ("https://010.0.0.1/", "8.0.0.1 in a disguise"),
        ("https://10.0.0.1/", "10.0.0.1 is a private network (RFC 1918)"),
        ("news.paper.com", "not an address"),
        ("", "not an address"),
        ("https://news.paper.com/" + "a" * 9000, "an address that is too long"),
    ],
)
def test_a_refusal_says_why(text: str, fault: str) -> None:
    assert guard.refusal(text, PUBLIC) == fault


@pytest.mark.parametrize(
    "text",
    ["https://news.paper.com/feed", "http://8.8.8.8/", "http://[2606:4700::1111]:8080/", "https://пример.рф/новости"],
)
def test_the_public_web_is_not_refused(text: str) -> None:
    assert guard.refusal(text, PUBLIC) is None


def test_an_exact_endpoint_can_be_allowed() -> None:
    policy = Policy(allow=frozenset({"127.0.0.1:8000", "bridge:80", "[::1]:443"}))
    assert guard.refusal("http://127.0.0.1:8000/x", policy) is None
    assert guard.refusal("http://bridge/x", policy) is None
    assert guard.refusal("https://[::1]/x", policy) is None
    for other in (
        "http://127.0.0.1:8001/",
        "http://127.0.0.2:8000/",
        "http://bridge:81/",
        "http://u@bridge/",
        "ftp://bridge:80/",
    ):
        assert guard.refusal(other, policy)


def test_one_bad_address_spoils_the_answer() -> None:
    assert guard.refused_answer(["8.8.8.8", "2606:4700::1111"], PUBLIC) is None
    assert guard.refused_answer(["8.8.8.8", "10.0.0.1"], PUBLIC) == "10.0.0.1 is a private network (RFC 1918)"


def test_our_own_addresses_are_refused() -> None:
    policy = Policy(own=frozenset({"9.9.9.9"}))
    assert guard.refused_ip("9.9.9.9", policy) == "this machine itself"
    assert guard.refused_ip("::ffff:9.9.9.9", policy)
    assert guard.refused_ip("9.9.9.8", policy) is None


@given(st.text(max_size=60))
def test_any_text_is_judged(text: str) -> None:
    assert guard.refusal(f"http://{text}", PUBLIC) is None or guard.refusal(f"http://{text}", PUBLIC)
    assert guard.refused_ip(text, PUBLIC) or guard.literal(text)
