"""Adding a feed from the web page, with a server that speaks real HTTP: each way in which it can fail is told, and what
was added can be corrected, shown, listed for other readers and removed.
"""

from __future__ import annotations

import html
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from readout.capture.fetch import Fetcher
from readout.capture.guard import Policy
from readout.capture.transfer import Limits
from readout.engine import Engine
from readout.present.web.app import create
from readout.run.outside import Outside
from readout.store.memory import MemoryStore
from tests.acceptance.test_intake import article, publish, rss
from tests.origin import Site, answer, forever, origin, unused_port, wait_until

HERE = {"Sec-Fetch-Site": "same-origin"}
QUICK = Limits(connect=1.0, first_byte=1.0, grace=0.5, total=3.0, wire=100_000, decoded=100_000)
TLS = Path(__file__).parents[1] / "capture" / "tls"


def resolve(host: str, _port: int) -> Sequence[str]:
    """Some names lead here, some nowhere, some to where nobody may go."""
    if host == "inside.paper.com":
        return ["10.0.0.7"]
    if host == "silent.paper.com":
        raise socket.gaierror(socket.EAI_AGAIN, "try again")
    if host.endswith("secure.paper.com"):
        return ["127.0.0.1"]
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


@contextmanager
def archive(*allowed: str) -> Iterator[Engine]:
    """An archive that may talk to those endpoints."""
    with Fetcher(Policy(allow=frozenset(allowed)), QUICK, resolve=resolve) as fetch:
        yield Engine(MemoryStore(), (), Outside(pause=0, fetch=fetch))


@pytest.fixture
def site() -> Iterator[Site]:
    """A server."""
    with origin() as site:
        yield site


@pytest.fixture
def engine(site: Site) -> Iterator[Engine]:
    """An archive that may talk to it."""
    with archive(site.endpoint) as engine:
        yield engine


@pytest.fixture
def browser(engine: Engine) -> Iterator[TestClient]:
    """A browser on this machine, without scripts."""
    with visiting(engine) as browser:
        yield browser


@contextmanager
def visiting(engine: Engine) -> Iterator[TestClient]:
    """A browser at the site of that archive."""
    site = create(engine, intake=engine)
    given = {"base_url": "http://localhost", "follow_redirects": False}
    with TestClient(site, client=("127.0.0.1", 50000), **given) as browser:  # type: ignore[arg-type]
        yield browser


def token(browser: TestClient) -> dict[str, str]:
    found = re.search(r'name="token" value="([^"]+)"', browser.get("/feeds").text)
    assert found
    return {"token": found[1]}


def ended(browser: TestClient, response: Response) -> str:
    """The page that stands at the end of the work, as a reader reads it."""
    assert response.status_code == 303
    where = response.headers["location"]
    wait_until(lambda: 'http-equiv="refresh"' not in browser.get(where).text)
    return " ".join(html.unescape(browser.get(where).text).split())


def added(browser: TestClient, address: str) -> str:
    return ended(browser, browser.post("/feeds", data={**token(browser), "address": address}, headers=HERE))


def fault(text: str) -> str:
    found = re.search(r'role="alert">(.*?)</p>', text)
    return found[1] if found else ""


