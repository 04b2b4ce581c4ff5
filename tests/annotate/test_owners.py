"""Whose "his office" and "its ministry" are, and whose words they pass on. All sentences are our own."""

from __future__ import annotations

import pytest

from readout.annotate.annotator import annotation
from readout.models import UNRESOLVED, Statement
from tests import builders

FIRST_CALL = (  # what the call was is the reporter's
    "DORNA -- President Emil Harrow told Premier Ines Marl on Tuesday that a canal was shut, his office said, "
    "in the first call between the two leaders since the flood in March."
)


def said(*text: str) -> list[Statement]:
    return list(annotation(builders.article("", *text)).statements)


@pytest.mark.parametrize(
    ("sentence", "speaker", "via"),
    [
        (
            FIRST_CALL,
            "Emil Harrow",
            "Emil Harrow's office",
        ),
        (
            "Prime Minister Ines Marl told President Emil Harrow that the canal would stay shut, her office said.",
            "Ines Marl",
            "Ines Marl's office",
        ),
        (
            "Brenland warned Ostria on Monday that the canal was shut, its foreign ministry said in a statement.",
            "Brenland",
            "Brenland's foreign ministry",
        ),
    ],
)
def test_what_an_office_tells_that_its_head_told_is_the_heads(sentence: str, speaker: str, via: str) -> None:
    (one,) = said(sentence)
    assert (one.speaker.name, one.via) == (speaker, (via,))
    assert len(one.content) == 1


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        (
            "President Emil Harrow ordered General Otto Marl to withdraw from the canal, his office said.",
            "Emil Harrow's office",
        ),
        (
            "After talks with Otto Marl, Emil Harrow ordered the canal to be reopened, his office said.",
            "Emil Harrow's office",
        ),
        ("Ostria accused Brenland of blocking the canal, its government said.", "Ostria's government"),
        ("The canal was shut after Emil Harrow lost the vote, his office said.", "Emil Harrow's office"),
    ],
)
def test_an_office_is_the_subjects_not_who_is_named_nearest(sentence: str, speaker: str) -> None:
    told = [one for one in said(sentence) if one.core]
    assert [one.speaker.name for one in told] == [speaker]


def test_an_office_at_the_head_of_its_sentence_is_of_who_the_last_was_about() -> None:
    (one,) = said(
        "President Emil Harrow spoke to Prime Minister Otto Marl on Monday. His office said the call was short."
    )
    assert one.speaker.name == "Emil Harrow's office"


@pytest.mark.parametrize(("by", "speaker"), [(" by Otto Marl", "Otto Marl"), ("", UNRESOLVED)])
def test_who_was_told_is_not_who_told(by: str, speaker: str) -> None:
    (one,) = said(f"President Emil Harrow was told{by} that the canal was shut.")
    assert one.speaker.name == speaker
