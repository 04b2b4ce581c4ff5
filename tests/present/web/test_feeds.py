"""The page of feeds: what it shows, what its form takes, and from whom."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from readout.errors import InputError
from readout.models import Addition, Feed, Followed, Found, Look, UpdateReport
from readout.present.web.access import Access
from readout.present.web.app import create
from readout.run import adding
from readout.run.base import Progress
from readout.store.memory import MemoryStore
from tests.builders import NOON
from tests.origin import wait_until
from tests.store.following import followed

HERE = {"Sec-Fetch-Site": "same-origin"}


class Changing:
    """Adds what it was told to, when it is let."""

    def __init__(self, store: MemoryStore) -> None:
        self.asked: list[tuple[str, bool]] = []
        self.updated: list[str] = []
        self.free = threading.Event()
        self.free.set()
        self._store = store

    def add(self, asked: str, *, tell: Callable[[str], None] | None = None, files: bool = True) -> Addition:
        self.asked.append((asked, files))
        if tell:
            tell(f"asking {asked}")
        self.free.wait(10)
        if "nothing" in asked:
            raise InputError(asked, "name not found: <nothing.example>")
        if "broken" in asked:
            raise RuntimeError
        feed = followed().feed
        return Addition(asked, (Found(feed, self._store.follow(followed()), "a feed"),), ("https://also.example/",))

    def add_list(self, content: bytes, name: str) -> Addition:
        if b"<opml" not in content:
            raise InputError(name, "not a list of feeds (OPML)")
        self.asked.append((name, False))
        return Addition(name, (Found(followed().feed, self._store.follow(followed()), "a feed of that list"),))

    def correct(self, feed_id: str, **fields: str | None) -> Followed:
        known = self._store.feed(feed_id)
        self._store.amend(adding.corrected(known.feed, fields))
        return self._store.feed(feed_id)

    def remove(self, feed_id: str) -> Feed:
        feed = self._store.feed(feed_id).feed
        self._store.unfollow(feed.id)
        return feed

    def update(self, feed_ids: list[str], *, progress: Progress) -> UpdateReport:
        progress(1, 1)
        self.updated += feed_ids
        return UpdateReport(feeds=1, articles=3)


@pytest.fixture
def store() -> MemoryStore:
    """An empty archive."""
    return MemoryStore()


@pytest.fixture
def intake(store: MemoryStore) -> Changing:
    """What adds to it."""
    return Changing(store)


def visitor(
    store: MemoryStore, intake: Changing | None, host: str = "127.0.0.1", *, opened: bool = False
) -> TestClient:
    """A browser at that address."""
    site = create(store, hosts=("news.example",), intake=intake, access=Access(everywhere=opened))
    kind = {"base_url": "http://localhost", "raise_server_exceptions": False, "follow_redirects": False}
    return TestClient(site, client=(host, 50000), **kind)  # type: ignore[arg-type]


@pytest.fixture
def client(store: MemoryStore, intake: Changing) -> Iterator[TestClient]:
    """A browser on this machine."""
    with visitor(store, intake) as client:
        yield client


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/feeds").text)
    assert found
    return found[1]


def sent(client: TestClient, address: str, **headers: str) -> Response:
    return client.post("/feeds", data={"token": token(client), "address": address}, headers={**HERE, **headers})


def finished(client: TestClient, response: Response) -> str:
    """The page at the end of the work."""
    assert response.status_code == 303
    where = response.headers["location"]
    wait_until(lambda: "refresh" not in client.get(where).text)
    return client.get(where).text


def test_adding_shows_how_it_is_getting_on_and_what_came_of_it(client: TestClient, intake: Changing) -> None:
    intake.free.clear()
    response = sent(client, " harbourpost.example ")
    where = response.headers["location"]
    wait_until(lambda: "asking harbourpost.example" in client.get(where).text)
    assert '<meta http-equiv="refresh" content="2">' in client.get(where).text
    intake.free.set()
    text = finished(client, response)
    assert "is followed from now on: a feed" in text
    assert "3 new articles came with it" in text
    assert "https://also.example/" in text
    assert intake.asked == [("harbourpost.example", False)]
    assert intake.updated == [followed().feed.id]
    assert "is followed already" in finished(client, sent(client, "harbourpost.example"))


def test_a_failure_stands_beside_the_field_with_what_was_written(client: TestClient) -> None:
    text = finished(client, sent(client, "nothing.example/<b>"))
    assert 'role="alert">Name not found: &lt;nothing.example&gt;.</p>' in text
    assert 'value="nothing.example/&lt;b&gt;"' in text
    assert 'aria-invalid="true"' in text


@pytest.mark.parametrize(("asked", "fault"), [("  ", "Write an address"), ("x" * 3000, "longer than any address")])
def test_what_needs_no_asking_is_told_at_once(client: TestClient, intake: Changing, asked: str, fault: str) -> None:
    response = sent(client, asked)
    assert (response.status_code, fault in response.text, intake.asked) == (422, True, [])


def test_a_bug_tells_nothing_of_the_program(client: TestClient) -> None:
    assert "Something went wrong here" in finished(client, sent(client, "broken.example"))


def test_too_much_at_once_is_refused(client: TestClient, intake: Changing) -> None:
    intake.free.clear()
    codes = [sent(client, f"{number}.example").status_code for number in range(5)]
    intake.free.set()
    assert codes == [303, 303, 303, 303, 422]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {},
    ],
)
def test_a_form_from_elsewhere_is_refused(client: TestClient, intake: Changing, headers: dict[str, str]) -> None:
    data = {"token": token(client), "address": "harbourpost.example"}
    assert client.post("/feeds", data=data, headers=headers).status_code == 403
    assert intake.asked == []


def test_a_form_with_its_own_origin_is_taken(client: TestClient) -> None:
    data = {"token": token(client), "address": "harbourpost.example"}
    assert client.post("/feeds", data=data, headers={"Origin": "http://localhost"}).status_code == 303


@pytest.mark.parametrize("bad", ["", "x", "1.0", f"9999999999.{'0' * 64}", f"١.{'0' * 64}"])
def test_a_form_without_our_token_is_refused(client: TestClient, intake: Changing, bad: str) -> None:
    assert client.post("/feeds", data={"token": bad, "address": "a.example"}, headers=HERE).status_code == 403
    assert intake.asked == []


def test_a_token_ends(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    old = token(client)
    monkeypatch.setattr("readout.present.web.changes.LASTS", -1)
    assert client.post("/feeds", data={"token": old, "address": "a.example"}, headers=HERE).status_code == 403


def test_a_token_of_another_process_is_refused(client: TestClient, store: MemoryStore, intake: Changing) -> None:
    with visitor(store, intake) as other:
        data = {"token": token(other), "address": "a.example"}
    assert client.post("/feeds", data=data, headers=HERE).status_code == 403


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"x" * 20_000, "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 415),
        (b"", "", 415),
        (b"&".join(b"a%d=1" % n for n in range(30)), "application/x-www-form-urlencoded", 400),
        (b"token=1&token=2", "application/x-www-form-urlencoded", 400),
        (b"\xff", "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form_is_refused(client: TestClient, content: bytes, kind: str, status: int) -> None:
    response = client.post("/feeds", content=content, headers={**HERE, "Content-Type": kind})
    assert response.status_code == status


@pytest.mark.parametrize(
    ("host", "headers"),
    [
        ("192.0.2.7", {}),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}),
        ("127.0.0.1", {"Host": "news.example"}),
        ("a name", {}),
    ],
)
def test_only_this_machine_may_change_things(
    store: MemoryStore, intake: Changing, client: TestClient, host: str, headers: dict[str, str]
) -> None:
    with visitor(store, intake, host) as far:
        shown = far.get("/feeds", headers=headers)
        assert 'method="post"' not in shown.text
        assert "on the machine that this site runs on" in shown.text
        data = {"token": token(client), "address": "a.example"}
        assert far.post("/feeds", data=data, headers={**HERE, **headers}).status_code == 403
    assert intake.asked == []


def test_the_operator_may_let_others_change_things(store: MemoryStore, intake: Changing) -> None:
    with visitor(store, intake, "192.0.2.7", opened=True) as far:
        assert sent(far, "harbourpost.example").status_code == 303


def test_a_site_that_only_shows_takes_nothing(store: MemoryStore) -> None:
    with visitor(store, None) as client:
        assert "This site only shows what is kept." in client.get("/feeds").text
        assert client.post("/feeds", data={}, headers=HERE).status_code == 415


@pytest.mark.parametrize("where", ["0123456789abcdef", "x", "%00", "0" * 17])
def test_an_addition_that_nobody_knows(client: TestClient, where: str) -> None:
    assert client.get(f"/feeds/adding/{where}").status_code == 404


def test_the_list_shows_how_each_feed_is_doing(client: TestClient, store: MemoryStore) -> None:
    looks = {
        "well": Look(NOON, "new articles", ok=True, new=14),
        "failing": Look(NOON, "declined by the server: 503 <Unavailable>", ok=False),
        "empty": Look(NOON, "empty", ok=True),
        "undated": Look(NOON, "new articles", ok=True, new=4, undated=4),
    }
    store.follow(followed("new"))
    for name, look in looks.items():
        one = followed(name)
        state = replace(one.state, last=look, last_ok=NOON, moved_from=("https://old.example/",))
        store.follow(Followed(one.feed, state))
        store.looked(one.feed.id, state)
    text = client.get("/feeds").text
    rows = re.findall(r"<tr.*?</tr>", text, re.DOTALL)[1:]
    told = [re.search(r"example/(\w+).*?<td>([\w ]+)", row, re.DOTALL) for row in rows]
    assert [(one[1], one[2]) for one in told if one] == [
        ("empty", "empty"),
        ("failing", "failing"),
        ("new", "not looked at yet"),
        ("undated", "undated"),
        ("well", "well"),
    ]
    assert "503 &lt;Unavailable&gt;" in text
    assert "5 feeds followed, 2 in trouble." in text
    assert "moved from https://old.example/" in text
