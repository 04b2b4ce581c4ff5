"""News from a server that speaks real HTTP, well and badly: what `add`, `update` and `run` make of each answer."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random

import pytest

from readout import config
from readout.capture.answers import Fetch
from readout.capture.fetch import Fetcher
from readout.capture.guard import Policy
from readout.capture.transfer import Limits
from readout.engine import Engine
from readout.errors import InputError
from readout.models import FeedKind, Followed
from readout.run import apart, local
from readout.run.apart import Apart
from readout.run.nursery import Limits as Least
from readout.run.outside import Outside
from readout.store.memory import MemoryStore
from tests.origin import Asked, Piece, Site, answer, origin, wait_until
from tests.present.cli.desk import Desk
from tests.run import trouble

NOW = datetime.now(UTC).replace(microsecond=0)
QUICK = Limits(connect=3.0, first_byte=1.0, grace=1.0, total=3.0)
_WHO = (
    "The two sides", "Ministers of both countries", "Fishermen of the bay", "Harbour pilots", "Dockers", "Two envoys",
    "Owners of the ferry line", "Customs officers", "Shipping agents", "Members of the town council",
)  # fmt: skip
_DID = (
    "met behind closed doors", "argued over the price of fuel", "signed a letter of intent", "walked out of the talks",
    "asked for another month", "counted the cost of the strike", "blocked the main gate", "opened a second channel",
    "agreed on a timetable", "published a list of demands",
)  # fmt: skip
_WHERE = (
    "in the old customs house", "on the eastern quay", "at the university", "near the lighthouse", "in the capital",
    "aboard a ship at anchor", "in a hotel outside the town", "at the railway terminus", "under the market roof",
)  # fmt: skip
_WHEN = (
    "on Friday", "shortly before midnight", "for almost an hour", "while crowds waited", "despite heavy rain",
    "for the third time this year", "as the deadline passed", "without an interpreter",
)  # fmt: skip
_SAID = ("officials said", "a spokesman said", "witnesses said", "the mayor told reporters", "a statement said")


def sentences(number: int) -> list[str]:
    """What a report tells: another story for each number."""
    chance = Random(number)  # noqa: S311 - no secret
    parts = (_WHO, _DID, _WHERE, _WHEN)
    return [f"{' '.join(map(chance.choice, parts))}, {chance.choice(_SAID)}." for _ in range(7)]


def article(number: int, *, more: str = "", head: str = "") -> str:
    """A page with one report."""
    text = "".join(f"<p>{line}</p>" for line in (*sentences(number), more) if line)
    title = f"Talks number {number} resume in the harbour town"
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{text}"
        "</article></body></html>"
    )


def rss(site: Site, numbers: Iterable[int], *, extra: str = "", whole: bool = False, dated: bool = True) -> str:
    """A feed of those reports."""

    def item(number: int) -> str:
        content = "".join(f"<p>{line}</p>" for line in sentences(number) * 4)
        carried = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if whole else ""
        date = f"<pubDate>{format_datetime(NOW - timedelta(hours=number))}</pubDate>" if dated else ""
        return (
            f"<item><title>Talks number {number} resume in the harbour town</title>"
            f"<link>{site.address(f'/a{number}')}</link>{date}<description>In short.</description>{carried}</item>"
        )

    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Harbour Post</title><link>{site.address('/')}</link><language>en-GB</language>{extra}"
        f"{''.join(map(item, numbers))}</channel></rss>"
    )


def publish(site: Site, numbers: Iterable[int], path: str = "/feed", **how: bool) -> None:
    """Serve a feed of those reports, and their pages."""
    numbers = list(numbers)
    site.page(path, rss(site, numbers, **how), media="application/rss+xml")  # type: ignore[arg-type]
    for number in numbers:
        site.page(f"/a{number}", article(number))


@pytest.fixture
def site() -> Iterator[Site]:
    """A server."""
    with origin() as site:
        yield site


@contextmanager
def reading(*sites: Site, fetch: Fetch | None = None) -> Iterator[Engine]:
    """An archive that may talk to those servers, in a hurry."""
    policy = Policy(allow=frozenset(one.endpoint for one in sites))
    with ExitStack() as stack:
        fetcher = fetch or stack.enter_context(Fetcher(policy, QUICK))
        yield stack.enter_context(Engine(MemoryStore(), (), Outside(pause=0.0, fetch=fetcher)))


def titles(engine: Engine) -> list[int]:
    """The numbers of the reports that are kept."""
    return sorted(int(re.findall(r"\d+", one.title)[0]) for one in engine.articles(limit=1000))


def only(engine: Engine) -> Followed:
    """The one feed that is followed."""
    (found,) = engine.feeds()
    return found


def outcome(engine: Engine) -> str:
    """What came of the last look at the one feed."""
    last = only(engine).state.last
    return last.outcome if last else ""


# What can be added.


def test_the_address_of_a_newspaper_and_its_news_from_then_on(site: Site) -> None:
    publish(site, range(3), path="/rss")
    site.page("/", '<html><head><link rel=alternate type="application/rss+xml" href="/rss"></head><body>Hello</body>')
    with reading(site) as engine:
        added = engine.add(site.address("/"))
        (found,) = added.found
        assert (found.new, found.because) == (True, "the page declares it as application/rss+xml")
        assert found.feed.address == site.address("/rss")
        outlet = found.feed.outlet
        assert (outlet.name, outlet.country, outlet.language, outlet.kind) == (
            "The Harbour Post", "GB", "en", "newspaper"
        )  # fmt: skip
        assert len(found.feed.reasons) == 5
        assert engine.update().articles == 3
        assert titles(engine) == [0, 1, 2]
        publish(site, range(2, 5), path="/rss")
        report = engine.update(everything=True)
        assert (report.articles, report.pages) == (2, 2)
        assert titles(engine) == [0, 1, 2, 3, 4]
        assert {one.outlet for one in engine.articles()} == {"The Harbour Post"}
        assert not engine.add(site.address("/rss")).found[0].new
    assert [len(site.asked_for(f"/a{number}")) for number in range(5)] == [1, 1, 1, 1, 1]


def test_a_feed_a_sitemap_a_list_and_a_page_with_links(site: Site, tmp_path: Path) -> None:
    publish(site, [1], path="/paper")
    site.page("/json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Coast", "items": []}))
    date = NOW.isoformat()
    news = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        f"<loc>{site.address('/a7')}</loc><n:news><n:publication><n:name>Coast</n:name></n:publication>"
        f"<n:publication_date>{date}</n:publication_date><n:title>Talks number 7 resume</n:title>"
        "</n:news></url></urlset>"
    )
    site.page("/news.xml.gz", gzip.compress(news.encode()), media="application/gzip")
    index = f"<sitemapindex><sitemap><loc>{site.address('/news.xml.gz')}</loc></sitemap></sitemapindex>"
    site.page("/sitemap.xml", index, media="application/xml")
    links = "".join(f'<h2><a href="/2025/06/0{n}/a{n}">Talks number {n} resume in the town</a></h2>' for n in (8, 9))
    site.page("/links", f"<!doctype html><html lang=en><title>Coast</title><body>{links}</body></html>")
    for number in (8, 9):
        site.page(f"/2025/06/0{number}/a{number}", article(number))
    site.page("/a7", article(7))
    opml = f'<opml version="2.0"><body><outline text="x" xmlUrl="{site.address("/paper")}"/></body></opml>'
    (tmp_path / "feeds.opml").write_text(opml)
    with reading(site) as engine:
        asked = [str(tmp_path / "feeds.opml"), *map(site.address, ("/json", "/sitemap.xml", "/links", "/paper"))]
        added = [engine.add(one).found[0] for one in asked]
        assert [one.feed.kind for one in added] == [
            FeedKind.FEED, FeedKind.FEED, FeedKind.SITEMAP, FeedKind.PAGE, FeedKind.FEED
        ]  # fmt: skip
        assert [one.new for one in added] == [True, True, True, True, False]
        report = engine.update()
        assert (report.feeds, report.failed) == (4, ())
        assert titles(engine) == [1, 7, 8, 9]
        assert engine.opml().count(b"<outline") == 4
        assert {one.state.last.outcome for one in engine.feeds() if one.state.last} == {"new articles", "empty"}


def test_a_mailbox_of_newsletters(tmp_path: Path) -> None:
    def letter(number: int) -> None:
        head = f"From: Coast <a@coast.example>\nDate: {format_datetime(NOW)}\nMessage-ID: <{number}@coast.example>\n"
        subject = f"Subject: Talks number {number} resume in the harbour town\nContent-Type: text/html\n\n"
        (tmp_path / f"{number}.eml").write_text(head + subject + article(number))

    letter(1)
    with reading() as engine:
        assert engine.add(str(tmp_path)).found[0].feed.kind is FeedKind.MAILBOX
        assert engine.update().articles == 1
        letter(2)
        assert engine.update(everything=True).articles == 1
        assert titles(engine) == [1, 2]
        assert engine.update(everything=True).pages == 0
        (tmp_path / "1.eml").unlink()
        (tmp_path / "2.eml").unlink()
        tmp_path.rmdir()
        assert engine.update(everything=True).failed
        assert outcome(engine) == "no such file or folder"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/missing", "declined by the server: 404 Not Found"),
        ("/gone", "declined by the server: 410 Gone"),
        ("/words", "neither a feed nor a page that leads to one"),
        ("/empty", "neither a feed nor a page that leads to one"),
        ("/picture", "neither a feed nor a page that leads to one"),
        ("/loop", "too many redirects"),
        ("/inside", "not an address we talk to"),
        ("/slow", "no answer in time"),
        ("/private", "disallowed by robots.txt"),
    ],
)
def test_what_cannot_be_added_and_why(site: Site, path: str, reason: str) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private", media="text/plain")
    site.status("/gone", 410)
    site.page("/words", "<html><p>Just words")
    site.page("/empty", "")
    site.page("/picture", b"\x89PNG\r\n\x1a\n" + bytes(100), media="image/png")
    site.redirect("/loop", "/loop")
    site.redirect("/inside", "http://169.254.169.254/latest/")
    site.raw("/slow", 5.0, answer(200, b"late"))
    with reading(site) as engine, pytest.raises(InputError, match=re.escape(reason)):
        engine.add(site.address(path))


@pytest.mark.parametrize("asked", ["", "two words", "http://", "ftp://a.example/", "mailto:a@b.example", "http://[::1"])
def test_what_is_no_address(asked: str) -> None:
    with reading() as engine, pytest.raises(InputError):
        engine.add(asked)
    with reading() as engine, pytest.raises(InputError, match="not an address we talk to"):
        engine.add("http://127.0.0.1:1/")


# What an update makes of each answer.


def test_what_did_not_change_is_not_sent_again(site: Site) -> None:
    publish(site, [1])
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        engine.update()
        engine.update(everything=True)
        assert outcome(engine) == "not modified"
    assert "if-none-match" in site.asked_for("/feed")[-1].headers


def test_an_entry_that_carries_its_article_is_not_fetched(site: Site) -> None:
    publish(site, [1, 2], whole=True)
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        assert engine.update().articles == 2
        found = engine.articles()[0]
        assert found.address == site.address("/a1")
        assert engine.page(found.page).address == site.address("/a1")
    assert site.asked_for("/a1") == []


def test_a_page_that_cannot_be_had_is_tried_again_and_the_rest_is_kept(site: Site) -> None:
    publish(site, [1, 2])
    site.status("/a2", 503)
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        assert (engine.update().articles, only(engine).state.etag) == (1, None)
        site.page("/a2", article(2))
        assert engine.update(everything=True).articles == 1
        assert titles(engine) == [1, 2]


def test_a_page_that_is_gone_is_dropped_with_its_reason(site: Site) -> None:
    publish(site, [1, 2])
    site.status("/a2", 404)
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        assert engine.update().dropped == 1
        assert [one.reason for one in engine.rejections()] == ["not fetched"]
        engine.update(everything=True)
    assert len(site.asked_for("/a2")) == 1


def test_an_edited_article_gains_an_edition(site: Site) -> None:
    site.page("/feed", rss(site, [1]), media="application/rss+xml")
    site.page("/a1", article(1))
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        engine.update()
        seen = engine.store.seen([f"http://{site.endpoint}/a1"])
        engine.store.see(replace(one, at=one.at - timedelta(hours=2)) for one in seen.values())
        edited = rss(site, [1]).replace("number 1 resume", "number 1 break off")
        site.page("/feed", edited, media="application/rss+xml")
        site.page("/a1", article(1, more="The talks were broken off in the evening, both sides said."))
        report = engine.update(everything=True)
        assert (report.articles, report.editions) == (0, 1)


def test_a_permanent_redirect_is_remembered_and_a_temporary_one_is_not(site: Site) -> None:
    publish(site, [1], path="/new")
    site.redirect("/feed", "/new", 302)
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        engine.update()
        assert only(engine).feed.address == site.address("/feed")
        site.redirect("/feed", "/new", 301)
        engine.update(everything=True)
        moved = only(engine)
        assert (moved.feed.address, moved.state.moved_from) == (site.address("/new"), (site.address("/feed"),))
        site.status("/feed", 404)
        assert engine.update([moved.feed.id]).failed == ()
        assert not engine.add(site.address("/new")).found[0].new


def test_a_feed_that_moved_to_where_another_is_followed(site: Site) -> None:
    publish(site, [1], path="/new")
    publish(site, [1, 2], path="/old")
    with reading(site) as engine:
        engine.add(site.address("/new"))
        engine.add(site.address("/old"))
        engine.update()
        site.redirect("/old", "/new", 308)
        report = engine.update(everything=True)
        assert (report.feeds, report.failed) == (2, ())
        new, old = engine.feeds()
        assert (new.feed.address, new.state.ended) == (site.address("/new"), False)
        assert (old.feed.address, old.state.ended) == (site.address("/old"), True)
        assert engine.looks(old.feed.id)[0].outcome == "moved to where another feed is followed already"
        publish(site, [3], path="/old")
        assert engine.update([old.feed.id]).articles == 1
        assert not engine.feed(old.feed.id).state.ended
        assert titles(engine) == [1, 2, 3]


def test_rules_and_pauses_hold_where_a_redirect_leads(site: Site) -> None:
    with origin(host="127.0.0.2", bind="127.0.0.2") as other:
        publish(site, range(4))
        other.page("/robots.txt", "User-agent: *\nDisallow: /a2\nCrawl-delay: 0.3", media="text/plain")
        for number in range(4):
            other.page(f"/a{number}", article(number))
            site.redirect(f"/a{number}", other.address(f"/a{number}"))
        with reading(site, other) as engine:
            engine.add(site.address("/feed"))
            start = time.monotonic()
            engine.update()
            assert time.monotonic() - start > 2 * 0.3
            assert titles(engine) == [0, 1, 3]
            assert [one.detail for one in engine.rejections()] == ["disallowed by robots.txt"]
        assert other.asked_for("/a2") == []


def test_no_image_is_ever_fetched_whoever_names_it(site: Site) -> None:
    image = site.address("/image.png")
    named = f'<link rel="icon" href="{image}"><meta property="og:image" content="{image}"><img src="{image}">'
    item = (
        f"<item><title>Talks number 1 resume in the harbour town</title><link>{site.address('/a1')}</link>"
        f'<enclosure url="{image}" type="image/png" length="1"/><m:thumbnail url="{image}"/>'
        f'<m:content url="{image}" medium="image"/><description>&lt;img src="{image}"&gt;</description></item>'
    )
    feed = (
        '<rss version="2.0" xmlns:m="http://search.yahoo.com/mrss/"><channel><title>Post</title>'
        f"<image><url>{image}</url></image>{item}</channel></rss>"
    )
    site.page("/feed", feed, media="application/rss+xml")
    site.page("/a1", article(1, head=named, more=f'<img src="{image}">'))
    site.page("/", f'<html><head><link rel=alternate type="application/rss+xml" href="/feed">{named}</head>')
    with reading(site) as engine:
        engine.add(site.address("/"))
        assert engine.update().articles == 1
    assert {one.path for one in site.asked} == {"/robots.txt", "/", "/feed", "/a1"}


def test_a_page_that_takes_too_long_to_read_costs_one_entry(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(site, range(3))
    site.page("/a1", article(1, more="spins"))
    monkeypatch.setattr(local, "attempt", trouble.attempt)
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        report = engine.update()
        assert (report.articles, report.dropped) == (2, 1)
        assert [one.reason for one in engine.rejections()] == ["too slow to read"]
        assert (outcome(engine), titles(engine)) == ("new articles", [0, 2])


def test_a_feed_that_ended(site: Site) -> None:
    publish(site, [1])
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        engine.update()
        site.status("/feed", 410)
        assert engine.update(everything=True).failed
        assert only(engine).state.ended
        assert outcome(engine) == "ended by its publisher"
        assert engine.update(everything=True).feeds == 0
        assert titles(engine) == [1]


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_peace_gets_it(site: Site, status: int) -> None:
    publish(site, [1])
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        site.status("/feed", status, headers=[("Retry-After", "172800")])
        engine.update()
        next_at = only(engine).state.next_at
        assert next_at
        assert timedelta(days=1.99) < next_at - NOW < timedelta(days=2.1)
        assert engine.update().feeds == 0


@pytest.mark.parametrize(
    ("pieces", "told"),
    [
        ((answer(200, b"<rss><channel>", length=500), b""), "connection closed before the end"),
        ((b"nonsense\r\n\r\n", b""), "not an answer in HTTP"),
        ((5.0,), "no answer in time"),
        ((answer(200, b"<html><p>Out of order"),), "no longer a feed"),
        ((answer(200, b"x", [("Content-Encoding", "gzip")]),), "compressed in a way that cannot be undone"),
        ((answer(500, b""),), "declined by the server: 500 Internal Server Error"),
        ((answer(301, b"", [("Location", "http://10.0.0.1/")]),), "not an address we talk to"),
    ],
    ids=range(7),
)
def test_an_answer_that_cannot_be_used_costs_nothing_but_time(site: Site, pieces: tuple[Piece, ...], told: str) -> None:
    publish(site, [1])
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        engine.update()
        site.raw("/feed", *pieces)
        (failed,) = engine.update(everything=True).failed
        assert failed.state.failures == 1
        assert outcome(engine).startswith(told)
        publish(site, [1, 2])
        report = engine.update([failed.feed.id])
        assert (report.articles, only(engine).state.failures) == (1, 0)


def test_what_robots_txt_forbids_is_not_asked_for(site: Site) -> None:
    publish(site, [1, 2], whole=False)
    site.page("/robots.txt", "User-agent: Readout\nDisallow: /a2\n", media="text/plain")
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        engine.update()
        assert titles(engine) == [1]
        assert "disallowed by robots.txt" in engine.rejections()[0].detail
    assert (site.asked_for("/a2"), len(site.asked_for("/robots.txt"))) == ([], 1)


def test_a_site_that_cannot_show_its_robots_txt_is_left_alone(site: Site) -> None:
    publish(site, [1])
    site.status("/robots.txt", 503)
    with reading(site) as engine, pytest.raises(InputError, match=r"robots\.txt cannot be read now"):
        engine.add(site.address("/feed"))
    assert site.asked_for("/feed") == []


def test_one_thing_at_a_time_of_one_host(site: Site) -> None:
    publish(site, range(6))
    inside: list[int] = []
    most: list[int] = []

    def busy(asked: Asked) -> Iterator[Piece]:
        inside.append(1)
        most.append(len(inside))
        yield 0.05
        inside.pop()
        yield answer(200, article(int(asked.path[2:])), [("Content-Type", "text/html")])

    for number in range(6):
        site.serve(f"/a{number}", busy)
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        assert engine.update().articles == 6
    assert set(most) == {1}


def test_a_host_that_stalls_delays_no_other() -> None:
    with origin() as good, origin(host="127.0.0.2", bind="127.0.0.2") as bad:
        publish(good, range(3))
        publish(bad, range(10, 40))
        with reading(good, bad) as engine:
            engine.add(bad.address("/feed"))
            engine.add(good.address("/feed"))
            for number in range(10, 40):
                bad.raw(f"/a{number}", 30.0)
            came: list[tuple[float, int]] = []
            start = time.monotonic()
            report = engine.update(progress=lambda done, _: came.append((time.monotonic() - start, done)))
            first = next(at for at, done in came if done == 1)
            assert titles(engine) == [0, 1, 2]
            assert first < 10
            assert report.left == 30
            assert len([one for one in bad.asked if one.path.startswith("/a")]) == 2


def test_a_host_whose_pages_and_feeds_are_made_to_loop_delays_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "attempt", trouble.attempt)
    with (
        Apart(2, Least(cpu=0.3)) as workers,
        origin() as good,
        origin(host="127.0.0.2", bind="127.0.0.2") as bad,
        reading(good, bad) as engine,
    ):
        monkeypatch.setattr(apart, "usual", lambda: workers)
        publish(good, range(3))
        publish(bad, range(10, 16))
        for number in range(10, 16):
            bad.page(f"/a{number}", article(number, more="spins"))
        engine.add(bad.address("/feed"))
        engine.add(good.address("/feed"))
        came: list[tuple[float, int]] = []
        start = time.monotonic()
        report = engine.update(progress=lambda done, _: came.append((time.monotonic(), done)))
        first = next(at for at, done in came if done == 1)
        assert first - start < (time.monotonic() - start) / 2
        assert (report.feeds, report.dropped, titles(engine)) == (2, 6, [0, 1, 2])
        assert {one.reason for one in engine.rejections()} == {"too slow to read"}


def test_a_feed_that_never_ends_and_one_that_lies(site: Site) -> None:
    ahead = f'<link xmlns="http://www.w3.org/2005/Atom" rel="next" href="{site.address("/feed?p=1")}"/>'
    site.page("/feed", rss(site, range(1500), extra=ahead), media="text/xml")
    site.page("/feed?p=1", rss(site, range(1500, 3000), extra=ahead), media="text/xml")
    site.otherwise = lambda asked: [answer(200, article(len(asked.path)), [("Content-Type", "text/html")])]
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        report = engine.update()
        assert (report.feeds, report.failed) == (1, ())
        assert report.pages <= 60
    assert len([one for one in site.asked if one.path.startswith("/feed")]) == 2


# The command and the site.


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Site) -> Path:
    """The folder of an archive that is not there yet, of an operator who allows that server."""
    monkeypatch.setenv("READOUT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("READOUT_ALLOW", site.endpoint)
    monkeypatch.setenv("READOUT_PAUSE", "0")
    monkeypatch.delenv("READOUT_PORT", raising=False)
    return tmp_path / "home"


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    """A desk of that operator."""
    config.settings.cache_clear()
    yield Desk(home.parent)
    config.settings.cache_clear()


def test_the_commands(site: Site, desk: Desk) -> None:
    publish(site, [1, 2])
    readout = desk.readout
    added = readout("add", site.address("/feed"), site.address("/nowhere"))
    assert added.code == 1
    assert added.err == f"readout: {site.address('/nowhere')}: declined by the server: 404 Not Found\n"
    assert f"Followed from now on: {site.address('/feed')}" in added.out
    updated = readout("update")
    assert (updated.code, updated.out.splitlines()[0]) == (0, "1 feed, 2 new pages, 2 new articles")
    assert readout("update").out == "No feed is due.\n"
    (listed,) = readout("feeds", "--json").json
    assert (listed["status"], listed["new"], listed["errors"], listed["undated"]) == ("well", 2, 0, 0)
    assert re.search(r"^f\w{8}  well .*The Harbour Post", readout("feeds").out, re.MULTILINE)
    corrected = readout("correct", listed["id"][:6], "--name", "Post", "--country", "fr", "--kind", "")
    assert (corrected.code, "'Post'" in corrected.out, "'FR'" in corrected.out) == (0, True, True)
    assert readout("correct", listed["id"], "--country", "France").code == 1
    publish(site, [3])
    assert readout("update", listed["id"]).code == 0
    assert readout("articles", "--json", "--outlet", "Post").json[0]["outlet"] == "Post"
    assert site.address("/feed") in readout("feeds", "--opml").out
    assert readout("remove", listed["id"]).code == 0
    assert readout("remove", listed["id"]).code == 3
    assert readout("feeds").out == ""


@pytest.mark.usefixtures("home")
def test_the_site_and_the_scheduler_in_one_process(site: Site) -> None:
    publish(site, [1])
    command = [sys.executable, "-m", "readout", "add", site.address("/feed")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    asked = [sys.executable, "-m", "readout", "run", "--port", "0"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        try:
            wait_until(lambda: "Talks number 1 resume" in _read(found[0]))
            assert "The Harbour Post" in _read(f"{found[0]}feeds")
            process.send_signal(2)
            assert process.wait(120) == 0
        finally:
            process.kill()
        assert process.stderr
        assert process.stderr.read() == ""


def _read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=120) as answered:  # noqa: S310 - our own
        return str(answered.read(), "utf-8")


def test_a_scheduler_ends_when_it_is_told_to_even_while_a_server_stalls(site: Site) -> None:
    publish(site, [1])
    site.raw("/a1", 30.0)
    with reading(site) as engine:
        engine.add(site.address("/feed"))
        with engine.watching():
            wait_until(lambda: bool(site.asked_for("/a1")))
            ended = time.monotonic()
        assert time.monotonic() - ended < 4
        assert not any(thread.name == "feeds" and thread.is_alive() for thread in threading.enumerate())
        assert only(engine).state.last is None
