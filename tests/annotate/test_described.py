"""One person is one speaker, described or named. All sentences are our own."""

from __future__ import annotations

import pytest

from readout.annotate.annotator import annotation
from readout.models import Statement
from tests import builders


def said(*text: str) -> list[Statement]:
    return list(annotation(builders.article("News of the day", *text)).statements)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Maya Rell, 14, was pulled from the river. “I held on,” Maya said. The girl said the water was cold.",
            "Maya Rell",
        ),
        ("“I held on,” 13-year-old Maya Rell as she wept said. “Nobody came,” Maya Rell said.", "Maya Rell"),
        (
            "A woman said the siren failed. The woman, Ida Rell, said she had called. “Nobody came,” the woman said.",
            "Ida Rell",
        ),
        ("A fisherman said the boat turned. “Like a leaf,” the fisherman, Tom Ardle, said.", "Tom Ardle"),
        ("A 71-year-old man said the house was gone. “All of it,” said Otto Brandt, 71, a baker.", "Otto Brandt"),
    ],
)
def test_who_is_described_and_named_is_one(text: str, who: str) -> None:
    assert {one.speaker.name for one in said(text)} == {who}


@pytest.mark.parametrize(
    "text",
    [
        "Maya Rell, 14, was pulled from the river with Ada Lenz, 13. The girl said the water was cold.",
        "Otto Brandt, 71, a baker, was hurt. The man said the water was cold.",
        "Jan Rell, a 14-year-old boy, and Ida Rell, 44, were hurt. The girl said the water was cold.",
    ],
)
def test_who_may_be_another_stays_described(text: str) -> None:
    assert said(text)[-1].speaker.entity is None


def test_what_somebody_proposed_is_not_said() -> None:
    assert said("Dorna's proposed treaty was rejected in the end.") == []
