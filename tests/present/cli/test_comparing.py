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


def test_figures_come_with_who_gives_them(shore: Desk) -> None:
    out = shore.readout("figures", story(shore)).out
    assert "7 to 9" in out


def test_a_story_that_is_not_there_is_said_so(shore: Desk) -> None:
    said = shore.readout("compare", "nosuchid")
    assert said.code == Outcome.NOT_FOUND
    assert "nosuchid" in said.err
