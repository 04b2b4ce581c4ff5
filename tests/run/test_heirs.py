"""Who follows a story, and what was said of it, stays with its larger part; and undoing leaves everything as it was."""

from __future__ import annotations

from contextlib import closing
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.engine import Engine
from readout.errors import InputError
from readout.models import OWNER, ArticleId, Draft, How, Judgement, Matter, On, story_id
from readout.run.heirs import partings
from readout.store.base import Store
from readout.store.memory import MemoryStore
from readout.store.sqlite import SQLiteStore
from tests.builders import harvest
from tests.group.world import MATTERS, told, world
from tests.run.test_judging import MOVES, doubtful, matter

ANNA = OWNER.id
FERRY = [told("ferry", number, days=number).id for number in range(3)]
PARTS = [part for size in (1, 2) for part in combinations(range(3), size)]


def archive(store: Store | None = None) -> Engine:
    """Three stories of three articles each."""
    engine = Engine(MemoryStore() if store is None else store)
    engine.store.keep([harvest(one) for one in world()])
    engine.group()
    return engine


@pytest.fixture
def engine() -> Engine:
    return archive()


def of(engine: Engine, article: ArticleId) -> str:
    """The story of that article."""
    (seat,) = engine.assignments([article])
    return seat.story


def follow(engine: Engine, story: str) -> None:
    engine.regard(ANNA, "followed", "story", story, "as it was called")


def follows(engine: Engine) -> set[str]:
    """The stories that are followed; the button of each, and of no other, says so."""
    found: set[str] = {engine.story(one.value).id for one in engine.regards(ANNA, How.FOLLOWED, Matter.STORY)}
    stories = [one.id for one in engine.stories()]
    assert engine.regarded(ANNA, How.FOLLOWED, Matter.STORY, stories) == found
    return found


def say(engine: Engine, story: str, text: str) -> str:
    return engine.say(OWNER, On.STORY, story, Draft(text)).id


def said(engine: Engine, story: str) -> list[str]:
    """What is shown of comments on that story: as many as are counted, each of them led to from itself."""
    found = [one.comment for one in engine.threads(On.STORY, story)]
    assert engine.count_comments(On.STORY, story) == len(found)
    assert {engine.story(engine.comment(one.id).subject).id for one in found} <= {story}
    return [one.text for one in found]


def kept(engine: Engine) -> object:
    """What a reader sees of what is followed and was said, wherever it is."""
    stories = sorted(one.id for one in engine.stories())
    return follows(engine), {one: said(engine, one) for one in stories}


@pytest.mark.parametrize("part", PARTS)
def test_a_split_leaves_followers_and_comments_with_the_larger_part(engine: Engine, part: tuple[int, ...]) -> None:
    before = matter(engine, "ferry").id
    follow(engine, before)
    say(engine, before, "Which pier?")
    whole = kept(engine)
    judgement = engine.split(before, [FERRY[at] for at in part])
    larger = part if len(part) == 2 else [at for at in range(3) if at not in part]
    goes_on = of(engine, FERRY[larger[0]])
    (alone,) = {of(engine, one) for one in FERRY} - {goes_on}
    assert engine.story(goes_on).articles == 2
    assert follows(engine) == {goes_on}
    assert (said(engine, goes_on), said(engine, alone)) == (["Which pier?"], [])
    after = engine.goes_on(alone)
    assert (after.id if after else alone) == (goes_on if alone == before else alone)
    engine.undo(judgement.id)
    assert kept(engine) == whole


def test_it_is_the_same_in_a_database(tmp_path: Path) -> None:
    with closing(SQLiteStore.open(tmp_path / "readout.db")) as store:
        engine = archive(store)
        before = matter(engine, "ferry").id
        follow(engine, before)
        say(engine, before, "Which pier?")
        judgement = engine.split(before, [FERRY[0]])
        assert follows(engine) == {of(engine, FERRY[1])}
        assert said(engine, of(engine, FERRY[1])) == ["Which pier?"]
        assert engine.judgements()[0].judgement == judgement
        engine.undo(judgement.id)
        assert follows(engine) == {before}


def test_what_is_moved_away_takes_neither_address_nor_followers_along(engine: Engine) -> None:
    before = matter(engine, "ferry").id
    follow(engine, before)
    say(engine, before, "Which pier?")
    for at in (0, 1):
        engine.move(FERRY[at], matter(engine, "steel").id)
    rest = of(engine, FERRY[2])
    assert engine.goes_on(before) == engine.story(rest)
    assert engine.story(before).id in {rest, of(engine, FERRY[0])}
    assert follows(engine) == {rest}
    assert said(engine, rest) == ["Which pier?"]
    engine.undo()
    assert follows(engine) == {of(engine, FERRY[1])}
    engine.undo()
    assert follows(engine) == {before} == {of(engine, FERRY[0])}


