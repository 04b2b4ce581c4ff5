"""An update with a fake network: what is kept when, what an interruption costs, what a bug costs, who goes first."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from readout.capture import places
from readout.capture.answers import Reason, Response
from readout.capture.decide import begun
from readout.capture.fake import FakeFetch
from readout.errors import StoreError
from readout.models import Arrival, Feed, FeedKind, Followed, Harvest, Kept, Outlet, UpdateReport
from readout.pipeline import harvest
from readout.run import local, update
from readout.run.apart import Apart
from readout.run.manners import Manners
from readout.run.nursery import Limits
from readout.run.update import World
from readout.store.memory import MemoryStore
from tests.builders import NOON, Clock
from tests.origin import wait_until
from tests.run import trouble

HOSTS = ("harbourpost.example", "coastradio.example")


def feed_at(host: str, numbers: range) -> str:
    """A feed of these reports."""
    items = "".join(
        f"<item><title>Report {number} of {host}</title><link>https://{host}/a{number}</link></item>"
        for number in numbers
    )
    return f"<rss version='2.0'><channel><title>{host}</title>{items}</channel></rss>"


def report_at(host: str, number: int) -> str:
    """The page of one report."""
    words = "".join(f"<p>The two sides of {host} met {number} times in the town, officials said.</p>" for _ in range(9))
    title = f"Report {number} of {host}"
    return f"<!doctype html><html lang=en><title>{title}</title><body><article><h1>{title}</h1>{words}</article></html>"


def published(fetch: FakeFetch, host: str, numbers: range = range(3)) -> Feed:
    """Serve a feed and its reports; the feed."""
    fetch.page(f"https://{host}/feed", feed_at(host, numbers), "application/rss+xml")
    for number in numbers:
        fetch.page(f"https://{host}/a{number}", report_at(host, number))
    return Feed(f"https://{host}/feed", FeedKind.FEED, Outlet(host))


class _Counting(MemoryStore):
    """Fails to keep anything from the n-th time on."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.left = most

    def keep(self, harvests: object) -> Kept:
        """See `Store.keep`."""
        self.left -= 1
        if self.left < 0:
            message = "the disk is full"
            raise StoreError(message)
        return super().keep(harvests)  # type: ignore[arg-type]


def world(fetch: FakeFetch, store: MemoryStore | None = None) -> World:
    """A world at noon."""
    return World(store or MemoryStore(), Manners(fetch, pause=0.0), harvest, Clock(), width=4)


def followed(world: World, *feeds: Feed) -> list[Followed]:
    """Follow them."""
    for feed in feeds:
        world.store.follow(begun(feed, NOON))
    return list(world.store.due(NOON))


def asked(fetch: FakeFetch, ending: str) -> int:
    """How often something was asked for."""
    return sum(one.address.endswith(ending) for one in fetch.asked)


def test_two_feeds_with_one_entry_fetch_it_once() -> None:
    fetch = FakeFetch()
    here = world(fetch)
    feed = published(fetch, HOSTS[0])
    fetch.page("https://coastradio.example/feed", feed_at(HOSTS[0], range(3)), "application/rss+xml")
    other = Feed("https://coastradio.example/feed", FeedKind.FEED, Outlet("Coast"))
    report = update.update(here, followed(here, feed, other))
    assert (report.feeds, report.articles) == (2, 3)
    assert [asked(fetch, f"/a{number}") for number in range(3)] == [1, 1, 1]
    assert here.busy == {}


def test_what_the_disk_did_not_take_is_fetched_the_next_time_and_nothing_else() -> None:
    fetch = FakeFetch()
    store = _Counting(2)
    here = world(fetch, store)
    due = followed(here, published(fetch, HOSTS[0]))
    with pytest.raises(StoreError, match="full"):
        update.update(here, due)
    assert store.totals().articles == 2
    assert store.feeds()[0].state.last is None
    assert here.busy == {}
    store.left = 100
    before = len(fetch.asked)
    assert update.update(here, list(store.due(NOON))).articles == 1
    again = [one.address.rpartition("/")[2] for one in fetch.asked[before:]]
    assert again[0] == "feed"
    assert len(again) == 2


def test_an_update_that_is_stopped_loses_nothing() -> None:
    fetch = FakeFetch()
    here = world(fetch)
    due = followed(here, published(fetch, HOSTS[0]))
    stop = threading.Event()
    stop.set()
    assert update.update(here, due, stop=stop) == UpdateReport()
    assert here.busy == {}
    assert update.update(here, list(here.store.due(NOON))).articles == 3


def test_a_bug_that_one_feed_strikes_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = FakeFetch()
    here = world(fetch)
    read = places.listing

    def broken(kind: FeedKind, answer: Response) -> object:
        if HOSTS[1] in answer.address:
            raise RecursionError("too deep")
        return read(kind, answer)

    monkeypatch.setattr(places, "listing", broken)
    report = update.update(here, followed(here, *(published(fetch, host) for host in HOSTS)))
    assert (report.feeds, report.articles) == (2, 3)
    (failed,) = report.failed
    assert failed.state.last
    assert failed.state.last.outcome.startswith("a fault of Readout (RecursionError: too deep")
    assert failed.state.next_at
    assert failed.state.next_at > NOON


