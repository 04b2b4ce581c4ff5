"""Lists of titles told from reports."""

from __future__ import annotations

from readout.extract import teasers


def test_dates_at_the_pace_of_headlines_make_a_list() -> None:
    assert teasers.is_list(
        "18:40 20/03/2031 A gauge for two Norholt 20/03/2031 Ferry: divers end work 20/03/2031 Oldest bakery closes "
        "19/03/2031 Moth probe sends pictures 19/03/2031"
    )


def test_a_report_with_dates_is_none() -> None:
    assert not teasers.is_list(
        "The treaty of 01/02/1974 was signed in Halmar. It was changed on 03/04/1988. Since 05/06/2025 it says nothing."
    )


def test_many_lines_without_a_stop_make_a_list() -> None:
    assert teasers.is_list("\n".join(["Ferry sails again after a month in the dock with a new rudder"] * 8))


def test_a_few_lines_do_not() -> None:
    assert not teasers.is_list("Ferry sails again\nHerring quota raised")
