"""Signing in and out, the first user, invitations, passwords and roles, as browsers meet them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from readout.models import OWNER, UserRole
from readout.present.web.access import Access
from readout.run.users import Users
from readout.store.base import Store
from readout.store.memory import MemoryStore
from tests.present.web.signed import ADMIN, EDITOR, HERE, PASSWORD, READER, begun, browsing, desk, peopled, site, token

OTHER = "nine bridges at dawn"
NEW = {"name": "Ada", "password": OTHER, "again": OTHER}


@pytest.fixture
def store() -> Store:
    """A store with users."""
    return peopled(MemoryStore())


@pytest.fixture
def made(store: Store) -> Starlette:
    """A site that is for others too, where visitors read."""
    return site(store, Access(desk(store), shared=True))


@pytest.fixture
def client(made: Starlette) -> Iterator[TestClient]:
    """A visitor's browser."""
    with browsing(made) as client:
        yield client


def send(client: TestClient, where: str, page: str = "", **fields: str) -> Response:
    """Fill in the form of a page and send it."""
    return client.post(where, data={"token": token(client, page or where), **fields}, headers=HERE)


def sign_in(client: TestClient, name: str = "Rey", password: str = PASSWORD, **fields: str) -> Response:
    return send(client, "/sign-in", name=name, password=password, **fields)


def out(client: TestClient) -> bool:
    return client.get("/you").headers.get("location", "").startswith("/sign-in")


def test_who_signs_in_goes_where_they_wanted_to_go(client: TestClient) -> None:
    asked = client.get("/you?saved=yes")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=/you%3Fsaved%3Dyes")
    assert 'name="next" value="/you?saved=yes"' in client.get(asked.headers["location"]).text
    done = sign_in(client, next="/you?saved=yes")
    assert (done.status_code, done.headers["location"]) == (303, "/you?saved=yes")
    assert "Rey" in client.get("/you").text
    assert client.get("/sign-in").status_code == 303


def test_the_cookie_is_for_this_site_and_no_script(client: TestClient, made: Starlette) -> None:
    plain = sign_in(client).headers["set-cookie"].lower()
    assert plain.startswith("readout=")
    assert "httponly" in plain
    assert "samesite=lax" in plain
    assert "secure" not in plain
    with TestClient(made, base_url="https://news.example", follow_redirects=False) as encrypted:
        bound = sign_in(encrypted).headers["set-cookie"]
    assert bound.startswith("__Host-readout=")
    assert "; Path=/" in bound
    assert "; Secure" in bound
    assert "domain" not in bound.lower()


def test_signing_in_gives_a_session_that_was_not_there_before(client: TestClient, store: Store) -> None:
    planted = begun(store, EDITOR)
    held = {**HERE, "Cookie": f"readout={planted}"}
    page = client.get("/you", headers=held).text
    form = {"token": re.findall(r'name="token" value="([^"]+)"', page)[0], "name": "Rey", "password": PASSWORD}
    assert client.post("/sign-in", data=form, headers=held).status_code == 303
    assert client.cookies["readout"] != planted
    assert "Rey" in client.get("/you").text
    client.cookies.clear()
    assert client.get("/you", headers=held).headers["location"].startswith("/sign-in")


@pytest.mark.parametrize(("name", "password"), [("Rey", OTHER), ("Nobody", PASSWORD), ("", ""), ("Rey", "")])
def test_wrong_is_wrong_the_same_for_everybody(client: TestClient, name: str, password: str) -> None:
    refused = sign_in(client, name, password)
    assert refused.status_code == 403
    assert "That name and password do not belong together." in refused.text
    assert f'value="{name}"' in refused.text
    assert password not in refused.text or not password
    assert "set-cookie" not in refused.headers


def test_guessing_is_slowed_down_and_told_for_how_long(client: TestClient) -> None:
    answers = [sign_in(client, "Rey", OTHER).status_code for _ in range(5)]
    slowed = sign_in(client)
    assert (answers, slowed.status_code) == ([403] * 5, 429)
    assert 0 < int(slowed.headers["retry-after"]) <= 900
    assert "Try again in 15 minutes." in slowed.text


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\/evil.example",
        "/nowhere",
        "/static/style.css",
        "/sign-in",
        "/sign-out",
        "javascript:alert(1)",
        "/you\r\nSet-Cookie: a=b",
        "/ you",
        "/you#" + "x" * 600,
        "http:/you",
        "/./\t/evil.example",
    ],
)
def test_nobody_is_led_anywhere_else(client: TestClient, address: str) -> None:
    shown = client.get("/sign-in", params={"next": address})
    assert 'name="next" value=""' in shown.text
    assert sign_in(client, next=address).headers["location"] == "/"


