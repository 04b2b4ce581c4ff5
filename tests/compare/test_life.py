"""Positions that changed."""

from __future__ import annotations

from datetime import timedelta

from readout.compare.life import turns
from tests import builders
from tests.compare.told import report

LATER = builders.NOON + timedelta(days=9)
NO = "President Orrin Hale refused to slow the filling of the Korv reservoir."
YES = "President Orrin Hale promised to slow the filling of the Korv reservoir."
SALES = "Ana Munk said on Monday the mill sold {} barrels of pale beer."


def test_what_was_refused_and_is_now_promised_is_a_turn() -> None:
    (turn,) = turns([report(YES, at=LATER, outlet="B"), report(NO)])
    assert turn.speaker == "Orrin Hale"
    assert turn.kind == "refusal → commitment"
    assert turn.at == LATER
    assert "reservoir" in turn.matter


def test_the_same_again_and_the_same_day_are_no_turns() -> None:
    assert turns([report(NO), report(NO, at=LATER, outlet="B")]) == ()
    assert turns([report(NO), report(YES, outlet="B")]) == ()
    assert turns([]) == ()


def test_another_figure_of_the_same_is_a_turn() -> None:
    (turn,) = turns([report(SALES.format(40)), report(SALES.format(70), at=LATER, outlet="B")])
    assert turn.kind == "another figure"


def test_what_another_says_is_no_turn() -> None:
    other = YES.replace("Orrin Hale", "Maud Reed")
    assert turns([report(NO), report(other, at=LATER, outlet="B")]) == ()
