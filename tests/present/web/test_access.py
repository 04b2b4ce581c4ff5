"""Who may do what: every route, by every role, in every mode of the site. A route that is not in the table fails."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from readout.models import User, UserRole
from readout.present.web.access import Access, Way
from readout.present.web.app import ROUTES
from readout.present.web.changes import Changes
from readout.run import grouping
from readout.run.base import silent
from readout.store.base import Store
from readout.store.memory import MemoryStore
from readout.store.sqlite import SQLiteStore
from tests.present import world
from tests.present.web.signed import ADMIN, EDITOR, HERE, READER, USERS, begun, browsing, desk, peopled, site
from tests.present.web.test_headers import _secured as secured
from tests.present.web.visiting import crawl
from tests.store.following import followed

ANYBODY, VISITOR, A_READER, AN_EDITOR, AN_ADMIN = range(5)

# The least that each route asks for. Written out here on purpose: this is the second opinion.
LEAST = {
    ANYBODY: "sign-in enter sign-out first-run set-up invited accept static robots health look choose offline manifest"
    " worker",
    VISITOR: "front latest story judgements article tags tag outlets outlet feeds opml feed page losses about search"
    " names name positions hot comments say",
    A_READER: "you password sign-out-everywhere mine keep take-out take-in followed saved comment edit-comment"
    " delete-comment report-comment",
    AN_EDITOR: "merge split move undo settle hide-comment show-comment moderation",
    AN_ADMIN: "add upload adding correct removing remove users invite withdraw change-user",
}
EXPECTED = {name: least for least, names in LEAST.items() for name in names.split()}
RIGHTS = {UserRole.READER: A_READER, UserRole.EDITOR: AN_EDITOR, UserRole.ADMIN: AN_ADMIN}


class Mode(NamedTuple):
    """A way in which the site can be run, and who asks from where."""

    name: str
    access: Access
    at: str
    visitor: int  # what somebody may do who is not signed in
    users: bool = True


def modes(store: Store) -> list[Mode]:
    users = desk(store)
    return [
        Mode("many, open", Access(users, shared=True), "192.0.2.7", VISITOR),
        Mode("many, closed", Access(users, shared=True, open_reading=False), "192.0.2.7", ANYBODY),
        Mode("many, from this machine", Access(users), "127.0.0.1", VISITOR),
        Mode("one, from elsewhere", Access(), "192.0.2.7", VISITOR, users=False),
        Mode("one, closed, from elsewhere", Access(open_reading=False), "192.0.2.7", ANYBODY, users=False),
        Mode("one, from this machine", Access(), "127.0.0.1", AN_ADMIN, users=False),
        Mode("one, from everywhere", Access(everywhere=True), "192.0.2.7", AN_ADMIN, users=False),
    ]


MODES = [mode.name for mode in modes(MemoryStore())]


@pytest.fixture(scope="module")
def store() -> Store:
    """An archive with users."""
    made = world.archive()
    made.follow(followed())
    return peopled(made)


def address(route: Way, store: Store) -> str:
    """An address of that route, with ids of things that are there where nothing can happen to them."""
    ids = {
        "article": world.html_harvest().articles[0].id,
        "story": store.stories(limit=1)[0].id,
        "outlet": store.outlets()[0].outlet.id,
        "feed": store.feeds()[0].feed.id,
    }
    return re.sub(r"{\w+}", ids.get(route.name, "nothing"), route.path)


def visited(mode: Mode) -> Iterator[tuple[User | None, int]]:
    """Everybody who may come to a site, with what they may do."""
    yield None, mode.visitor
    if mode.users:
        yield from ((user, RIGHTS[user.role]) for user in USERS)


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest, store: Store) -> Mode:
    """One of the modes, over the archive."""
    return next(one for one in modes(store) if one.name == request.param)


def token_for(client: TestClient) -> str:
    """The token that a page for this browser would hold."""
    changes: Changes = client.app.state.changes  # type: ignore[attr-defined]
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    scope = {"type": "http", "headers": [(b"cookie", cookie.encode()), (b"host", b"news.example")], "scheme": "http"}
    return changes.token(Request({**scope, "path": "/", "query_string": b"", "server": None}))


def send(client: TestClient, route: Way, where: str, token: str, **headers: str) -> Response:
    """Send the form of that route, empty but for its token."""
    if route.name in {"upload", "take-in"}:
        return client.post(where, data={"token": token}, files={"list": ("a", b"")}, headers=headers)
    return client.post(where, data={"token": token}, headers=headers)


def is_refused(response: Response) -> bool:
    """Whether the route was not reached."""
    away = response.headers.get("location", "").startswith(("/sign-in?next=", "/first-run"))
    return (response.status_code == 403 and "That is not for you" in response.text) or (
        response.status_code == 303 and away
    )


def test_every_route_says_what_it_needs_and_is_in_the_table() -> None:
    assert [route for route in ROUTES if not isinstance(route, Way)] == []
    assert {route.name for route in ROUTES} == EXPECTED.keys()
    assert {route.name: int(route.needs) for route in ROUTES} == EXPECTED


def test_every_route_has_a_name_of_its_own_and_one_method() -> None:
    assert len({route.name for route in ROUTES}) == len(ROUTES)
    assert {frozenset(route.methods or ()) for route in ROUTES} == {frozenset({"GET", "HEAD"}), frozenset({"POST"})}


def test_the_matrix(mode: Mode, store: Store) -> None:
    made = site(store, mode.access)
    wrong = []
    for user, rights in visited(mode):
        with coming(made, mode) as client:
            for route in ROUTES:
                if user:
                    client.cookies.set("readout", begun(store, user))
                where, is_sent = address(route, store), "POST" in (route.methods or ())
                response = send(client, route, where, token_for(client), **HERE) if is_sent else client.get(where)
                allowed = rights >= EXPECTED.get(route.name, AN_ADMIN)
                if is_refused(response) == allowed and not _by_its_own_rule(route, mode):
                    wrong.append((route.name, user and user.name, response.status_code))
                assert secured(response)
    assert wrong == []


def _by_its_own_rule(route: Way, mode: Mode) -> bool:
    """Who may make the first user depends on the site; `test_signing` has that."""
    return route.name in {"first-run", "set-up"} and not mode.users


def test_nothing_is_taken_without_a_token_or_from_another_site(mode: Mode, store: Store) -> None:
    made = site(store, mode.access)
    name = "localhost" if mode.at == "127.0.0.1" else "news.example"
    with browsing(made, store, EDITOR) as other, coming(made, mode) as client:
        foreign = token_for(other)
        for route in ROUTES:
            if "POST" not in (route.methods or ()):
                continue
            if mode.users:
                client.cookies.set("readout", begun(store, ADMIN))
            where, token = address(route, store), token_for(client)
            refused = [
                *(send(client, route, where, one, **HERE) for one in ("", "1795310000." + "0" * 64)),
                *([send(client, route, where, foreign, **HERE)] if mode.users else []),
                *(send(client, route, where, token, **headers) for headers in foreigners(name)),
            ]
            assert [one.status_code for one in refused if one.status_code != 403] == [], route.name


def foreigners(name: str) -> list[dict[str, str]]:
    """What the browsers of another site's visitors say, or programs that are no browser."""
    return [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://{name}.evil.example"},
        {"Origin": f"http://{name}:8080"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-site", "Origin": f"http://{name}"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ]


@contextmanager
def coming(made: Starlette, mode: Mode) -> Iterator[TestClient]:
    """A browser that comes to the site from where the mode says."""
    with browsing(made, at=mode.at) as client:
        if mode.at == "127.0.0.1":
            client.base_url = "http://localhost"
        yield client


def digest(path: Path) -> str:
    """Everything that is in a database, read by another process: a second SQLite in this one would take away the locks
    of the first when it lets go of the file.
    """
    told = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).iterdump(), sep=chr(10))"
    done = subprocess.run([sys.executable, "-c", told, str(path)], capture_output=True, check=True)
    return hashlib.sha256(done.stdout).hexdigest()


def test_asking_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "readout.db"
    with closing(SQLiteStore.open(path)) as store:
        store.keep([world.html_harvest(), world.capture_harvest(), world.hostile_harvest(), world.arabic_harvest()])
        grouping.group(store, silent)
        store.follow(followed())
        peopled(store)
        made = site(store, Access(desk(store), shared=True))
        for user in (None, READER, EDITOR, ADMIN):
            with browsing(made, store, user) as client:
                before = digest(path)
                asked = [
                    client.request(method, address(route, store)) for route in ROUTES for method in ("GET", "HEAD")
                ]
                asked += [one.response for one in crawl(client)]
                assert digest(path) == before
            assert [one.url for one in asked if not secured(one) or one.status_code >= 500] == []
