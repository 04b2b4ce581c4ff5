"""What is new in a story, since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.compare import figures, life
from readout.compare.changes import Besides, changes, feed
from readout.compare.comparison import comparison
from readout.compare.told import Report
from readout.group import timeline
from readout.models import Annotated, ArticleId, Change, ChangeKind, Comparison, EventId, EventStatus, Milestone
from readout.models.timeline import Report as Word
from tests import builders
from tests.compare.told import report

CLAIM = "Seafarers' Union chairwoman Maud Kerr said the union had warned the owners twice about the loading of lorries."
DENIAL = "The company's director, Magnus Teal, denied having received any warning."
TOLL = "The coastguard said {} people were killed."
LATE = datetime(2032, 1, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(reports: Sequence[Report], now: datetime = LATE) -> tuple[Change, ...]:
    """The feed of those reports."""
    articles = [Annotated(one.article, one.annotation) for one in reports]
    days = timeline.timeline([timeline.telling(*one) for one in articles])
    series, turns = figures.series(reports), life.turns(reports)
    return feed(comparison(reports), Besides(series, turns, (*days.past, *days.ahead)), articles, now=now)


def test_a_denial_in_a_later_text_is_new_then() -> None:
    later = builders.NOON + 3 * HOUR
    (change,) = told([report(CLAIM, outlet="A"), report(CLAIM, DENIAL, outlet="B", at=later)])
    assert (change.kind, change.at) == (ChangeKind.DENIAL, later)


def test_a_figure_moves_once_and_never_because_another_repeats_an_old_one() -> None:
    numbers = [7, 11, 7, 11]
    reports = [
        report(TOLL.format(number), outlet=f"Outlet {at}", at=builders.NOON + at * HOUR)
        for at, number in enumerate(numbers)
    ]
    (change,) = [one for one in told(reports) if one.kind is ChangeKind.FIGURE]
    assert "7" in change.detail
    assert "11" in change.detail
    assert change.at == builders.NOON + HOUR


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        (EventStatus.DEADLINE, [ChangeKind.NEARS, ChangeKind.PASSED]),
        (EventStatus.PLANNED, [ChangeKind.PLANNED, ChangeKind.WAS_PLANNED]),
        (EventStatus.HAPPENED, []),
    ],
)
def test_a_deadline_nears_and_passes_and_what_is_planned_is_told_as_planned(
    status: EventStatus, kinds: list[ChangeKind]
) -> None:
    day = (builders.NOON + 9 * DAY).date()
    said = Word(ArticleId("a1"), EventId("e1"), "the locks open", (), "A", "a1", builders.NOON)
    due = Milestone(day.isoformat(), day, day, status, (said,), 1)
    found = feed(Comparison((), ()), Besides(milestones=[due]), now=LATE)
    assert [one.kind for one in reversed(found)] == kinds
    assert {one.detail for one in found} <= {day.isoformat()}
    for nears in found[-1:]:
        assert nears.at.date() == (builders.NOON + 7 * DAY).date()
        assert not feed(Comparison((), ()), Besides(milestones=[due]), now=nears.at - HOUR)


def test_what_was_told_is_told_once() -> None:
    early = [report(CLAIM, DENIAL, outlet="A")]
    late = [*early, report(TOLL.format(7), outlet="B"), report(TOLL.format(9), outlet="C", at=builders.NOON + HOUR)]
    before, after = told(early), told(late)
    assert changes((), before) == before
    assert changes(after, after) == ()
    assert {one.kind for one in changes(before, after)} == {ChangeKind.FIGURE}


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([CLAIM, DENIAL, TOLL.format(7), TOLL.format(9)]), st.integers(0, 5)), max_size=5)
)
def test_the_order_of_arrival_and_the_hour_of_asking_change_nothing(said: list[tuple[str, int]]) -> None:
    reports = [
        report(text, outlet=f"Outlet {number}", at=builders.NOON + hours * HOUR)
        for number, (text, hours) in enumerate(said)
    ]
    found = told(reports)
    assert told(reports[::-1]) == found
    assert len({one.id for one in found}) == len(found)
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    until = builders.NOON + 2 * HOUR
    assert told(reports, now=until) == tuple(one for one in found if one.at <= until)
