"""Dates as pages state them, ages counted back from a capture, and days worked out from a text."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.extract import almanac
from readout.extract.dates import AMBIGUOUS, Setting, aged, inferred, published, stated
from readout.models import Basis, CaptureBasis, Moment, Precision

CAPTURED = datetime(2025, 6, 5, 18, 40, 30, tzinfo=UTC)
LONG_AFTER = datetime(2026, 11, 21, tzinfo=UTC)


def told(moment: Moment | None) -> tuple[str, str, int | None] | None:
    """A moment as an instant, a precision and a zone."""
    return (moment.at.strftime("%Y-%m-%dT%H:%M:%S"), moment.precision, moment.zone) if moment else None


@pytest.mark.parametrize(
    ("text", "at", "precision", "zone"),
    [
        ("2025-06-05T14:30:00+01:00", "2025-06-05T13:30:00", "second", 60),
        ("2025-06-05T14:30:00.123Z", "2025-06-05T14:30:00", "second", 0),
        ("2025-06-05T14:30-0530", "2025-06-05T20:00:00", "minute", -330),
        ("2025-06-05 14:30", "2025-06-05T14:30:00", "minute", None),
        ("2025-06-05", "2025-06-05T00:00:00", "day", None),
        ("20250605T143000Z", "2025-06-05T14:30:00", "second", 0),
        ("Thu, 05 Jun 2025 14:30:00 +0100", "2025-06-05T13:30:00", "second", 60),
        ("Thu, 05 Jun 2025 14:30:00 GMT", "2025-06-05T14:30:00", "second", 0),
        ("5 June 2025 14:30 BST", "2025-06-05T13:30:00", "minute", 60),
        ("June 5, 2025, 9:04 a.m. EDT", "2025-06-05T13:04:00", "minute", -240),
        ("Published June 5, 2025 at 9:04 PM ET", "2025-06-06T01:04:00", "minute", -240),
        ("January 5, 2025 9:04 AM ET", "2025-01-05T14:04:00", "minute", -300),
        ("Updated 3:38 PM EST, Sat December 23, 2023", "2023-12-23T20:38:00", "minute", -300),
        ("8:00 pm Jun 5, 2025 (GMT+8)", "2025-06-05T12:00:00", "minute", 480),
        ("Dec 22, 2023 | 5 p.m. PST", "2023-12-23T01:00:00", "hour", -480),
        ("12:05 a.m. June 5th, 2025", "2025-06-05T00:05:00", "minute", None),
        ("5. Juni 2025, 14:30 Uhr", "2025-06-05T14:30:00", "minute", None),
        ("5 juin 2025 à 14h30", "2025-06-05T14:30:00", "minute", None),
        ("5 de junio de 2025", "2025-06-05T00:00:00", "day", None),
        ("5 июня 2025", "2025-06-05T00:00:00", "day", None),
        ("2025年6月5日 14:30", "2025-06-05T14:30:00", "minute", None),
        ("2025/6/5", "2025-06-05T00:00:00", "day", None),
        ("19-07-2025", "2025-07-19T00:00:00", "day", None),
        ("05.06.2025", "2025-06-05T00:00:00", "day", None),
        ("25/06/2025 14:30", "2025-06-25T14:30:00", "minute", None),
        ("06/25/2025", "2025-06-25T00:00:00", "day", None),
        ("05/05/2025", "2025-05-05T00:00:00", "day", None),
        ("05/06/2025 9:04 AM EST", "2025-05-06T14:04:00", "minute", -300),
    ],
)
def test_a_stated_date(text: str, at: str, precision: str, zone: int | None) -> None:
    moment = stated(text)
    assert told(moment) == (at, precision, zone)
    assert moment is not None
    assert moment.basis is Basis.STATED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "June",
        "yesterday",
        "31/31/2025",
        "2025-02-30",
        "0000-00-00",
        "99 June 2025",
        "5 Grune 2025",
        "1" * 60,
        "Jun 5",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert stated(text) is None


def test_day_and_month_are_not_guessed() -> None:
    moment = stated("05/06/2025")
    assert moment is not None
    assert (moment.at, moment.precision) == (datetime(2025, 1, 1, tzinfo=UTC), Precision.YEAR)
    assert AMBIGUOUS in moment.clue


@pytest.mark.parametrize(
    ("setting", "day"),
    [
        (Setting("en-US"), (5, 6)),
        (Setting("en_US"), (5, 6)),
        (Setting("en-GB"), (6, 5)),
        (Setting("fr"), (6, 5)),
        (Setting("en", datetime(2025, 5, 20, tzinfo=UTC)), (5, 6)),
    ],
)
def test_language_country_and_capture_tell_day_from_month(setting: Setting, day: tuple[int, int]) -> None:
    moment = stated("05/06/2025", setting)
    assert moment is not None
    assert (moment.at.month, moment.at.day) == day


def test_a_date_without_a_year_is_the_last_one_before_the_capture() -> None:
    assert told(stated("Jun 5", Setting(None, CAPTURED))) == ("2025-06-05T00:00:00", "day", None)
    assert told(stated("Jul 5", Setting(None, CAPTURED))) == ("2024-07-05T00:00:00", "day", None)
    assert told(stated("29 Feb", Setting(None, CAPTURED))) == ("2024-02-29T00:00:00", "day", None)


@pytest.mark.parametrize(
    ("age", "at", "precision"),
    [
        ("22 minutes ago", "2025-06-05T18:18:00", "minute"),
        ("an hour ago", "2025-06-05T17:00:00", "hour"),
        ("13 hours ago", "2025-06-05T05:00:00", "hour"),
        ("time2 hours ago", "2025-06-05T16:00:00", "hour"),
        ("Updated: 2h ago", "2025-06-05T16:00:00", "hour"),
        ("a day ago", "2025-06-04T00:00:00", "day"),
        ("yesterday", "2025-06-04T00:00:00", "day"),
        ("today", "2025-06-05T00:00:00", "day"),
        ("6 days ago", "2025-05-30T00:00:00", "day"),
        ("3d", "2025-06-02T00:00:00", "day"),
        ("2 weeks ago", "2025-05-01T00:00:00", "month"),
        ("a month ago", "2025-05-01T00:00:00", "month"),
        ("7 months ago", "2024-11-01T00:00:00", "month"),
        ("2 years ago", "2023-01-01T00:00:00", "year"),
        ("just now", "2025-06-05T18:40:00", "minute"),
        ("a few hours ago", "2025-06-05T00:00:00", "day"),
    ],
)
def test_an_age_is_as_precise_as_its_unit(age: str, at: str, precision: str) -> None:
    moment = aged(age, CAPTURED)
    assert told(moment) == (at, precision, None)
    assert moment is not None
    assert (moment.basis, moment.clue) == (Basis.RELATIVE, age)


@pytest.mark.parametrize("text", ["", "ago", "May", "9999 years ago", "a d", "22 parsecs ago", "RTHK", "x" * 100_000])
def test_what_is_no_age_is_none(text: str) -> None:
    assert aged(text, CAPTURED) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("fuelled discussions on Wednesday, May 21, in Brussels", "2025-05-21"),
        ("On Thursday (June 5) he said so.", "2025-06-05"),
        ("Talks began Tuesday, June 3. On Thursday, June 5, they ended.", "2025-06-05"),
        ("TOKYO, June 4 (Kyodo) -- The two sides met on Tuesday, June 3.", "2025-06-04"),
        ("June 4 (UPI) -- The two sides met.", "2025-06-04"),
        ("KYIV — June 4, 2025 — The two sides met.", "2025-06-04"),
        ("PARIS, 4 June 2025 (AFP) – Les deux", "2025-06-04"),
        ("It was signed on June 3, 2025.", "2025-06-03"),
        ("It was signed on Tuesday, June 3, 2025.", "2025-06-03"),
    ],
)
def test_a_day_that_the_text_tells(text: str, day: str) -> None:
    moment = inferred(text, CAPTURED)
    assert moment is not None
    assert (moment.at.date().isoformat(), moment.precision, moment.basis) == (day, Precision.DAY, Basis.INFERRED)
    assert moment.clue in text


@pytest.mark.parametrize(
    "text",
    [
        "They met on May 30.",
        "after Thursday, June 5, the truce ends",
        "until Wednesday, May 21",
        "before Wednesday, May 21",
        "They will meet on Wednesday, May 21.",
        "a summit planned for Wednesday, May 21",
        "since the invasion of February 24, 2022",
        "On Friday, June 5, nobody met.",  # a Thursday in 2025; 2020 is the year, and too old for a guess is not
        "May 2025 was warm. May 5% of them be right.",
        "",
    ],
)
def test_what_tells_no_day_of_publication(text: str) -> None:
    moment = inferred(text, CAPTURED)
    assert moment is None or moment.at.year < 2025


def test_a_language_has_its_own_months() -> None:
    moment = inferred("jeudi 5 juin, le ministre a dit", CAPTURED, language="fr")
    assert moment is not None
    assert moment.at.date().isoformat() == "2025-06-05"


def test_a_weekday_fixes_the_year_before_a_bound_that_is_far_off() -> None:
    moment = inferred("on Wednesday, May 21, in Brussels", LONG_AFTER, trusted=False)
    assert moment is not None
    assert moment.at.date().isoformat() == "2025-05-21"
    dateline = inferred("KYIV, July 5 (Reuters) - They met on Thursday, July 3.", LONG_AFTER, trusted=False)
    assert dateline is not None
    assert dateline.at.date().isoformat() == "2025-07-05"
    assert inferred("KYIV, July 5 (Reuters) - They met.", LONG_AFTER, trusted=False) is None
    assert inferred("on Wednesday, May 21, in Brussels", None) is None


def test_nothing_is_published_after_its_capture() -> None:
    assert inferred("PARIS, 5 July 2025 (AFP) – Les deux", CAPTURED) is None


def test_a_known_capture_makes_an_age_exact() -> None:
    moment = published("13 hours ago", "on Wednesday, May 21", CAPTURED, CaptureBasis.DECLARED)
    assert told(moment) == ("2025-06-05T05:00:00", "hour", None)


def test_a_files_time_gives_way_to_the_text() -> None:
    moment = published("36 minutes ago", "said on Thursday, June 5, in Paris", LONG_AFTER, CaptureBasis.FILE_TIME)
    assert moment is not None
    assert (moment.at.date().isoformat(), moment.basis) == ("2025-06-05", Basis.INFERRED)


def test_a_files_time_that_the_text_bears_out_is_believed() -> None:
    moment = published("36 minutes ago", "said on Thursday, June 5, in Paris", CAPTURED, CaptureBasis.FILE_TIME)
    assert told(moment) == ("2025-06-05T18:04:00", "minute", None)


def test_an_age_by_a_files_time_alone_is_good_for_a_day() -> None:
    moment = published("22 minutes ago", "nothing tells", LONG_AFTER, CaptureBasis.FILE_TIME)
    assert moment is not None
    assert (moment.precision, moment.clue) == (Precision.DAY, "22 minutes ago, by the file's time")


def test_a_stated_date_is_taken_as_it_is() -> None:
    moment = published("19-07-2025", "on Thursday, June 5", LONG_AFTER, CaptureBasis.FILE_TIME)
    assert told(moment) == ("2025-07-19T00:00:00", "day", None)


def test_where_nothing_tells_nothing_is_said() -> None:
    assert published(None, "They met.", CAPTURED, CaptureBasis.DECLARED) is None
    assert published("13 hours ago", "They met.", None, CaptureBasis.UNKNOWN) is None
    assert published("an outlet", "They met.", CAPTURED, CaptureBasis.DECLARED) is None


def test_no_two_languages_call_two_months_by_one_name() -> None:
    named: dict[str, set[int | None]] = {}
    for code in ("en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "pl", "cs", "ro", "tr", "id", "ru", "uk"):
        names = almanac.month_names(code)
        assert len({almanac.month(name) for name in names}) == 12
        for name in names:
            named.setdefault(name.casefold(), set()).add(almanac.month(name))
    assert all(len(numbers) == 1 for numbers in named.values())


@given(st.datetimes(datetime(1970, 1, 1), datetime(2099, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_what_is_written_in_iso_is_read_back(local: datetime, zone: int) -> None:
    sign, minutes = "-" if zone < 0 else "+", abs(zone)
    moment = stated(f"{local.replace(microsecond=0).isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}")
    assert moment is not None
    assert moment.at == (local.replace(microsecond=0) - timedelta(minutes=zone)).replace(tzinfo=UTC)


@given(st.text(max_size=120), st.sampled_from([None, CAPTURED]))
def test_no_text_is_too_strange(text: str, captured: datetime | None) -> None:
    for basis in CaptureBasis:
        moment = published(text, text, captured, basis)
        if moment and captured and moment.basis is not Basis.STATED:
            assert moment.at <= captured


@pytest.mark.parametrize(
    "piece", ["A", "May ", "Thursday, June 5 ", "1 ", "May 1 ", "January.", " ", "(((", "a. ", "12:", "5 June ", "１"]
)
def test_time_is_linear(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    inferred(text, CAPTURED, trusted=False)
    stated(text, Setting("en", CAPTURED))
    aged(text, CAPTURED)
    assert time.process_time() - start < 2
