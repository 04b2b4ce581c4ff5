"""Quotation state: every kind of mark, over sentences and paragraphs, and what is left open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.annotate.quotes import MARKS, inside, quotations
from readout.annotate.tokens import tokens


def quoted(text: str) -> list[str]:
    cut = tokens(text)
    return [text[slice(*cut.span(one.first, one.last))] for one in quotations(cut) if not one.inner]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “We go.” Then he left.", ["“We go.”"]),
        ('"We go," he said. "Now."', ['"We go,"', '"Now."']),
        ("''We go,'' he said.", ["''We go,''"]),
        ("``We go,'' he said.", ["``We go,''"]),
        ("'We go,' he said.", ["'We go,'"]),
        ("‘We go,’ he said.", ["‘We go,’"]),
        ("«We go», he said.", ["«We go»"]),
        ("„We go“, he said.", ["„We go“"]),
        ("The workers' pay and the '90s and rock 'n roll.", []),
        ("Okell's view isn't ours.", []),
        (
            "He said “we do not, as he put it, ‘run away’ from it” today.",
            ["“we do not, as he put it, ‘run away’ from it”"],
        ),
        ("“We go, he said. They left.", ["“We go, he said. They left."]),
        ("“We go, he said. “Now,” he added.", ["“We go, he said.", "“Now,”"]),
        ("A stray ” mark closes nothing.", []),
        ('("We go," he said.)', ['"We go,"']),
    ],
)
def test_quotations_are_found(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    cut = tokens("“We go.\n“And we stay,” he said.\n“Third,” she said.")
    found = quotations(cut)
    assert [(one.closed, one.continued) for one in found] == [(False, False), (True, True), (True, False)]


def test_a_paragraph_without_its_opening_mark_is_carried_on() -> None:
    text = "“We go.\nAnd we stay,” he said."
    assert quoted(text) == ["“We go.", "And we stay,”"]


def test_nested_marks_are_inner() -> None:
    found = quotations(tokens("“He said ‘no’ to me,” she said."))
    assert [one.inner for one in found] == [False, True]


@given(st.text(alphabet=[*sorted("".join(MARKS)), "a", " ", ".", "\n", "s"], max_size=80))
def test_quotations_lie_inside_their_paragraphs(text: str) -> None:
    cut = tokens(text)
    for one in quotations(cut):
        assert 0 <= one.first <= one.last < len(cut)
        assert cut.paragraph[one.first] == cut.paragraph[one.last]
    assert len(inside(cut, quotations(cut))) == len(cut)