def test_signing_out_ends_the_session_wherever_its_secret_is(client: TestClient) -> None:
    sign_in(client)
    secret = client.cookies["readout"]
    left = send(client, "/sign-out", "/you")
    assert left.headers["location"] == "/sign-in?out=yes"
    assert left.headers["clear-site-data"] == '"storage"'
    client.cookies.set("readout", secret)
    assert out(client)
    assert "You are signed out." in client.get("/sign-in?out=yes").text


def test_signing_out_everywhere(client: TestClient, made: Starlette, store: Store) -> None:
    sign_in(client)
    with browsing(made, store, READER) as elsewhere:
        assert not out(elsewhere)
        send(client, "/sign-out/everywhere", "/you")
        assert out(elsewhere)


def test_another_password(client: TestClient, made: Starlette, store: Store) -> None:
    sign_in(client)
    with browsing(made, store, READER) as elsewhere:
        for fields, fault in (
            ({"old": OTHER, "password": OTHER, "again": OTHER}, "That is not your password."),
            ({"old": PASSWORD, "password": OTHER, "again": PASSWORD}, "These are not the same."),
            ({"old": PASSWORD, "password": "short", "again": "short"}, "It needs at least 10 characters."),
        ):
            refused = send(client, "/you/password", "/you", **fields)
            assert (refused.status_code, fault in refused.text) == (422, True)
        before = client.cookies["readout"]
        kept = send(client, "/you/password", "/you", old=PASSWORD, password=OTHER, again=OTHER)
        assert kept.headers["location"] == "/you?saved=yes"
        assert client.cookies["readout"] != before
        assert (out(client), out(elsewhere)) == (False, True)


def test_reading_may_be_for_users_only(store: Store) -> None:
    with browsing(site(store, Access(desk(store), shared=True, open_reading=False))) as client:
        for page in ("/", "/latest", "/feeds", "/search"):
            assert client.get(page).headers["location"].startswith("/sign-in?next=")
        sign_in(client)
        assert client.get("/latest").status_code == 200


def fresh(*, shared: bool = True) -> tuple[Starlette, Users, MemoryStore]:
    store = MemoryStore()
    users = desk(store)
    return site(store, Access(users, shared=shared)), users, store


def test_the_first_user_needs_the_code_and_becomes_the_owner() -> None:
    made, users, _ = fresh()
    with browsing(made) as client:
        assert client.get("/you").headers["location"] == "/first-run"
        assert client.get("/sign-in").headers["location"] == "/first-run"
        assert 'href="/first-run"' in client.get("/").text
        refused = send(client, "/first-run", **NEW, code="wrong")
        assert (refused.status_code, users.any()) == (422, False)
        assert "That is not the code that was printed." in refused.text
        assert 'value="Ada"' in refused.text
        assert send(client, "/first-run", **NEW, code=users.code).status_code == 303
        assert "Ada" in client.get("/you").text
        assert users.named("Ada").id == OWNER.id
    with browsing(made) as late:
        assert late.get("/first-run").status_code == 404
        assert send(late, "/first-run", "/sign-in", **NEW, code=users.code).status_code == 404


def test_guessing_the_code_is_slowed_down() -> None:
    made, users, _ = fresh()
    with browsing(made) as client:
        answers = [send(client, "/first-run", **NEW, code=f"{number}").status_code for number in range(31)]
        assert answers == [422] * 30 + [429]
        assert send(client, "/first-run", **NEW, code=users.code).status_code == 429


def test_alone_on_this_machine_nobody_signs_in_until_there_is_a_user() -> None:
    made, users, _ = fresh(shared=False)
    with browsing(made) as far:
        assert far.get("/first-run").status_code == 403
        assert far.get("/you").status_code == 403
    with browsing(made, at="127.0.0.1") as client:
        client.base_url = "http://localhost"
        assert "yours alone" in client.get("/you").text
        assert "Code" not in client.get("/first-run").text
        assert send(client, "/first-run", **NEW).status_code == 303
        assert users.any()
        client.cookies.clear()
        assert out(client)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"name": ""}, "Write a name."),
        ({"name": "<script>"}, "It can hold letters"),
        ({"password": "short", "again": "short"}, "It needs at least 10 characters."),
        ({"again": PASSWORD}, "These are not the same."),
    ],
)
def test_faults_stand_beside_their_fields_and_nothing_typed_is_lost(fields: dict[str, str], fault: str) -> None:
    made, users, _ = fresh()
    with browsing(made) as client:
        refused = send(client, "/first-run", **{**NEW, **fields, "code": users.code})
        assert (refused.status_code, users.any()) == (422, False)
        assert fault in refused.text
        assert users.code in refused.text
        assert OTHER not in refused.text
        assert "<script>" not in re.sub(r"<script src=[^>]*>", "", refused.text)