def test_a_feed_that_is_looked_at_already_is_left_to_whoever_does() -> None:
    fetch = FakeFetch()
    here = world(fetch)
    due = followed(here, published(fetch, HOSTS[0]))
    here.busy[due[0].feed.id] = object()
    assert update.update(here, due) == UpdateReport()
    assert fetch.asked == []


def test_a_feed_that_is_removed_meanwhile_is_not_kept() -> None:
    fetch = FakeFetch()
    here = world(fetch)
    due = followed(here, published(fetch, HOSTS[0]))
    here.store.unfollow(due[0].feed.id)
    assert update.update(here, due).articles == 3
    assert here.store.feeds() == []


def test_watching_looks_when_a_feed_is_due_and_goes_on_after_failures() -> None:
    fetch = FakeFetch()
    here = world(fetch)
    clock = here.clock
    assert isinstance(clock, Clock)
    good, bad = published(fetch, HOSTS[0]), published(fetch, HOSTS[1])
    fetch.fail([bad.address], Reason.NO_ANSWER)
    followed(here, good, bad)
    stop = threading.Event()
    thread = threading.Thread(target=update.watch, args=(here, stop, 0.05))
    thread.start()
    try:
        wait_until(lambda: all(one.state.last for one in here.store.feeds()))
        assert here.store.totals().articles == 3
        published(fetch, HOSTS[0], range(4))
        clock.advance(timedelta(hours=25))
        wait_until(lambda: here.store.totals().articles == 4)
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
    assert {one.feed.address: one.state.failures > 0 for one in here.store.feeds()} == {
        good.address: False,
        bad.address: True,
    }


def test_what_a_page_leaves_open_the_feed_fills_in() -> None:
    fetch = FakeFetch()
    here = world(fetch)
    feed = replace(published(fetch, HOSTS[0]), outlet=Outlet("The Harbour Post"), corrected=("name",))
    update.update(here, followed(here, feed))
    assert {one.outlet for one in here.store.articles()} == {"The Harbour Post"}


def test_the_words_of_the_feed_stand_in_for_a_page_that_gives_nothing() -> None:
    fetch = FakeFetch()
    here = world(fetch)
    words = "".join(
        f"&lt;p&gt;The two sides met {number} times in the town, they said.&lt;/p&gt;" for number in range(8)
    )
    item = f"<item><title>Report of the town</title><link>https://{HOSTS[0]}/a</link>"
    item += (
        f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>{words}</content:encoded></item>"
    )
    fetch.page(f"https://{HOSTS[0]}/feed", f"<rss version='2.0'><channel><title>x</title>{item}</channel></rss>")
    feed = Feed(f"https://{HOSTS[0]}/feed", FeedKind.FEED, Outlet("x"))
    assert update.update(here, followed(here, feed)).articles == 1
    assert asked(fetch, "/a") == 1
    assert [one.reason for one in here.store.rejections()] == ["not fetched"]


def test_a_page_that_would_never_end_costs_one_entry_and_a_feed_one_look() -> None:
    fetch = FakeFetch()
    with Apart(2, Limits(cpu=0.5)) as apart:
        here = world(fetch)
        step = local.Bounded(apart, trouble.step)
        here = replace(here, step=step, do=lambda _, *given: apart(trouble.listing, *given))  # type: ignore[arg-type]
        feeds = [published(fetch, host) for host in (*HOSTS, "third.example")]
        for number, word in enumerate(("spins", "crashes")):
            fetch.page(f"https://{HOSTS[0]}/a{number}", report_at(HOSTS[0], number) + word)
        fetch.page(feeds[1].address, feed_at(HOSTS[1], range(3)) + "<!-- spins -->", "application/rss+xml")
        report = update.update(here, followed(here, *feeds))
        assert (report.feeds, report.pages, report.articles, report.left) == (3, 6, 4, 0)
        (failed,) = report.failed
        assert failed.feed.address == feeds[1].address
        assert [one.outcome for one in here.store.looks(failed.feed.id)] == ["too slow to read: stopped by the clock"]
        dropped = {one.subject.rpartition("/")[2]: one.reason for one in here.store.rejections()}
        assert dropped == {"a0": "too slow to read", "a1": "the reader died"}
        fetch.page(feeds[1].address, feed_at(HOSTS[1], range(3)), "application/rss+xml")
        assert update.update(here, [failed]).articles == 3


def test_an_entry_is_forgotten_when_it_is_not_listed_for_long_and_not_before() -> None:
    fetch = FakeFetch()
    here = world(fetch)
    clock = here.clock
    assert isinstance(clock, Clock)
    (one,) = followed(here, published(fetch, HOSTS[0]))
    update.update(here, [one])
    stays, goes = (f"https://{HOSTS[0]}/a{number}" for number in (0, 2))
    for month in range(14):
        clock.advance(timedelta(days=31))
        fetch.page(one.feed.address, feed_at(HOSTS[0], range(2)) + " " * month, "application/rss+xml")
        update.update(here, [here.store.feed(one.feed.id)])
        assert stays in here.store.seen([stays])
    assert here.store.seen([goes]) == {}
    assert asked(fetch, "/a0") == 1


def test_the_step_is_what_harvests() -> None:
    fetch = FakeFetch()
    met: list[Arrival] = []

    def step(arrival: Arrival) -> Harvest:
        met.append(arrival)
        return harvest(arrival)

    here = replace(world(fetch), step=step)
    update.update(here, followed(here, published(fetch, HOSTS[0])))
    assert len(met) == 3
