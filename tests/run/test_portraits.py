"""Whom an id of a name means: merged spellings, rulings, namesakes; and what is disputed ahead of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from readout.engine import Engine
from readout.errors import NotFoundError
from readout.models import EntityId, EntityKind
from readout.run.portraits import LEAST, MOST, TIMES, Portraits
from readout.store.memory import MemoryStore
from tests.builders import NOON, article, harvest, published
from tests.store.annotating import MARR, VANCE, annotation, statement

DAY = timedelta(days=1)
ONE, TWO, THREE = (article(name, published=published(NOON + n * DAY)) for n, name in enumerate(("One", "Two", "Three")))
SHORT = replace(MARR, id=EntityId("emarrshort"), name="Marr", aliases=(), roles=())


def engine() -> Engine:
    """Three articles: of the full name twice, of the last name alone once."""
    made = Engine(MemoryStore())
    made.store.keep([harvest(one) for one in (ONE, TWO, THREE)])
    made.store.annotated(
        [
            annotation(ONE, statement(1, MARR)),
            annotation(TWO, entities=(MARR,)),
            annotation(THREE, statement(2, SHORT), entities=(SHORT,)),
        ]
    )
    return made


def test_a_short_form_leads_to_the_whole_name() -> None:
    made = engine()
    found = made.portrait(SHORT.id)
    assert (found.id, found.who.name, found.statements) == (MARR.id, "Ilse Marr", 2)
    assert [one.statement.id for one in made.sayings(found.who)] == ["s2", "s1"]
    assert [(one.role, one.articles) for one in found.roles] == [("minister", 2)]
    assert [one.articles for one in found.days] == [1, 1, 1]


def test_a_list_counts_what_the_page_counts() -> None:
    made = engine()
    page = made.portrait(MARR.id)
    listed = [one for one in made.most_named(EntityKind.PERSON) if "Marr" in one.name]
    assert [(one.entity, one.name, one.articles, one.statements) for one in listed] == [
        (page.id, page.who.name, page.who.articles, page.statements)
    ]


def test_a_ruling_counts_at_once() -> None:
    made = engine()
    assert made.portrait(MARR.id).statements == 2
    made.rule("Marr", "Ilse Marr", same=False)
    assert made.portrait(MARR.id).statements == 1
    assert made.portrait(SHORT.id).id == SHORT.id


def test_what_was_worked_out_is_good_for_a_while() -> None:
    now = 0.0
    made = engine()
    room = Portraits(made.store, lambda: now)
    assert room.of(VANCE.id).who.articles == 1
    made.store.annotated([annotation(TWO)])
    assert room.of(VANCE.id).who.articles == 1
    now = LEAST
    assert room.of(VANCE.id).who.articles == 2


@pytest.mark.parametrize(("took", "good"), [(0.0, LEAST), (0.01, 0.01 * TIMES), (5.0, MOST)])
def test_what_took_long_is_good_for_long(took: float, good: float) -> None:
    times = iter([0.0, took, took + good * 0.99, took + good, took + good])
    made = engine()
    room = Portraits(made.store, lambda: next(times))
    assert room.of(VANCE.id).who.articles == 1
    made.store.annotated([annotation(TWO)])
    assert room.of(VANCE.id).who.articles == 1
    assert room.of(VANCE.id).who.articles == 2


def test_who_is_not_there_is_not_found() -> None:
    made = engine()
    with pytest.raises(NotFoundError):
        made.portrait("enobody")
    with pytest.raises(NotFoundError):
        made.portrait(MARR.id, which=2)


def test_namesakes_are_told_apart_by_their_offices() -> None:
    made = Engine(MemoryStore())
    one = replace(MARR, roles=("French minister",), aliases=())
    other = replace(MARR, roles=("German minister",), aliases=())
    made.store.keep([harvest(article_) for article_ in (ONE, TWO, THREE)])
    made.store.annotated(
        [
            annotation(ONE, entities=(one,)),
            annotation(TWO, entities=(one,)),
            annotation(THREE, statement(1, other), entities=(other,)),
        ]
    )
    first, second = made.portrait(MARR.id), made.portrait(MARR.id, which=2)
    assert (first.who.articles, first.statements) == (2, 0)
    assert (second.who.articles, second.statements) == (1, 1)
    assert len(first.namesakes) == 2
    assert [count.articles for count in made.most_named(EntityKind.PERSON)] == [3]


def test_what_is_disputed_is_found_once_and_again_when_a_story_grows() -> None:
    made = Engine(MemoryStore())
    made.load_sample()
    made.annotate()
    made.group()
    compared = made.compare_changed()
    assert compared > 0
    assert made.compare_changed() == 0
    found = made.disputes([one.id for one in made.stories()])
    assert any(one.relation and one.heading for one in found.values())


def test_what_is_hot_is_of_the_newest_day() -> None:
    made = Engine(MemoryStore())
    assert made.hot() == ()
    made.load_sample()
    made.annotate()
    made.group()
    hot = made.hot(limit=3)
    assert [number for _, number in hot] == sorted((number for _, number in hot), reverse=True)
    assert hot
    days = made.coverage([one.id for one, _ in hot])
    assert all(len(held) for held in days.values())


def test_where_somebody_tends_them_nobody_waits_for_what_is_too_old() -> None:
    now = 0.0
    made = engine()
    room = Portraits(made.store, lambda: now)
    room.tend(1.0, lambda _: None)
    made.store.annotated([annotation(TWO)])
    now = LEAST
    assert room.of(VANCE.id).who.articles == 1, "as it was, which is made anew meanwhile"
    room.tend(1.0, lambda _: None)
    assert room.of(VANCE.id).who.articles == 2
    made.store.annotated([annotation(THREE, entities=(VANCE,))])
    now += 1_000
    assert room.of(VANCE.id).who.articles == 3, "nobody tends them any more"
