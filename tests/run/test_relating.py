"""The reading room: read once, kept up to date, and what it answers."""

from __future__ import annotations

import pytest

from readout.engine import Engine
from readout.errors import NotFoundError
from readout.models import ArticleId
from readout.run.reading_room import PATIENCE, Room
from readout.store.memory import MemoryStore
from tests.builders import NOON, article, harvest, published

TEXTS = (
    "The ferry Sula Maid capsized off Gannet Head with 83 people aboard, and divers searched for the missing ferry.",
    "Divers found the ferry Sula Maid below Gannet Head; 83 people had been aboard, the coast guard of Maren said.",
)


def kept(engine: Engine, *numbers: int) -> list[ArticleId]:
    made = [
        article(f"Ferry Sula Maid, report {n}", TEXTS[n % 2], outlet=f"Outlet {n}", published=published(NOON))
        for n in numbers
    ]
    engine.store.keep([harvest(one) for one in made])
    engine.annotate()
    engine.group()
    return [one.id for one in made]


def test_what_is_not_grouped_has_nothing_related() -> None:
    engine = Engine(MemoryStore())
    alone = article("Ferry lost", TEXTS[0])
    engine.store.keep([harvest(alone)])
    assert engine.related(alone.id) == ()
    assert engine.tags(alone.id) == ()
    assert engine.all_tags() == ()


def test_what_is_not_there_is_not_found() -> None:
    engine = Engine(MemoryStore())
    for ask in (engine.related, engine.tags, engine.related_stories, engine.tags_of_story, engine.timeline):
        with pytest.raises(NotFoundError):
            ask("aaaaaaaaaaaaaaaaa" if ask in (engine.related, engine.tags) else "saaaaaaaaaaaaaaaa")
    with pytest.raises(NotFoundError):
        engine.tagged("#nobody")


def test_a_new_article_is_related_once_patience_is_over() -> None:
    engine = Engine(MemoryStore())
    first, second = kept(engine, 0, 1)
    now = [0.0]
    room = Room(engine.store, lambda: now[0])
    assert set(room.held().packed) == {first, second}
    (third,) = kept(engine, 2)
    assert third not in room.held().packed
    now[0] += PATIENCE
    assert third in room.held().packed
    assert third in room.held().library


def test_nothing_is_read_again_where_nothing_changed() -> None:
    engine = Engine(MemoryStore())
    kept(engine, 0, 1)
    now = [0.0]
    room = Room(engine.store, lambda: now[0])
    held = room.held()
    now[0] += 3600
    assert room.held() is held


def test_articles_of_one_matter_are_related_and_share_hashtags() -> None:
    engine = Engine(MemoryStore())
    first, second = kept(engine, 0, 1)
    (found,) = engine.related(first)
    assert found.article == second
    assert found.reasons
    count = engine.tagged("sula maid")
    assert count.articles == 2
    assert dict(count.days) == {NOON.date(): 2}
    assert engine.tagged("#SULAMAID") == count
    (story,) = engine.stories()
    assert count.tag.text in [tag.text for tag in engine.tags_of_story(story.id)]
    assert engine.related_stories(story.id) == ()


def test_who_asks_while_it_is_read_anew_gets_it_as_it_was() -> None:
    engine = Engine(MemoryStore())
    kept(engine, 0, 1)
    now, asked = [0.0], []
    room = Room(engine.store, lambda: now[0])
    held = room.held()
    kept(engine, 2)
    now[0] += PATIENCE
    footprints = engine.store.footprints

    def reading(*_: object) -> object:
        asked.append(room.held())
        return footprints()

    engine.store.footprints = reading  # type: ignore[method-assign, assignment]
    assert len(room.held().packed) == 3
    assert asked == [held]
