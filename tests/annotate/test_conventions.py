"""Statement spans: quotations whole, indirect content bare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.annotate.conventions import to_statement_spans, uncued
from readout.annotate.labeller import Attribution
from readout.annotate.tokens import tokens
from readout.models import Span


def fitted(text: str, content: str) -> str | None:
    start = text.index(content)
    found = to_statement_spans(text, Attribution((Span(start, start + len(content)),), None, None, "indirect", 1.0))
    return text[slice(*found.content[0])] if found else None


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("She said that it rains.", "that it rains.", "it rains"),
        ("She said it rains.", "it rains", "it rains"),
        ("She said that is wrong.", "that is wrong", "that is wrong"),
        ("She left the U.S.", "the U.S.", "the U.S."),
        ("“It rains,” she said.", "It rains", "“It rains,”"),
        ("“It rains,” she said.", "“It rains", "“It rains,”"),
        ('"It rains," she said.', '"It rains,"', '"It rains,"'),
        ("She called it “a day of rain.”", "“a day of rain.”", "“a day of rain.”"),
        ("She said that, of course", "that,", None),
    ],
)
def test_spans_follow_the_guide(text: str, content: str, expected: str | None) -> None:
    assert fitted(text, content) == expected


@given(st.text(alphabet="ab that.,“”\"' \n", max_size=40), st.data())
def test_spans_stay_inside_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = to_statement_spans(text, Attribution((Span(start, end),), None, None, "indirect", 1.0))
    if found is not None:
        assert all(0 <= piece.start < piece.end <= len(text) for piece in found.content)


def test_a_paragraph_of_quotation_without_a_cue_is_its_own() -> None:
    text = "“It rains here every day,” she said.\n“And it will rain for ever and ever.”\n“Rain,” he wrote of it all."
    first = Attribution((Span(0, 26),), None, None, "direct", 1.0)
    found = uncued(tokens(text), [first])
    assert [text[slice(*one.content[0])] for one in found] == ["“And it will rain for ever and ever.”"]
    assert found[0].continues
    assert found[0].cue is None
