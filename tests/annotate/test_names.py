"""Two names beside one another: which are the same, and the laws that hold for any two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.figures import Absent
from quality.names import b_cubed, measure
from readout.annotate.names import fold, match

SAME = 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oleh Marchenko", "Oleg Marchenko"),
        ("Mr. Ivo Tarkan", "Ivo Tarkan"),
        ("Tarkan, Ivo", "Ivo Tarkan"),
        ("I. Tarkan", "Ivo Tarkan"),
        ("Robert Quillfeather", "Bob Quillfeather"),
        ("Олег Марченко", "Oleg Marchenko"),
        ("Zoë Brändström", "Zoe Brandstrom"),
        ("Hollow Pines Limited Liability Company", "Hollow Pines LLC"),
        ("Hollow Pines Ltd.", "Hollow Pines"),
    ],
)
def test_one_thing_spelt_in_two_ways(one: str, other: str) -> None:
    assert match(one, other) >= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ivo Tarkan", "Mila Tarkan"),
        ("Ivo Tarkan", "Ivo Brandstrom"),
        ("Hollow Pines Ltd", "Silver Lake Ltd"),
        ("", "Ivo Tarkan"),
    ],
)
def test_two_things(one: str, other: str) -> None:
    assert match(one, other) < SAME


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_names_have_a_likeness_from_either_side(one: str, other: str) -> None:
    assert 0.0 <= match(one, other) <= 1.0
    assert match(one, other) == pytest.approx(match(other, one), abs=0.05)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert " ".join(fold(fold(name)).split()) == fold(fold(name))


def test_b_cubed_counts_what_is_missed_as_alone() -> None:
    gold = {(0, 3): "a", (5, 8): "a", (10, 13): "b"}
    sums = b_cubed(gold, {(0, 3): "x", (5, 8): "x"})
    assert (sums["all"], sums["matched"], sums["precision"], sums["recall"]) == (3, 2, 3, 3)
    sums = b_cubed(gold, {(0, 3): "x"})
    assert (sums["precision"], sums["recall"]) == (3, 2)


def test_names_hold_their_floors() -> None:
    try:
        figures = list(measure())
    except Absent as absent:
        pytest.skip(str(absent))
    assert [figure.name for figure in figures if not figure.holds] == []