def test_one_article_can_be_followed_besides_where_its_story_went_on(engine: Engine) -> None:
    before = matter(engine, "ferry").id
    follow(engine, before)
    engine.split(before, [FERRY[0]])
    rest = of(engine, FERRY[1])
    follow(engine, before)
    say(engine, before, "Of this one alone.")
    assert follows(engine) == {before, rest}
    assert (said(engine, before), said(engine, rest)) == (["Of this one alone."], [])
    engine.disregard(ANNA, "followed", "story", rest)
    assert follows(engine) == {before}
    engine.undo()
    assert follows(engine) == {before}
    assert said(engine, before) == ["Of this one alone."]


def test_who_follows_no_more_does_so_after_the_undoing_too(engine: Engine) -> None:
    before = matter(engine, "ferry").id
    follow(engine, before)
    engine.split(before, [FERRY[0]])
    assert engine.disregard(ANNA, "followed", "story", of(engine, FERRY[1]))
    assert follows(engine) == set()
    engine.undo()
    assert follows(engine) == set()


def test_what_people_put_together_goes_its_own_ways_again(engine: Engine) -> None:
    ferry, steel = matter(engine, "ferry").id, matter(engine, "steel").id
    engine.split(steel, [told("steel", 2, days=2).id])
    small = engine.story(of(engine, told("steel", 2, days=2).id)).id
    follow(engine, small)
    engine.merge(small, ferry)
    assert follows(engine) == {of(engine, FERRY[0])}
    engine.split(of(engine, FERRY[0]), [told("steel", 2, days=2).id])
    assert follows(engine) == {small}


def test_what_was_asked_and_parted_keeps_its_followers_too(engine: Engine) -> None:
    before = matter(engine, "ferry").id
    follow(engine, before)
    first, _, last = engine.chosen(engine.members(before))
    doubtful(engine.store, last, first)
    engine.take(last.id)
    sizes = {engine.story(of(engine, one)).articles: of(engine, one) for one in FERRY}
    assert follows(engine) == {sizes[2]}


@settings(max_examples=20, deadline=None)
@given(MOVES, st.randoms(use_true_random=False))
def test_whatever_is_said_follows_and_comments_are_each_in_one_place_and_come_back(
    moves: list[tuple[str, int, int]], random: Random
) -> None:
    engine, judged = archive(), list[Judgement]()
    for name in MATTERS:
        follow(engine, matter(engine, name).id)
        say(engine, matter(engine, name).id, name)
    before, rows = kept(engine), engine.store.regards(ANNA)
    ids = [one.id for one in world()]
    for kind, one, other in moves:
        here, there = of(engine, ids[one]), of(engine, ids[other])
        try:
            if kind == "M":
                judged.append(engine.merge(here, there))
            elif kind == "S":
                judged.append(engine.split(here, [ids[one]]))
            else:
                judged.append(engine.move(ids[one], there))
        except InputError:
            continue
        places = [text for story in engine.stories() for text in said(engine, story.id)]
        assert sorted(places) == sorted(MATTERS)
        assert follows(engine) == {story.id for story in engine.stories() if said(engine, story.id)}
    random.shuffle(judged)
    for judgement in judged:
        engine.undo(judgement.id)
    assert kept(engine) == before
    assert engine.store.regards(ANNA) == rows


def test_where_a_story_may_have_gone_on_is_told_of_every_time(engine: Engine) -> None:
    before = matter(engine, "ferry").id
    engine.split(before, [FERRY[0]])
    engine.move(FERRY[1], matter(engine, "steel").id)
    told_ = partings(engine.judgements())
    assert told_.ends() == {before: {FERRY[2]}, story_id(FERRY[1]): {FERRY[2]}}
    assert told_.goes_on(before) == FERRY[2]
    engine.undo()
    assert partings(engine.judgements()).goes_on(before) == FERRY[1]


def test_a_judgement_keeps_the_headlines_that_stories_had(engine: Engine) -> None:
    ferry, steel = matter(engine, "ferry"), matter(engine, "steel")
    assert ferry.headline
    assert steel.headline
    assert engine.merge(ferry.id, steel.id).headlines == (ferry.headline.text, steel.headline.text)
    assert engine.judgements()[0].judgement.headlines == (ferry.headline.text, steel.headline.text)
