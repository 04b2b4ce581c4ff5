"""Grouping an archive: what is new is placed, in any order and any batches to the same stories; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.engine import Engine
from readout.group.footprint import GROUPER
from readout.models import Article, ArticleKind, Coverage, Credit, GroupingReport, Level, Regrouping, StoryId
from readout.run import annotating, grouping
from readout.run.base import silent
from readout.run.held import Held
from readout.store.base import Store
from readout.store.memory import MemoryStore
from readout.store.sqlite import SQLiteStore
from tests.builders import article, harvest
from tests.group.world import MATTERS, START, told, world

Snapshot = tuple[list[Coverage], dict[str, StoryId]]


def grouped(*batches: Iterable[Article]) -> MemoryStore:
    """An archive of those, grouped after each batch."""
    store = MemoryStore()
    for batch in batches:
        store.keep([harvest(one) for one in batch])
        grouping.group(store, silent)
    return store


def seen(store: Store) -> Snapshot:
    """What a reader sees of its stories."""
    return list(store.stories(limit=1000)), {one.article: one.story for one in store.assignments()}


def copied(of: Article, outlet: str) -> Article:
    """Another outlet's reprint of an article, under a headline of its own, which says whose text it is."""
    return replace(of, outlet=outlet, title=f"{outlet} reports", credits=(Credit(of.outlet or ""),))


LONG = article(
    "Envoys agree on a draft for the river Vessa",
    *(
        f"Paragraph {number}: the envoys of both towns spoke about {word} for {number + 2} hours and agreed on"
        f" a date in April, said the host of the meeting, who had offered {word} to each of them before."
        for number, word in enumerate("water salmon bridges fees timber dams ferries maps".split())
    ),
    outlet="Meridian",
    published=told("ferry", 0).published,
)


def test_an_undated_article_is_of_the_day_it_was_captured_first() -> None:
    undated, dated = told("ferry", 0, dated=False), told("ferry", 1, days=3)
    store = MemoryStore()
    store.keep([harvest(undated, dated, captured=START + timedelta(days=9))])
    store.keep([harvest(undated, captured=START + timedelta(days=3, hours=1))])
    grouping.group(store, silent)
    days = {one.article: one.day for one in store.footprints()}
    assert days[undated.id] == days[dated.id] is not None
    (why,) = (one for one in Engine(store).alike(undated.id, dated.id) if one.fact.endswith("_days"))
    assert why.evidence == "0 days apart"


def test_an_undated_article_of_nobody_knows_when_has_no_day() -> None:
    store = MemoryStore()
    store.keep([harvest(told("ferry", 0, dated=False), captured=None)])
    grouping.group(store, silent)
    assert [one.day for one in store.footprints()] == [None]


def test_articles_about_one_matter_are_one_story() -> None:
    store = grouped(world())
    assert store.count_stories() == len(MATTERS)
    for story in store.stories():
        titles = [one.title for one in store.chosen(store.members(story.id))]
        assert (story.articles, story.independent + story.copies) == (3, 3)
        assert story.headline
        assert story.headline.text in titles


def test_what_was_done_is_reported_and_not_done_again() -> None:
    store = MemoryStore()
    store.keep([harvest(one) for one in world()])
    told_of: list[tuple[int, int | None]] = []
    report = grouping.group(store, lambda done, total: told_of.append((done, total)))
    assert report == GroupingReport(9, 3, sum(one.copies for one in store.stories()))
    assert told_of == [(9, 9)]
    state, before = store.state(), seen(store)
    assert grouping.group(store, silent) == GroupingReport()
    store.keep([harvest(one) for one in world()])
    assert grouping.group(store, silent) == GroupingReport()
    assert (store.state(), seen(store)) == (state, before)


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 9))
def test_no_order_and_no_batches_change_the_stories(random: Random, size: int) -> None:
    articles = world()
    random.shuffle(articles)
    batches = [articles[at : at + size] for at in range(0, len(articles), size)]
    assert seen(grouped(*batches)) == seen(grouped(world()))


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 5))
def test_a_desk_that_is_made_anew_each_time_and_one_that_lets_go_of_all_find_the_same(
    random: Random, size: int
) -> None:
    articles = [*world(), *(copied(LONG, name) for name in ("Kanal", "Ledger")), LONG, replace(LONG, outlet="Gazette")]
    random.shuffle(articles)
    anew, held, forgetful = MemoryStore(), MemoryStore(), MemoryStore()
    desk, lean = Held(), Held()
    for at in range(0, len(articles), size):
        for store, kept in ((anew, None), (held, desk), (forgetful, lean)):
            store.keep([harvest(one) for one in articles[at : at + size]])
            if lean.desk and kept is lean:
                lean.desk.clear()
            grouping.group(store, silent, kept)
    assert seen(anew) == seen(held) == seen(forgetful)
    assert anew.copies() == held.copies() == forgetful.copies()


