"""Characters that deceive do not get through; those that scripts and emoji need do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.present.harmless import STAND_IN, harmless

NASTY = (
    "a\u200b\u200c\u200d\u202e\u2066\u061c\ufeff\ufe0f\ufe0e\u0301\U000e0041\U0001f469\u0915\u094d\u06cc\x00\x85\ud800"
)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain words", "plain words"),
        ("\u202egnp.exe", "gnp.exe"),
        ("pay\u200bpal", "paypal"),
        ("left\u2066 \u2069right", "left right"),
        ("\ufeffmark", "mark"),
        ("hid\U000e0068\U000e0069den", "hidden"),
        ("a\x00b\x07c", "a b c"),
        ("one\u2028two\x85three", "one two three"),
        ("half \ud800 a pair", f"half {STAND_IN} a pair"),
        ("lines\r\nand\ttabs", "lines\r\nand\ttabs"),
        ("\u3164", ""),
        ("ze\u0301\u0301\u0301\u0301\u0301\u0301\u0301ro", "ze\u0301\u0301\u0301\u0301ro"),
    ],
)
def test_what_deceives_the_eye_is_taken_away(text: str, seen: str) -> None:
    assert harmless(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian spells with a non-joiner
        "क्\u200dष",  # Devanagari with a joiner
        "ശ്രീ ന്\u200d",  # Malayalam, at the end of a word
        "👩\u200d👩\u200d👧",
        "🏳️\u200d🌈",
        "❤️",
        "e\u0301te\u0301",
        "עִבְרִית",
        "日本語、한국어, Ελληνικά",
    ],
)
def test_scripts_and_emoji_keep_what_they_need(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    "text", ["pay\u200cpal", "pay\u200dpal", "\u200dstart", "می\u200c\u200c\u200cخ", "👩\u200d \u200d"]
)
def test_joiners_where_nothing_joins_are_taken_away(text: str) -> None:
    assert harmless(text).count("\u200c") + harmless(text).count("\u200d") <= 1
    assert len(harmless(text)) < len(text)


def test_a_page_shows_that_something_was_there() -> None:
    assert harmless("pay\u200bpal\x07", STAND_IN) == f"pay{STAND_IN}pal{STAND_IN}"


@given(st.text(alphabet=NASTY, max_size=40) | st.text(max_size=40))
def test_harmless_text_stays_as_it_is(text: str) -> None:
    once = harmless(text)
    assert harmless(once) == once
    once.encode("utf-8")


@given(
    st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Zs"], exclude_characters="\uffa0\u3164"), max_size=80)
)
def test_letters_digits_and_spaces_pass_unchanged(text: str) -> None:
    assert harmless(text) == text
