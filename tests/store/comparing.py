"""What every store keeps of comparisons: a test class inherits this and says how to open one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from readout.models import (
    Account,
    Article,
    Assignment,
    Change,
    ChangeId,
    ChangeKind,
    Compared,
    Comparison,
    CopyGroup,
    Coverage,
    Dispute,
    Due,
    Excerpt,
    Footprint,
    Ground,
    Grounds,
    Laid,
    Level,
    Party,
    Point,
    PointId,
    Regrouping,
    Relation,
    StatementId,
    StoryId,
    Verdict,
    story_id,
)
from readout.store.base import Store
from tests.builders import NOON, article, harvest
from tests.store.annotating import annotation, statement

ONE, TWO, THREE = (article(one, outlet=one) for one in ("Coast", "Radio", "Tradewind"))
STORY, OTHER = story_id(ONE.id), story_id(THREE.id)


def grouped(*places: tuple[Article, Article], since: int = 0, ended: tuple[StoryId, ...] = ()) -> Regrouping:
    """Articles in the stories that others founded."""
    stories = {story_id(founder.id): founder for _, founder in places}
    counts = {story: sum(story_id(founder.id) == story for _, founder in places) for story in stories}
    return Regrouping(
        since,
        tuple(Footprint(one.id, one.edition, "group/0", "test/1", "harbour") for one, _ in places),
        assignments=tuple(
            Assignment(one.id, story_id(one.id), story_id(founder.id), Verdict.JOINS, 1.0, day=number)
            for number, (one, founder) in enumerate(places)
        ),
        stories=tuple(Coverage(one, Level.EPISODE, founder.id, counts[one], None) for one, founder in stories.items()),
        ended=ended,
    )


def laid(story: StoryId, own: str = "own") -> Laid:
    """A comparison with something of everything that can be hard to keep."""
    said = statement(1, None, NOON)
    point = Point(
        PointId("p1"),
        "who called '%\0",
        Relation.CONTRADICT,
        (Account("Caldria", (said.id, StatementId("x" * 17))),),
        (),
        0.75,
    )
    change = Change(ChangeId("c1"), ChangeKind.POINT, NOON, "heading", "detail", point.id, (said.id,))
    whole = Compared(Comparison((Party("Caldria", ("Ada",)),), (point,)), (), changes=(change,))
    excerpt = Excerpt(whole, 1, (annotation(ONE, said),))
    dispute = Dispute(story, 2, 0, NOON, point.id, point.relation, point.heading)
    return Laid(story, Grounds(own, "around"), whole, (TWO.id,), excerpt, dispute)


class ComparingContract(ABC):
    """Inherit it, and say what `opened` is."""

    @abstractmethod
    def opened(self) -> Store:
        """A new, empty store."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A store with two stories, one of two articles."""
        with closing(self.opened()) as opened:
            opened.keep([harvest(ONE, TWO, THREE)])
            opened.regroup(grouped((ONE, ONE), (TWO, ONE), (THREE, THREE)))
            yield opened

    def test_a_story_of_two_articles_is_due_when_it_changes_and_no_other(self, store: Store) -> None:
        assert (store.due_comparisons(), store.count_due()) == ([Due(STORY, 2, 1)], 1)
        store.cross_off(Due(STORY, 2, 1))
        assert (store.due_comparisons(), store.count_due()) == ([], 0)
        store.regroup(grouped((THREE, ONE), since=1, ended=(OTHER,)))
        assert store.due_comparisons() == [Due(STORY, 3, 2)]

    def test_what_changed_meanwhile_stays_due(self, store: Store) -> None:
        before = store.due_comparisons()[0]
        store.regroup(grouped((TWO, ONE), since=1))
        store.cross_off(before)
        assert store.due_comparisons() == [Due(STORY, 2, 2)]

    def test_copies_that_change_make_a_story_due(self, store: Store) -> None:
        store.cross_off(store.due_comparisons()[0])
        store.regroup(Regrouping(1, copying=(ONE.id, TWO.id), groups=(CopyGroup(ONE.id, (TWO.id,), None, "why"),)))
        assert store.due_comparisons() == [Due(STORY, 2, 2)]

    def test_the_least_comes_first_or_what_waits_longest(self, store: Store) -> None:
        more = [article(one, outlet=one) for one in ("Aftermath", "Bridges", "Causeway")]
        store.keep([harvest(*more)])
        store.regroup(grouped(*((one, THREE) for one in (THREE, *more)), since=1))
        store.regroup(grouped((TWO, ONE), since=2))
        assert [one.articles for one in store.due_comparisons()] == [2, 4]
        assert [one.story for one in store.due_comparisons(longest=True)] == [STORY, OTHER]
        store.cross_off(store.due_comparisons()[0])
        store.regroup(grouped((TWO, ONE), since=3))
        assert [one.story for one in store.due_comparisons(longest=True)] == [OTHER, STORY]
        assert [one.story for one in store.due_comparisons(limit=1)] == [STORY]

    def test_what_is_kept_comes_back_the_same_and_later_in_place_of_earlier(self, store: Store) -> None:
        assert (store.laid(STORY), store.excerpt(STORY), store.disputes([STORY])) == (None, None, {})
        for kept in (laid(STORY), laid(STORY, "later")):
            store.lay(kept)
            assert store.laid(STORY) == kept
            assert store.excerpt(STORY) == (kept.grounds, kept.excerpt)
            assert store.disputes([STORY, StoryId("sx")]) == {STORY: kept.dispute}

    def test_what_is_kept_goes_with_its_story(self, store: Store) -> None:
        store.lay(laid(STORY))
        store.regroup(grouped((ONE, THREE), (TWO, THREE), since=1, ended=(STORY,)))
        assert (store.laid(STORY), store.disputes([STORY])) == (None, {})
        assert [one.story for one in store.due_comparisons()] == [OTHER]
        store.lay(laid(STORY))
        assert store.laid(STORY) is None

    def test_grounds_are_the_articles_as_they_were_grouped(self, store: Store) -> None:
        store.regroup(Regrouping(1, copying=(ONE.id, TWO.id), groups=(CopyGroup(ONE.id, (TWO.id,), None, "why"),)))
        found = [Ground(one.id, one.edition, "test/1", ONE.id) for one in (ONE, TWO)]
        assert store.grounds(STORY) == found
        assert store.grounds(STORY, limit=1) == found[:1]
        assert store.grounds(StoryId("s' OR 1=1")) == []

    def test_an_empty_comparison_is_kept(self, store: Store) -> None:
        nothing = Compared(Comparison((), ()), ())
        kept = replace(laid(STORY), compared=nothing, earlier=(), excerpt=Excerpt(nothing, 0, ()))
        store.lay(kept)
        assert store.laid(STORY) == kept
