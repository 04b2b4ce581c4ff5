"""What was said of stories, in a line: stories by the headlines that they had, articles by their titles."""

from __future__ import annotations

from readout.models import Judged, Judgement, JudgementKind
from readout.present import sheaves
from tests.builders import NOON
from tests.group.world import told

FERRY, STEEL, LATE = (told(name, number) for name, number in (("ferry", 0), ("steel", 0), ("ferry", 1)))
TITLES = {FERRY.id: "Ferry sinks", STEEL.id: "A bid", LATE.id: "Search ends"}
HEADLINES = ("83 aboard a ferry\u202e that sank", "Steel is bid for")


def line(kind: JudgementKind, *, headlines: tuple[str, str] = HEADLINES, count: int = 1) -> str:
    word = Judgement(kind, (FERRY.id, LATE.id)[:count], (STEEL.id,), "Ada", NOON, headlines=headlines)
    return sheaves.judged(Judged(word), TITLES)


def test_stories_go_by_their_headlines_and_articles_by_their_titles() -> None:
    assert line(JudgementKind.MERGE) == "“83 aboard a ferry that sank” and “Steel is bid for” merged into one story"
    assert line(JudgementKind.SPLIT, count=2) == "“Ferry sinks” and 1 more split off from “Steel is bid for”"
    assert line(JudgementKind.MOVE) == "“Ferry sinks” moved to “Steel is bid for”"
    assert line(JudgementKind.SAME) == "“Ferry sinks” and “A bid” said to be one story"


def test_where_no_headline_is_known_or_it_is_that_of_what_left_a_title_stands_for_it() -> None:
    assert line(JudgementKind.MERGE, headlines=("", "")) == "“Ferry sinks” and “A bid” merged into one story"
    assert line(JudgementKind.SPLIT, headlines=("", "Ferry sinks")) == "“Ferry sinks” split off from “A bid”"
