"""What a point is headed with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.compare.heading import heading
from readout.compare.told import telling
from tests.compare.told import only

LORRIES = only("The union said it had warned the owners twice about the loading of lorries.")


def test_a_heading_is_a_stretch_of_words_around_what_is_shared() -> None:
    shared = frozenset(telling("loading lorries"))
    assert heading([LORRIES], shared, dict.fromkeys(LORRIES.stems, 2.0)) == "loading of lorries"


def test_without_shared_words_it_is_of_the_statement_itself() -> None:
    found = heading([LORRIES], frozenset(), dict.fromkeys(LORRIES.stems, 2.0))
    assert found in LORRIES.text


def test_what_tells_nothing_is_headed_by_its_opening() -> None:
    assert heading([only("He said it was what it was.")], frozenset(), {}) != ""
    assert heading([], frozenset(), {}) == ""


@given(st.lists(st.sampled_from(sorted(LORRIES.stems)), max_size=4), st.floats(0, 5))
def test_a_heading_has_only_words_of_its_statement(shared: list[str], weight: float) -> None:
    found = heading([LORRIES], frozenset(shared), dict.fromkeys(LORRIES.stems, weight))
    assert all(word in LORRIES.text for word in found.split())


TORN = only(
    "The union said Old Halmar Dock's second basin had been closed to the largest lorries of the owners since May."
)


@pytest.mark.parametrize(
    ("shared", "found"),
    [
        ("basin", "Old Halmar Dock's second basin"),
        ("largest", "largest lorries of the owners"),
        ("halmar", "Old Halmar Dock's second basin"),
    ],
)
def test_a_heading_tears_no_phrase(shared: str, found: str) -> None:
    assert heading([TORN], frozenset(telling(shared)), dict.fromkeys(TORN.stems, 3.0)) == found


@pytest.mark.parametrize(("figure", "of"), [("6,400", "jobs"), ("4.2", "million crowns"), ("15:20", "on Friday")])
def test_a_heading_tears_no_figure(figure: str, of: str) -> None:
    one = only(f"The union said the owners had promised {figure} {of}.")
    found = heading([one], frozenset(telling(f"{figure} {of}")), dict.fromkeys(one.stems, 3.0))
    assert figure in found.split()


@pytest.mark.parametrize(
    ("said", "shared", "found"),
    [
        (
            "The union said the company's ledger had a page missing.",
            "page missing",
            "company's ledger had a page missing",
        ),
        (
            "The union said the water behind the dam was being let down by a hand.",
            "water dam let",
            "water behind the dam",
        ),
        (
            "The union said it would end its contract if the charge was upheld.",
            "contract charge",
            "contract if the charge was upheld",
        ),
        (
            "The union said the draft plan was discussed between Maud Kerr and Minister Magnus Teal.",
            "draft magnus teal",
            "draft plan",
        ),
        ("“A post that is being filled is a post gained,” the union said.", "post filled", "post that is being filled"),
        (
            "The union said there had been no shift recently at the yard.",
            "shift recently",
            "shift recently at the yard",
        ),
    ],
)
def test_a_heading_is_not_cut_short_nor_made_of_names(said: str, shared: str, found: str) -> None:
    one = only(said)
    assert heading([one], frozenset(telling(shared)), dict.fromkeys(one.stems, 2.0)) == found


def test_one_word_heads_nothing() -> None:
    judged, wanted = (
        only("The board described the offer as “interesting, and low”."),
        only("The owner said he would wait."),
    )
    found = heading([judged, wanted], frozenset(), dict.fromkeys(judged.stems | wanted.stems, 2.0))
    assert len(found.split()) > 1


def test_what_can_only_be_cut_is_headed_by_the_first_accounts_own_words() -> None:
    short, other = only('"She will be on the boat if the metre is," a farmer said.'), only("He said he had no metre.")
    assert (
        heading([short, other], frozenset(telling("metre")), {"metr": 1.6}) == "She will be on the boat if the metre is"
    )
    long = only(
        "The farmer said he was ready to slow the filling of the lake that his neighbours had asked to be spared."
    )
    assert heading([long], frozenset({"slow"}), {"slow": 0.1}) == "ready to slow the filling"
