"""What every store tells of names, outlets and coverage: a test class inherits this and says how to open one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from readout.models import (
    Article,
    CopyGroup,
    DayCount,
    EntityKind,
    Mention,
    NameCount,
    Regrouping,
    Reprinting,
    RoleTold,
    Span,
    StoryCount,
    StoryId,
    outlet_id,
    story_id,
)
from readout.store.base import Store
from tests.builders import NOON, article, harvest, published
from tests.store.annotating import MARR, VANCE, annotation, statement
from tests.store.grouping import assignment, coverage, footprint

DAY = timedelta(days=1)
TODAY = NOON.date()
EPOCH = date(1970, 1, 1)


def on_day(title: str, days: int, outlet: str = "The Harbour Post") -> Article:
    """An article of that many days after the first."""
    return article(title, outlet=outlet, published=published(NOON + days * DAY))


ONE, TWO, THREE = on_day("One", 0), on_day("Two", 1, "Coast Radio"), on_day("Three", 1)


def seated(*seats: tuple[Article, Article]) -> Regrouping:
    """Each of those articles in the story that the other founded, on its day."""
    founders = {founder.id: founder for _, founder in seats}
    counts = Counter(founder.id for _, founder in seats)
    return Regrouping(
        0,
        footprints=tuple(footprint(one) for one, _ in seats),
        assignments=tuple(assignment(one, story_id(founder.id), _day(one)) for one, founder in seats),
        stories=tuple(replace(coverage(founders[id_]), articles=number) for id_, number in counts.items()),
    )


def _day(one: Article) -> int:
    assert one.published
    return (one.published.at.date() - EPOCH).days


class NamingContract(ABC):
    """Inherit it, and say what `opened` is."""

    @abstractmethod
    def opened(self) -> Store:
        """A new, empty store."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A new store with three articles, closed after the test; nothing is wrong with what the test left in it."""
        with closing(self.opened()) as opened:
            opened.keep([harvest(ONE), harvest(TWO), harvest(THREE)])
            yield opened
            assert list(opened.check()) == []

    def test_an_entity_is_known_by_its_id(self, store: Store) -> None:
        store.annotated([annotation(ONE), annotation(TWO)])
        (known,) = store.known_as(MARR.id)
        assert (known.name, known.forms, known.roles, known.articles) == ("Ilse Marr", ("Marr",), ("minister",), 2)
        assert not any(map(store.known_as, ("enobody", "'%\0", "")))

    def test_sayings_come_the_latest_first_by_time_of_saying_or_else_of_the_article(self, store: Store) -> None:
        early, plain, late = statement(1, MARR, NOON - DAY), statement(2, MARR), statement(3, MARR, NOON + 3 * DAY)
        store.annotated([annotation(ONE, early, statement(4, VANCE), late), annotation(TWO, plain)])
        who = store.known_as(MARR.id)
        found = store.sayings(who)
        assert [(one.statement.id, one.article.title, one.number) for one in found] == [
            ("s3", "One", 3),
            ("s2", "Two", 1),
            ("s1", "One", 1),
        ]
        assert store.count_sayings(who) == 3
        assert [one.statement.id for one in store.sayings(who, limit=1, offset=1)] == ["s2"]
        assert store.sayings(()) == store.sayings(who, limit=0) == []

    def test_who_is_named_in_what_another_says_is_spoken_of(self, store: Store) -> None:
        named = replace(VANCE, mentions=(Mention(Span(0, 3), "name"),))
        store.annotated([annotation(ONE, statement(1, MARR), statement(2, named), entities=(MARR, named))])
        assert [one.statement.id for one in store.spoken_of(store.known_as(VANCE.id))] == ["s1"]
        assert store.spoken_of(store.known_as(MARR.id)) == []

    def test_days_and_roles_tell_when_a_name_was_met(self, store: Store) -> None:
        former = replace(MARR, roles=("minister", "deputy"))
        store.annotated([annotation(ONE), annotation(TWO, entities=(former,)), annotation(THREE, entities=(VANCE,))])
        who = store.known_as(MARR.id)
        assert store.days_named(who) == [DayCount(TODAY, 1), DayCount(TODAY + DAY, 1)]
        assert store.roles_told(who) == [
            RoleTold("minister", 2, TODAY, TODAY + DAY),
            RoleTold("deputy", 1, TODAY + DAY, TODAY + DAY),
        ]

    def test_the_most_named_are_counted_and_counted_anew_when_annotated_again(self, store: Store) -> None:
        store.annotated([annotation(ONE, statement(1, MARR)), annotation(TWO, entities=(MARR,))])
        assert store.most_named(EntityKind.PERSON) == [
            NameCount(MARR.id, EntityKind.PERSON, "Ilse Marr", 2, 1),
            NameCount(VANCE.id, EntityKind.PERSON, "Teodor Vance", 1, 0),
        ]
        assert [one.name for one in store.most_named(EntityKind.PERSON, speaking=True)] == ["Ilse Marr"]
        store.annotated([annotation(ONE, statement(1, VANCE), entities=(VANCE,))])
        counts = {(one.name, one.articles, one.statements) for one in store.most_named(EntityKind.PERSON)}
        assert counts == {("Ilse Marr", 1, 0), ("Teodor Vance", 1, 1)}
        assert store.most_named(EntityKind.PLACE) == []

    def test_stories_of_who_is_named_and_of_an_outlet(self, store: Store) -> None:
        story, other = story_id(ONE.id), story_id(TWO.id)
        assert store.regroup(seated((ONE, ONE), (TWO, TWO), (THREE, TWO)))
        store.annotated([annotation(one) for one in (ONE, TWO, THREE)])
        assert store.stories_naming(store.known_as(MARR.id)) == [StoryCount(other, 2), StoryCount(story, 1)]
        assert store.stories_of_outlet(outlet_id("Harbour Post")) == [StoryCount(other, 1), StoryCount(story, 1)]
        assert store.stories_of_outlet(outlet_id("Coast Radio"), limit=1) == [StoryCount(other, 1)]

    def test_days_of_stories_and_outlets(self, store: Store) -> None:
        story = story_id(ONE.id)
        assert store.regroup(seated((ONE, ONE), (TWO, ONE), (THREE, ONE)))
        days = (DayCount(TODAY, 1), DayCount(TODAY + DAY, 2))
        assert store.days_of_stories([story, StoryId("sx")]) == {story: days}
        mine = outlet_id("Harbour Post")
        assert store.days_of_outlet(mine) == [DayCount(TODAY, 1), DayCount(TODAY + DAY, 1)]
        assert store.days_of_outlet(mine, days=1) == [DayCount(TODAY + DAY, 1)]
        assert store.days_of_outlet(outlet_id("Nobody")) == []

    def test_what_is_hot_is_in_most_articles_of_those_days(self, store: Store) -> None:
        story, other = story_id(ONE.id), story_id(TWO.id)
        assert store.regroup(seated((ONE, ONE), (TWO, TWO), (THREE, TWO)))
        assert set(store.coverages([story, StoryId("sx")])) == {story}
        assert store.newest_day(TODAY) == TODAY
        assert store.newest_day(TODAY + 9 * DAY) == store.newest_day(TODAY - DAY) == TODAY + DAY
        assert store.hot(TODAY, TODAY + DAY) == [StoryCount(other, 2), StoryCount(story, 1)]
        assert store.hot(TODAY, TODAY, limit=5) == [StoryCount(story, 1)]
        assert store.hot(TODAY + 2 * DAY, TODAY + 3 * DAY) == []

    def test_reprints_tell_whom_an_outlet_takes_from_and_who_takes_from_it(self, store: Store) -> None:
        group = CopyGroup(ONE.id, (TWO.id,), None, "why")
        assert store.regroup(Regrouping(0, copying=(ONE.id, TWO.id), groups=(group,)))
        mine, theirs = outlet_id("Harbour Post"), outlet_id("Coast Radio")
        assert store.reprints(theirs) == ([Reprinting(mine, "The Harbour Post", 1)], [])
        assert store.reprints(mine) == ([], [Reprinting(theirs, "Coast Radio", 1)])
        credited = replace(group, agency="AFP")
        assert store.regroup(Regrouping(1, copying=(ONE.id, TWO.id), groups=(credited,)))
        assert store.reprints(theirs) == ([Reprinting(None, "AFP", 1, credited=True)], [])
