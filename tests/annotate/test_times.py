"""Time expressions: what is found, what it resolves to on both sides of midnight, month and year, and hostile text."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readout.annotate import calendars
from readout.annotate.times import expressions
from readout.annotate.tokens import tokens
from readout.models import Basis, Moment, Precision, TimeExpression


def moment(at: str, zone: int | None = None) -> Moment:
    """A publication at an instant of UTC, exact to the minute."""
    return Moment(datetime.fromisoformat(at).replace(tzinfo=UTC), Precision.MINUTE, Basis.STATED, at, zone)


def read(text: str, at: str | None = "2025-06-05T12:00", zone: int | None = None) -> tuple[TimeExpression, ...]:
    return expressions(tokens(text), moment(at, zone) if at else None)


def values(text: str, at: str | None = "2025-06-05T12:00") -> list[tuple[str, str]]:
    """The words found and their values."""
    return [(text[slice(*one.span)], one.value) for one in read(text, at)]


# The publication is on Thursday, 5 June 2025.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was signed on March 1, 2008.", [("March 1, 2008", "2008-03-01")]),
        ("It was signed on 27 March 2008 in Rome.", [("27 March 2008", "2008-03-27")]),
        ("He left on the 4th of July, 2019.", [("the 4th of July, 2019", "2019-07-04")]),
        ("The talks of June 5-7 failed.", [("June 5-7", "2025-06-05/2025-06-07")]),
        ("He came on Wednesday, May 21.", [("Wednesday, May 21", "2025-05-21")]),
        ("He was freed in May.", [("May", "2025-05")]),
        ("He may march.", []),
        ("It is half a century old, or half a century since.", [("half a century", "P50Y")]),
        ("Russia Today and The Daily Beast met on Easter Island.", []),
        ("It lasted from May 5 to 7.", [("May 5 to 7", "2025-05-05/2025-05-07")]),
        (
            "It took nearly five months, or more than a year.",
            [("nearly five months", "P5M"), ("more than a year", "P1Y")],
        ),
        ("He won in the year 2000. Two years later he lost.", [("the year 2000", "2000"), ("Two years later", "2002")]),
        ("Two years later he lost.", [("Two years later", "P2Y")]),
        ("IT HAPPENED TODAY, ON MONDAY.", [("TODAY", "2025-06-05"), ("MONDAY", "2025-06-02")]),
        ("The vote will be held on October 12.", [("October 12", "2025-10-12")]),
        ("He died on October 12.", [("October 12", "2024-10-12")]),
        ("It was sent on 2025-06-01 and 05/06/2025.", [("2025-06-01", "2025-06-01"), ("05/06/2025", "2025-06-05")]),
        ("It was sent on 03/04/2019 and 13/04/2019.", [("03/04/2019", "2019"), ("13/04/2019", "2019-04-13")]),
        ("He spoke on Tuesday.", [("Tuesday", "2025-06-03")]),
        ("He spoke on Thursday.", [("Thursday", "2025-06-05")]),
        ("They will meet on Monday.", [("Monday", "2025-06-09")]),
        ("They agreed to reply by Friday.", [("Friday", "2025-06-06")]),
        ("They will meet next Thursday.", [("next Thursday", "2025-06-12")]),
        ("It fell last month and last week.", [("last month", "2025-05"), ("last week", "2025-W22")]),
        ("It rose earlier this week.", [("earlier this week", "2025-W23")]),
        ("It came 84 years since the raid.", [("84 years", "P84Y")]),
        ("It fell in the past decade.", [("the past decade", "P10Y")]),
        ("It was a 12-year low and a twelve-year low.", [("12-year", "P12Y"), ("twelve-year", "P12Y")]),
        ("He died three days ago.", [("three days ago", "2025-06-02")]),
        ("The 20-year-old died aged 65 years old.", []),
        ("They spoke of the last week of March.", [("the last week of March", "2025-W13")]),
        ("It lost in the third quarter of 2009.", [("the third quarter of 2009", "2009-Q3")]),
        ("It lost in the fourth quarter.", [("the fourth quarter", "2024-Q4")]),
        ("It sells 15 a year, or two per month.", [("a year", "P1Y"), ("per month", "P1M")]),
        ("The cars of the 1970s and the 80s.", [("the 1970s", "197"), ("the 80s", "198")]),
        ("It is the lowest since '82.", [("'82", "1982")]),
        ("He ruled in 1999–2003.", [("1999–2003", "1999/2003")]),
        ("It has 2000 people and 1999 seats.", []),
        ("Today he now says tomorrow.", [("Today", "2025-06-05"), ("now", "PRESENT_REF"), ("tomorrow", "2025-06-06")]),
        ("He was seen at 6:40 p.m. on Monday.", [("6:40 p.m. on Monday", "2025-06-02T18:40")]),
        ("He called on Monday night.", [("Monday night", "2025-06-02TNI")]),
        ("It opened at 16:00 UTC today.", [("16:00 UTC today", "2025-06-05T16:00Z")]),
        ("They met last summer.", [("last summer", "2024-SU")]),
        (
            "They will meet at Christmas and on New Year's Day.",
            [("Christmas", "2025-12-25"), ("New Year's Day", "2026-01-01")],
        ),
        ("He sang on Good Friday and on Easter 2019.", [("Good Friday", "2025-04-18"), ("Easter 2019", "2019-04-21")]),
        ("It was Thanksgiving.", [("Thanksgiving", "2024-11-28")]),
        ("He came on May 21. The next day he left.", [("May 21", "2025-05-21"), ("The next day", "2025-05-22")]),
    ],
)
def test_what_is_found_and_its_value(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("at", "text", "value"),
    [
        ("2025-01-01T12:00", "It happened yesterday.", "2024-12-31"),
        ("2024-12-31T12:00", "It will happen tomorrow.", "2025-01-01"),
        ("2025-03-01T12:00", "It happened yesterday.", "2025-02-28"),
        ("2024-03-01T12:00", "It happened yesterday.", "2024-02-29"),
        ("2025-01-01T12:00", "It fell last month.", "2024-12"),
        ("2024-12-31T12:00", "It will fall next month.", "2025-01"),
        ("2025-01-31T12:00", "It will fall next month.", "2025-02"),
        ("2025-01-01T12:00", "He died in December.", "2024-12"),
        ("2025-01-01T12:00", "He died on December 30.", "2024-12-30"),
        ("2024-12-30T12:00", "He will speak on January 2.", "2025-01-02"),
        ("2024-12-30T12:00", "He will speak in January.", "2025-01"),
        ("2025-01-01T12:00", "He spoke on Tuesday.", "2024-12-31"),
        ("2024-12-31T12:00", "He will speak on Wednesday.", "2025-01-01"),
        ("2025-01-01T12:00", "It fell last year.", "2024"),
        ("2024-12-31T12:00", "It fell last year.", "2023"),
        ("2024-12-30T12:00", "It fell this week.", "2025-W01"),
        ("2025-01-05T12:00", "It fell last week.", "2024-W52"),
        ("2025-01-15T12:00", "It lost in the fourth quarter.", "2024-Q4"),
        ("2025-01-02T12:00", "It fell a week ago.", "2024-12-26"),
    ],
)
def test_both_sides_of_month_and_year(at: str, text: str, value: str) -> None:
    assert [one.value for one in read(text, at)] == [value]


@pytest.mark.parametrize(
    ("at", "zone", "value", "start"),
    [
        ("2025-06-05T23:30", None, "2025-06-05", "2025-06-05T00:00"),
        ("2025-06-05T23:30", 120, "2025-06-06", "2025-06-05T22:00"),
        ("2025-06-06T00:30", -240, "2025-06-05", "2025-06-05T04:00"),
        ("2025-12-31T23:30", 540, "2026-01-01", "2025-12-31T15:00"),
    ],
)
def test_today_is_counted_in_the_zone_of_the_publication(at: str, zone: int | None, value: str, start: str) -> None:
    (found,) = read("It happened today.", at, zone)
    assert found.value == value
    assert found.start == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert found.precision is Precision.DAY


def test_a_dateline_gives_the_zone_where_the_publication_states_none() -> None:
    text = "TOKYO — It happened today."
    assert [one.value for one in read(text, "2025-06-05T23:30")] == ["2025-06-06"]
    assert [one.value for one in read(text, "2025-06-05T23:30", 0)] == ["2025-06-05"]


def test_without_a_publication_only_what_is_stated_in_full_is_resolved() -> None:
    found = read("He came on May 21, 2025, left on Thursday, and called last month, on June 3, and today.", None)
    assert [one.value for one in found] == ["2025-05-21", "XXXX-WXX-4", "XXXX-XX-XX", "XXXX-06-03", "XXXX-XX-XX"]
    assert [one.start is not None for one in found] == [True, False, False, False, False]
    assert all(one.basis for one in found)


def test_a_publication_known_to_the_month_resolves_no_day() -> None:
    anchor = Moment(datetime(2025, 6, 1, tzinfo=UTC), Precision.MONTH, Basis.STATED, "June 2025")
    (found,) = expressions(tokens("It happened yesterday."), anchor)
    assert (found.value, found.start) == ("XXXX-XX-XX", None)


def test_days_since_an_event_place_the_event() -> None:
    (found,) = read("Two days after the call, they met.")
    assert (found.value, found.kind) == ("P2D", "DURATION")
    assert found.start == datetime(2025, 6, 3, tzinfo=UTC)


def test_a_part_of_a_week_ends_with_the_publication() -> None:
    (found,) = read("It rose earlier this week.")
    assert (found.start, found.end) == (datetime(2025, 6, 2, tzinfo=UTC), datetime(2025, 6, 6, tzinfo=UTC))
    assert found.precision is Precision.MONTH


def test_a_deadline_is_told_in_the_basis() -> None:
    by, june = read("They must reply by Friday, before the June 10 deadline.")
    assert by.basis.endswith("a deadline")
    assert june.basis.endswith("a deadline")


def test_last_night_begins_the_day_before() -> None:
    (found,) = read("It was hit overnight.", "2025-01-01T12:00")
    assert found.value == "2024-12-31TNI"
    assert (found.start, found.end) == (datetime(2024, 12, 31, 18, tzinfo=UTC), datetime(2025, 1, 1, 6, tzinfo=UTC))


WORDS = st.sampled_from(
    "the a last next past two 12 - , . May 31 30 of 2008 0001 9999 1500 Monday night week years 1990s 's ago after "
    "later in since ' 82 6:40 p.m. UTC ( GMT + 8 ) Christmas Eve quarter first third decade mid-March early end "
    "overnight today per century weekend \n ’ – 99/99/2025 fiscal spring this same".split(" ")
)


@given(st.lists(WORDS, max_size=40).map(" ".join), st.dates())
@example("mid-", date(2025, 6, 5))
@example("'", date(2025, 6, 5))
def test_any_words_on_any_day_give_spans_in_order_within_the_text(text: str, at: date) -> None:
    end = 0
    for one in expressions(
        tokens(text), Moment(datetime(at.year, at.month, at.day, tzinfo=UTC), Precision.DAY, Basis.STATED, "")
    ):
        assert end <= one.span.start < one.span.end <= len(text)
        assert (one.start is None) == (one.end is None)
        assert one.start is None or one.end is None or one.start < one.end
        end = one.span.end


@given(st.text(max_size=200))
def test_any_text_raises_nothing(text: str) -> None:
    read(text)
    read(text, None)


@pytest.mark.parametrize(
    "unit", ["last ", "Monday ", "May ", "12 - ", "a week ago ", "' 82 ", "the ", "1990s", "early "]
)
def test_time_is_linear_in_hostile_text(unit: str) -> None:
    cut = tokens(unit * 5_000)
    begin = time.process_time()
    expressions(cut, moment("2025-06-05T12:00"))
    assert time.process_time() - begin < 5


def test_easter_and_the_end_of_a_month() -> None:
    day = datetime(2024, 1, 31, tzinfo=UTC).date()
    assert calendars.easter(2024).isoformat() == "2024-03-31"
    assert str(calendars.shifted(day, "M", 1)) == "2024-02-29"
    assert calendars.shifted(day, "Y", 9000) is None
