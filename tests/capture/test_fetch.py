"""Fetching over real HTTP from a server on loopback: what works, every way to fail, and what is never done."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout.capture.answers import Failure, Fetch, Reason, Redirect, Response
from readout.capture.fake import FakeFetch
from readout.capture.fetch import Fetcher
from readout.capture.guard import Policy
from readout.capture.transfer import Limits
from tests.origin import Site, answer, forever, origin, unused_port

TLS = Path(__file__).parent / "tls"
QUICK = Limits(connect=1, first_byte=1.5, grace=0.4, rate=20_000, total=4, wire=1_000_000, decoded=2_000_000)


@pytest.fixture
def site() -> Iterator[Site]:
    with origin() as site:
        yield site


@pytest.fixture
def fetch(site: Site) -> Iterator[Fetcher]:
    with Fetcher(Policy(allow=frozenset({site.endpoint})), QUICK) as fetch:
        yield fetch


def got(answer: Response | Failure) -> Response:
    assert isinstance(answer, Response), answer
    return answer


def failed(answer: Response | Failure) -> Failure:
    assert isinstance(answer, Failure), answer
    return answer


def test_a_page(site: Site, fetch: Fetcher) -> None:
    site.page("/a?b=c", "<p>News", headers=[("Link", "</feed>; rel=alternate"), ("Set-Cookie", "a=b")])
    page = got(fetch(site.address("/a?b=c#d")))
    assert (page.address, page.answered, page.status) == (site.address("/a?b=c#d"),) * 2 + (200,)
    assert page.content == b"<p>News"
    assert page.header("content-type") == "text/html; charset=utf-8"
    assert page.header("link") == "</feed>; rel=alternate"
    assert page.header("set-cookie") is None
    assert (page.redirects, page.moved_to, page.retry_after) == ((), None, None)
    assert 0 < page.elapsed < 3


def test_what_we_say_of_ourselves(site: Site, fetch: Fetcher) -> None:
    site.page("/", "x", headers=[("Set-Cookie", "a=b")])
    got(fetch(site.address()))
    got(fetch(site.address()))
    second = site.asked[1].headers
    assert set(second) == {"host", "user-agent", "accept", "accept-encoding"}
    assert second["host"] == site.endpoint
    assert second["user-agent"].startswith("Readout/")


def test_a_page_that_we_have_already(site: Site, fetch: Fetcher) -> None:
    site.page("/", "x", modified=datetime(2026, 11, 1, tzinfo=UTC))
    first = got(fetch(site.address()))
    assert first.last_modified == "Sun, 01 Nov 2026 00:00:00 GMT"
    for known in ({"etag": first.etag}, {"last_modified": first.last_modified}):
        again = got(fetch(site.address(), **known))
        assert again.unchanged
        assert again.content == b""
    assert again.etag == first.etag
    assert not got(fetch(site.address(), etag='"other"')).unchanged


def test_304_without_having_asked_is_no_answer(site: Site, fetch: Fetcher) -> None:
    site.status("/", 304)
    assert failed(fetch(site.address())).status == 304


def test_a_validator_that_cannot_be_sent_is_not_sent(site: Site, fetch: Fetcher) -> None:
    site.page("/", "x")
    got(fetch(site.address(), etag='"a"\r\nX-Evil: 1', last_modified="ä"))
    assert not {"if-none-match", "if-modified-since", "x-evil"} & set(site.asked[0].headers)


def test_one_connection_serves_many_requests(site: Site, fetch: Fetcher) -> None:
    site.page("/a", "x")
    site.redirect("/b", "/a")
    for path in ("/a", "/b", "/c", "/a"):
        fetch(site.address(path))
    assert site.connections == 1


def test_a_kept_connection_that_died_is_no_failure(site: Site, fetch: Fetcher) -> None:
    site.serve("/", lambda _: [answer(200, "x"), 0.1, b""] if len(site.asked) == 1 else [answer(200, "y")])
    assert got(fetch(site.address())).content == b"x"
    assert got(fetch(site.address())).content == b"y"


@pytest.mark.parametrize("status", [404, 410, 429, 500, 503, 600])
def test_a_server_that_declines(site: Site, fetch: Fetcher, status: int) -> None:
    site.status("/", status, "sorry", [("Retry-After", "120")])
    failure = failed(fetch(site.address()))
    assert (failure.reason, failure.status, failure.retry_after) == (Reason.STATUS, status, 120)
    assert failure.gone is (status == 410)
    assert str(failure).startswith(f"declined by the server: {status}")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("0", 0), ("99999999999", 365 * 86400), ("-1", None), ("soon", None), ("", None), ("9" * 5000, None)],
)
def test_when_to_come_again(site: Site, fetch: Fetcher, said: str, seconds: float | None) -> None:
    site.status("/", 429, headers=[("Retry-After", said)])
    assert failed(fetch(site.address())).retry_after == seconds


def test_when_to_come_again_as_a_date(site: Site, fetch: Fetcher) -> None:
    site.status(
        "/", 503, headers=[("Retry-After", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True))]
    )
    assert failed(fetch(site.address())).retry_after == pytest.approx(3600, abs=10)
    site.status("/", 503, headers=[("Retry-After", "Sun, 01 Nov 2020 00:00:00 GMT")])
    assert failed(fetch(site.address())).retry_after == 0


def test_redirects_are_followed_and_told(site: Site, fetch: Fetcher) -> None:
    site.redirect("/1", "/2", 301)
    site.redirect("/2", site.address("/3"), 308)
    site.redirect("/3", "4?x", 302)
    site.redirect("/4?x", "/5", 301)
    site.page("/5", "x")
    page = got(fetch(site.address("/1")))
    assert page.redirects == tuple(
        Redirect(status, site.address(path)) for status, path in [(301, "/2"), (308, "/3"), (302, "/4?x"), (301, "/5")]
    )
    assert page.answered == site.address("/5")
    assert page.moved_to == site.address("/3")


def test_a_failure_tells_where_it_moved_too(site: Site, fetch: Fetcher) -> None:
    site.redirect("/1", "/2", 301)
    failure = failed(fetch(site.address("/1")))
    assert (failure.status, failure.answered, failure.moved_to) == (404, site.address("/2"), site.address("/2"))


def test_six_redirects_are_too_many(site: Site, fetch: Fetcher) -> None:
    for number in range(9):
        site.redirect(f"/{number}", f"/{number + 1}")
    assert failed(fetch(site.address("/0"))).reason is Reason.TOO_MANY_REDIRECTS
    assert len(site.asked) == 6
    site.redirect("/loop", "/loop")
    assert failed(fetch(site.address("/loop"))).reason is Reason.TOO_MANY_REDIRECTS


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("", Reason.NOWHERE),
        ("http://", Reason.NOWHERE),
        ("file:///etc/passwd", Reason.REFUSED),
        ("http://169.254.169.254/latest/", Reason.REFUSED),
        ("//localhost/", Reason.REFUSED),
        ("http://0x7f000001/", Reason.REFUSED),
        ("/a\\b", Reason.REFUSED),
        ("http://me:secret@127.0.0.1/", Reason.REFUSED),
    ],
)
def test_a_redirect_to_where_we_do_not_go(site: Site, fetch: Fetcher, to: str, reason: Reason) -> None:
    site.redirect("/", to)
    assert failed(fetch(site.address())).reason is reason


def test_the_other_end_of_a_redirect_hears_nothing_of_the_first(site: Site) -> None:
    with origin() as other, Fetcher(Policy(allow=frozenset({site.endpoint, other.endpoint})), QUICK) as fetch:
        site.redirect("/", other.address("/x"))
        other.page("/x", "x")
        got(fetch(site.address()))
        assert set(other.asked[0].headers) == {"host", "user-agent", "accept", "accept-encoding"}
        assert other.asked[0].headers["host"] == other.endpoint


BODY = b"All the news. " * 5000


def packed_by_gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


@pytest.mark.parametrize(
    ("packed", "name"),
    [
        (packed_by_gzip(BODY), "gzip"),
        (packed_by_gzip(BODY[:700]) + packed_by_gzip(BODY[700:]), "x-gzip"),
        (packed_by_gzip(BODY) + b"\0\0rest", "GZIP"),
        (zlib.compress(BODY), "deflate"),
        (zlib.compress(BODY, wbits=-15), "deflate"),
        (BODY, "identity"),
    ],
)
def test_bodies_are_unpacked(site: Site, fetch: Fetcher, packed: bytes, name: str) -> None:
    site.status("/", 200, packed, [("Content-Encoding", name)])
    assert got(fetch(site.address())).content == BODY


@pytest.mark.parametrize(
    ("packed", "name", "reason"),
    [
        (packed_by_gzip(b"\0" * 2_000_001), "gzip", Reason.TOO_LARGE),
        (packed_by_gzip(b"\0" * 1_500_000) * 2, "gzip", Reason.TOO_LARGE),
        (zlib.compress(b"\0" * 2_000_001), "deflate", Reason.TOO_LARGE),
        (packed_by_gzip(packed_by_gzip(BODY)), "gzip, gzip", Reason.BAD_CODING),
        (packed_by_gzip(BODY)[:-9], "gzip", Reason.BAD_CODING),
        (b"plain", "gzip", Reason.BAD_CODING),
        (b"plain", "deflate", Reason.BAD_CODING),
        (b"plain", "br", Reason.BAD_CODING),
        (packed_by_gzip(b"") * 200, "gzip", Reason.BAD_CODING),
    ],
)
def test_bodies_that_cannot_be_unpacked(site: Site, fetch: Fetcher, packed: bytes, name: str, reason: Reason) -> None:
    site.status("/", 200, packed, [("Content-Encoding", name)])
    assert failed(fetch(site.address())).reason is reason


HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [
        ([2.5], Reason.NO_ANSWER),
        ([HEAD, *[b"X-A: b\r\n", 0.05] * 60], Reason.TOO_SLOW),
        ([HEAD + b"Content-Length: 9000\r\n\r\n", *[b"x", 0.05] * 60], Reason.TOO_SLOW),
        ([CHUNKED, *[b"1\r\nx\r\n", 0.05] * 60], Reason.TOO_SLOW),
        ([HEAD + b"Content-Length: 100\r\n\r\n", 2.0], Reason.TOO_SLOW),
        ([answer(200, b"x" * 50, length=100)], Reason.CUT_SHORT),
        ([CHUNKED + b"5\r\nabc"], Reason.CUT_SHORT),
        ([HEAD], Reason.CUT_SHORT),
        ([b""], Reason.CUT_SHORT),
        ([b"220 mail ready\r\n\r\n"], Reason.BROKEN),
        ([CHUNKED + b"zz\r\nabc\r\n"], Reason.BROKEN),
        ([HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"], Reason.BROKEN),
        ([HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n"], Reason.BROKEN),
        ([HEAD + b"Content-Length: -5\r\n\r\nabcdef"], Reason.BROKEN),
        ([HEAD + b"Bad Header\r\n\r\n"], Reason.BROKEN),
        ([HEAD + b"X: " + b"y" * 100_000 + b"\r\n\r\n"], Reason.HEADERS_TOO_LARGE),
        ([HEAD + b"X: y\r\n" * 12_000 + b"\r\n"], Reason.HEADERS_TOO_LARGE),
        ([answer(200, b"", length=1_000_001)], Reason.TOO_LARGE),
        ([CHUNKED + b"1\r\nx\r\n" * 30_000], Reason.BROKEN),
    ],
)
def test_answers_that_are_none(site: Site, fetch: Fetcher, pieces: list[bytes | float], reason: Reason) -> None:
    site.raw("/", *pieces)
    started = time.monotonic()
    failure = failed(fetch(site.address()))
    assert failure.reason is reason, failure
    assert time.monotonic() - started < 10  # the limits say 2; a busy machine takes longer
    site.page("/next", "x")
    assert got(fetch(site.address("/next"))).content == b"x"


def test_an_answer_without_length_ends_with_the_connection(site: Site, fetch: Fetcher) -> None:
    site.raw("/", HEAD + b"\r\n", b"all ", 0.05, b"of it")
    assert got(fetch(site.address())).content == b"all of it"


@pytest.mark.parametrize(
    ("piece", "reason"),
    [
        (b"x" * 10_000, Reason.TOO_LARGE),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 100, Reason.HEADERS_TOO_LARGE),
    ],
)
def test_endless_answers_end(site: Site, fetch: Fetcher, piece: bytes, reason: Reason) -> None:
    start = HEAD + b"\r\n" if piece.startswith(b"x") else b""
    site.serve("/", lambda _: chain([start or piece], forever(piece)))
    assert failed(fetch(site.address())).reason is reason


def test_the_total_bounds_what_every_single_wait_allows(site: Site) -> None:
    for number in range(5):
        site.serve(
            f"/{number}", lambda asked: [0.3, answer(302, headers=[("Location", f"/{int(asked.path[1:]) + 1}")])]
        )
    limits = Limits(first_byte=1, total=0.7)
    with Fetcher(Policy(allow=frozenset({site.endpoint})), limits) as fetch:
        failure = failed(fetch(site.address("/0")))
    assert failure.reason is Reason.TOO_LONG
    assert failure.elapsed < 1.2


def test_a_fast_and_steady_answer_may_take_long(site: Site, fetch: Fetcher) -> None:
    thousands: list[bytes | float] = [b"x" * 3000, 0.05]
    site.raw("/", HEAD + b"Content-Length: 60000\r\n\r\n", *thousands * 20)
    page = got(fetch(site.address()))
    assert len(page.content) == 60_000
    assert page.elapsed > QUICK.grace


def test_nobody_there() -> None:
    endpoint = f"127.0.0.1:{unused_port()}"
    with Fetcher(Policy(allow=frozenset({endpoint})), QUICK) as fetch:
        failure = failed(fetch(f"http://{endpoint}/"))
    assert failure.reason is Reason.CONNECTION_REFUSED


def _no_name(host: str, port: int) -> Sequence[str]:
    raise OSError(host, port)


def _never(host: str, port: int) -> Sequence[str]:
    time.sleep(2)
    return [host, str(port)]


def test_names() -> None:
    with Fetcher(limits=QUICK, resolve=_no_name) as fetch:
        assert failed(fetch("https://news.paper.com/")).reason is Reason.NO_SUCH_NAME
    with Fetcher(limits=QUICK, resolve=lambda _host, _port: []) as fetch:
        assert failed(fetch("https://news.paper.com/")).reason is Reason.NO_SUCH_NAME
    with Fetcher(limits=QUICK, resolve=lambda _host, _port: ["another.name"]) as fetch:
        assert failed(fetch("https://news.paper.com/")).reason is Reason.NO_SUCH_NAME
    with Fetcher(limits=QUICK, resolve=_never) as fetch:
        failure = failed(fetch("https://news.paper.com/"))
        assert failure.reason is Reason.NO_NAME_SERVICE
        assert failure.elapsed < 1.5


def test_the_name_is_resolved_once_and_goes_into_the_host_header(site: Site) -> None:
    asked: list[str] = []

    def resolve(host: str, _: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    site.host = "news.paper.com"
    site.page("/", "x")
    with Fetcher(Policy(allow=frozenset({site.endpoint})), QUICK, resolve=resolve) as fetch:
        assert got(fetch(site.address())).content == b"x"
    assert asked == ["news.paper.com"]
    assert site.asked[0].headers["host"] == site.endpoint


def test_the_first_address_that_answers_is_taken(site: Site) -> None:
    site.host = "news.paper.com"
    site.page("/", "x")
    policy = Policy(allow=frozenset({site.endpoint}))
    with Fetcher(policy, QUICK, resolve=lambda _host, _port: ["127.0.0.2", "::1", "127.0.0.1"]) as fetch:
        assert got(fetch(site.address())).content == b"x"


def _server_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
    return context


def _client_tls() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(TLS / "certificate.pem"))


def _loopback(_host: str, _port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def test_encryption_is_for_the_name_in_the_address() -> None:
    names: list[str | None] = []
    tls = _server_tls()
    tls.sni_callback = lambda _socket, name, _context: names.append(name)
    with origin(tls=tls, host="news.paper.com") as site:
        site.page("/", "secret")
        policy = Policy(allow=frozenset({site.endpoint, f"other.paper.com:{site.port}"}))
        with Fetcher(policy, QUICK, resolve=_loopback, tls=_client_tls()) as fetch:
            assert got(fetch(site.address())).content == b"secret"
            other = failed(fetch(f"https://other.paper.com:{site.port}/"))
        assert other.reason is Reason.INSECURE
        assert "match" in other.detail
        with Fetcher(policy, QUICK, resolve=_loopback) as fetch:
            assert failed(fetch(site.address())).reason is Reason.INSECURE
        assert names[:2] == ["news.paper.com", "other.paper.com"]
        assert len(site.asked) == 1


def test_never_from_https_to_http(site: Site) -> None:
    with origin(tls=_server_tls(), host="news.paper.com") as secure:
        secure.redirect("/", site.address("/x"))
        site.redirect("/up", secure.address("/x"))
        secure.page("/x", "secret")
        policy = Policy(allow=frozenset({secure.endpoint, site.endpoint}))
        with Fetcher(policy, QUICK, resolve=_loopback, tls=_client_tls()) as fetch:
            for text in (secure.address(), secure.address().replace("https", "HTTPS")):
                assert failed(fetch(text)).reason is Reason.UNSAFE_REDIRECT
            assert got(fetch(site.address("/up"))).content == b"secret"
    assert site.asked_for("/x") == []


def test_a_server_without_encryption(site: Site, fetch: Fetcher) -> None:
    failure = failed(fetch(f"https://{site.endpoint}/"))
    assert failure.reason in {Reason.INSECURE, Reason.NO_CONNECTION}


def test_the_environment_has_no_say(site: Site, fetch: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.page("/", "x")
    assert got(fetch(site.address())).content == b"x"


def test_many_threads_share_one_fetcher(site: Site, fetch: Fetcher) -> None:
    for number in range(40):
        site.serve(f"/{number}", lambda asked: [0.4, answer(200, asked.path)])
    started = time.monotonic()
    with ThreadPoolExecutor(40) as threads:
        pages = list(threads.map(lambda number: got(fetch(site.address(f"/{number}"))).content, range(40)))
    assert pages == [f"/{number}".encode() for number in range(40)]
    assert time.monotonic() - started < 8  # one after the other they take 16


def test_a_stalling_host_delays_no_other(site: Site, fetch: Fetcher) -> None:
    site.raw("/stall", 5.0)
    site.page("/", "x")
    stalled = threading.Thread(target=fetch, args=[site.address("/stall")])
    stalled.start()
    assert got(fetch(site.address())).elapsed < 0.3
    stalled.join()


def test_nothing_is_fetched_that_the_guard_refuses(fetch: Fetcher) -> None:
    for text in (
        "",
        "news",
        "file:///etc/passwd",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://a\tb/",
    ):
        failure = failed(fetch(text))
        assert (failure.reason, failure.address, failure.answered) == (Reason.REFUSED, text, text)
        assert failure.detail


LINES = (
    b"HTTP/1.1 301 Moved|HTTP/1.1 204 No|HTTP/1.1 101 Switch|HTTP/1.1 999 |Content-Length: 3|Content-Encoding: gzip"
    b"|Location: /|Location: http://[::||ETag: \xff|Retry-After: \xb2|3\r\nabc|0\r\n|: |Content-Length: \xb2"
)
PIECES = [HEAD, CHUNKED, b"abc", b"\0", b"\x1f\x8b\x08", *(line + b"\r\n" for line in LINES.split(b"|"))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=8))
def test_whatever_a_server_sends_a_fetch_is_a_value(site: Site, fetch: Fetcher, pieces: list[bytes]) -> None:
    site.raw("/", b"".join(pieces), b"")
    assert str(fetch(site.address()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_whatever_is_asked_a_fetch_is_a_value(site: Site, fetch: Fetcher, text: str) -> None:
    assert str(fetch(site.address(f"/{text}"), etag=text, last_modified=text))
    assert str(fetch(text))


# One contract for the network and the fake.


def _network(site: Site) -> tuple[Fetcher, str]:
    site.page("/a", "x")
    return Fetcher(Policy(allow=frozenset({site.endpoint})), QUICK), site.address("/a")


def _fake(site: Site) -> tuple[FakeFetch, str]:
    fake = FakeFetch()
    fake.page(site.address("/a"), "x")
    return fake, site.address("/a")


@pytest.mark.parametrize("make", [_network, _fake])
def test_the_contract_of_a_fetch(site: Site, make: type) -> None:
    fetch: Fetch
    fetch, address = make(site)
    page = got(fetch(address))
    assert (page.content, page.status, page.header("content-type")) == (b"x", 200, "text/html; charset=utf-8")
    again = got(fetch(address, etag=page.etag, last_modified=page.last_modified))
    assert (again.unchanged, again.content, again.etag) == (True, b"", page.etag)
    missing = failed(fetch(f"{address}/missing"))
    assert (missing.reason, missing.status, str(missing)) == (
        Reason.STATUS,
        404,
        "declined by the server: 404 Not Found",
    )
    if isinstance(fetch, Fetcher):
        fetch.close()


def test_the_fake_gives_its_answers_one_after_the_other() -> None:
    fake = FakeFetch()
    first, second = Response("a", "a", 200, b"1", last_modified="then"), Failure("a", "a", Reason.STATUS, status=410)
    fake.answer("a", first, second)
    assert [fake("a"), fake("a"), fake("a")] == [first, second, second]
    fake.answer("a", first)
    assert got(fake("a", last_modified="then")).unchanged
    fake.fail(["a", "b"], Reason.NO_ANSWER)
    assert failed(fake("b")).reason is Reason.NO_ANSWER
    assert [one.address for one in fake.asked] == ["a", "a", "a", "a", "b"]
