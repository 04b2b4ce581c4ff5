"""When to look next: within bounds whatever a feed or a server says, and the same for the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.capture import schedule
from readout.capture.schedule import LONGEST, LONGEST_ASKED, SHORTEST, USUAL
from tests.builders import NOON

HOUR = timedelta(hours=1)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given one
SECONDS = st.floats(0, 1e12)
HOURS = st.sets(st.integers(0, 23)).map(tuple)


def every(minutes: float, count: int) -> list[datetime]:
    """Publications at that distance, the last at noon."""
    return [NOON - number * timedelta(minutes=minutes) for number in range(count)]


@given(st.text(), MOMENTS, SECONDS, HOURS)
def test_the_next_look_is_within_the_bounds(feed: str, now: datetime, seconds: float, quiet: tuple[int, ...]) -> None:
    at = schedule.next_look(feed, now, seconds, quiet)
    assert SHORTEST <= (at - now).total_seconds() <= LONGEST
    assert at == schedule.next_look(feed, now, seconds, quiet)


@given(st.text(), MOMENTS, st.integers(1, 10_000), SECONDS)
def test_backing_off_is_within_the_bounds(feed: str, now: datetime, failures: int, interval: float) -> None:
    assert SHORTEST <= (schedule.back_off(feed, now, failures, interval) - now).total_seconds() <= LONGEST


@given(st.text(), MOMENTS, st.integers(1, 6), st.floats(SHORTEST, 3600))
def test_each_failure_makes_it_later(feed: str, now: datetime, failures: int, interval: float) -> None:
    first, then = (schedule.back_off(feed, now, number, interval) for number in (failures, failures + 1))
    assert first < then or (then - now).total_seconds() >= LONGEST * 0.9


@given(SECONDS, st.none() | SECONDS, st.none() | SECONDS)
def test_intervals_are_within_the_bounds(before: float, rhythm: float | None, silence: float | None) -> None:
    assert SHORTEST <= schedule.interval(before, rhythm, silence) <= LONGEST


@given(SECONDS, st.none() | SECONDS, SECONDS)
def test_silence_makes_nothing_sooner(before: float, rhythm: float | None, silence: float) -> None:
    assert schedule.interval(before, rhythm, silence) >= schedule.interval(before, rhythm, None)


@given(st.lists(MOMENTS), MOMENTS)
def test_any_times_give_a_rhythm_or_none(published: list[datetime], now: datetime) -> None:
    found = schedule.rhythm(published, now)
    assert found is None or found >= 1
    assert schedule.rhythm(reversed(published), now) == found
    assert set(schedule.quiet_hours(published)).isdisjoint(at.hour for at in published)


@given(MOMENTS, MOMENTS, st.none() | st.floats(-1e15, 1e15))
def test_a_server_that_asks_for_peace_gets_a_week_at_most(now: datetime, wanted: datetime, asked: float | None) -> None:
    at = schedule.asked_to_wait(now, wanted, asked)
    assert at >= wanted
    assert at == wanted or (at - now).total_seconds() <= LONGEST_ASKED
    if asked is not None and asked <= LONGEST_ASKED:
        assert (at - now).total_seconds() >= asked - 1e-3


def test_the_rhythm_is_that_of_what_is_new() -> None:
    assert schedule.rhythm(every(30, 40), NOON) == pytest.approx(1800, rel=0.05)
    assert schedule.rhythm([*every(30, 40), NOON - 300 * 24 * HOUR], NOON) == pytest.approx(1800, rel=0.05)
    assert schedule.rhythm(every(30, 2), NOON) is None
    assert schedule.rhythm([NOON + HOUR] * 10, NOON) is None


def test_a_lively_feed_is_looked_at_often_and_a_silent_one_ever_less() -> None:
    assert schedule.interval(USUAL, 1200, None) == 600
    silent, intervals = 0.0, [600.0]
    for _ in range(12):
        silent += intervals[-1]
        intervals.append(schedule.interval(intervals[-1], 1200, silent))
    assert intervals == sorted(intervals)
    assert 2400 < intervals[-1] < silent / 2
    assert schedule.interval(intervals[-1], 1200, None) == 600


def test_the_night_of_a_feed_is_left_in_peace_for_a_while() -> None:
    days = [NOON - day * 24 * HOUR + hour * HOUR for day in range(1, 8) for hour in range(-4, 7)]
    quiet = schedule.quiet_hours(days)
    assert quiet == (0, 1, 2, 3, 4, 5, 6, 20, 21, 22, 23)
    evening = NOON.replace(hour=21)
    asked = schedule.next_look("f", evening, 1800, quiet)
    assert 2 * HOUR < asked - evening < 3 * HOUR
    towards_morning = NOON.replace(hour=6, minute=10)
    assert schedule.next_look("f", towards_morning, 1800, quiet) == NOON.replace(hour=7)
    assert schedule.quiet_hours(days[:20]) == ()
    assert schedule.quiet_hours([NOON] * 100) == ()


def test_a_feed_quiet_at_all_hours_is_looked_at_all_the_same() -> None:
    assert schedule.next_look("f", NOON, 600, range(24)) <= NOON + 3 * HOUR


def test_feeds_added_together_do_not_stay_together() -> None:
    assert len({schedule.next_look(f"feed {number}", NOON, 3600) for number in range(100)}) == 100


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("max-age=300", 300),
        ("public, MAX-AGE=600", 600),
        ("max-age=31536000", 3600),
        ("max-age=99999999999999999999", 0),
        ("max-age=-1", 0),
        ("max-age=²", 0),
        ("no-cache", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_how_long_an_answer_will_do(said: str | None, seconds: float) -> None:
    assert schedule.max_age(said) == seconds
