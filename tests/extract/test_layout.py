"""What each line of a page is: headers in many orders, and time that grows with the lines only."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from readout.extract.layout import Label, labels
from readout.extract.lines import lines
from readout.extract.looks import looks, marks

TEXT = (
    "The ferry between Lenn and Eskby will sail again on Monday, the harbour company said, after a month in the dock."
)
MORE = "Nobody had asked the islanders, who would have liked to know before they ordered their flour from the north."
LAST = "Those who crossed before paid four crowns; those who cross now will pay six, and get a cup of coffee for it."
TITLE = "Ferry between Lenn and Eskby sails again"
L = Label


def labelled(*text: str) -> list[Label]:
    page = "\n".join(text)
    cut = lines(page)
    return labels(looks(cut, marks(page)))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ([TITLE], [L.TITLE]),
        (["logo", TITLE, TITLE], [L.FRONT, L.TITLE, L.AGAIN]),
        ([TITLE, "Kanal 7", "3 hours ago"], [L.TITLE, L.OUTLET_OF_MAIN, L.IMPRINT_OF_MAIN]),
        (["Kanal 7", "3 hours ago", TITLE], [L.MAST, L.IMPRINT_ABOVE, L.TITLE]),
        (["Kanal 7 · 3h ago", TITLE], [L.IMPRINT_ABOVE, L.TITLE]),
        ([TITLE, "By Ana Poe", "June 5, 2025"], [L.TITLE, L.NOTE, L.IMPRINT_OF_MAIN]),
        ([TITLE, "Share", "3 hours ago", "Save"], [L.TITLE, L.NOTE, L.IMPRINT_OF_MAIN, L.NOTE]),
        (["News", "World", "Sport", TITLE], [L.FRONT, L.FRONT, L.FRONT, L.TITLE]),
        ([TITLE, "The boat at the quay. Photo: Meridian"], [L.TITLE, L.PICTURE]),
        ([TITLE, "A month without bread", "By Ana Poe"], [L.TITLE, L.STANDFIRST, L.NOTE]),
    ],
)
def test_a_header_is_understood_in_every_order(header: list[str], expected: list[Label]) -> None:
    assert labelled(*header, TEXT, MORE) == [*expected, L.BODY, L.BODY]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["Kanal 7", "3 hours ago", "- Kanal 7", "Herring are back"], [L.OUTLET, L.AGE, L.TOPIC, L.HEAD]),
        (["Kanal 7 · 3h ago", "Herring are back in the bay"], [L.IMPRINT, L.HEAD]),
        (["Herring are back in the bay", "Kanal 7 · 3h ago"], [L.PRE, L.IMPRINT_BELOW]),
        (
            [
                "Herring are back",
                "Herring are back",
                "Kanal 7",
                "time3 hours ago",
                "• World",
                "• Kanal 7",
                "Herring are back",
            ],
            [L.PRE, L.PRE, L.OUTLET_BELOW, L.AGE_BELOW, L.TOPIC_BELOW, L.TOPIC_BELOW, L.HEAD_AGAIN],
        ),
    ],
)
def test_the_header_of_an_item_is_understood_in_every_order(header: list[str], expected: list[Label]) -> None:
    found = labelled(TITLE, TEXT, MORE, "Related Articles", *header, LAST)
    assert found == [L.TITLE, L.BODY, L.BODY, L.BACK, *expected, L.TEXT]


def test_furniture_inside_a_body_does_not_end_it() -> None:
    found = labelled(TITLE, TEXT, "Advertisement", "Sign up for our newsletter", MORE, "The boat", LAST)
    assert found == [L.TITLE, L.BODY, L.ASIDE, L.ASIDE, L.BODY, L.SUBHEAD, L.BODY]


def test_what_readers_wrote_is_no_item_although_it_has_a_name_and_an_age() -> None:
    found = labelled(TITLE, TEXT, MORE, "Comments (2)", "Old Docker", "3 hours ago", LAST, "Reply", "harbourcat", "No.")
    assert found == [L.TITLE, L.BODY, L.BODY, *[L.BACK] * 7]


def test_an_empty_page_has_no_labels() -> None:
    assert labelled() == []


def _calls(page: str) -> int:
    """How many functions are called to label a page: work, whatever else the machine does."""
    made = 0

    def count(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal made
        made += 1

    cut, marked = lines(page), marks(page)
    sys.setprofile(count)
    labels(looks(cut, marked))
    sys.setprofile(None)
    return made


@pytest.mark.parametrize(
    "unit",
    [
        f"{TEXT}\n",
        "Kanal 7\n3 hours ago\nHerring are back in the bay\nThey came on Monday, a fisherman said.\n",
        f"{TITLE}\n{TITLE}\n",
        "Related\n",
        "Comments (3)\n",
        "“The sea takes and gives, and it never says when it gives”\n",
    ],
)
def test_work_grows_with_the_lines_and_no_faster(unit: str) -> None:
    once, four_times = (_calls(f"{TITLE}\n{TEXT}\n" + unit * size) for size in (250, 1000))
    assert four_times < 4.5 * once
