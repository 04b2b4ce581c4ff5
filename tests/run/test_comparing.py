"""What is kept of comparisons is what would come of comparing anew; it is made when stories change, and once."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from readout.engine import Engine
from readout.errors import NotFoundError
from readout.models import Compared, Coverage, Grounds
from readout.run.asked import Asked
from readout.run.comparer import Comparer
from readout.store.sqlite import SQLiteStore


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the sample, grouped, nothing compared yet; not to be opened, only copied."""
    path = tmp_path_factory.mktemp("grouped") / "readout.db"
    with Engine(SQLiteStore.open(path)) as engine:
        engine.load_sample()
        engine.annotate()
        engine.group()
    return path


@pytest.fixture
def made(grouped: Path, tmp_path: Path) -> Iterator[Engine]:
    """An archive of the test's own, of the sample, grouped, nothing compared yet."""
    with Engine(SQLiteStore.open(shutil.copy(grouped, tmp_path / "readout.db"))) as engine:
        yield engine


def comparable(engine: Engine) -> list[Coverage]:
    """The stories of two articles or more."""
    return [one for one in engine.stories(limit=100) if one.articles > 1]


def test_what_is_kept_is_what_would_be_made_anew(made: Engine) -> None:
    first = {one.id: made.compare(one.id) for one in comparable(made)[:5]}
    store, made_anew = made.store, 0
    for id_, found in first.items():
        kept = store.laid(id_)
        assert kept
        store.lay(replace(kept, grounds=Grounds("", "")))
        assert made.compare(id_) == found
        assert made.compare(id_) == found
        made_anew += bool(found.comparison.points)
    assert made_anew > 1


def test_a_page_gets_the_beginning_with_all_that_it_cites(made: Engine) -> None:
    made.compare_changed()
    for story in comparable(made)[:3]:
        found, whole = made.beside(story.id), made.compare(story.id)
        assert found
        assert found.current
        assert found.points == len(whole.comparison.points)
        assert _told(found.compared) == _told(whole)[:12]
        held = {said.id for one in found.compared.articles for said in one.annotation.statements}
        cited = {id_ for one in found.compared.comparison.points for each in one.accounts for id_ in each.statements}
        assert cited <= held
        assert {one.id for one in found.compared.changes} <= {one.id for one in whole.changes}


def test_further_points_follow_the_first(made: Engine) -> None:
    made.compare_changed()
    story = max(comparable(made), key=lambda one: len(made.compare(one.id).comparison.points))
    points = made.compare(story.id).comparison.points
    parts = [made.further(story.id, first, limit=4) for first in range(0, len(points), 4)]
    assert all(one and one.points == len(points) and one.current for one in parts)
    assert tuple(point.id for one in parts if one for point in one.compared.comparison.points) == tuple(
        one.id for one in points
    )
    beyond = made.further(story.id, 10**9)
    assert beyond
    assert beyond.compared.comparison.points == ()


def test_what_changed_is_compared_once_and_no_more(made: Engine) -> None:
    made.compare_changed()
    assert made.compare_changed() == 0
    assert not made.store.count_due()


def test_a_merge_makes_it_anew_and_an_undo_again(made: Engine) -> None:
    made.compare_changed()
    one, other = comparable(made)[:2]
    before = {story.id: made.compare(story.id) for story in (one, other)}
    made.merge(one.id, other.id)
    merged = made.story(one.id)
    assert len(made.compare(merged.id).articles) == one.articles + other.articles
    shown = made.beside(other.id)
    assert shown
    assert shown.current
    assert shown.points == len(made.compare(one.id).comparison.points)
    made.undo()
    assert made.compare_changed() == 2
    assert {id_: made.compare(id_) for id_ in before} == before


def test_what_fails_costs_one_story(
    made: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    due, broken = made.store.count_due(), comparable(made)[0].id
    whole = Comparer.make

    def fails(self: Comparer, story: Coverage) -> bool:
        if story.id == broken:
            raise ValueError(story.id)
        return whole(self, story)

    monkeypatch.setattr(Comparer, "make", fails)
    assert made.compare_changed() == due
    assert made.store.count_due() == 0
    assert broken in caplog.text


def test_time_that_is_over_leaves_the_rest_for_the_next_time(made: Engine) -> None:
    due = made.store.count_due()
    assert made.compare_changed(seconds=0) == 0
    assert made.store.count_due() == due


def test_a_story_that_is_not_there_is_said_so(made: Engine) -> None:
    for ask in (made.compare, made.beside):
        with pytest.raises(NotFoundError):
            ask("saaaaaaaaaaaaaaaa")
    alone = next(one for one in made.stories(limit=100) if one.articles == 1)
    assert made.beside(alone.id) is None
    assert made.compare(alone.id).articles


def test_who_asks_need_not_wait_and_nothing_is_done_twice() -> None:
    go, done = threading.Event(), list[str]()

    def work(key: str) -> None:
        go.wait(10)
        done.append(key)

    asked = Asked(work)
    assert not asked.ask("one")
    assert not asked.ask("one", 0.01)
    go.set()
    assert asked.ask("one", 10) or done == ["one"]
    assert asked.ask("two", 10)
    assert done == ["one", "two"]
    asked.end()


def _told(found: Compared) -> list[tuple[object, ...]]:
    """What is said of its points, as far as a page shows it."""
    return [
        (one.id, one.heading, one.relation, one.evidence, [each.party for each in one.accounts])
        for one in found.comparison.points
    ]