def admin(made: Starlette, store: Store) -> TestClient:
    client = TestClient(made, base_url="http://news.example", follow_redirects=False)
    client.cookies.set("readout", begun(store, ADMIN))
    return client


def test_an_invitation_is_an_address_that_works_once(made: Starlette, store: Store, client: TestClient) -> None:
    boss = admin(made, store)
    given = send(boss, "/users/invite", "/users", role="editor")
    assert (given.status_code, given.headers["cache-control"]) == (200, "no-store")
    address = re.findall(r"http://news\.example(/invited/[\w-]{43})", given.text)[0]
    assert address not in boss.get("/users").text
    assert "an editor" in client.get(address).text
    assert send(client, address, **{**NEW, "name": "Rey"}).status_code == 422
    assert send(client, address, **NEW).status_code == 303
    assert "You are signed in as an editor." in client.get("/you").text
    with browsing(made) as late:
        assert late.get(address).status_code == 404


def test_an_invitation_can_be_taken_back(made: Starlette, store: Store, client: TestClient) -> None:
    boss = admin(made, store)
    address = re.findall(r"(/invited/[\w-]{43})", send(boss, "/users/invite", "/users", role="reader").text)[0]
    page = boss.get("/users").text
    assert send(boss, re.findall(r'action="(/users/invitations/\w+/withdraw)"', page)[0], "/users").status_code == 303
    assert client.get(address).status_code == 404


def test_a_way_to_another_password(made: Starlette, store: Store, client: TestClient) -> None:
    given = send(admin(made, store), f"/users/{READER.id}", "/users", do="password")
    address = re.findall(r"(/invited/[\w-]{43})", given.text)[0]
    assert "Choose a password" in client.get(address).text
    assert send(client, address, name="Else", password=OTHER, again=OTHER).status_code == 303
    assert "Rey" in client.get("/you").text


def test_roles_change_at_once(made: Starlette, store: Store) -> None:
    with browsing(made, store, READER) as client:
        assert client.get("/users").status_code == 403
        send(admin(made, store), f"/users/{READER.id}", "/users", do="role", role="admin")
        assert client.get("/users").status_code == 200
        send(client, f"/users/{ADMIN.id}", "/users", do="disable")
        assert store.user(ADMIN.id).disabled
        refused = send(client, f"/users/{READER.id}", "/users", do="role", role="reader")
        assert (refused.status_code, store.user(READER.id).role) == (422, UserRole.ADMIN)
        assert "Nobody would be left who may manage users." in refused.text
        send(client, f"/users/{ADMIN.id}", "/users", do="enable")
        assert store.user(ADMIN.id).disabled is None


@pytest.mark.parametrize("sent", [{"do": "role", "role": "owner"}, {"do": "burn"}, {}])
def test_what_is_no_role(made: Starlette, store: Store, sent: dict[str, str]) -> None:
    refused = send(admin(made, store), f"/users/{READER.id}", "/users", **sent)
    assert (refused.status_code, "Choose a role." in refused.text) == (422, True)


@pytest.mark.parametrize("user_id", ["uddddddddddddddddd", "x", "%00", OWNER.id.upper()])
def test_who_is_not_there(made: Starlette, store: Store, user_id: str) -> None:
    for do in ("disable", "password"):
        assert send(admin(made, store), f"/users/{user_id}", "/users", do=do).status_code == 404


def test_forms_of_a_session_outlive_the_process(store: Store) -> None:
    first, second = (site(store, Access(desk(store), shared=True)) for _ in range(2))
    secret = begun(store, READER)
    with browsing(first) as before, browsing(second) as after:
        for client in (before, after):
            client.cookies.set("readout", secret)
        held = token(before, "/you")
        assert after.post("/sign-out", data={"token": held}, headers=HERE).status_code == 303


def test_nothing_secret_is_kept(store: Store, client: TestClient) -> None:
    sign_in(client)
    assert isinstance(store, MemoryStore)
    held = repr(vars(store))
    assert PASSWORD not in held
    assert client.cookies["readout"] not in held
