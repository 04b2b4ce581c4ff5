"""`readout search` and `readout index` over the sample."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.present.cli.desk import Desk


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with the sample in its archive, indexed. To be read only."""
    import readout

    desk = Desk(tmp_path_factory.mktemp("sample"))
    with readout.open(desk.home) as engine:
        engine.load_sample()
        engine.annotate()
        engine.index()
    return desk


def test_articles_are_found(sample: Desk) -> None:
    said = sample.readout("search", "ferry", "-accident", "--limit", "2")
    assert said.code == 0
    assert "ferry" in said.out.lower()
    assert "those of one text folded together, of which these are the first 2" in said.err


def test_statements_are_found_and_given_as_json(sample: Desk) -> None:
    assert "minister" in sample.readout("search", "speaker:minister", "--statements").out
    found = sample.readout("search", "speaker:minister", "--statements", "--sort", "newest", "--json").json
    assert found["total"] >= len(found["results"]) > 0
    assert {"words", "on_page", "others", "story"} <= found["results"][0].keys()
    assert found["shares"].keys() == {"speaker", "outlet", "kind", "act", "when"}


def test_what_is_wrong_is_told_and_the_rest_is_answered(sample: Desk) -> None:
    said = sample.readout("search", "ferry", "said:2026-99")
    assert said.code == 0
    assert "2026-99 is no date" in said.err
    assert said.out
    assert "Nothing has all of that." in sample.readout("search", "zebra").err


def test_an_index_that_is_gone_is_told_of_and_made(sample: Desk, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    shutil.copytree(sample.home, desk.home)
    shutil.rmtree(desk.home / "search")
    said = desk.readout("search", "ferry")
    assert said.code != 0
    assert "`readout index` makes it" in said.err
    assert "Indexed:" in desk.readout("index").out
    assert "up to date" in desk.readout("index").out
    assert desk.readout("index", "--anew", "--json").json["articles"] > 0
    assert desk.readout("search", "ferry").code == 0


def test_what_is_imported_can_be_found(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.readout("import", desk.file("capture.txt"))
    assert "Ferry line reopens" in desk.readout("search", "planks").out
