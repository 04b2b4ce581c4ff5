"""Manners: robots.txt is obeyed, a host that is down is left alone, and one host is asked one thing at a time."""

from __future__ import annotations

import threading
import time

from readout.capture.answers import Failure, Reason, Redirect, Response
from readout.capture.fake import FakeFetch
from readout.run.manners import LEFT_ALONE, LONGEST_PAUSE, Manners

SITE = "https://harbourpost.example"
ROBOTS = f"{SITE}/robots.txt"


class _Clock:
    """Seconds that pass when they are told to, or slept through."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def manners_with(fetch: FakeFetch, clock: _Clock | None = None, pause: float = 1.0) -> Manners:
    clock = clock or _Clock()
    return Manners(fetch, pause, clock, clock.sleep)


def asked(fetch: FakeFetch) -> list[str]:
    return [one.address.removeprefix(SITE) for one in fetch.asked]


def test_robots_txt_is_read_once_a_day_and_obeyed() -> None:
    fetch, clock = FakeFetch(), _Clock()
    fetch.page(ROBOTS, "User-agent: *\nDisallow: /private\nCrawl-delay: 7\nSitemap: https://a.example/news.xml")
    fetch.page(f"{SITE}/a", "a")
    manners = manners_with(fetch, clock)
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
    manners = manners_with(fetch)
    manners(f"{SITE}/a")
    assert manners.pause_after(f"{SITE}/a") == LONGEST_PAUSE


def test_a_site_that_cannot_show_its_rules_is_asked_for_nothing_and_says_why() -> None:
    fetch, clock = FakeFetch(), _Clock()
    fetch.answer(ROBOTS, Failure(ROBOTS, ROBOTS, Reason.STATUS, "503 Service Unavailable", 503, retry_after=60.0))
    manners = manners_with(fetch, clock)
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
    found = manners_with(fetch)(f"{SITE}/a")
    assert isinstance(found, Failure)
    assert (found.reason, found.address) == (Reason.NO_SUCH_NAME, f"{SITE}/a")


def test_a_host_that_stalls_twice_is_left_alone_for_a_while() -> None:
    fetch, clock = FakeFetch(), _Clock()
    fetch.fail([f"{SITE}/{number}" for number in range(9)], Reason.NO_ANSWER)
    fetch.page(f"{SITE}/well", "x")
    manners = manners_with(fetch, clock)
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
    manners = manners_with(fetch)
    for _ in range(4):
        assert isinstance(manners(f"{SITE}/slow"), Failure)
        assert isinstance(manners(f"{SITE}/well"), Response)


def test_what_is_no_address_is_the_fetch_s_to_refuse() -> None:
    fetch = FakeFetch()
    assert isinstance(manners_with(fetch)("no address"), Failure)
    assert [one.address for one in fetch.asked] == ["no address"]


def test_for_what_is_written_to_deceive_not_even_robots_txt_is_asked() -> None:
    fetch = FakeFetch()
    for address in ("http://010.0.0.1/", "http://0x8.1/", "http://a.example\\@b.example/"):
        assert isinstance(manners_with(fetch)(address), Failure)
        assert fetch.asked.pop().address == address  # the network's guard refuses it as it is written
        assert fetch.asked == []


def test_two_who_ask_one_host_ask_one_after_the_other() -> None:
    inside: list[int] = []
    most: list[int] = []

    def slow(address: str, **_: object) -> Response:
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.01)
        inside.pop()
        return Response(address, address, 200)

    manners = Manners(slow, 0.0)
    threads = [threading.Thread(target=manners, args=(f"{SITE}/{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}


ELSEWHERE = "https://coastradio.example"


def test_where_a_redirect_leads_has_rules_of_its_own() -> None:
    fetch = FakeFetch()
    fetch.page(f"{ELSEWHERE}/robots.txt", "User-agent: *\nDisallow: /private")
    fetch.page(f"{ELSEWHERE}/private", "x")
    fetch.page(f"{ELSEWHERE}/open", "x")
    fetch.redirect(f"{SITE}/a", f"{ELSEWHERE}/private", 301)
    fetch.redirect(f"{SITE}/b", f"{ELSEWHERE}/open", 301)
    manners = manners_with(fetch)
    refused = manners(f"{SITE}/a")
    assert isinstance(refused, Failure)
    assert (refused.reason, refused.address) == (Reason.DISALLOWED, f"{SITE}/a")
    assert refused.moved_to == f"{ELSEWHERE}/private"
    found = manners(f"{SITE}/b")
    assert isinstance(found, Response)
    assert (found.address, found.answered, found.moved_to) == (f"{SITE}/b", f"{ELSEWHERE}/open", f"{ELSEWHERE}/open")
    assert f"{ELSEWHERE}/private" not in asked(fetch)


def test_a_rule_holds_for_a_redirect_on_the_same_site() -> None:
    fetch = FakeFetch()
    fetch.page(ROBOTS, "User-agent: *\nDisallow: /private")
    fetch.page(f"{SITE}/private/a", "x")
    fetch.redirect(f"{SITE}/a", "https://harbourpost.example/private/a")
    found = manners_with(fetch)(f"{SITE}/a")
    assert isinstance(found, Failure)
    assert found.reason is Reason.DISALLOWED


def test_where_a_redirect_leads_is_left_in_peace_too() -> None:
    fetch, clock = FakeFetch(), _Clock()
    fetch.page(f"{ELSEWHERE}/robots.txt", "User-agent: *\nCrawl-delay: 7")
    for name in "abc":
        fetch.page(f"{ELSEWHERE}/{name}", "x")
        fetch.redirect(f"{SITE}/{name}", f"{ELSEWHERE}/{name}")
    fetch.redirect(f"{SITE}/d", f"{SITE}/e")
    fetch.page(f"{SITE}/e", "x")
    manners = manners_with(fetch, clock)
    for name in "ab":
        assert isinstance(manners(f"{SITE}/{name}"), Response)
    assert clock.slept == [1.0, 6.0]  # our own host's second, and what was left of the other's seven
    clock.now += 100
    manners(f"{SITE}/d")
    assert clock.slept == [1.0, 6.0]  # one request, as far as its host is concerned
    clock.now += 100
    manners(f"{ELSEWHERE}/c")
    manners(f"{SITE}/c")
    assert clock.slept == [1.0, 6.0, 7.0]


def test_a_circle_of_hosts_ends() -> None:
    site = Fetching({f"{SITE}/a": f"{ELSEWHERE}/a", f"{ELSEWHERE}/a": f"{SITE}/a"})
    found = Manners(site, 0.0)(f"{SITE}/a")
    assert isinstance(found, Failure)
    assert (found.reason, len(found.redirects)) == (Reason.TOO_LONG, 4)


class Fetching:
    """Redirects, each of which takes eight seconds."""

    def __init__(self, leads: dict[str, str]) -> None:
        self.leads = leads

    def __call__(
        self,
        address: str,
        *,
        etag: str | None = None,  # noqa: ARG002
        last_modified: str | None = None,  # noqa: ARG002
        after: tuple[Redirect, ...] | None = None,
    ) -> Response | Failure:
        if address not in self.leads:
            return Failure(address, address, Reason.STATUS, "404 Not Found", 404)
        met = (*(after or ()), Redirect(302, self.leads[address]))
        return Failure(address, address, Reason.REDIRECTED, redirects=met, elapsed=8.0)
