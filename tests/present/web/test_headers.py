"""The security headers stand on every answer there is, and the site answers to its own names only."""

from __future__ import annotations

import re

import pytest
from httpx2 import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from readout.errors import StoreError
from readout.models import Totals
from readout.present.web.app import ROUTES
from readout.present.web.assets import assets
from readout.present.web.headers import SECURITY
from readout.store.memory import MemoryStore
from tests.present import world
from tests.present.web.visiting import crawl, visit

_EXPECTED = {"GET": {200, 403, 404}, "HEAD": {200, 403, 404}}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


class _Failing(MemoryStore):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def totals(self) -> Totals:
        raise self._error


def _secured(response: Response) -> bool:
    return {name: response.headers.get_list(name) for name in SECURITY} == {
        name: [value] for name, value in SECURITY.items()
    }


def _addresses(route: Route) -> list[str]:
    page, article = world.html_harvest().page, world.html_harvest().articles[0]
    assert page
    ids = {"article": article.id, "page": page.id, "outlet": "oaaaaaaaaaaaaaaaa"}
    known = {"id": ids.get(route.name, "x"), "name": next(iter(assets().values())).name}
    return [
        re.sub(r"{(\w+)}", lambda found: known.get(found[1], "x"), route.path),
        re.sub(r"{\w+}", "no such thing", route.path),
    ]


def _answered(route: Route) -> set[str]:
    """The methods that its address answers to."""
    return {method for one in ROUTES if one.path == route.path for method in one.methods or ()}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_route_and_method(client: TestClient, route: Route, method: str) -> None:
    for address in _addresses(route):
        response = client.request(method, address)
        assert _secured(response), address
        assert response.status_code in (_EXPECTED.get(method, {403}) if method in _answered(route) else {405})


def test_every_page_that_can_be_reached(client: TestClient) -> None:
    assert all(_secured(visited.response) for visited in crawl(client))


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere", 404), ("/?screen=x", 400), ("/static/../headers.py", 404), ("/about/", 404), ("/article/", 404)],
)
def test_refusals(client: TestClient, address: str, status: int) -> None:
    response = client.get(address)
    assert (response.status_code, _secured(response)) == (status, True)


@pytest.mark.parametrize(("error", "status"), [(RuntimeError("a bug"), 500), (StoreError("the disk is full"), 503)])
def test_failures(error: Exception, status: int) -> None:
    with visit(_Failing(error)) as client:
        for address in ("/", "/healthz"):
            response = client.get(address)
            assert (response.status_code, _secured(response)) == (status, True)


def test_a_redirection(client: TestClient) -> None:
    response = client.get(f"/article/{world.html_harvest().articles[0].id[:8]}")
    assert (response.status_code, _secured(response)) == (303, True)


def test_the_policy_allows_only_this_site_and_nothing_inline() -> None:
    policy = dict(rule.strip().split(" ", 1) for rule in SECURITY["Content-Security-Policy"].split(";"))
    assert policy.pop("default-src") == "'none'"
    assert set(policy.values()) == {"'self'", "'none'"}


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8000",
        "LOCALHOST.",
        "readout.localhost",
        "127.0.0.1",
        "127.3.2.1:80",
        "[::1]",
        "[::1]:8000",
        "news.example",
        "News.Example:443",
        "[fd00::7]:8000",
    ],
)
def test_names_of_ours_are_answered(host: str) -> None:
    with visit(MemoryStore(), hosts=("news.example", "[fd00::7]")) as client:
        assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evillocalhost",
        "news.example.evil.example",
        "192.168.1.5",
        "0.0.0.0",  # noqa: S104 - a name to be refused
        "127.0.0.1.evil.example",
        "",
        "[::2]",
        "localhost:80@evil.example",
    ],
)
def test_other_names_are_refused(host: str) -> None:
    with visit(MemoryStore(), hosts=("news.example",)) as client:
        response = client.get("/healthz", headers={"host": host})
        assert (response.status_code, _secured(response)) == (400, True)


def test_two_names_at_once_are_refused() -> None:
    with visit(MemoryStore()) as client:
        request = client.build_request("GET", "/healthz", headers=[("host", "localhost"), ("host", "localhost")])
        assert client.send(request).status_code == 400
