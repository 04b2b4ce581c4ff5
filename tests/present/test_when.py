"""A moment is told to the precision with which it is known, and how it is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from readout.models import Basis, CaptureBasis, Moment, Precision, Span, TimeExpression
from readout.present import when
from readout.present.when import length, span_of_time

AT = datetime(2025, 6, 5, 14, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "words", "machine"),
    [
        (Precision.SECOND, "5 June 2025, 14:05 UTC", "2025-06-05T14:05Z"),
        (Precision.MINUTE, "5 June 2025, 14:05 UTC", "2025-06-05T14:05Z"),
        (Precision.HOUR, "5 June 2025, about 14:05 UTC", "2025-06-05T14:05Z"),
        (Precision.DAY, "5 June 2025", "2025-06-05"),
        (Precision.MONTH, "June 2025", "2025-06"),
        (Precision.YEAR, "2025", "2025"),
    ],
)
def test_no_moment_is_told_more_exactly_than_it_is_known(precision: Precision, words: str, machine: str) -> None:
    told = when.published(Moment(AT, precision, Basis.STATED, "5 June"))
    assert told
    assert (told.words, told.machine, told.basis) == (words, machine, "as stated")


@pytest.mark.parametrize(
    ("clue", "basis"),
    [
        ("2 hours ago", "2 hours before the capture"),
        ("13 hours ago", "13 hours before the capture"),
        ("1 day ago", "1 day before the capture"),
        ("an hour ago", "1 hour before the capture"),
        ("5 mins ago", "5 minutes before the capture"),
        ("22min", "22 minutes before the capture"),
        ("yesterday", "counted back from the capture"),
        ("há pouco", "counted back from the capture"),
    ],
)
def test_an_age_is_told_as_time_before_the_capture(clue: str, basis: str) -> None:
    told = when.published(Moment(AT, Precision.HOUR, Basis.RELATIVE, clue))
    assert told
    assert told.basis == basis


def test_an_inferred_day_says_so() -> None:
    told = when.published(Moment(AT, Precision.DAY, Basis.INFERRED, "on Thursday"))
    assert told
    assert (told.basis, told.clue) == ("inferred from the text", "on Thursday")


@pytest.mark.parametrize(("zone", "local"), [(120, "16:05 at UTC+2"), (-210, "10:35 at UTC−3:30"), (0, ""), (None, "")])
def test_a_stated_offset_gives_the_local_clock(zone: int | None, local: str) -> None:
    told = when.published(Moment(AT, Precision.MINUTE, Basis.STATED, "14:05", zone))
    assert told
    assert told.local == local


def test_an_unknown_time_is_nothing() -> None:
    assert when.published(None) is None
    assert when.captured(None) is None


@pytest.mark.parametrize("basis", CaptureBasis)
def test_every_capture_says_how_its_time_is_known(basis: CaptureBasis) -> None:
    told = when.captured(AT, basis)
    assert told
    assert told.words == ("5 June 2025" if basis is CaptureBasis.INFERRED else "5 June 2025, 14:05 UTC")
    assert bool(told.basis) is (basis is not CaptureBasis.UNKNOWN)


def test_the_first_years_have_four_digits() -> None:
    told = when.published(Moment(datetime(33, 4, 3, tzinfo=UTC), Precision.DAY, Basis.STATED, ""))
    assert told
    assert told.machine == "0033-04-03"


@pytest.mark.parametrize(
    ("value", "words"),
    [("P60D", "60 days"), ("P1Y", "1 year"), ("PTXH", "some hours"), ("PT5M", "5 minutes"), ("P3M", "3 months")],
)
def test_a_length_is_told_in_words(value: str, words: str) -> None:
    assert length(value) == words
    assert length("2025-W23") == length("PXX") == length("") == ""


def test_words_that_name_a_time_mean_a_day_a_week_or_a_clock() -> None:
    start = datetime(2025, 6, 16, tzinfo=UTC)

    def told(days: float, precision: Precision | None) -> str:
        found = span_of_time(
            TimeExpression(Span(0, 1), "", "DATE", start, start + timedelta(days=days), precision, "basis")
        )
        assert found
        assert found.basis == "basis"
        return found.words

    assert told(1, Precision.DAY) == told(1, None) == "16 June 2025"
    assert told(7, Precision.MONTH) == "16 June 2025 – 22 June 2025"
    assert told(14, Precision.MONTH) == "16 June 2025 – 29 June 2025"
    assert told(30, Precision.MONTH) == "June 2025 – July 2025"
    assert told(1 / 24, Precision.HOUR) == "16 June 2025, 00:00 UTC"
    assert span_of_time(TimeExpression(Span(0, 1), "P2D", "DURATION")) is None
