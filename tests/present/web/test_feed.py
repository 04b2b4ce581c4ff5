"""The page of one feed, its removal, and lists of feeds: what they show, what they take, and from whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from readout.capture import opml
from readout.models import FeedId, Look
from readout.present.web import forms
from readout.store.memory import MemoryStore
from tests.builders import NOON
from tests.present.web.test_feeds import HERE, Changing, finished, token, visitor
from tests.store.following import followed

LIST = b'<opml version="2.0"><body><outline text="x" xmlUrl="https://a.example/feed"/></body></opml>'


@pytest.fixture
def store() -> MemoryStore:
    """An archive in which one feed is followed."""
    store = MemoryStore()
    store.follow(followed())
    return store


@pytest.fixture
def intake(store: MemoryStore) -> Changing:
    """What changes it."""
    return Changing(store)


@pytest.fixture
def client(store: MemoryStore, intake: Changing) -> Iterator[TestClient]:
    """A browser on this machine."""
    with visitor(store, intake) as client:
        yield client


@pytest.fixture
def feed(store: MemoryStore) -> FeedId:
    """The id of the feed."""
    return store.feeds()[0].feed.id


def sent(client: TestClient, where: str, **fields: str) -> Response:
    return client.post(where, data={"token": token(client), **fields}, headers=HERE)


def uploaded(client: TestClient, content: bytes, name: str = "feeds.opml") -> Response:
    given = {"list": (name, content, "text/x-opml")}
    return client.post("/feeds/opml", data={"token": token(client)}, files=given, headers=HERE)


def test_a_feed_shows_what_is_known_of_it_and_why(client: TestClient, store: MemoryStore, feed: FeedId) -> None:
    known = store.feed(feed)
    reasons = ("country: the address's ending", "name: the page's own")
    store.amend(replace(known.feed, reasons=reasons, outlet=replace(known.feed.outlet, country="GB")))
    look = Look(NOON, "declined by the server: 503 <Unavailable>", ok=False)
    store.looked(feed, replace(known.state, last=look))
    text = client.get(f"/feeds/{feed}").text
    assert 'value="GB"' in text
    assert "the address&#39;s ending" in text
    assert "503 &lt;Unavailable&gt;" in text
    assert f'href="/feeds/{feed}"' in client.get("/feeds").text


def test_a_guess_is_corrected(client: TestClient, store: MemoryStore, feed: FeedId) -> None:
    where = f"/feeds/{feed}"
    known = store.feed(feed).feed.outlet
    response = sent(client, where, name=known.name, country=" fr ", kind="agency", language="", domain="")
    assert (response.status_code, response.headers["location"]) == (303, f"{where}?saved=yes")
    changed = store.feed(feed).feed
    assert (changed.outlet.name, changed.outlet.country, changed.outlet.kind) == (known.name, "FR", "agency")
    assert {"country", "kind"} <= set(changed.corrected)
    assert "name" not in changed.corrected
    text = client.get(response.headers["location"]).text
    assert "Kept." in text
    assert "set by hand" in text


@pytest.mark.parametrize(
    ("field", "value"), [("country", "France<b>"), ("name", "  "), ("domain", "a b"), ("kind", "x" * 99)]
)
def test_what_cannot_be_right_stands_beside_its_field(
    client: TestClient, store: MemoryStore, feed: FeedId, field: str, value: str
) -> None:
    response = sent(client, f"/feeds/{feed}", **{field: value})
    assert response.status_code == 422
    inside = re.search(rf'<input id="{field}".*?</div>.*?</div>', response.text, re.DOTALL)
    assert inside
    assert 'aria-invalid="true"' in inside[0]
    assert 'role="alert"' in inside[0]
    assert "<b>" not in response.text
    assert store.feed(feed).feed.corrected == ()


def test_to_follow_no_more_is_asked_first(client: TestClient, store: MemoryStore, feed: FeedId) -> None:
    where = f"/feeds/{feed}/remove"
    assert where in client.get(f"/feeds/{feed}").text
    assert "What was captured stays." in client.get(where).text
    assert len(store.feeds()) == 1
    response = sent(client, where)
    assert response.status_code == 303
    assert store.feeds() == []
    assert "followed no more" in client.get(response.headers["location"]).text
    assert sent(client, where).status_code == 404


def test_a_list_goes_out_and_comes_in(client: TestClient, intake: Changing, store: MemoryStore) -> None:
    out = client.get("/feeds/opml")
    assert out.headers["content-disposition"] == 'attachment; filename="readout.opml"'
    assert out.headers["x-content-type-options"] == "nosniff"
    read = opml.read(out.content)
    assert read
    assert [one.address for one in read.feeds] == [store.feeds()[0].feed.address]
    text = finished(client, uploaded(client, LIST, "mine <1>.opml"))
    assert "is followed already: a feed of that list" in text
    assert intake.asked == [("mine <1>.opml", False)]


@pytest.mark.parametrize(
    ("content", "fault"), [(b"<html>", "Not a list of feeds (OPML)."), (b"", "Choose a file first")]
)
def test_what_is_no_list_is_told_beside_the_field(client: TestClient, content: bytes, fault: str) -> None:
    response = uploaded(client, content)
    text = response.text if response.status_code == 422 else finished(client, response)
    assert fault in text
    assert 'aria-describedby="list-fault"' in text


def test_a_list_has_a_largest_size(client: TestClient, intake: Changing) -> None:
    response = uploaded(client, bytes(forms.LARGEST_FILE))
    assert (response.status_code, "a list of feeds 2 MB" in response.text) == (413, True)
    assert intake.asked == []


PARTED = "multipart/form-data; boundary=xx"


def part(name: str, content: bytes = b"1") -> bytes:
    return b"--xx\r\nContent-Disposition: form-data; name=%b\r\n\r\n%b\r\n" % (name.encode(), content)


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("application/x-www-form-urlencoded", b"token=1", 415),
        ("multipart/form-data", b"", 415),
        ("multipart/form-data; boundary=", b"", 415),
        (PARTED, b"", 400),
        (PARTED, b"--xx\r\n\r\n\r\n--xx--", 400),
        (PARTED, part('"token"'), 400),
        (PARTED, part('"token"', b"\xff") + b"--xx--", 400),
        (PARTED, part('"token"') + b"--xx--", 403),
        (PARTED, part('"a"') * 2 + b"--xx--", 400),
        (PARTED, part('"f"; filename=""') * 2 + b"--xx--", 400),
        (PARTED, b"--xx\r\n\r\n" * 100_000, 400),
    ],
)
def test_what_is_no_form_with_a_file(client: TestClient, kind: str, content: bytes, status: int) -> None:
    response = client.post("/feeds/opml", content=content, headers={**HERE, "Content-Type": kind})
    assert response.status_code == status


WHERE = ("/feeds", "/feeds/opml", "/feeds/{id}", "/feeds/{id}/remove")


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}, {}])
def test_nothing_is_changed_from_elsewhere(
    client: TestClient, store: MemoryStore, intake: Changing, where: str, headers: dict[str, str]
) -> None:
    feed = store.feeds()[0].feed.id
    fields = {"token": token(client), "address": "a.example", "country": "FR"}
    before = store.feeds()
    given = {"files": {"list": ("a", LIST)}} if where.endswith("opml") else {}
    response = client.post(where.format(id=feed), data=fields, headers=headers, **given)  # type: ignore[arg-type]
    assert response.status_code == 403
    assert (store.feeds(), intake.asked) == (before, [])


@pytest.mark.parametrize("where", WHERE)
def test_nothing_is_changed_without_a_token_from_afar_or_where_nothing_can_be(
    client: TestClient, store: MemoryStore, intake: Changing, feed: FeedId, where: str
) -> None:
    before = store.feeds()
    where = where.format(id=feed)
    given = {"files": {"list": ("a", LIST)}} if where.endswith("opml") else {}
    fields = {"address": "a.example", "country": "FR"}
    assert client.post(where, data=fields, headers=HERE, **given).status_code == 403  # type: ignore[arg-type]
    fields["token"] = token(client)
    with visitor(store, intake, "192.0.2.7") as far:
        assert far.post(where, data=fields, headers=HERE, **given).status_code == 403  # type: ignore[arg-type]
        assert 'method="post"' not in far.get(f"/feeds/{feed}").text + far.get(f"/feeds/{feed}/remove").text
    with visitor(store, None) as shown:
        assert shown.post(where, data=fields, headers=HERE, **given).status_code == 403  # type: ignore[arg-type]
    assert (store.feeds(), intake.asked) == (before, [])


@pytest.mark.parametrize("asked", ["f", "x" * 17, "f" + "1" * 16, "a" * 17, "faaaa", "%00"])
def test_a_feed_that_nobody_knows(client: TestClient, asked: str) -> None:
    for where in (f"/feeds/{asked}", f"/feeds/{asked}/remove"):
        assert client.get(where).status_code == 404
        assert client.post(where, data={"token": token(client)}, headers=HERE).status_code == 404
