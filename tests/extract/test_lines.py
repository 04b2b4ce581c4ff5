"""Lines with their places, whatever ends them and whatever script they are in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.extract.lines import count_words, lines


@given(st.text(alphabet=st.characters() | st.sampled_from(" \t\r\n")))
def test_every_line_is_where_it_says_and_nothing_else_is_lost(text: str) -> None:
    found = lines(text)
    assert all(text[line.start : line.end] == line.text == line.text.strip() != "" for line in found)
    assert "".join("".join(line.text.split()) for line in found) == "".join(text.split())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blank_lines_are_noticed_whatever_ends_a_line(end: str) -> None:
    found = lines(end.join(["one", "two", "", " ", "three"]))
    assert [(line.text, line.after_blank) for line in found] == [("one", False), ("two", False), ("three", True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [("one", 1), ("one two three", 3), ("a\tb\tc", 3), ("维尔莫拉与奥斯特兰同意", 6), ("x" * 400, 10)],
)
def test_words_are_counted_in_scripts_without_spaces_too(text: str, words: int) -> None:
    assert count_words(text) == words
