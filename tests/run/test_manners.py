"""Manners: robots.txt is obeyed, a host that is down is left alone, and one host is asked one thing at a time."""

from __future__ import annotations

import threading
import time

from readout.capture.answers import Failure, Reason, Response
from readout.capture.fake import FakeFetch
from readout.run.manners import LEFT_ALONE, LONGEST_PAUSE, Manners

SITE = "https://harbourpost.example"
ROBOTS = f"{SITE}/robots.txt"


class _Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def asked(fetch: FakeFetch) -> list[str]:
    return [one.address.removeprefix(SITE) for one in fetch.asked]


def test_robots_txt_is_read_once_a_day_and_obeyed() -> None:
    fetch, clock = FakeFetch(), _Clock()
    fetch.page(ROBOTS, "User-agent: *\nDisallow: /private\nCrawl-delay: 7\nSitemap: https://a.example/news.xml")
    fetch.page(f"{SITE}/a", "a")
    manners = Manners(fetch, 1.0, clock)
    assert manners.pause_after(f"{SITE}/a") == 1.0
    assert isinstance(manners(f"{SITE}/a"), Response)
    refused = manners(f"{SITE}/private/b")
    assert isinstance(refused, Failure)
    assert (refused.reason, refused.address) == (Reason.DISALLOWED, f"{SITE}/private/b")
    assert asked(fetch) == ["/robots.txt", "/a"]
    assert (manners.pause_after(f"{SITE}/a"), manners.sitemaps(f"{SITE}/a")) == (7.0, ("https://a.example/news.xml",))
    clock.now += 25 * 3600
    manners(f"{SITE}/a")
    assert asked(fetch)[2:] == ["/robots.txt", "/a"]


def test_no_site_makes_us_wait_for_ever() -> None:
    fetch = FakeFetch()
    fetch.page(ROBOTS, "User-agent: *\nCrawl-delay: 86400")
    manners = Manners(fetch)
    manners(f"{SITE}/a")
    assert manners.pause_after(f"{SITE}/a") == LONGEST_PAUSE


def test_a_site_that_cannot_show_its_rules_is_asked_for_nothing_and_says_why() -> None:
    fetch, clock = FakeFetch(), _Clock()
    fetch.answer(ROBOTS, Failure(ROBOTS, ROBOTS, Reason.STATUS, "503 Service Unavailable", 503, retry_after=60.0))
    manners = Manners(fetch, clock=clock)
    found = manners(f"{SITE}/a")
    assert isinstance(found, Failure)
    assert (found.reason, found.detail, found.retry_after) == (Reason.NOT_NOW, "503 Service Unavailable", 60.0)
    assert manners(f"{SITE}/b") != found
    assert asked(fetch) == ["/robots.txt"]
    clock.now += LEFT_ALONE + 1
    manners(f"{SITE}/a")
    assert asked(fetch) == ["/robots.txt"] * 2


def test_what_keeps_us_from_robots_txt_is_what_is_told() -> None:
    fetch = FakeFetch()
    fetch.fail([ROBOTS], Reason.NO_SUCH_NAME)
    found = Manners(fetch)(f"{SITE}/a")
    assert isinstance(found, Failure)
    assert (found.reason, found.address) == (Reason.NO_SUCH_NAME, f"{SITE}/a")


def test_a_host_that_stalls_twice_is_left_alone_for_a_while() -> None:
    fetch, clock = FakeFetch(), _Clock()
    fetch.fail([f"{SITE}/{number}" for number in range(9)], Reason.NO_ANSWER)
    fetch.page(f"{SITE}/well", "x")
    manners = Manners(fetch, clock=clock)
    answers = [manners(f"{SITE}/{number}") for number in range(5)]
    assert [one.reason for one in answers if isinstance(one, Failure)] == [Reason.NO_ANSWER] * 5
    assert asked(fetch) == ["/robots.txt", "/0", "/1"]
    clock.now += LEFT_ALONE + 1
    assert isinstance(manners(f"{SITE}/well"), Response)
    assert isinstance(manners(f"{SITE}/well"), Response)


def test_one_slow_page_is_no_reason_to_leave_a_host_alone() -> None:
    fetch = FakeFetch()
    fetch.fail([f"{SITE}/slow"], Reason.TOO_SLOW)
    fetch.page(f"{SITE}/well", "x")
    manners = Manners(fetch)
    for _ in range(4):
        assert isinstance(manners(f"{SITE}/slow"), Failure)
        assert isinstance(manners(f"{SITE}/well"), Response)


def test_what_is_no_address_is_the_fetch_s_to_refuse() -> None:
    fetch = FakeFetch()
    assert isinstance(Manners(fetch)("no address"), Failure)
    assert [one.address for one in fetch.asked] == ["no address"]


def test_two_who_ask_one_host_ask_one_after_the_other() -> None:
    inside: list[int] = []
    most: list[int] = []

    def slow(address: str, *, etag: str | None = None, last_modified: str | None = None) -> Response:  # noqa: ARG001
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.01)
        inside.pop()
        return Response(address, address, 200)

    manners = Manners(slow)
    threads = [threading.Thread(target=manners, args=(f"{SITE}/{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}
