"""In a large archive a page that was made a moment ago is told again; what anybody sends ends that."""

from __future__ import annotations

import re
from typing import cast

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.testclient import TestClient

from readout.present.web.again import GOOD, Again, passing
from readout.store.memory import MemoryStore
from tests import builders
from tests.present import world
from tests.present.web.visiting import visit


def _more(store: MemoryStore) -> None:
    store.keep([builders.harvest(builders.article("A new one", published=builders.published()))])


def test_a_page_is_told_again_for_a_moment_and_to_its_visitor_alone() -> None:
    now, store = 0.0, world.archive()
    with visit(store) as client:
        cast("Starlette", client.app).state.again = Again(lambda: now, many=0)
        first = client.get("/latest")
        _more(store)
        again = client.get("/latest")
        assert (again.text, again.headers) == (first.text, first.headers)
        assert "A new one" not in again.text
        assert "A new one" in client.get("/latest", headers={"Cookie": "look=theme=dark"}).text
        now = GOOD
        assert "A new one" in client.get("/latest").text


def test_what_is_sent_ends_that() -> None:
    store = world.archive()
    with visit(store) as client:
        cast("Starlette", client.app).state.again = Again(many=0)
        assert "A new one" not in client.get("/latest").text
        _more(store)
        token = re.findall(r'name="token" value="([^"]+)"', client.get("/look").text)[0]
        assert "A new one" not in client.get("/latest").text
        sent = client.post("/look", data={"token": token}, headers={"Sec-Fetch-Site": "same-origin"})
        assert sent.status_code == 303
        client.cookies.clear()
        assert "A new one" in client.get("/latest").text


def test_a_small_archive_tells_nothing_again(client: TestClient) -> None:
    first = client.get("/latest").text
    _more(cast("Starlette", client.app).state.archive)
    assert client.get("/latest").text != first


def test_what_is_on_its_way_is_made_each_time() -> None:
    with visit(world.archive()) as client:
        site = cast("Starlette", client.app)
        again = Again(many=0)
        asked = {"type": "http", "app": site, "headers": [], "method": "GET", "path": "/", "query_string": b""}
        for then, told in ((passing, False), (lambda _: None, True)):
            request = Request({**asked, "server": ("localhost", 80)})
            then(request)
            ticket = again.ticket(request, None)
            again.keep(ticket, request, HTMLResponse("words"))
            assert bool(again.told(ticket)) is told
