"""Every character of a shown text is found in the source that shows it."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from readout.text import source


def test_tags_are_passed_over_and_entities_are_what_they_stand_for() -> None:
    html = 'He <a href="x">said</a>:\n &ldquo;No &amp; never&#8221; <!-- hidden -->at all.'
    text = "He said: “No & never” at all."
    found = source.places(html, text)
    assert found is not None
    assert [html[span.start : span.end] for span in found if text[found.index(span)] in "“&”"] == [
        "&ldquo;",
        "&amp;",
        "&#8221;",
    ]
    assert html[found[3].start : found[6].end] == "said"


def test_a_space_that_only_a_tag_makes_has_a_place_without_characters() -> None:
    assert source.places("one<br>two", "one two") is not None


def test_what_the_source_does_not_show_is_not_found() -> None:
    assert source.places("<p>one</p>", "one two") is None
    assert source.places("", "x") is None
    assert source.places("<p>x", "") == []


@given(st.lists(st.text("ab <&>\n“é", max_size=8), max_size=6))
def test_escaped_text_between_tags_is_found_in_order(pieces: list[str]) -> None:
    html = "<b>".join(escape(piece) for piece in pieces)
    text = "".join(pieces)
    found = source.places(html, text)
    assert found is not None
    assert len(found) == len(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_source_is_read_without_a_word(html: str, text: str) -> None:
    found = source.places(html, text)
    assert found is None or len(found) == len(text)
