"""Web servers in front of the site are believed where they are named, and nowhere else."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from readout.present.web.proxies import BehindProxies, network

PEERS = ("127.0.0.1", "10.0.0.0/8", "fd00::/8")


def asked(peer: str, *headers: tuple[str, str]) -> list[str]:
    """Who asks, and how, as the site sees it."""

    def tell(request: Request) -> JSONResponse:
        return JSONResponse([request.client.host if request.client else "", request.url.scheme])

    app = BehindProxies(Starlette(routes=[Route("/", tell)]), PEERS)
    with TestClient(app, client=(peer, 50000), base_url="http://localhost") as client:
        found: list[str] = client.get("/", headers=list(headers)).json()
        return found


def test_a_believed_peer_tells_for_whom_it_asks() -> None:
    told = asked("127.0.0.1", ("x-forwarded-for", "192.0.2.7"), ("x-forwarded-proto", "https"))
    assert told == ["192.0.2.7", "https"]


@pytest.mark.parametrize("peer", ["192.0.2.1", "127.0.0.2", "11.0.0.1", "testclient", "::1"])
def test_nobody_else_is_believed(peer: str) -> None:
    assert asked(peer, ("x-forwarded-for", "192.0.2.7"), ("x-forwarded-proto", "https")) == [peer, "http"]


@pytest.mark.parametrize(
    ("passed", "who"),
    [
        (["127.0.0.1, 192.0.2.7"], "192.0.2.7"),
        (["198.51.100.9, 192.0.2.7"], "192.0.2.7"),
        (["198.51.100.9", "192.0.2.7"], "192.0.2.7"),
        (["192.0.2.7, 10.1.2.3"], "192.0.2.7"),
        (["2001:db8::7, fd00::1"], "2001:db8::7"),
        (["::ffff:192.0.2.7"], "192.0.2.7"),
        (["192.0.2.7, nonsense"], "127.0.0.1"),
        (["10.0.0.1"], "127.0.0.1"),
        ([""], "127.0.0.1"),
        ([" , ,"], "127.0.0.1"),
    ],
)
def test_what_stands_before_the_last_stranger_is_not_believed(passed: list[str], who: str) -> None:
    assert asked("127.0.0.1", *(("x-forwarded-for", one) for one in passed))[0] == who


@pytest.mark.parametrize("scheme", ["ftp", "javascript", "", "https evil"])
def test_a_scheme_is_one_of_two(scheme: str) -> None:
    assert asked("127.0.0.1", ("x-forwarded-proto", scheme))[1] == "http"


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2ff::7", "2001:db8:1:200::/56"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("somewhere", "None"),
    ],
)
def test_a_household_is_one_network(host: str, named: str) -> None:
    assert network(Request({"type": "http", "client": (host, 1), "headers": []})) == named