def _broken(site: Site) -> None:
    """What a server can do to somebody who adds."""
    for path, status in (("/gone", 410), ("/busy", 429), ("/locked", 403), ("/ill", 500)):
        site.status(path, status)
    site.page("/robots.txt", "User-agent: *\nDisallow: /private", media="text/plain")
    site.page("/words", "<html><p>Just words")
    site.page("/picture", b"\x89PNG\r\n\x1a\n" + bytes(100), media="image/png")
    site.redirect("/loop", "/loop")
    site.redirect("/inside", "http://169.254.169.254/latest/")
    site.status("/nowhere", 301)
    site.raw("/slow", 5.0, answer(200, b"late"))
    site.serve("/drip", lambda _: forever(b"x", 0.4))
    site.page("/large", b"x" * 200_000)
    site.raw("/lie", answer(200, b"<rss>", length=500), b"")
    site.raw("/bomb", answer(200, b"x", [("Content-Encoding", "gzip")]))
    site.raw("/noise", b"nonsense\r\n\r\n", b"")
    site.page("/list", "<opml version='2.0'><body/></opml>", media="text/x-opml")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/missing", "Declined by the server: 404 Not Found."),
        ("/gone", "Declined by the server: 410 Gone."),
        ("/busy", "Declined by the server: 429 Too Many Requests."),
        ("/locked", "Declined by the server: 403 Forbidden."),
        ("/ill", "Declined by the server: 500 Internal Server Error."),
        ("/private", "Disallowed by robots.txt."),
        ("/words", "Neither a feed nor a page that leads to one."),
        ("/picture", "Neither a feed nor a page that leads to one."),
        ("/loop", "Too many redirects: more than 5."),
        ("/inside", "Not an address we talk to: 169.254.169.254 is link-local"),
        ("/nowhere", "A redirect to nowhere"),
        ("/slow", "No answer in time."),
        ("/drip", "An answer too slow to wait for"),
        ("/large", "Too large"),
        ("/lie", "Connection closed before the end"),
        ("/bomb", "Compressed in a way that cannot be undone"),
        ("/noise", "Not an answer in HTTP"),
        ("/list", "A list of feeds with none that can be asked."),
    ],
)
def test_what_a_server_does_is_told(site: Site, browser: TestClient, engine: Engine, path: str, told: str) -> None:
    _broken(site)
    text = added(browser, site.address(path))
    assert fault(text).startswith(told)
    assert f'value="{site.address(path)}"' in text
    assert engine.feeds() == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("two words", "Neither an address nor a file."),
        ("http://", "Neither an address nor a file."),
        ("ftp://a.example/", "Not an address we talk to: neither http nor https but ftp."),
        ("http://user:secret@a.example/", "Not an address we talk to: a user name or password in the address."),
        ("http://127.0.0.1/", "Not an address we talk to: 127.0.0.1 is this machine"),
        ("http://010.0.0.1/", "Not an address we talk to: 8.0.0.1 in a disguise."),
        ("http://router/", "Not an address we talk to: a name of one word"),
        ("http://inside.paper.com/", "Not an address we talk to: 10.0.0.7 is a private network"),
        ("nobody.paper.com", "Name not found: nobody.paper.com."),
        ("silent.paper.com", "The name service gave no answer"),
        ("/etc/passwd", "Not an address we talk to: a name of one word"),
    ],
)
def test_what_cannot_be_asked_is_told(browser: TestClient, engine: Engine, asked: str, told: str) -> None:
    assert fault(added(browser, asked)).startswith(told)
    assert engine.feeds() == []


def test_a_certificate_that_nobody_trusts_and_a_port_where_nobody_listens_are_told() -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
    closed = f"127.0.0.1:{unused_port()}"
    with ExitStack() as stack:
        secure = stack.enter_context(origin(tls=tls, host="secure.paper.com"))
        browser = stack.enter_context(visiting(stack.enter_context(archive(secure.endpoint, closed))))
        assert fault(added(browser, secure.address("/"))).startswith("No secure connection: self")
        assert fault(added(browser, f"http://{closed}/")).startswith("Connection refused")


def test_a_newspaper_is_added_corrected_shown_listed_and_removed(
    site: Site, browser: TestClient, engine: Engine
) -> None:
    publish(site, [1, 2], path="/rss")
    site.page("/", '<html><head><link rel=alternate type="application/rss+xml" href="/rss"></head><body>Hello</body>')
    text = added(browser, site.address("/"))
    assert "is followed from now on: the page declares it as application/rss+xml" in text
    assert "2 new articles came with it" in text
    assert "is followed already" in added(browser, site.address("/rss"))
    (followed,) = engine.feeds()
    where = f"/feeds/{followed.feed.id}"
    fields = {**token(browser), "name": "Harbour Post", "country": "nz", "kind": "agency", "language": "mi"}
    assert browser.post(where, data=fields, headers=HERE).status_code == 303
    outlets = browser.get("/outlets").text
    assert re.search(r"Harbour Post.*New Zealand.*agency", outlets, re.DOTALL)
    (outlet,) = engine.outlets()
    assert "agency · New Zealand · Māori" in browser.get(f"/outlet/{outlet.outlet.id}").text
    publish(site, [3], path="/rss")
    engine.update(everything=True)
    assert {one.outlet for one in engine.articles()} >= {"Harbour Post"}
    listed = browser.get("/feeds/opml").content
    assert site.address("/rss").encode() in listed
    assert browser.post(f"{where}/remove", data=token(browser), headers=HERE).status_code == 303
    assert engine.feeds() == []
    assert len(engine.articles()) == 3
    given = {"list": ("mine.opml", listed, "text/x-opml")}
    text = ended(browser, browser.post("/feeds/opml", data=token(browser), files=given, headers=HERE))
    assert "is followed from now on: a feed of that list" in text
    assert [one.feed.address for one in engine.feeds()] == [site.address("/rss")]


def test_adding_shows_what_is_being_tried(site: Site, browser: TestClient) -> None:
    site.raw("/rss", 0.8, answer(200, rss(site, [1]), [("Content-Type", "application/rss+xml")]))
    site.page("/a1", article(1))
    response = browser.post("/feeds", data={**token(browser), "address": site.address("/rss")}, headers=HERE)
    wait_until(lambda: f"asking {site.address('/rss')}" in browser.get(response.headers["location"]).text)
    assert "is followed from now on" in ended(browser, response)
