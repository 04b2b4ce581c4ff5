"""What is muted is left out of lists: the story, its outlets, words whole, names and hashtags."""

from __future__ import annotations

import pytest

from readout.models import Regard, regard
from readout.present.muting import mutes
from tests.builders import NOON


def _muted(what: str, value: str, name: str = "") -> Regard:
    return regard("muted", what, value, name, NOON)


@pytest.mark.parametrize(
    ("one", "title", "why"),
    [
        (_muted("word", "Rain"), "Rain stops the ferry", "word"),
        (_muted("word", "rain"), "Train stops the ferry", ""),
        (_muted("word", "heavy rain"), "Heavy, heavy RAIN again", "word"),
        (_muted("name", "n1", "Orrin Valtec"), "Valtec’s train is late", "name"),
        (_muted("name", "n1", "Orrin Valtec"), "Orrin is late", ""),
        (_muted("tag", "VessaSummit", "#VessaSummit"), "A Vessa summit, at last", "hashtag"),
        (_muted("tag", "Art", "#Art"), "A start is made", ""),
    ],
)
def test_words_of_a_headline(one: Regard, title: str, why: str) -> None:
    assert mutes([one]).title(title) == why


def test_an_outlet_is_muted_by_its_name() -> None:
    held = mutes([_muted("outlet", "o1", "Kanal 7")])
    assert (held.article("Rain", "Kanal 7"), held.article("Rain", "Harbour Post")) == ("outlet", "")


def test_nothing_is_muted_by_nothing() -> None:
    assert mutes([]).title("Anything at all") == ""
    assert mutes([_muted("tag", "...", "#...")]).title("") == ""
