"""What people say of stories overrules every guess, and undoing it leaves everything as it was."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.engine import Engine
from readout.errors import InputError, NotFoundError
from readout.models import Article, ArticleKind, Coverage, Judgement, JudgementKind, Regrouping, Verdict
from readout.store.base import Store
from readout.store.memory import MemoryStore
from tests.builders import article, harvest
from tests.group.world import told, world
from tests.run.test_grouping import grouped, seen


@pytest.fixture
def engine() -> Engine:
    """Three stories of three articles each."""
    return Engine(grouped(world()))


def matter(engine: Engine, name: str) -> Coverage:
    """The story of that matter, wherever its first article is now."""
    (seat,) = engine.assignments([told(name, 0).id])
    return engine.story(seat.story)


def test_two_stories_become_one_and_two_again(engine: Engine) -> None:
    before = seen(engine.store)
    ferry, steel = matter(engine, "ferry"), matter(engine, "steel")
    said = engine.merge(ferry.id, steel.id, by="Ada", why="one owner")
    merged = matter(engine, "ferry")
    assert (merged.articles, engine.count_stories()) == (6, 2)
    assert engine.story(ferry.id) == engine.story(steel.id) == merged
    assert (said.by, said.why) == ("Ada", "one owner")
    undone = engine.undo(by="Bo")
    assert (undone.judgement, undone.undone_by) == (said, "Bo")
    assert seen(engine.store) == before


def test_an_article_leaves_its_story_and_comes_back(engine: Engine) -> None:
    before = seen(engine.store)
    one = told("ferry", 1)
    said = engine.split(matter(engine, "ferry").id, [one.id[:9]])
    alone = engine.assignments([one.id])[0].story
    assert list(engine.members(alone)) == [one.id]
    assert matter(engine, "ferry").articles == 2
    engine.undo(said.id)
    assert seen(engine.store) == before


def test_an_article_moves_and_comes_back(engine: Engine) -> None:
    before = seen(engine.store)
    one, steel = told("ferry", 0), matter(engine, "steel")
    engine.move(one.id, steel.id)
    assert one.id in engine.members(matter(engine, "steel").id)
    assert matter(engine, "ferry") == engine.story(steel.id)
    engine.undo()
    assert seen(engine.store) == before


def test_what_was_said_outlives_what_comes_later(engine: Engine) -> None:
    engine.split(matter(engine, "ferry").id, [told("ferry", 2).id])
    engine.store.keep([harvest(told("bakery", 1, days=2), article("Unrelated", "Nothing of all that is told here."))])
    engine.group()
    seats = {one.article: one.story for one in engine.assignments([told("ferry", 0).id, told("ferry", 2).id])}
    assert len(set(seats.values())) == 2


def test_judgements_that_come_first_or_last_make_the_same_stories() -> None:
    late = grouped(world())
    Engine(late).merge(matter(Engine(late), "ferry").id, matter(Engine(late), "steel").id)
    early = grouped(world()[:-1])
    Engine(early).merge(matter(Engine(early), "ferry").id, matter(Engine(early), "steel").id)
    early.keep([harvest(world()[-1])])
    Engine(early).group()
    assert seen(early)[1] == seen(late)[1]


MOVES = st.lists(st.tuples(st.sampled_from("MSV"), st.integers(0, 8), st.integers(0, 8)), max_size=6)


@settings(max_examples=25, deadline=None)
@given(MOVES, st.randoms(use_true_random=False))
def test_whatever_is_said_and_undone_in_any_order_leaves_nothing(
    moves: list[tuple[str, int, int]], random: Random
) -> None:
    engine = Engine(grouped(world()))
    before, said = seen(engine.store), list[Judgement]()
    ids = [one.id for one in world()]
    for kind, one, other in moves:
        here, there = (seat.story for at in (one, other) for seat in engine.assignments([ids[at]]))
        try:
            if kind == "M":
                said.append(engine.merge(here, there))
            elif kind == "S":
                said.append(engine.split(here, [ids[one]]))
            else:
                said.append(engine.move(ids[one], there))
        except InputError:
            continue
        assert sum(story.articles for story in engine.stories()) == 9
    random.shuffle(said)
    for judgement in said:
        engine.undo(judgement.id)
    assert seen(engine.store) == before


def test_what_makes_no_sense_is_refused(engine: Engine) -> None:
    ferry, steel = matter(engine, "ferry"), matter(engine, "steel")
    with pytest.raises(InputError, match="one story already"):
        engine.merge(ferry.id, ferry.id)
    with pytest.raises(InputError, match="is not in story"):
        engine.split(ferry.id, [told("steel", 0).id])
    with pytest.raises(InputError, match="leaves some of its articles"):
        engine.split(ferry.id, engine.members(ferry.id))
    with pytest.raises(InputError, match="already"):
        engine.move(told("ferry", 0).id, ferry.id)
    with pytest.raises(NotFoundError):
        engine.merge(ferry.id, "snonesuch")
    with pytest.raises(NotFoundError):
        engine.undo()
    said = engine.merge(ferry.id, steel.id)
    engine.undo(said.id)
    with pytest.raises(InputError, match="undone before"):
        engine.undo(said.id)
    with pytest.raises(NotFoundError):
        engine.undo("jnonesuch")
    assert [one.undone is not None for one in engine.judgements()] == [True]


def test_what_has_no_text_belongs_nowhere() -> None:
    store = MemoryStore()
    bare = article("Ferry delayed", kind=ArticleKind.HEADLINE)
    store.keep([harvest(bare, *world())])
    engine = Engine(store)
    engine.group()
    with pytest.raises(InputError, match="no text"):
        engine.move(bare.id, matter(engine, "ferry").id)
    assert engine.why(bare.id, matter(engine, "ferry").id) is None


def test_why_an_article_is_there_is_told_with_evidence(engine: Engine) -> None:
    ferry, steel = matter(engine, "ferry"), matter(engine, "steel")
    here, there = engine.why(told("ferry", 0).id, ferry.id), engine.why(told("ferry", 0).id, steel.id)
    assert here
    assert there
    assert here.score > 0.5 > there.score
    assert here.nearest in engine.members(ferry.id)
    assert "sula" in next(one.evidence for one in here.reasons if one.fact == "same_words")


def test_a_judgement_tells_all_that_was_said(engine: Engine) -> None:
    said = engine.split(matter(engine, "ferry").id, [told("ferry", 1).id])
    assert said.kind is JudgementKind.SPLIT
    assert said.articles == (told("ferry", 1).id,)
    assert set(said.others) == {told("ferry", 0).id, told("ferry", 2).id}


def sides(engine: Engine, name: str) -> tuple[Article, Article]:
    """The last and the first article of a matter's story."""
    first, *_, last = engine.chosen(engine.members(matter(engine, name).id))
    return last, first


