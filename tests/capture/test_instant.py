"""Moments as records state them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.capture.instant import instant

JUNE = datetime(2025, 6, 5, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2025-06-05T12:00:00Z",
        "2025-06-05T14:00+02:00",
        " 2025-06-05 12:00 ",
        "Thu, 05 Jun 2025 12:00:00 GMT",
        JUNE.timestamp(),
        int(JUNE.timestamp() * 1000),
    ],
)
def test_one_moment_in_many_dresses(value: object) -> None:
    assert instant(value) == JUNE


@pytest.mark.parametrize("value", ["", "yesterday", "2025-13-01", None, True, [], 1e300, float("nan"), -1e11, 10**400])
def test_what_states_no_moment(value: object) -> None:
    found = instant(value)
    assert found is None or found.year < 1970


@given(st.datetimes(min_value=datetime(2, 1, 2), max_value=datetime(9998, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_what_iso_writes_comes_back(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    found = instant(aware.isoformat())
    assert found == aware
    assert found.tzinfo is UTC


@given(st.text() | st.integers() | st.floats())
def test_nothing_raises(value: object) -> None:
    found = instant(value)
    assert found is None or found.tzinfo is UTC
