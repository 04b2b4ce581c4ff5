"""The reading room: read once, kept up to date, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from readout.engine import Engine
from readout.errors import NotFoundError
from readout.models import ArticleId, Footprint, Regrouping
from readout.run.reading_room import FRESH, PATIENCE, Room
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


def test_a_new_article_is_related_a_second_later() -> None:
    engine = Engine(MemoryStore())
    first, second = kept(engine, 0, 1)
    now = [0.0]
    room = Room(engine.store, lambda: now[0])
    held = room.held()
    assert held.shelf.articles == {first, second}
    (third,) = kept(engine, 2)
    assert third not in room.held()
    now[0] += FRESH
    assert third in room.held()
    assert third in room.held().library
    assert room.held() is held


def test_what_has_no_footprint_any_more_is_forgotten_once_patience_is_over() -> None:
    engine = Engine(MemoryStore())
    first, second = kept(engine, 0, 1)
    now = [0.0]
    room = Room(engine.store, lambda: now[0])
    assert room.held().found("sulamaid") is not None
    assert engine.store.regroup(Regrouping(engine.store.state(), gone=(second,)))
    now[0] += PATIENCE
    held = room.held()
    assert second not in held
    assert second not in held.library
    counted = held.found("sulamaid")
    assert counted is not None
    assert counted.latest == (first,)


class Unread(MemoryStore):
    """A store that counts how often footprints are read."""

    read = 0

    def footprints_after(self, number: int = 0, *, limit: int = 256) -> Sequence[tuple[int, Footprint]]:
        found = super().footprints_after(number, limit=limit)
        self.read += len(found)
        return found


def test_a_footprint_is_read_once() -> None:
    store = Unread()
    engine = Engine(store)
    kept(engine, 0, 1)
    now = [0.0]
    room = Room(store, lambda: now[0])
    room.held()
    now[0] += 3600
    room.held()
    assert store.read == 2


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


class Asked(MemoryStore):
    """A store in which somebody else asks while footprints are read."""

    room: Room
    lengths: tuple[int, ...] = ()

    def footprints_after(self, number: int = 0, *, limit: int = 256) -> Sequence[tuple[int, Footprint]]:
        self.lengths += (len(self.room.held().shelf),)
        return super().footprints_after(number, limit=limit)


def test_who_asks_while_it_is_read_gets_it_as_far_as_it_is() -> None:
    store = Asked()
    engine, now = Engine(store), [0.0]
    store.room = Room(store, lambda: now[0])
    kept(engine, 0, 1)
    assert len(store.room.held().shelf) == 2
    kept(engine, 2)
    now[0] += FRESH
    assert len(store.room.held().shelf) == 3
    assert store.lengths == (0, 2, 2, 3)