def doubtful(store: Store, one: Article, other: Article) -> None:
    """Nobody can tell whether those two are of one story."""
    (seat,) = store.assignments([one.id])
    doubt = replace(seat, verdict=Verdict.UNSURE, nearest=other.id)
    assert store.regroup(Regrouping(since=store.state(), assignments=(doubt,)))


def test_what_may_be_two_stories_is_asked_and_becomes_two() -> None:
    engine = Engine(grouped(world()))
    one, other = sides(engine, "ferry")
    doubtful(engine.store, one, other)
    before = seen(engine.store)
    (asked,) = engine.suggestions()
    assert (asked.article, asked.nearest, asked.merges) == (one.id, other.id, False)
    assert engine.suggestions(asked.story) == engine.suggestions()
    taken = engine.take(one.id, by="Merryn")
    assert len({seat.story for seat in engine.assignments([one.id, other.id])}) == 2
    assert not engine.suggestions()
    engine.undo(taken.id)
    assert seen(engine.store)[0] == before[0]
    assert len(engine.suggestions()) == 1


def test_what_may_be_one_story_is_asked_and_becomes_one() -> None:
    one, other = told("ferry", 0), told("steel", 0)
    engine = Engine(grouped([one, other]))
    doubtful(engine.store, one, other)
    (asked,) = engine.suggestions()
    assert asked.merges
    engine.take(one.id)
    assert engine.count_stories() == 1
    assert not engine.suggestions()


def test_what_was_declined_is_not_asked_again_and_changes_nothing() -> None:
    engine = Engine(grouped(world()))
    one, other = sides(engine, "ferry")
    doubtful(engine.store, one, other)
    before = seen(engine.store)
    declined = engine.decline(one.id)
    assert declined.kind is JudgementKind.SAME
    assert seen(engine.store)[0] == before[0]
    assert not engine.suggestions()
    with pytest.raises(NotFoundError):
        engine.take(one.id)
