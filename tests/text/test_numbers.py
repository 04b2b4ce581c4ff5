"""Numbers as text writes them, and what looks like one and is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.text import numbers


def value(text: str, start: int = 0) -> tuple[float, float] | None:
    """Low and high of the number at a place."""
    found = numbers.read(text, start)
    return (found.low, found.high) if found else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("53,000", 53_000),
        ("1.5 million", 1.5e6),
        ("$3bn", 3e9),
        ("€20m", 20e6),
        ("US$1.25 trillion", 1.25e12),
        ("seven", 7),
        ("twenty-one", 21),
        ("one hundred and twenty-three thousand", 123_000),
        ("three dozen", 36),
        ("half a million", 500_000),
        ("a million", 1e6),
        ("two and a half hours", 2.5),
        ("one and a half million", 1.5e6),
        ("five and three quarters", 5.75),
        ("two three", 2),
        ("a third of them", 1 / 3),
        ("two-thirds", 2 / 3),
        ("one in five", 0.2),
        ("half of it", 0.5),
    ],
)
def test_one_number(text: str, number: float) -> None:
    assert value(text) == pytest.approx((number, number))


@pytest.mark.parametrize(
    ("text", "start", "ends"),
    [
        ("between 10 and 15", 8, (10, 15)),
        ("10-15", 0, (10, 15)),
        ("10 to 15 million", 0, (10e6, 15e6)),
        ("$3-4bn", 0, (3e9, 4e9)),
        ("two or three", 0, (2, 3)),
        ("from 10 to 15", 5, (10, 10)),
        ("10 and 15", 0, (10, 10)),
        ("dozens of", 0, (24, 108)),
        ("hundreds of thousands", 0, (2e5, 9e5)),
    ],
)
def test_two_ends(text: str, start: int, ends: tuple[float, float]) -> None:
    assert value(text, start) == ends


@pytest.mark.parametrize(
    "text",
    [
        "3-1",
        "16:15",
        "21st",
        "1990s",
        "9/11",
        "555-1234-22",
        "2.3.1",
        "12.03.2025",
        "555 123 4567",
        "a third time",
        "an",
    ],
)
def test_no_number(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(("text", "start"), [("G7", 1), ("COVID-19", 6), ("#5", 1), ("1,500", 2), ("10.5", 3)])
def test_the_inside_of_a_word_is_none(text: str, start: int) -> None:
    assert value(text, start) is None


def test_metres_are_told_from_millions_by_the_sign() -> None:
    wall, fine = numbers.read("20m", 0), numbers.read("£20m", 0)
    assert wall is not None
    assert fine is not None
    assert (wall.low, wall.metres) == (20, True)
    assert (fine.low, fine.metres) == (20e6, False)


@given(st.integers(0, 10**15), st.sampled_from(["{}", "{:,}"]))
def test_every_written_number_is_read_back(number: int, form: str) -> None:
    text = form.format(number)
    assert numbers.begins(text)
    assert value(text) == (number, number)


@given(st.text(alphabet="0123456789,.-–$€ bnmktoadfhundremilwscrve'/:#\n", max_size=60), st.integers(0, 60))
def test_any_text_is_read_inside_its_bounds(text: str, start: int) -> None:
    found = numbers.read(text, start)
    assert found is None or (start == found.start < found.end <= len(text) and found.low <= found.high)