def test_a_story_that_gains_an_earlier_article_keeps_its_id_as_a_way_to_it() -> None:
    first, second, third = (told("ferry", number, days=number) for number in range(3))
    store = grouped([second, third])
    (before,) = store.stories()
    store.keep([harvest(first)])
    grouping.group(store, silent)
    (after,) = store.stories()
    assert store.story(before.id) == store.story(after.id) == after
    assert (after.articles, after.founder) == (3, first.id)


def test_copies_are_folded_and_count_once() -> None:
    reprints = [copied(LONG, name) for name in ("Kanal", "Ledger", "Gazette")]
    for store in (grouped([LONG, *reprints]), grouped(reprints[:1], [LONG], reprints[1:])):
        (story,) = store.stories()
        assert (story.articles, story.independent, story.copies) == (4, 1, 3)
        assert (story.outlets, set(story.reprinting)) == (("Meridian",), {"Kanal", "Ledger", "Gazette"})
        group = store.copy_groups([reprints[0].id])[reprints[0].id]
        assert (group.origin, set(group.reprints)) == (LONG.id, {one.id for one in reprints})


def test_what_has_no_text_is_in_no_story() -> None:
    bare = replace(article("Ferry delayed"), kind=ArticleKind.HEADLINE, paragraphs=())
    store = grouped([bare])
    assert (store.count_stories(), list(store.assignments()), store.count_ungrouped(GROUPER)) == (0, [], 0)


def test_articles_that_turn_out_to_be_one_are_one_in_their_story() -> None:
    unsigned = replace(told("ferry", 0), outlet=None)
    store = grouped([unsigned, *(told("ferry", number, days=number) for number in (1, 2))])
    before = {one.article for one in store.assignments()}
    store.keep([harvest(told("ferry", 0), article("Talks resume"))])
    grouping.group(store, silent)
    after = {one.article for one in store.assignments()}
    assert unsigned.own in before
    assert after == {one.id for one in store.articles()}
    assert list(store.vanished()) == []
    assert [one.articles for one in store.stories() if one.articles > 1] == [3]


def test_annotating_afterwards_places_again_to_the_same_stories() -> None:
    store = grouped(world())
    before = {one.id for one in store.stories()}
    annotating.annotate(store, silent)
    assert store.count_ungrouped(GROUPER) == 9
    grouping.group(store, silent)
    assert {one.id for one in store.stories()} == before


class Crashing(MemoryStore):
    """Ends in the middle of the second batch; or finds that somebody else was faster."""

    def __init__(self) -> None:
        super().__init__()
        self.changes = 0
        self.crash = self.late = -1

    def regroup(self, change: Regrouping) -> bool:
        self.changes += 1
        if self.changes == self.crash:
            raise KeyboardInterrupt
        if self.changes == self.late:
            assert super().regroup(replace(change, since=self.state()))
            return False
        return super().regroup(change)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "BATCH", 2)


@pytest.mark.usefixtures("small")
def test_a_crash_between_two_batches_loses_nothing() -> None:
    store = Crashing()
    store.crash = 3
    store.keep([harvest(one) for one in world()])
    with pytest.raises(KeyboardInterrupt):
        grouping.group(store, silent)
    assert len(store.footprints()) == len(store.assignments()) == 4
    grouping.group(store, silent)
    assert seen(store) == seen(grouped(world()))


@pytest.mark.usefixtures("small")
def test_who_groups_at_the_same_time_is_no_harm() -> None:
    store = Crashing()
    store.late = 2
    store.keep([harvest(one) for one in world()])
    grouping.group(store, silent)
    assert seen(store) == seen(grouped(world()))


