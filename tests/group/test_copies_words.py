"""Words, word 8-grams and sketches: every language splits, equal words give equal numbers, samples keep proportions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.group.finder import Sketch
from readout.group.sketches import FEWEST, MOST, WIDTH, words
from tests.group.copying import paragraphs, text


def _cut(source: str) -> list[str]:
    found = words(source)
    return [source[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


@pytest.mark.parametrize(
    ("source", "cut"),
    [
        ("", []),
        (" \n\t—…", []),
        ("Two words.", ["Two", "words"]),
        ("It’s 1,200 “metres”", ["It", "s", "1", "200", "metres"]),
        ("Straße über École", ["Straße", "über", "École"]),
        ("Россия и Україна", ["Россия", "и", "Україна"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("السلام عليكم", ["السلام", "عليكم"]),
        ("東京は a1 晴れ", ["東", "京", "は", "a1", "晴", "れ"]),
        ("한국어 기사", ["한국어", "기사"]),
    ],
)
def test_words_are_cut_in_every_script(source: str, cut: list[str]) -> None:
    assert _cut(source) == cut


@given(st.text())
def test_words_are_in_order_and_hold_no_white_space(source: str) -> None:
    found = words(source)
    assert np.all(found.starts < found.ends)
    assert np.all(found.ends[:-1] <= found.starts[1:])
    assert all(piece.split() == [piece] for piece in _cut(source))


@given(st.lists(st.text("abcdé", min_size=1, max_size=6)), st.lists(st.sampled_from([" ", ", ", "\n", " — ", "“ "])))
def test_case_and_marks_make_no_difference(pieces: list[str], marks: list[str]) -> None:
    plain = " ".join(pieces)
    marked = "".join(piece.upper() + (marks[n % len(marks)] if marks else " ") for n, piece in enumerate(pieces))
    assert words(plain).hashes.tolist() == words(marked).hashes.tolist()
    assert words(plain).digest == words(marked).digest


def test_a_word_has_one_number_wherever_it_stands() -> None:
    found = words("ferry " + "and another " * 3_000 + "ferry")
    assert found.hashes[0] == found.hashes[-1]
    assert found.hashes[0] != found.hashes[1]


def test_a_word_of_a_million_letters_is_a_word() -> None:
    found = words("a " + "b" * 1_000_000 + " c " + "b" * 1_000_000 + " a")
    assert found.hashes[0] == found.hashes[4]
    assert found.hashes[1] == found.hashes[3]
    assert len(set(found.hashes.tolist())) == 3


@given(st.lists(st.sampled_from("one two three".split()), max_size=60))
def test_grams_are_equal_where_their_words_are(pieces: list[str]) -> None:
    grams = words(" ".join(pieces)).grams.tolist()
    wanted = [tuple(pieces[at : at + WIDTH]) for at in range(len(pieces) - WIDTH + 1)]
    assert len(grams) == len(wanted)
    assert len(set(grams)) == len(set(wanted)) == len(set(zip(grams, wanted, strict=True)))


def test_a_short_text_is_its_own_sketch_and_a_long_one_is_sampled() -> None:
    assert len(words("seven words are too few for grams").sketch) == 0
    short, long = words(" ".join(paragraphs(0, 1))), words("\n".join(paragraphs(0, 60)))
    assert len(short.sketch) == min(FEWEST, len(short.distinct))
    assert len(long.sketch) == pytest.approx(len(long.distinct) / 16, rel=0.3)
    assert FEWEST <= len(long.sketch) <= MOST


def test_a_sketch_of_200_000_words_is_bounded() -> None:
    found = words("\n".join(paragraphs(0, 4_800)))
    assert len(found) > 200_000
    assert len(found.sketch) == MOST


def test_half_a_text_shares_half_of_its_sketch() -> None:
    whole = paragraphs(0, 80)
    one, other = words("\n".join(whole)), words("\n".join(whole[:40] + paragraphs(900, 40)))
    shared = len(np.intersect1d(one.sketch, other.sketch))
    assert shared / len(one.sketch) == pytest.approx(0.5, abs=0.12)


@given(st.integers(0, 40))
def test_a_sketch_comes_back_from_its_bytes(count: int) -> None:
    sketch = Sketch.of(text("a", paragraphs(count, count)))
    back = Sketch.decode(sketch.encode())
    assert (back.digest, back.fingerprints.tolist()) == (sketch.digest, sketch.fingerprints.tolist())
