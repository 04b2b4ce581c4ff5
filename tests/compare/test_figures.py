"""Figures of one quantity over outlets and time."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from readout.compare.figures import series
from readout.models import reading
from tests import builders
from tests.compare.told import report

HOUR = timedelta(hours=1)


def test_a_toll_that_rises_is_one_series_with_its_revisions() -> None:
    reports = [
        report("At least 7 people were killed, the coastguard said.", outlet="A"),
        report("The coastguard said 11 people were killed.", outlet="B", at=builders.NOON + HOUR),
        report("Some 14 people were killed, the coastguard said.", outlet="C", at=builders.NOON + 2 * HOUR),
    ]
    (toll,) = series(reports[::-1])
    assert [one.low for one in toll.values] == [7, 11, 14]
    assert (toll.fate, toll.revisions, toll.latest.low, toll.range) == ("killed", 2, 14, (7, 14))
    assert toll.values[0].modifier == "at least"


def test_lengths_meet_in_minutes() -> None:
    reports = [
        report("The palace said the call lasted two hours.", outlet="A"),
        report("The embassy said the call lasted 35 minutes.", outlet="B"),
    ]
    (length,) = series(reports)
    assert (length.unit, length.range) == ("minute", (35, 120))


def test_the_killed_and_the_missing_stay_apart() -> None:
    one = "Police said 7 people were killed and 12 people were missing."
    found = series([report(one, outlet="A"), report(one.replace("7", "9"), outlet="B")])
    assert {each.fate for each in found} == {"killed", "missing"}


def test_what_lies_far_from_all_others_is_an_outlier() -> None:
    said = [100, 101, 102, 103, 900]
    found = series([report(f"The mill said {n} barrels were sold.", outlet=f"Outlet {n}") for n in said])
    assert [found[0].values[at].low for at in found[0].outliers] == [900]


def test_copies_count_once_and_one_figure_is_no_series() -> None:
    one = report("Police said 7 people were killed.", outlet="A")
    copy = report("Police said 7 people were killed.", outlet="B", origin=one.article.id)
    assert series([one, copy]) == series([]) == ()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(2, 5000), min_size=1, max_size=6))
def test_every_value_is_spelled_where_its_span_says(numbers: list[int]) -> None:
    reports = [report(f"The mill said {n} barrels were sold.", outlet=f"Outlet {i}") for i, n in enumerate(numbers)]
    texts = {one.article.id: reading(one.article).text for one in reports}
    for each in series(reports):
        assert all(texts[one.article][one.span.start : one.span.end] == one.of for one in each.values)
        assert each.revisions < len(each.values)
        assert each.range[0] <= each.latest.low <= each.range[1]


def test_a_figure_is_named_by_its_own_text() -> None:
    reports = [
        report("The ministry puts the fall of the river at 22 percent.", outlet="A"),
        report("The mill said the fall of the river was 40 percent.", outlet="B", at=builders.NOON + HOUR),
    ]
    (fall,) = series(reports)
    assert (fall.latest.low, fall.what) == (40, "the fall of the river")


def test_what_one_text_gives_twice_of_one_thing_is_no_series() -> None:
    one = "The index in the north fell 2.1 percent. The index in the south fell 8.4 percent."
    two = "The index in the east fell 3 percent."
    assert series([report(one, outlet="A"), report(two, outlet="B", at=builders.NOON + HOUR)]) == ()
