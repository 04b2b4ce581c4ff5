"""What is related, hashtags and timelines on the command line, over the sample."""

from __future__ import annotations

import re

import pytest

from tests.present.cli.desk import Desk


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with the sample in its archive. To be read only."""
    import readout

    desk = Desk(tmp_path_factory.mktemp("sample"))
    with readout.open(desk.home) as engine:
        engine.load_sample()
        engine.annotate()
        engine.group()
    return desk


def largest(sample: Desk) -> str:
    """The id of the story with the most articles."""
    stories = sample.readout("stories", "--json").json
    return str(max(stories, key=lambda one: (one["articles"], one["id"]))["id"])


def test_related_articles_say_why(sample: Desk) -> None:
    asked = sample.readout("articles", "--limit", "1", "--json").json[0]["id"]
    said = sample.readout("related", asked, "--limit", "5")
    assert said.code == 0
    assert re.search(r"same story|in this storyline", said.out)
    assert "both on " in said.out
    rows = sample.readout("related", asked, "--limit", "5", "--json").json
    assert 0 < len(rows) <= 5
    assert all(row["reasons"] and row["article"] != asked for row in rows)


def test_related_stories_say_why(sample: Desk) -> None:
    asked = largest(sample)
    assert "both on " in sample.readout("related", asked).out
    rows = sample.readout("related", asked, "--json").json
    assert asked not in [row["story"] for row in rows]


def test_a_timeline_has_days_words_and_who_reports(sample: Desk) -> None:
    asked = largest(sample)
    said = sample.readout("timeline", asked).out
    assert "March 2031" in said
    assert "2 independent sources" in said
    assert "Ahead, as of" in said
    found = sample.readout("timeline", asked, "--json").json
    assert found["past"]
    assert found["ahead"]
    assert all(one["reports"][0]["spans"] for one in found["past"])


def test_hashtags_of_the_archive_of_a_story_of_an_article_and_by_name(sample: Desk) -> None:
    counts = sample.readout("tags", "--json").json
    assert counts[0]["articles"] == sum(counts[0]["days"].values())
    name = counts[0]["text"]
    assert sample.readout("tags").out.startswith(f"{counts[0]['articles']:6}  #{name}")
    assert f"#{name}" in sample.readout("tags", f"#{name.lower()}", "--limit", "2").out
    assert sample.readout("tags", f"#{name}", "--json").json["text"] == name
    article = counts[0]["latest"][0]
    assert f"#{name}" in sample.readout("tags", article).out.splitlines()
    stories = sample.readout("stories", "--json").json
    assert any(f"#{name}" in sample.readout("tags", one["id"]).out for one in stories[:3])
    assert sample.readout("tags", article, "--json").json[0]["weight"] > 0


def test_what_is_not_there_is_said(sample: Desk, desk: Desk) -> None:
    assert sample.readout("tags", "#nobody").code == 3
    assert sample.readout("related", "aaaa2222").code == 3
    assert "readout group" in desk.readout("tags").err
    bakery = next(one["id"] for one in sample.readout("stories", "--json").json if "bakery" in one["headline"]["text"])
    assert "No other story" in sample.readout("related", bakery).err
    assert "[]" in sample.readout("related", bakery, "--json").out
