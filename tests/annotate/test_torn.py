"""Contents that hold all that was said and no more: no half clause, nobody it was said to. Our own sentences."""

from __future__ import annotations

import pytest

from readout.annotate.annotator import annotation
from readout.models import UNRESOLVED, Statement, Weak
from tests import builders


def said(text: str) -> list[Statement]:
    return list(annotation(builders.article("News of the day", text)).statements)


def contents(text: str) -> list[str]:
    return [" … ".join(f"News of the day\n{text}"[start:end] for start, end in one.content) for one in said(text)]


def test_a_relative_clause_stands_with_what_it_goes_on_from() -> None:
    words = "A month passed before the lock keeper, who was about to retire, would be paid by the city"
    assert contents(f"{words}, said two officials.") == [words]


def test_what_describes_the_source_is_not_what_it_says() -> None:
    (one,) = said("Emil Harrow, who was accused of “shoving” a reporter, pleaded guilty on Monday morning.")
    assert one.speaker.name == UNRESOLVED  # nobody is named who accuses him


def test_a_view_is_no_relative_clause() -> None:
    text = (
        "For Harrow, who is in his first year of office, his meeting with Marl is one of the highlights of the visit."
    )
    assert not any(one.startswith("who") for one in contents(text))


def test_what_is_called_something_ends_with_its_sentence() -> None:
    text = (
        "Harrow called the raid 'massive and cynical'. Marl spoke with Chancellor Otto Brandt on Thursday, aides said."
    )
    assert contents(text)[0] == "the raid 'massive and cynical'"


def test_a_cue_may_stand_amid_what_is_said() -> None:
    (one,) = said("The prime minister will go to Dorna, says Tower House, if the lake comes down to meet her.")
    assert (one.speaker.name, len(one.content)) == ("Tower House", 2)


@pytest.mark.parametrize(
    "whom", ["Mrs. Rouse", "the envoy", "the envoy, Jan Rouse,", "Ostria’s prime minister", "the U.S. envoy"]
)
def test_whom_it_was_said_to_is_no_part_of_it(whom: str) -> None:
    assert contents(f"Prime Minister Ines Marl told {whom} that there would be no more talks in May.") == [
        "there would be no more talks in May"
    ]


def test_a_pronoun_alone_says_nothing() -> None:
    assert all(one.weak is Weak.ACT for one in said("Emil Harrow called them on Monday."))


def test_an_abbreviation_ends_nothing() -> None:
    assert contents("Nippa Steel promised most of the U.S. fleet would be kept in Dorna.") == [
        "most of the U.S. fleet would be kept in Dorna"
    ]


@pytest.mark.parametrize(
    ("sentence", "who", "content"),
    [
        ("The lake is low, said Emil Harrow, who runs the dam.", "Emil Harrow", "The lake is low"),
        ("A cook would be picked up, said the officials, who were briefed.", "officials", "A cook would be picked up"),
    ],
)
def test_who_says_it_may_follow_the_verb(sentence: str, who: str, content: str) -> None:
    assert ([one.speaker.name for one in said(sentence)], contents(sentence)) == ([who], [content])


def test_who_is_described_before_the_verb_says_what_follows_it() -> None:
    (one,) = said("The captain, who was a mile from the coast, said the officials had lied.")
    assert one.speaker.name == "captain"
