"""Timelines: one entry for one matter, who reported it first, origins counted once, conflicts shown, bounded time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.group.timeline import Telling, first_day, last_day, telling, timeline
from readout.models import Annotation, ArticleId, CopyGroup, Credit, Event, EventId, EventStatus, Span, TimeExpression
from tests.builders import article

MORNING = datetime(2031, 3, 1, 9, tzinfo=UTC)
FERRY = "the ferry Sula Maid capsized off Gannet Head"
ALSO_FERRY = "off Gannet Head the ferry Sula Maid capsized in a squall"


def event(what: str, when: str | None, status: EventStatus = EventStatus.HAPPENED, *who: str, of: str = "a") -> Event:
    time = TimeExpression(Span(0, 1), when, "DATE") if when else None
    return Event(EventId(f"e{of}{what}{when}"), ArticleId(of), what, (Span(0, len(what)),), who, None, time, status)


def told(name: str, *events: Event, origin: str = "", hours: float = 0) -> Telling:
    own = tuple(replace(one, article=ArticleId(name), id=EventId(f"{one.id}{name}")) for one in events)
    return Telling(ArticleId(name), own, f"Outlet {name}", origin or name, MORNING + timedelta(hours=hours))


def test_one_matter_of_one_day_is_one_entry_with_its_first_report() -> None:
    found = timeline(
        [
            told("late", event(ALSO_FERRY, "2031-03-01"), hours=3),
            told("first", event(FERRY, "2031-03-01")),
            told("copy", event(FERRY, "2031-03-01"), origin="first", hours=2),
        ]
    )
    (entry,) = found.past
    assert entry.first.article == "first"
    assert entry.first.what == FERRY
    assert entry.first.spans == (Span(0, len(FERRY)),)
    assert [one.article for one in entry.reports] == ["first", "copy", "late"]
    assert entry.origins == 2


def test_other_matters_and_other_days_stand_apart() -> None:
    found = timeline(
        [
            told("a", event(FERRY, "2031-03-01"), event("divers reached the wreck", "2031-03-01")),
            told("b", event(FERRY, "2031-05-01")),
        ]
    )
    assert [one.when for one in found.past] == ["2031-03-01", "2031-03-01", "2031-05-01"]
    assert {one.first.what for one in found.past[:2]} == {"divers reached the wreck", FERRY}


def test_the_same_people_on_one_day_are_not_the_same_matter() -> None:
    who = ("Ada Perrin", "Tove Lind")
    found = timeline(
        [
            told("a", event("Ada Perrin met Tove Lind", "2031-03-01", EventStatus.HAPPENED, *who)),
            told("b", event("Ada Perrin sued Tove Lind", "2031-03-01", EventStatus.HAPPENED, *who)),
        ]
    )
    assert len(found.past) == 2


def test_what_is_expected_stands_ahead_and_what_is_over_does_not() -> None:
    found = timeline(
        [
            told(
                "a",
                event("the inquiry opens", "2031-03-09", EventStatus.PLANNED),
                event("the reserve must be paid", "2031-03", EventStatus.DEADLINE),
                event("the ferry was to sail", "2031-02-20", EventStatus.PLANNED),
                event(FERRY, "2031-03-01"),
            )
        ]
    )
    assert found.as_of == date(2031, 3, 1)
    assert [one.when for one in found.ahead] == ["2031-03", "2031-03-09"]
    assert [one.when for one in found.past] == ["2031-02-20", "2031-03-01"]
    later = timeline([told("a", event("the inquiry opens", "2031-03-09", EventStatus.PLANNED))], date(2031, 3, 10))
    assert [one.status for one in later.past] == [EventStatus.PLANNED]


def test_what_was_planned_and_then_happened_has_happened() -> None:
    found = timeline(
        [
            told("a", event("the inquiry into the wreck opens", "2031-03-09", EventStatus.PLANNED)),
            told("b", event("the inquiry into the wreck opened", "2031-03-09"), hours=200),
        ]
    )
    assert [one.status for one in found.past] == [EventStatus.HAPPENED]
    assert found.ahead == ()


def test_dates_that_conflict_are_shown_on_both() -> None:
    found = timeline([told("a", event(FERRY, "2031-03-01")), told("b", event(ALSO_FERRY, "2031-03-02"))])
    assert [[one.when for one in entry.conflicts] for entry in found.past] == [["2031-03-02"], ["2031-03-01"]]
    assert found.past[0].conflicts[0].reports[0].article == "b"


def test_who_tells_of_both_days_makes_no_conflict() -> None:
    found = timeline(
        [told("a", event(FERRY, "2031-03-01")), told("b", event(FERRY, "2031-03-02"), event(FERRY, "2031-03-01"))]
    )
    assert all(not entry.conflicts for entry in found.past)


@pytest.mark.parametrize("when", ["", "P2D", "2031-W10", "2031-02-30", "2031-13-01", "PAST_REF", "0000-01-01"])
def test_what_has_no_day_that_a_calendar_knows_is_counted_apart(when: str) -> None:
    found = timeline([told("a", event(FERRY, when), event("nobody knows when", None))])
    assert found.undated == 2
    assert found.past == found.ahead == ()


def test_times_of_day_are_days() -> None:
    assert [one.when for one in timeline([told("a", event(FERRY, "2031-03-04T09:30"))]).past] == ["2031-03-04"]


def test_nothing_gives_nothing() -> None:
    assert timeline([]).past == ()
    assert timeline([Telling(ArticleId("a"), ())]).as_of is None


def test_an_agency_is_one_origin_and_copies_are_too() -> None:
    credited = replace(article("Ferry lost"), credits=(Credit("Meridian"),))
    nothing = Annotation(credited.id, credited.edition, "test", "en")
    group = CopyGroup(ArticleId("aorigin"), (credited.id,), None, "earliest")
    assert telling(credited, nothing).origin == "meridian"
    assert telling(replace(credited, credits=()), nothing, group).origin == "aorigin"
    assert telling(article("Ferry lost"), nothing).origin == "theharbourpost"


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_in_which_articles_are_given_does_not_show(order: list[int]) -> None:
    some = [
        told("a", event(FERRY, "2031-03-01")),
        told("b", event(ALSO_FERRY, "2031-03-02"), hours=5),
        told("c", event("divers reached the wreck", "2031-03-02"), hours=1),
        told("d", event("divers reached the wreck of the ferry", "2031-03-02"), origin="c", hours=9),
        told("e", event("the inquiry opens", "2031-03-09", EventStatus.PLANNED), hours=2),
    ]
    assert timeline([some[at] for at in order]) == timeline(some)


@settings(max_examples=50, deadline=None)
@given(st.dates(date(1, 1, 1)))
def test_days_months_and_years_have_a_first_and_a_last_day(day: date) -> None:
    for when in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert first_day(when) <= day <= last_day(when)


def test_ten_thousand_articles_of_one_event_take_bounded_time() -> None:
    some = [told(f"a{number:05}", event(FERRY, "2031-03-01"), hours=number / 100) for number in range(10_000)]
    start = process_time()
    (entry,) = timeline(some).past
    assert process_time() - start < 5
    assert entry.origins == 10_000


def test_a_thousand_matters_of_one_day_are_cut_to_the_most_told() -> None:
    some = [told(f"a{n}", event(f"word{n}a word{n}b word{n}c word{n}d", "2031-03-01")) for n in range(1000)]
    start = process_time()
    found = timeline([*some, told("x", event(FERRY, "2031-03-01")), told("y", event(FERRY, "2031-03-01"))], count=10)
    assert process_time() - start < 5
    assert len(found.past) == 10
    assert found.left_out == 991
    assert any(one.origins == 2 for one in found.past)
