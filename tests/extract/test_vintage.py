"""What an item's day says of the capture that all items of a page share."""

from __future__ import annotations

from datetime import UTC, datetime

from readout.extract import vintage
from readout.models import CaptureBasis

FILE = datetime(2026, 11, 21, 19, tzinfo=UTC)
DATED = "The ferry sank on Thursday, June 5, off the isles. Nobody was aboard."
PLAIN = "The ferry sank off the isles. Nobody was aboard."


def test_a_declared_time_stays_whatever_the_items_say() -> None:
    assert vintage.captured([("an hour ago", DATED)], FILE, CaptureBasis.DECLARED) == (FILE, CaptureBasis.DECLARED)


def test_an_item_that_names_its_day_dates_the_page() -> None:
    found, basis = vintage.captured(
        [("22 minutes ago", PLAIN), ("36 minutes ago", DATED)], FILE, CaptureBasis.FILE_TIME
    )
    assert basis is CaptureBasis.INFERRED
    assert found == datetime(2025, 6, 5, 23, 59, tzinfo=UTC)


def test_an_age_in_days_is_counted_on() -> None:
    found, _ = vintage.captured([("2 days ago", DATED)], FILE, CaptureBasis.FILE_TIME)
    assert found == datetime(2025, 6, 7, 23, 59, tzinfo=UTC)


def test_an_item_without_an_age_says_nothing() -> None:
    assert vintage.captured([(None, DATED)], FILE, CaptureBasis.FILE_TIME) == (FILE, CaptureBasis.FILE_TIME)


def test_a_dateline_of_another_day_denies_the_file_without_naming_a_year() -> None:
    filed = "SULEHAVEN, July 5 — The ferry sank off the isles."
    assert vintage.captured([("2 hours ago", filed)], FILE, CaptureBasis.FILE_TIME) == (None, CaptureBasis.UNKNOWN)


def test_a_fitting_day_leaves_the_file_its_say() -> None:
    filed = "SULEHAVEN, November 21 — The ferry sank off the isles."
    assert vintage.captured([("2 hours ago", filed)], FILE, CaptureBasis.FILE_TIME) == (FILE, CaptureBasis.FILE_TIME)
