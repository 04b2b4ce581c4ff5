"""What changed between two editions: nothing is lost, and only what changed is marked."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.present.revision import Fate, Line, Revision, count, revision
from tests.builders import article

WORDS = st.lists(st.sampled_from(["the", "two", "sides", "met", "on", "Friday", ",", "水", "12.5"]), max_size=12)
BODIES = st.lists(WORDS.map(" ".join).filter(bool), min_size=1, max_size=6)


def shown(line: Line) -> str:
    """The line with its marks."""
    marks = {Fate.KEPT: "{}", Fate.GONE: "[-{}-]", Fate.NEW: "{{+{}+}}"}
    return "".join(marks[run.fate].format(run.text) for run in line)


def told(before: list[str], after: list[str]) -> list[str]:
    """The marked paragraphs."""
    return [shown(line) for line in revision(article("T", *before), article("T", *after)).paragraphs]


@given(BODIES, BODIES)
def test_both_editions_can_be_read_out_of_what_changed(before: list[str], after: list[str]) -> None:
    found = revision(article("One title", *before), article("Another title", *after))
    assert _read(found, Fate.GONE) == ["".join("".join(before).split()), "Onetitle"]
    assert _read(found, Fate.NEW) == ["".join("".join(after).split()), "Anothertitle"]


@given(BODIES)
def test_nothing_changed_between_a_text_and_itself(body: list[str]) -> None:
    found = revision(article("T", *body), article("T", *body))
    assert not found.changed
    assert len(found.paragraphs) == len(body)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["They met."], ["They met twice."], ["They met {+twice+}."]),
        (["At least 7 died."], ["At least 11 died."], ["At least [-7-]{+11+} died."]),
        (["One.", "Two."], ["One.", "New.", "Two."], ["One.", "{+New.+}", "Two."]),
        (["One.", "Two."], ["Two."], ["[-One.-]", "Two."]),
        (["a b c d"], ["a x y d"], ["a [-b c-]{+x y+} d"]),
        (["One. Two."], ["One.", "Two."], ["One.", "Two."]),
        (["会谈在周五举行"], ["会谈在周六举行"], ["会谈在周[-五-]{+六+}举行"]),
    ],
)
def test_only_the_words_that_changed_are_marked(before: list[str], after: list[str], expected: list[str]) -> None:
    assert told(before, after) == expected


def test_words_are_counted_by_their_fate() -> None:
    lines = revision(article("T", "At least 7 people died."), article("T", "At least 11 died.")).paragraphs
    assert (count(lines, Fate.GONE), count(lines, Fate.NEW), count(lines, Fate.KEPT)) == (2, 1, 3)


def test_a_book_is_compared_in_no_time() -> None:
    before = [f"the {number} and the {number % 7} of the " * 30 for number in range(600)]
    after = [f"a {number} or a {number % 7} of a " * 30 for number in range(600)]
    started = time.process_time()
    assert revision(article("T", *before), article("T", *after)).changed
    assert time.process_time() - started < 5


def _read(found: Revision, fate: Fate) -> list[str]:
    """The words of one edition: body and title, spaces left out."""
    kept = {Fate.KEPT, fate}
    return [
        "".join("".join(run.text for line in part for run in line if run.fate in kept).split())
        for part in (found.paragraphs, (found.title,))
    ]
