"""Long paragraphs are set in readable ones and nothing is changed by it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.present.setting import clipped, readable

SENTENCE = "The envoy spoke for an hour to a room that was full long before he came. "


@given(st.text(alphabet='ab .!?"“”。\n', max_size=3000))
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(readable(text)) == text


def test_a_short_paragraph_stays_whole() -> None:
    assert readable(SENTENCE * 5) == (SENTENCE * 5,)


def test_a_long_paragraph_is_set_in_pieces_of_a_few_sentences() -> None:
    pieces = readable(SENTENCE * 40)
    assert [piece.count(".") for piece in pieces] == [5] * 8
    assert all(piece.startswith("The envoy") for piece in pieces)


def test_no_piece_is_a_leftover() -> None:
    assert len(readable(SENTENCE * 41)[-1]) > 160


@pytest.mark.parametrize("quoted", ["“{}”", '"{}"'])
def test_a_quotation_is_not_torn(quoted: str) -> None:
    text = quoted.format(SENTENCE * 9) + " " + SENTENCE * 9
    assert readable(text)[0].startswith(quoted[0])
    assert quoted[-1] in readable(text)[0]


def test_a_quotation_that_never_closes_does_not_keep_everything_together() -> None:
    assert max(len(piece) for piece in readable("“" + SENTENCE * 60)) < 1500


def test_text_without_an_end_is_one_piece() -> None:
    assert len(readable("word " * 2000)) == 1


def test_a_megabyte_is_set_in_moments() -> None:
    started = time.process_time()
    for text in (SENTENCE * 14_000, "." * 1_000_000, '"' * 1_000_000, "? " * 500_000):
        readable(text)
    assert time.process_time() - started < 10


def test_a_clipped_text_ends_with_a_whole_word() -> None:
    assert clipped("one two three, four", 15) == "one two three…"


def test_a_text_that_fits_is_not_clipped() -> None:
    assert clipped("one two", 7) == "one two"


@given(st.text(max_size=300), st.integers(1, 100))
def test_a_clipped_text_fits(text: str, limit: int) -> None:
    assert len(clipped(text, limit)) <= limit + 1
