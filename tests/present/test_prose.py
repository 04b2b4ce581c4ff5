"""A part of Markdown: every word stays, nothing becomes markup, and nothing takes long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readout.present.prose import Run, blocks


def _words(text: str) -> str:
    return "".join(run.text for block in blocks(text) for line in block.lines for run in line)


def test_what_is_written_is_set() -> None:
    found = blocks("Two *old* maps.\n**No** `code`: see https://a.example/x?y=1.\n\n> she said\n> so\n\n- one\n- two")
    assert [one.kind for one in found] == ["paragraph", "quote", "item"]
    assert [run.how for line in found[0].lines for run in line] == [
        "plain",
        "em",
        "plain",
        "strong",
        "plain",
        "code",
        "plain",
        "link",
        "plain",
    ]
    assert found[0].lines[1][-2] == Run("link", "https://a.example/x?y=1")
    assert len(found[2].lines) == 2


def test_what_only_looks_like_it_stays_as_it_is() -> None:
    for text in ("2 * 3 * 4", "**", "* a*b", "javascript:alert(1)", "<b>bold</b>", "ftp://a.example/x"):
        assert [run.how for block in blocks(text) for line in block.lines for run in line] in (["plain"], ["plain"] * 2)


@given(st.text(alphabet="ab *`>-\n:/.htps", max_size=300))
def test_no_word_is_lost(text: str) -> None:
    letters = [char for char in text if char in "abhtps:/."]
    assert [char for char in _words(text) if char in "abhtps:/."] == letters


def test_five_thousand_stars_take_no_time() -> None:
    assert _words("*a" * 2500).count("a") == 2500
    assert _words("`" * 5000).count("`") == 5000
