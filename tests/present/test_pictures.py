"""Pictures: that they say what they are made of, keep within their frame, and bear any input."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from readout.models import (
    ArticleId,
    DayCount,
    EventId,
    EventStatus,
    Milestone,
    Report,
    Reported,
    Series,
    Span,
    Timeline,
)
from readout.present import pictures

FIRST = date(2031, 3, 4)


def counts(*numbers: int, every: int = 1) -> list[DayCount]:
    """That many articles on days that far apart."""
    return [DayCount(FIRST + timedelta(days=every * place), number) for place, number in enumerate(numbers)]


def reported(value: float, day: int | None, modifier: str | None = None, high: float | None = None) -> Reported:
    """A figure that an outlet gives that many days after the first."""
    at = datetime(2031, 3, 4, tzinfo=UTC) + timedelta(days=day) if day is not None else None
    return Reported(ArticleId("a1"), "Kanal 7", Span(0, 2), f"{value:g}", value, high or value, modifier, None, at)


def test_columns_say_how_many_from_when_to_when_and_when_most() -> None:
    found = pictures.columns(counts(1, 0, 5, 2))
    assert found
    assert found.label == "8 articles from 4 March 2031 to 7 March 2031, by day; most, 5, on 6 March 2031"
    assert found.rows == (("4 March 2031", "1"), ("6 March 2031", "5"), ("7 March 2031", "2"))
    assert [bar.told for bar in found.bars] == [
        "4 March 2031: 1 article",
        "6 March 2031: 5 articles",
        "7 March 2031: 2 articles",
    ]


def test_one_day_is_no_course_of_time() -> None:
    assert pictures.columns(counts(3)) is None
    assert pictures.spark([]) is None


def test_many_days_are_put_together_by_week_month_or_year() -> None:
    week, month, year = (pictures.columns(counts(*[1] * 60, every=step)) for step in (5, 30, 300))
    assert [one.period for one in (week, month, year) if one] == ["week", "30 days", "year"]


@given(st.dictionaries(st.dates(), st.integers(1, 10**6), min_size=2))
@settings(max_examples=80, deadline=None)
def test_any_days_make_a_picture_that_keeps_its_frame_and_counts_right(held: dict[date, int]) -> None:
    days = [DayCount(*one) for one in sorted(held.items())]
    found = pictures.columns(days)
    assert found
    assert len(found.bars) <= 66
    for bar in found.bars:
        assert -1 <= bar.x <= bar.x + bar.wide <= found.wide + 1
        assert 0 <= bar.y <= bar.y + bar.high <= found.high + 0.1
    told = sum(int(number.replace(",", "")) for _, number in found.rows)
    assert told <= sum(held.values())
    if (days[-1].day - days[0].day).days < 20_000:
        assert told == sum(held.values())


def test_figures_are_drawn_by_time_range_and_modifier() -> None:
    values = (reported(5, 0), reported(9, 1, "at least"), reported(7, 2, "about", 11), reported(8, None, "up to"))
    found = pictures.plot(Series("people", "", "killed", values, 3, ()))
    assert found
    assert [mark.kind for mark in found.marks] == ["exact", "least", "about", "most"]
    assert found.label == "people killed: from 5 to 11, 4 reports"
    assert found.marks[0].y > found.marks[1].y
    assert found.marks[2].low > found.marks[2].high
    assert [mark.x for mark in found.marks] == sorted(mark.x for mark in found.marks)
    assert pictures.plot(Series("people", "", "", (reported(5, 0),) * 3, 0, ())) is None


def test_a_line_of_time_tells_the_past_from_what_is_expected() -> None:
    def entry(day: int, status: EventStatus) -> Milestone:
        on = FIRST + timedelta(days=day)
        report = Report(ArticleId("a1"), EventId("v1"), "talks <b>", (), "Kanal 7", "a1")
        return Milestone(on.isoformat(), on, on, status, (report,), 1)

    past, ahead = entry(0, EventStatus.HAPPENED), entry(10, EventStatus.PLANNED)
    found = pictures.line(Timeline((past,), (ahead, entry(20, EventStatus.DEADLINE)), FIRST + timedelta(days=5)))
    assert found
    assert [mark.kind for mark in found.marks] == ["past", "ahead", "due"]
    assert found.now
    assert found.marks[0].x < found.now < found.marks[1].x
    assert found.label.startswith("1 event that happened and 2 expected")
    assert pictures.line(Timeline((past,), (), None)) is None


def test_a_graph_ties_whose_texts_go_to_whom() -> None:
    found = pictures.graph([("AFP", "Kanal 7", 1), ("AFP", "Tradewind", 9), ("Kanal 7", "Kanal 7", 4)])
    assert found
    assert [node.name for node in found.sources] == ["AFP"]
    assert [node.name for node in found.takers] == ["Tradewind", "Kanal 7"]
    assert [tie.strength for tie in found.ties] == [5, 1]
    assert found.ties[0].told == "Tradewind prints 9 texts of AFP"
    assert found.rows == (("AFP", "Tradewind", 9), ("AFP", "Kanal 7", 1))
    assert pictures.graph([("A", "A", 3)]) is None


def test_a_large_graph_is_cut_and_says_so() -> None:
    found = pictures.graph([("AFP", f"Outlet {number}", 1) for number in range(500)])
    assert found
    assert (len(found.ties), found.left_out) == (40, 460)
