"""What every store does with stories and copies: a backend's test class inherits this and says how to open one."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from readout.errors import AmbiguousIdError, NotFoundError
from readout.models import (
    Article,
    ArticleId,
    Assignment,
    Copy,
    CopyGroup,
    CopyKind,
    Coverage,
    EditionId,
    Footprint,
    Headline,
    Judgement,
    JudgementKind,
    Level,
    Linkage,
    Reason,
    Regrouping,
    Span,
    StoryId,
    Verdict,
    story_id,
    storyline_id,
)
from readout.store.base import Store
from tests.builders import NOON, article, harvest
from tests.store.annotating import annotation

DAY = timedelta(days=1)
GROUPER = "test/1"
HALF = re.compile(r"in a story without a footprint|has articles, but is not kept|articles are told of, but")
ONE, TWO, THREE = article("One"), article("Two", outlet="Coast Radio"), article("Three", outlet="Tradewind")


def footprint(of: Article, **more: object) -> Footprint:
    """A footprint of that article."""
    made = Footprint(of.id, of.edition, GROUPER, "", of.outlet or "", NOON, DAY, None, ("AFP",), 9, 7, b"\0f", b"\1s")
    return replace(made, **more)  # type: ignore[arg-type]


def sketch(digest: int, *fingerprints: int) -> bytes:
    """A sketch as it is kept."""
    return digest.to_bytes(8, "big") + b"".join(one.to_bytes(4, "little") for one in fingerprints)


def assignment(of: Article, story: StoryId, day: int | None = 7) -> Assignment:
    """That article in that story, found there."""
    return Assignment(of.id, story_id(of.id), story, Verdict.JOINS, 0.75, ONE.id, day)


def coverage(founder: Article, independent: int = 1, days: int = 0, line: StoryId | None = None) -> Coverage:
    """An episode founded by that article."""
    headline = Headline(founder.title, founder.id, (Reason("is_early", 0.5, "'%\0"),))
    last = NOON + days * DAY
    return Coverage(
        story_id(founder.id),
        Level.EPISODE,
        founder.id,
        2,
        headline,
        ("A", "B"),
        ("C",),
        independent,
        1,
        NOON,
        last,
        line,
    )


def copy(original: Article, of: Article) -> Copy:
    """That article taken from the other."""
    return Copy(original.id, of.id, CopyKind.PARTIAL, 0.5, 0.25, 40, ("why",), (Span(1, 2),), (), identical=False)


def judgement(number: int = 0) -> Judgement:
    """A word on two articles, with what came of it."""
    at, why = NOON + number * DAY, "because '%\0"
    parted = (("A ferry", ""), ((ONE.id, TWO.id),))
    return Judgement(JudgementKind.MERGE, (ONE.id,), (TWO.id,), "reader", at, why, *parted)


class GroupingContract(ABC):
    """Inherit it, and say what `opened` is."""

    @abstractmethod
    def opened(self) -> Store:
        """A new, empty store."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A store with three articles, closed after the test; nothing is wrong with what the test left in it, but that
        many a test tells half of a story.
        """
        with closing(self.opened()) as opened:
            opened.keep([harvest(ONE), harvest(TWO), harvest(THREE)])
            yield opened
            assert [fault for fault in opened.check() if not HALF.search(fault)] == []

    def test_when_an_article_was_captured_first_is_told_where_that_is_sure(self, store: Store) -> None:
        new = article("Four", "Nobody knows when this was captured.", outlet="Kanal")
        store.keep([harvest(ONE, TWO, captured=NOON - DAY), harvest(new, captured=None)])
        asked = [ONE.id, THREE.id, new.id, ArticleId("anonesuch")]
        assert dict(store.captured(asked)) == {ONE.id: NOON - DAY, THREE.id: NOON}
        assert dict(store.captured([])) == {}

    def test_what_has_no_footprint_is_told_in_order(self, store: Store) -> None:
        ids = sorted(one.id for one in (ONE, TWO, THREE))
        assert [one.id for one in store.ungrouped(GROUPER)] == ids
        assert [one.id for one in store.ungrouped(GROUPER, after=ids[0], limit=1)] == ids[1:2]
        assert store.count_ungrouped(GROUPER) == 3
        assert store.regroup(Regrouping(0, footprints=(footprint(ONE), footprint(TWO), footprint(THREE))))
        assert list(store.ungrouped(GROUPER)) == []
        assert store.count_ungrouped("test/2") == 3

    def test_another_annotation_or_edition_wants_another_footprint(self, store: Store) -> None:
        store.regroup(Regrouping(0, footprints=(footprint(ONE), footprint(TWO, edition=EditionId("e")))))
        store.annotated([annotation(ONE)])
        assert {one.id for one in store.ungrouped(GROUPER)} == {ONE.id, TWO.id, THREE.id}
        store.regroup(Regrouping(1, footprints=(footprint(ONE, annotator="test/1"), footprint(TWO))))
        assert [one.id for one in store.ungrouped(GROUPER)] == [THREE.id]

    def test_footprints_and_assignments_come_back_as_they_were(self, store: Store) -> None:
        prints = (footprint(ONE), footprint(TWO, published=None, day=None, features=b"", sketch=b""))
        lined = replace(assignment(ONE, story_id(ONE.id)), storyline=storyline_id(ONE.id))
        seats = (lined, replace(assignment(TWO, story_id(ONE.id), None), nearest=None))
        store.regroup(Regrouping(0, footprints=prints, assignments=seats))
        ordered = sorted((ONE.id, TWO.id))
        assert [one.article for one in store.footprints()] == ordered
        assert set(store.footprints()) == set(prints)
        assert set(store.assignments()) == set(seats)
        assert store.footprints([TWO.id]) == [prints[1]]
        assert store.assignments([ONE.id, ArticleId("anone")]) == [seats[0]]
        assert (list(store.footprints([])), list(store.assignments([]))) == ([], [])

    def test_footprints_are_told_in_the_order_in_which_they_were_kept_last(self, store: Store) -> None:
        store.regroup(Regrouping(0, footprints=(footprint(TWO), footprint(ONE))))
        (first, two), (second, one) = store.footprints_after()
        assert (two, one) == (replace(footprint(TWO), sketch=b""), replace(footprint(ONE), sketch=b""))
        assert 0 < first < second
        assert list(store.footprints_after(second)) == []
        assert store.footprints_after(limit=1) == [(first, two)]
        store.regroup(Regrouping(1, footprints=(footprint(ONE, annotator="test/1"), footprint(TWO, day=9))))
        again = store.footprints_after(second)
        assert [told.article for _, told in again] == [ONE.id, TWO.id]
        assert store.footprints_after() == again
        store.regroup(Regrouping(2, gone=(ONE.id,)))
        assert (list(store.footprinted()), store.count_footprints()) == ([TWO.id], 1)

    def test_what_placing_goes_on_from_comes_by_article_by_what_stands_for_it_and_by_day(self, store: Store) -> None:
        first = Linkage(ONE.id, 7, None, 2, ((TWO.id, 0.1), (THREE.id, -2.5)), b"\1\0\0\0")
        behind, undated = Linkage(TWO.id, 7, ONE.id, 0), Linkage(THREE.id, None, None, 0, (), b"\2\0\0\0")
        prints = tuple(footprint(one) for one in (ONE, TWO, THREE))
        store.regroup(Regrouping(0, footprints=prints, linkages=(first, behind, undated)))
        assert set(store.linkages([ONE.id])) == {first, behind}
        assert list(store.linkages([TWO.id, ArticleId("anone")])) == [behind]
        assert list(store.filed((7, 9))) == [(ONE.id, 7, first.filed)]
        assert list(store.filed((8, 9))) == []
        assert list(store.filed(None)) == [(THREE.id, None, undated.filed)]
        assert (store.latest_filed(), store.latest_filed(7)) == (7, None)
        store.regroup(Regrouping(1, gone=(ONE.id,), linkages=(replace(behind, first=None, filed=b"\3\0\0\0"),)))
        assert list(store.linkages([ONE.id])) == []
        assert [one.first for one in store.linkages([TWO.id])] == [None]
        store.regroup(Regrouping(2, footprints=(footprint(ONE),)))

    def test_sketches_come_with_their_outlets_the_first_published_first(self, store: Store) -> None:
        prints = (footprint(ONE, published=None), footprint(TWO, published=NOON + DAY), footprint(THREE))
        store.regroup(Regrouping(0, footprints=prints))
        assert [id_ for id_, _, _ in store.footed()] == [THREE.id, TWO.id, ONE.id]
        assert store.footed()[0] == (THREE.id, "Tradewind", b"\1s")
        store.regroup(Regrouping(1, footprints=(footprint(ONE, sketch=b""),)))
        assert len(store.footed()) == 2

    def test_sketches_are_found_by_what_they_hold(self, store: Store) -> None:
        one, two, twin = sketch(1, 5, 6), sketch(2, 6, 2**32 - 1), sketch(1, 5, 6)
        prints = (footprint(ONE, sketch=one, published=NOON + DAY), footprint(TWO, sketch=two))
        store.regroup(Regrouping(0, footprints=prints))
        assert store.holding([6]) in (None, [(TWO.id, "Coast Radio", two), (ONE.id, ONE.outlet or "", one)])
        store.order_sketches()
        for _ in range(2):
            assert [id_ for id_, _, _ in store.holding([6]) or ()] == [TWO.id, ONE.id]
            assert [id_ for id_, _, _ in store.holding([2**32 - 1, 7]) or ()] == [TWO.id]
            assert [id_ for id_, _, _ in store.holding([1]) or ()] == [ONE.id]  # half of a digest
            assert store.holding([7]) == store.holding([]) == []
            store.order_sketches()
        store.regroup(Regrouping(1, footprints=(footprint(THREE, sketch=twin, published=None),)))
        assert [id_ for id_, _, _ in store.holding([5]) or ()] == [ONE.id, THREE.id]
        store.regroup(Regrouping(2, footprints=(footprint(TWO, sketch=sketch(3, 9)),), gone=(ONE.id,)))
        assert [id_ for id_, _, _ in store.holding([5]) or ()] == [THREE.id]
        assert [id_ for id_, _, _ in store.holding([9]) or ()] == [TWO.id]
        assert [id_ for id_, _, _ in store.footed([TWO.id, ONE.id, THREE.id])] == [TWO.id, THREE.id]

    def test_stories_are_found_by_the_names_they_turn_on(self, store: Store) -> None:
        one, two = story_id(ONE.id), story_id(TWO.id)
        prints = tuple(footprint(each) for each in (ONE, TWO))
        seats = tuple(replace(assignment(each, story_id(each.id)), found=one) for each in (ONE, TWO))
        stories = tuple(replace(coverage(each), articles=1) for each in (ONE, TWO))
        names = ((one, (5, 2**32 - 1)), (two, (5,)))
        store.regroup(Regrouping(0, footprints=prints, assignments=seats, stories=stories, names=names))
        assert dict(store.names([one, two, StoryId("snone")])) == {one: [5, 2**32 - 1], two: [5]}
        assert set(store.turning([5])) == {(5, one), (5, two)}
        assert list(store.turning([2**32 - 1, 6])) == [(2**32 - 1, one)]
        assert {each.article for each in store.together([one])} == {ONE.id, TWO.id}
        assert [each.article for each in store.together([two])] == [TWO.id]
        assert [each.article for each in store.elsewhere()] == [TWO.id]
        assert [each.id for each in store.told([two, StoryId("snone")])] == [two]
        store.regroup(Regrouping(1, assignments=(replace(seats[1], story=one),), ended=(two,), names=((one, (6,)),)))
        store.regroup(Regrouping(2, stories=(coverage(ONE),)))
        assert set(store.turning([5, 6])) == {(6, one)}

    def test_a_change_worked_out_from_another_state_is_refused_whole(self, store: Store) -> None:
        assert store.state() == 0
        assert store.regroup(Regrouping(0, footprints=(footprint(ONE),)))
        assert store.state() == 1
        assert not store.regroup(Regrouping(0, footprints=(footprint(TWO),), judged=judgement()))
        assert [one.article for one in store.footprints()] == [ONE.id]
        assert list(store.judgements()) == []

    def test_stories_come_by_sources_and_freshness(self, store: Store) -> None:
        stories = (coverage(ONE, 1, 2), coverage(TWO, 8, 0), coverage(THREE, 1, 0))
        store.regroup(Regrouping(0, stories=stories))
        assert list(store.stories()) == [stories[1], stories[0], stories[2]]
        assert list(store.stories(limit=1, offset=1)) == [stories[0]]
        assert store.count_stories() == 3
        store.regroup(Regrouping(1, stories=(replace(stories[2], independent=100),), ended=(stories[0].id,)))
        assert [one.independent for one in store.stories()] == [100, 8]

    def test_every_id_that_a_story_had_leads_to_it(self, store: Store) -> None:
        one, two = coverage(ONE), coverage(TWO)
        seats = (assignment(ONE, one.id), assignment(TWO, two.id))
        store.regroup(Regrouping(0, assignments=seats, stories=(one, two)))
        assert (store.story(one.id), store.story(two.id)) == (one, two)
        store.regroup(Regrouping(1, assignments=(assignment(TWO, one.id),), stories=(one,), ended=(two.id,)))
        assert store.story(two.id) == store.story(one.id[:12]) == one
        assert set(store.members(one.id)) == {ONE.id, TWO.id}
        with pytest.raises(NotFoundError):
            store.story(story_id(THREE.id))
        with pytest.raises(NotFoundError):
            store.story("'%")

    def test_a_shortened_id_that_fits_several_is_none(self, store: Store) -> None:
        lines = (storyline_id(ONE.id), storyline_id(TWO.id))
        store.regroup(Regrouping(0, assignments=(assignment(ONE, story_id(ONE.id)),), stories=(coverage(ONE),)))
        with pytest.raises((AmbiguousIdError, NotFoundError)):
            store.story("s")
        assert list(store.episodes(lines[0])) == []

    def test_a_storyline_has_its_episodes_the_latest_first(self, store: Store) -> None:
        line = storyline_id(ONE.id)
        early, late = coverage(ONE, days=1, line=line), coverage(TWO, days=5, line=line)
        whole = replace(early, id=line, level=Level.STORYLINE, storyline=None)
        seats = (assignment(ONE, early.id), assignment(TWO, late.id))
        store.regroup(Regrouping(0, assignments=seats, stories=(early, late, whole)))
        assert list(store.episodes(line)) == [late, early]
        assert list(store.episodes(line, limit=1)) == [late]
        assert store.story(line) == whole
        assert store.count_stories() == len(store.stories()) == 2

    def test_members_are_the_earliest_first(self, store: Store) -> None:
        story = story_id(ONE.id)
        seats = (assignment(ONE, story, 9), assignment(TWO, story, None), assignment(THREE, story, 3))
        store.regroup(Regrouping(0, assignments=seats))
        assert list(store.members(story)) == [THREE.id, ONE.id, TWO.id]
        assert list(store.members(story, limit=2)) == [THREE.id, ONE.id]
        assert list(store.members(StoryId("'%\0"))) == []

    def test_copies_are_replaced_article_by_article(self, store: Store) -> None:
        first, second = copy(ONE, TWO), copy(ONE, THREE)
        store.regroup(Regrouping(0, compared=(TWO.id, THREE.id), copies=(first, second)))
        assert set(store.copies()) == set(store.copies([ONE.id])) == {first, second}
        assert list(store.copies([TWO.id])) == [first]
        store.regroup(Regrouping(1, compared=(TWO.id,), copies=(replace(first, share=0.9),)))
        assert {one.share for one in store.copies()} == {0.9, 0.5}
        store.regroup(Regrouping(2, compared=(THREE.id,)))
        assert [one.copy for one in store.copies()] == [TWO.id]
        assert list(store.copies([])) == []

    def test_groups_of_copies_keep_their_order(self, store: Store) -> None:
        group = CopyGroup(ONE.id, (THREE.id, TWO.id), "AFP", "the earliest")
        everyone = (ONE.id, TWO.id, THREE.id)
        store.regroup(Regrouping(0, copying=everyone, groups=(group,)))
        assert store.copy_groups([TWO.id, ArticleId("anone")]) == {TWO.id: group}
        store.regroup(Regrouping(1, copying=everyone, groups=(replace(group, reprints=(TWO.id,), agency=None),)))
        assert set(store.copy_groups(everyone)) == {ONE.id, TWO.id}

    def test_what_is_gone_leaves_nothing(self, store: Store) -> None:
        group = CopyGroup(ONE.id, (TWO.id,), None, "the earliest")
        store.regroup(
            Regrouping(
                0,
                footprints=(footprint(ONE), footprint(TWO)),
                assignments=(assignment(TWO, story_id(ONE.id)),),
                copies=(copy(ONE, TWO),),
                groups=(group,),
            )
        )
        store.regroup(Regrouping(1, gone=(TWO.id,)))
        assert [one.article for one in store.footprints()] == [ONE.id]
        assert (list(store.assignments()), list(store.copies())) == ([], [])
        assert TWO.id not in store.copy_groups([TWO.id])

    def test_doubts_are_told_the_latest_first(self, store: Store) -> None:
        of_one, of_two = assignment(ONE, story_id(ONE.id), 7), assignment(TWO, story_id(TWO.id), 9)
        sure = assignment(THREE, story_id(ONE.id))
        doubts = [replace(of_two, verdict=Verdict.UNSURE), replace(of_one, verdict=Verdict.UNSURE, nearest=THREE.id)]
        store.keep([harvest(one) for one in (ONE, TWO, THREE)])
        assert store.regroup(Regrouping(since=store.state(), assignments=(*doubts, sure)))
        assert list(store.unsure()) == doubts
        assert list(store.unsure(limit=1)) == doubts[:1]
        assert list(store.unsure([THREE.id])) == doubts[1:]
        assert list(store.unsure([ONE.id])) == doubts  # the nearest to the other, too
        assert not store.unsure([])

    def test_judgements_are_kept_and_undone_once(self, store: Store) -> None:
        first, second = judgement(), judgement(1)
        store.regroup(Regrouping(0, judged=first))
        store.regroup(Regrouping(1, judged=second))
        store.regroup(Regrouping(2, judged=first))
        assert [one.judgement for one in store.judgements()] == [second, first]
        store.regroup(Regrouping(3, undone=(first.id, "reader", NOON + DAY)))
        store.regroup(Regrouping(4, undone=(first.id, "another", NOON + 2 * DAY)))
        _, undone = store.judgements()
        assert (undone.judgement, undone.undone, undone.undone_by) == (first, NOON + DAY, "reader")
        assert len(store.judgements(limit=1)) == len(store.judgements(offset=1)) == 1

    def test_articles_are_chosen_by_any_id_they_had(self, store: Store) -> None:
        assert [one.title for one in store.chosen([THREE.id, ArticleId("anone"), ONE.own])] == ["Three", "One"]
        assert list(store.chosen([])) == []

    def test_what_became_one_with_another_has_vanished(self, store: Store) -> None:
        unsigned = article("Talks resume", outlet=None)
        store.keep([harvest(unsigned)])
        store.regroup(Regrouping(0, footprints=(footprint(unsigned),)))
        store.keep([harvest(article("Talks resume"), article("Ferry sails"))])
        now = store.article(unsigned.own).id
        assert list(store.vanished()) == ([unsigned.id] if now != unsigned.id else [])