def test_who_groups_again_and_again_holds_what_was_read_as_long_as_it_is_true() -> None:
    pages = [harvest(one) for one in world()]
    pages.insert(7, harvest(replace(world()[6], outlet=None), article("Talks resume")))
    store, once, held = MemoryStore(), MemoryStore(), Held()
    for number, page in enumerate(pages):
        store.keep([page])
        grouping.group(store, silent, held)
        if number == 4:
            story = max(store.stories(), key=lambda one: one.articles)
            Engine(store).split(story.id, store.members(story.id)[:1])
            Engine(store).undo()
    once.keep(pages)
    grouping.group(once, silent)
    assert seen(store) == seen(once)


def test_sqlite_and_memory_see_the_same(tmp_path: Path) -> None:
    articles: Sequence[Article] = [*world(), LONG, copied(LONG, "Kanal")]
    with closing(SQLiteStore.open(tmp_path / "readout.db")) as store:
        for some in (articles[:9], articles[9:-1], articles[-1:]):  # the latter by their own sketches alone
            store.keep([harvest(one) for one in some])
            grouping.group(store, silent)
        memory = grouped(articles)
        assert seen(store) == seen(memory)
        assert list(store.copies()) == list(memory.copies())
        assert store.check() == ()


@pytest.fixture(scope="module")
def sample() -> Engine:
    """The sample stories, grouped."""
    engine = Engine(MemoryStore())
    engine.load_sample()
    engine.group()
    return engine


def story_about(engine: Engine, words: str) -> Coverage:
    """The story that has an article with those words in its title."""
    (one, *_) = [one for one in engine.articles(limit=200) if words in one.title and one.kind is ArticleKind.ARTICLE]
    return engine.story(engine.assignments([one.id])[0].story)


def test_episodes_of_one_matter_are_one_storyline_and_others_are_none(sample: Engine) -> None:
    call, exchange = (story_about(sample, words) for words in ("Veldania rules out", "swap 42 detainees"))
    assert call.id != exchange.id
    assert call.storyline == exchange.storyline
    assert call.storyline
    line = sample.story(call.storyline)
    assert line.level is Level.STORYLINE
    assert {call.id, exchange.id} <= {one.id for one in sample.episodes(line.id)}
    assert line.articles == sum(one.articles for one in sample.episodes(line.id))
    for words in ("Ironvale", "Sula Maid", "bakery"):
        assert story_about(sample, words).storyline is None


def test_a_call_a_deadline_and_a_summit_are_three_episodes(sample: Engine) -> None:
    told = (
        "Valtec says ready to slow",
        "Caldrian deadline on dam passes",
        "Valtec, Okell to meet in Eskby on April 24",
    )
    found = [story_about(sample, words) for words in told]
    assert len({one.id for one in found}) == 3
    assert len({one.storyline for one in found}) == 1


def test_judging_one_story_leaves_other_storylines_alone(sample: Engine) -> None:
    before = seen(sample.store)
    steel, ferry = (story_about(sample, words) for words in ("Ironvale", "Sula Maid"))
    sample.merge(steel.id, ferry.id)
    lines = {one.id: one.storyline for one in sample.stories()}
    assert all(lines.get(one.id) == one.storyline for one in before[0] if one.storyline)
    sample.undo()
    assert seen(sample.store) == before


def test_merging_episodes_and_undoing_it_keeps_the_storyline(sample: Engine) -> None:
    before = seen(sample.store)
    call, exchange = (story_about(sample, words) for words in ("Veldania rules out", "swap 42 detainees"))
    sample.merge(call.id, exchange.id)
    assert story_about(sample, "swap 42 detainees").id == call.id
    sample.undo()
    assert seen(sample.store) == before


def test_of_very_many_episodes_only_the_latest_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(MemoryStore())
    engine.load_sample()
    monkeypatch.setattr("readout.run.placing.MOST", 2)
    engine.group()
    stories = engine.stories(limit=100)
    lines = {one.storyline for one in stories if one.storyline}
    assert lines
    for line in lines:
        held = [one.id for one in stories if one.storyline == line]
        assert sorted(one.id for one in engine.episodes(line)) == sorted(held)
        assert len(held) > 1
    assert engine.check() == ()
