"""Episodes and storylines on captures of real pages, and on the sample."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quality.figures import Absent, shared
from readout.extract import html, transcript
from readout.group.features import features
from readout.group.place import Placer
from readout.models import Article, ArticleKind, CaptureBasis, Level, Media, Page
from tests.builders import published

SAMPLE = Path(__file__).parents[2] / "src/readout/sample"

# When each capture's main article appeared, as its reader knows; the captures themselves do not say. What stands below
# a main article is dated where its own age or text says so.
DAYS = {
    ("000", 0): (5, 21),
    ("000", 2): (6, 5),
    ("000", 3): (6, 5),
    ("001", 0): (8, 7),
    ("001", 1): (8, 8),
    ("001", 2): (8, 8),
    ("002", 0): (6, 14),
    ("002", 1): (6, 14),
    ("002", 2): (6, 14),
    ("002", 3): (6, 14),
    ("003", 0): (7, 3),
    ("003", 1): (7, 4),
    ("003", 2): (7, 4),
    ("003", 3): (7, 4),
    ("004", 0): (5, 19),
}
CALLS = [("004", 0), ("002", 0), ("003", 0), ("001", 0)]
Key = tuple[str, int]


@pytest.fixture(scope="module")
def captured() -> dict[Key, Article]:
    """The articles of the captures by capture and position, dated."""
    try:
        files = sorted(shared("captures").glob("[0-9]*.txt"))
    except Absent as why:
        pytest.skip(str(why))
    found = {}
    for file in files:
        page = Page(file.read_bytes(), Media.TEXT, file.name)
        for one in transcript.articles(page)[0]:
            key = (file.name[:3], one.position)
            if one.kind is ArticleKind.ARTICLE and key in DAYS:
                at = datetime(2025, *DAYS[key], 12, tzinfo=UTC)
                found[key] = replace(one, published=published(at))
    return found


def placed(articles: dict[Key, Article]) -> Placer:
    placer = Placer()
    placer.add((one.id, features(one)) for one in articles.values())
    return placer


def test_four_calls_are_four_episodes(captured: dict[Key, Article]) -> None:
    placer = placed(captured)
    assert len({placer.story_of(captured[key].id).id for key in CALLS}) == 4


def test_other_matters_stand_apart(captured: dict[Key, Article]) -> None:
    placer = placed(captured)
    others = [key for key in captured if key not in CALLS and key not in {("000", 0), ("003", 3)}]
    assert all(len(placer.story_of(captured[key].id).articles) == 1 for key in others)


def test_the_calls_are_one_storyline_and_other_matters_are_not_of_it(captured: dict[Key, Article]) -> None:
    placer = placed(captured)
    found = placer.storylines(placer.stories())
    assert [set(one.articles) for one in found] == [{captured[key].id for key in (*CALLS, ("000", 0), ("003", 3))}]
    assert found[0].level is Level.STORYLINE


def test_stories_of_the_sample_hold_mostly_one_matter() -> None:
    articles = {}
    for line in (SAMPLE / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if not told["file"].startswith("feeds"):
            articles.update(_of_file(told["file"], told["captured"]))
    answer: dict[Key, str] = {}
    for line in (SAMPLE / "answers/stories.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for name in row["articles"]:
            file, _, number = name.partition("#")
            answer[file, int(number)] = row["storyline"] or row["story"]
    known = {key: one for key, one in articles.items() if answer.get(key, "none") != "none"}
    story = {article: one.id for one in placed(known).stories() for article in one.articles}
    mixed: dict[str, Counter[str]] = {}
    for key, one in known.items():
        mixed.setdefault(story[one.id], Counter())[answer[key]] += 1
    strays = sum(count.total() - count.most_common(1)[0][1] for count in mixed.values())
    assert strays <= len(known) // 20


def _of_file(name: str, captured: str | None) -> dict[Key, Article]:
    at = datetime.fromisoformat(captured) if captured else None
    basis = CaptureBasis.DECLARED if at else CaptureBasis.UNKNOWN
    media = Media.HTML if name.endswith("html") else Media.TEXT
    page = Page((SAMPLE / name).read_bytes(), media, name, captured=at, captured_basis=basis)
    found = (html if media is Media.HTML else transcript).articles(page)[0]
    return {(name, one.position): one for one in found}
