"""Accounts side by side, points and figures on the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from readout.present.cli.outcome import Outcome
from tests.present.cli.desk import Desk

FERRY = """logo
Union says owners were warned about lorries

Union says owners were warned about lorries

Coast Radio2 hours ago
The Seafarers' Union said on Friday that it had warned the owners of the Sula Bay twice about the loading of lorries.
The company's director, Magnus Teal, denied having received any warning. Police said 7 people were killed in the loss
of the Sula Bay. The coastguard said on Saturday that 9 people were killed. "We shall look into everything," Teal said.
"""


CALL = """logo
Hale and Reed speak by phone about the lake

Hale and Reed speak by phone about the lake

Coast Radio2 hours ago
Veldanian President Orrin Hale spoke by phone with Caldrian Prime Minister Tamsin Reed on Friday.
A spokesman for Reed, Jory Penn, said it was Hale who had asked for the call.
President Orrin Hale refused to slow the filling of the Korv reservoir.
"The river is ours too," Reed said. She told reporters that the taps had run dry in four towns by noon.
"""
LATER = """logo
Hale ready to slow filling of the lake

Hale ready to slow filling of the lake

Coast Radio2 hours ago
On Sunday President Orrin Hale promised to slow the filling of the Korv reservoir.
The announcement came nine days after Hale spoke by phone with Caldrian Prime Minister Tamsin Reed.
"That is good news for the towns," Reed said. The keeper of the dam would not say when it would begin.
"""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with a call between two leaders, and what one of them says otherwise later. To be read only."""
    desk = Desk(tmp_path_factory.mktemp("meeting"))
    desk.readout("import", desk.file("call.txt", CALL), "--captured", "2031-03-21")
    desk.readout("import", desk.file("later.txt", LATER), "--captured", "2031-03-30")
    desk.readout("annotate")
    desk.readout("group")
    return desk


@pytest.fixture(scope="module")
def shore(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with one story in which two sides contradict each other. To be read only."""
    desk = Desk(tmp_path_factory.mktemp("shore"))
    desk.readout("import", desk.file("union.txt", FERRY), "--captured", "2031-03-20")
    desk.readout("group")
    return desk


def story(desk: Desk) -> str:
    return str(desk.readout("stories", "--json").json[0]["id"])


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_compare_names_the_relation_and_the_words_of_each_side(shore: Desk) -> None:
    found = shore.readout("compare", story(shore))
    assert "≠ contradict" in found.out
    assert "denied" in found.out
    assert "Magnus Teal" in found.out


def test_compare_as_json_holds_every_statement(shore: Desk) -> None:
    found = shore.readout("compare", story(shore), "--json").json
    point = next(one for one in found["points"] if one["relation"] == "contradict")
    assert len(point["accounts"]) == 2
    assert all(each["words"] in FERRY.replace("\n", " ") for one in point["accounts"] for each in one["statements"])


def test_points_are_exported_as_answers_and_as_lines(shore: Desk) -> None:
    (row, *_) = lines(shore.readout("export", "points", "--as", "gold").out)
    spans = [span for account in row["accounts"] for one in account["spans"] for span in one["content"]]
    assert all(FERRY[start:end].strip() for start, end in spans)
    assert {one["relation"] for one in lines(shore.readout("export", "points").out)} >= {"contradict"}


def test_points_are_no_table(shore: Desk) -> None:
    said = shore.readout("export", "points", "--as", "csv")
    assert said.code == Outcome.PARTLY
    assert "no table" in said.err


def test_points_tell_who_carries_them_and_what_became_of_the_claim(shore: Desk) -> None:
    out = shore.readout("points", story(shore)).out
    assert "1 independent: Coast Radio" in out
    assert "claimed by" in out
    assert "denied by" in out
    (point, *_) = shore.readout("points", story(shore), "--json").json
    assert point["corroboration"]["independent"] == 1
    assert [step["fate"] for step in point["life"]] == ["claimed", "denied"]
    assert point["phases"][0]["relation"] == "contradict"


def test_changes_come_with_their_time(shore: Desk) -> None:
    assert "denial" in shore.readout("changes", story(shore)).out
    (change, *_) = shore.readout("changes", story(shore), "--json").json
    assert change["at"].startswith("2031-03-")


def test_every_story_can_be_compared_at_once(shore: Desk) -> None:
    found = lines(shore.readout("compare", "--all", "--json").out)
    assert [one["story"] for one in found] == [story(shore)]
    assert found[0]["points"]
    assert "≠ contradict" in shore.readout("compare", "--all").out


def test_compare_wants_one_story_or_all(shore: Desk) -> None:
    assert shore.readout("compare").code == Outcome.USAGE
    assert shore.readout("compare", story(shore), "--all").code == Outcome.USAGE


def test_a_call_is_printed_as_a_sheet_and_a_changed_position_beside_the_old(meeting: Desk) -> None:
    out = meeting.readout("compare", "--all").out
    assert "Call between" in out
    assert "Who asked for it" in out
    said = meeting.readout("said", "Orrin Hale")
    assert "Positions that changed" in said.out
    assert "[refused] to slow" in said.out
    assert "[promised] to slow" in said.out
    (position,) = meeting.readout("said", "Orrin Hale", "--json").json["positions"]
    assert position["kind"] == "refusal → commitment"
    assert "slow the filling" in position["before"]["words"]


def test_figures_come_with_who_gives_them(shore: Desk) -> None:
    out = shore.readout("figures", story(shore)).out
    assert "7 to 9" in out


def test_a_story_that_is_not_there_is_said_so(shore: Desk) -> None:
    said = shore.readout("compare", "nosuchid")
    assert said.code == Outcome.NOT_FOUND
    assert "nosuchid" in said.err
