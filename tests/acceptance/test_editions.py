"""One article under all its addresses, headlines and captures: the sample's report that was edited twice."""

from __future__ import annotations

import json
from collections import defaultdict
from importlib.resources import files

import pytest

import readout
from tests.present.cli.desk import Desk

EDITED = "https://harbour-post.example/river/second-call"
SAMPLE = files("readout") / "sample"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An archive with the sample."""
    desk = Desk(tmp_path_factory.mktemp("sample"))
    with readout.open(desk.home) as engine:
        engine.load_sample()
        assert engine.check() == ()
    return desk


def test_the_edited_report_is_one_article_with_three_editions(sample: Desk) -> None:
    with readout.open(sample.home) as engine:
        (edited,) = {one.id for one in engine.every_article() if one.address == EDITED}
        editions = engine.editions(edited)
        assert [one.number for one in editions] == [1, 2, 3]
        assert editions[0].article.title != editions[1].article.title == editions[2].article.title
        captures = {engine.page(met.article.page).name.split("/")[-1] for one in editions for met in one.sightings}
    assert captures == {"hp-call2-1.html", "hp-call2-2.html", "hp-call2-3.html", "call2-01.txt", "call2-04.txt"}


def test_what_changed_is_told(sample: Desk) -> None:
    with readout.open(sample.home) as engine:
        edited = next(one for one in engine.every_article() if one.address == EDITED)
    said = sample.readout("article", edited.own, "--diff").out
    assert "3 editions" in said
    assert "[-January-]{+the border clashes of February+}" in said
    told = sample.readout("article", edited.own, "--diff", "--json").json
    assert [(one["from"], one["to"]) for one in told["changes"]] == [(1, 2), (2, 3)]
    assert (told["changes"][1]["gone"], told["changes"][1]["new"]) == (1, 5)


def test_each_text_of_the_answers_is_one_article_and_no_two_are(sample: Desk) -> None:
    with readout.open(sample.home) as engine:
        names = {one.page: engine.page(one.page).name.rsplit("/", 1)[-1] for one in engine.every_article()}
        found = {(names[one.page], one.position): one.id for one in engine.every_article()}
    rows = map(json.loads, (SAMPLE / "answers" / "articles.jsonl").read_text("utf-8").splitlines())
    met = {(row["file"].rsplit("/", 1)[-1], row["n"]): row["text"].partition("call2-")[0] for row in rows}
    assert len(found.keys() & met.keys()) > 100
    articles, texts = defaultdict(set), defaultdict(set)
    for place in found.keys() & met.keys():
        articles[met[place]].add(found[place])
        texts[found[place]].add(met[place])
    assert {text for text, ids in articles.items() if len(ids) > 1} == set()
    assert {one for one, held in texts.items() if len(held) > 1} == set()
