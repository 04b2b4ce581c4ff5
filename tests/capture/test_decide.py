"""What a look at a feed means: states in, intents out, whatever came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.capture import decide
from readout.capture.answers import Failure, Reason, Redirect, Response
from readout.capture.decide import GIVEN_UP, MOST, TRIES, Visit, Wanted
from readout.capture.schedule import LONGEST_ASKED, SHORTEST
from readout.models import Entry, Feed, FeedKind, Followed, Listing, Outlet, Seen
from tests.builders import NOON, published

ADDRESS = "https://harbourpost.example/feed"
FEED = Feed(ADDRESS, FeedKind.FEED, Outlet("The Harbour Post"))
NEW = decide.begun(FEED, NOON)
HOUR = timedelta(hours=1)
LONG = "".join(f"<p>{'The two sides met in the town. ' * 12}</p>" for _ in range(6))


def entry(number: int = 0, *, hours: float | None = 1, **fields: str) -> Entry:
    """An entry published so many hours before noon."""
    when = None if hours is None else published(NOON - hours * HOUR)
    return replace(
        Entry(f"https://harbourpost.example/a{number}", title=f"Talks {number}", published=when),
        **fields,  # type: ignore[arg-type]
    )


def response(content: bytes = b"<rss/>", **fields: object) -> Response:
    """An answer."""
    return replace(Response(ADDRESS, ADDRESS, 200, content, etag='"1"'), **fields)  # type: ignore[arg-type]


def failure(status: int | None = None, reason: Reason = Reason.STATUS, wait: float | None = None) -> Failure:
    """No answer."""
    return Failure(ADDRESS, ADDRESS, reason, "why", status, retry_after=wait)


def listing(*entries: Entry) -> Listing:
    """What the feed says."""
    return Listing(FeedKind.FEED, entries=entries)


def look(followed: Followed, *entries: Entry, known: dict[str, Seen] | None = None, now: datetime = NOON) -> Visit:
    """A look that brought these entries."""
    return decide.visit(followed, response(str(entries).encode()), listing(*entries), known or {}, now)


def after(visit: Visit, *, new: int = 0, left: int = 0, now: datetime = NOON) -> Followed:
    """The feed after that look."""
    return Followed(visit.feed, decide.settled(visit, new, left, now))


def remembered(*wanted: Wanted, now: datetime = NOON) -> dict[str, Seen]:
    """What is remembered of entries that were had."""
    return {one.key: decide.seen(one, now) for one in wanted}


def test_what_is_new_is_wanted_the_newest_first_and_never_again() -> None:
    entries = [entry(1, hours=3), entry(2, hours=1), entry(3, hours=2)]
    first = look(NEW, *entries)
    assert [one.entry.title for one in first.wanted] == ["Talks 2", "Talks 3", "Talks 1"]
    then = look(after(first, new=3), entry(4), *entries, known=remembered(*first.wanted))
    assert [one.entry.title for one in then.wanted] == ["Talks 4"]


def test_two_entries_of_one_page_are_one() -> None:
    twice = replace(entry(1), address="http://www.harbourpost.example/a1?utm_source=feed")
    assert len(look(NEW, entry(1), twice).wanted) == 1


def test_what_was_there_before_we_began_is_left_alone_and_later_nothing_is() -> None:
    many = [entry(number, hours=number) for number in range(MOST + 40)]
    first = look(NEW, *many)
    assert (len(first.wanted), len(first.passed), first.left) == (MOST, 40, 0)
    later = look(after(first, new=MOST), *(entry(1000 + number) for number in range(MOST + 40)))
    assert (len(later.wanted), len(later.passed), later.left) == (MOST, 0, 40)
    settled = after(later, new=MOST)
    assert (settled.state.etag, settled.state.digest) == (None, None)  # so that the next look sees the rest


def test_an_entry_that_carries_its_article_is_not_fetched() -> None:
    stub = LONG[:-4] + " […]</p>"
    contents = [LONG, "short", stub, LONG.replace("<p>", "").replace("</p>", "")]
    wanted = look(NEW, *(entry(number, content=text) for number, text in enumerate(contents))).wanted
    assert {one.entry.title: one.whole for one in wanted} == {
        "Talks 0": True,
        "Talks 1": False,
        "Talks 2": False,
        "Talks 3": False,
    }


def test_an_entry_without_an_address_is_known_by_its_identifier_or_its_words() -> None:
    bare = replace(entry(1, content="words"), address=None)
    (wanted,) = look(NEW, bare).wanted
    assert wanted.whole
    assert look(NEW, bare, known=remembered(wanted)).wanted == ()
    assert len(look(NEW, bare, replace(bare, content="others"), replace(bare, identifier="x")).wanted) == 3
    assert look(NEW, replace(bare, content=None)).wanted == ()


def test_an_entry_that_says_it_changed_is_fetched_again_but_not_for_ever() -> None:
    known: dict[str, Seen] = {}
    fetched = 0
    for number in range(20):
        now = NOON + number * 2 * HOUR
        wanted = look(NEW, replace(entry(1), title=f"Title {number}"), known=known, now=now).wanted
        known |= remembered(*wanted, now=now)
        fetched += len(wanted)
    assert fetched == TRIES


def test_an_entry_that_changed_just_now_waits() -> None:
    (wanted,) = look(NEW, entry(1)).wanted
    changed = replace(entry(1), title="Talks fail")
    assert look(NEW, changed, known=remembered(wanted), now=NOON + HOUR / 2).wanted == ()
    assert len(look(NEW, changed, known=remembered(wanted), now=NOON + HOUR).wanted) == 1


@pytest.mark.parametrize(
    ("failed", "done"),
    [
        (failure(404), True),
        (failure(403), True),
        (failure(503), False),
        (failure(429), False),
        (failure(reason=Reason.NO_ANSWER), False),
        (failure(reason=Reason.DISALLOWED), True),
        (failure(reason=Reason.REFUSED), True),
    ],
)
def test_an_entry_that_failed_is_tried_again_where_there_is_hope(failed: Failure, done: bool) -> None:
    (wanted,) = look(NEW, entry(1)).wanted
    seen = decide.seen(wanted, NOON, failed)
    assert (seen.done, seen.tries) == (done, 1)
    again = look(NEW, entry(1), known={seen.key: seen}).wanted
    assert len(again) == (not done)
    assert decide.seen(replace(wanted, before=replace(seen, tries=TRIES - 1)), NOON, failed).done


def test_what_did_not_change_needs_no_reading() -> None:
    state = after(look(NEW, entry(1)), new=1).state
    assert decide.unchanged(state, response(status=304))
    assert decide.unchanged(state, response(str((entry(1),)).encode()))
    assert not decide.unchanged(state, response(b"other"))
    visit = decide.visit(Followed(FEED, state), response(status=304), None, {}, NOON + HOUR)
    settled = after(visit, now=NOON + HOUR).state
    assert (settled.last and settled.last.outcome, settled.etag, settled.last_ok) == (
        "not modified",
        '"1"',
        NOON + HOUR,
    )


def test_permanent_redirects_are_followed_where_there_is_a_feed() -> None:
    there = (Redirect(301, "https://new.example/feed"),)
    assert decide.visit(NEW, response(redirects=there), listing(entry()), {}, NOON).moved_to == there[0].to
    assert decide.visit(NEW, response(redirects=there), None, {}, NOON).moved_to is None
    temporary = (Redirect(302, "https://new.example/feed"),)
    assert decide.visit(NEW, response(redirects=temporary), listing(entry()), {}, NOON).moved_to is None
    assert decide.visit(NEW, replace(failure(404), redirects=there), None, {}, NOON).moved_to is None


def test_410_ends_a_feed_and_404_only_after_long() -> None:
    gone = after(decide.visit(NEW, failure(410), None, {}, NOON)).state
    assert (gone.ended, gone.gone) == (True, True)
    followed = NEW
    for day in range(60):
        now = NOON + day * 24 * HOUR
        followed = after(decide.visit(followed, failure(404), None, {}, now), now=now)
        assert (followed.state.gone, followed.state.ended) == (True, timedelta(days=day) >= GIVEN_UP)
        if followed.state.ended:
            break
    else:
        pytest.fail("it never ended")


def test_a_feed_that_comes_back_is_well_again() -> None:
    failed = after(decide.visit(NEW, failure(404), None, {}, NOON))
    well = after(look(failed, entry(1), now=NOON + HOUR), new=1, now=NOON + HOUR).state
    assert (well.failures, well.failing_since, well.gone, well.last_new) == (0, None, False, NOON + HOUR)


def test_an_error_that_lasts_does_not_end_a_feed() -> None:
    followed = NEW
    for day in range(90):
        followed = after(decide.visit(followed, failure(503), None, {}, NOON + day * 24 * HOUR))
    assert (followed.state.failures, followed.state.ended) == (90, False)


def test_a_feed_without_entries_is_empty_and_one_that_is_a_page_is_none() -> None:
    assert look(NEW).look.outcome == "empty"
    visit = decide.visit(NEW, response(b"<html>"), None, {}, NOON)
    assert (visit.look.ok, visit.look.outcome, visit.state.failures) == (False, "no longer a feed", 1)


def test_undated_entries_are_counted() -> None:
    assert look(NEW, entry(1), entry(2, hours=None)).look.undated == 1


FAILURES = st.builds(
    failure, st.none() | st.sampled_from([400, 404, 410, 429, 500, 503]), st.sampled_from(Reason),
    st.none() | st.floats(0, 1e9),
)  # fmt: skip
ENTRIES = st.lists(st.builds(entry, st.integers(0, 300), hours=st.none() | st.floats(-1e4, 1e5)), max_size=80)
ANSWERS = st.one_of(FAILURES, ENTRIES, st.just("unchanged"), st.just("no feed"))


@given(st.lists(st.tuples(ANSWERS, st.integers(0, 3), st.floats(0, 1e6)), max_size=12))
def test_whatever_comes_the_next_look_is_within_the_bounds(
    story: list[tuple[Failure | list[Entry] | str, int, float]],
) -> None:
    followed, now = NEW, NOON
    known: dict[str, Seen] = {}
    for came, left, passed in story:
        if followed.state.ended:
            return
        now += timedelta(seconds=passed)
        visit = _visit(followed, came, known, now)
        assert len(visit.wanted) <= MOST
        assert len({one.key for one in visit.wanted}) == len(visit.wanted)
        known |= remembered(*visit.wanted, now=now) | {one.key: one for one in visit.passed}
        followed = after(visit, new=len(visit.wanted), left=left if visit.wanted else 0, now=now)
        assert followed.state.last
        if followed.state.next_at:
            assert SHORTEST <= (followed.state.next_at - now).total_seconds() <= LONGEST_ASKED


def _visit(followed: Followed, came: Failure | list[Entry] | str, known: dict[str, Seen], now: datetime) -> Visit:
    if isinstance(came, Failure):
        return decide.visit(followed, came, None, known, now)
    if isinstance(came, list):
        return look(followed, *came, known=known, now=now)
    answer = response(status=304) if came == "unchanged" else response(b"<html>")
    return decide.visit(followed, answer, None, known, now)
