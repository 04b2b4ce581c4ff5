"""Statements in relative clauses: "the call, which both sides said lasted an hour"."""

from __future__ import annotations

import pytest

from readout.compare.told import told
from tests.compare.told import report


@pytest.mark.parametrize(
    ("sentence", "content", "source"),
    [
        (
            "Hale spoke after his second telephone call with Tamsin Okell, which both sides said lasted 20 minutes.",
            "lasted 20 minutes",
            "both sides",
        ),
        ("He went to the fair, which police said had ended early.", "had ended early", "police"),
        ("The truce, which the mayor said would hold, was broken.", "would hold", "mayor"),
    ],
)
def test_what_is_behind_the_cue_is_said(sentence: str, content: str, source: str) -> None:
    assert [(one.text, one.statement.speaker.name) for one in told(report(sentence))] == [(content, source)]
