"""Words found once for a whole page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readout.text import occurrences


@given(st.lists(st.text(alphabet="aAB", min_size=1, max_size=3), max_size=4), st.text(alphabet="aAB "))
def test_every_place_is_found_and_no_other(words: list[str], text: str) -> None:
    places = {i for i in range(len(text)) if any(text.startswith(word, i) for word in words)}
    assert set(occurrences.of(words, text).offsets) == places


@given(st.lists(st.integers(0, 50)), st.integers(0, 50), st.integers(0, 50))
def test_within_asks_for_a_half_open_range(offsets: list[int], start: int, end: int) -> None:
    found = occurrences.Occurrences(tuple(sorted(offsets)))
    assert found.within(start, end) == any(start <= offset < end for offset in offsets)


@given(st.text())
def test_lowering_moves_no_character(text: str) -> None:
    assert len(occurrences.lowered(text)) == len(text)


def test_a_character_that_grows_when_lowered_keeps_the_rest_in_place() -> None:
    assert occurrences.lowered("İA") == "İa"
