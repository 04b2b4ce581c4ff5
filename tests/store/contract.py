"""What every store does, whatever it is made of: a backend's test class inherits this and says how to open one."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import count, pairwise, product

import pytest

from readout.errors import AmbiguousIdError, NotFoundError
from readout.models import (
    Article,
    ArticleId,
    ArticleKind,
    Basis,
    Harvest,
    Kept,
    LossCount,
    Media,
    OutletCount,
    OutletId,
    PageId,
    Shard,
    Totals,
    shown,
)
from readout.store.base import MIN_PREFIX, Store
from tests.builders import NOON, article, harvest, on, outlet, page, published, rejection
from tests.store.identities import IdentityContract

HOSTILE = ["", "%", "____", "a%%%", "' OR 1=1 --", "a\0bcd", "\ud800" * 4, "é" * 16, "A" * 16, "a" * 100_000]
WINDOWS = [(2, 0, "ab"), (2, 1, "bc"), (9, 2, "c"), (0, 0, ""), (-1, 0, ""), (1, -5, "a"), (2**80, 2**80, "")]
HOUR = timedelta(hours=1)


class StoreContract(IdentityContract, ABC):
    """Inherit it, and say what `opened` is."""

    @abstractmethod
    def opened(self) -> Store:
        """A new, empty store."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A new, empty store, closed after the test; nothing is wrong with what the test left in it."""
        with closing(self.opened()) as opened:
            yield opened
            assert opened.check() == ()

    def test_a_finished_file_is_marked_with_what_came_before_it(self, store: Store) -> None:
        mark = Shard("d" * 64, "text=body", "/crawls/1.warc.gz", 2**40, 1_750_000_000_123_456_789, 3, NOON)
        other = replace(mark, digest="e" * 64, name="half \udcff")
        store.keep([harvest(article()), Harvest(None, finished=mark), Harvest(None, finished=other)])
        assert list(store.shards(2**40, "text=body")) == [mark, replace(other, name="half \ufffd")]
        assert [*store.shards(2**40, ""), *store.shards(1, "text=body")] == []

    def test_one_file_read_again_is_one_mark(self, store: Store) -> None:
        mark = Shard("d" * 64, "", "/crawls/1.warc.gz", 9, 1, 3, NOON)
        store.keep([Harvest(None, finished=mark)])
        store.keep([Harvest(None, finished=replace(mark, name="/crawls/2.warc.gz", pages=4))])
        assert [(one.name, one.pages) for one in store.shards(9, "")] == [("/crawls/2.warc.gz", 4)]

    def test_a_file_whose_pages_cannot_be_kept_is_not_marked(self, store: Store) -> None:
        mark = Shard("d" * 64, "", "/crawls/1.warc.gz", 9, 1, 3)
        with pytest.raises(ValueError, match="of its page"):
            store.keep([Harvest(page("another"), harvest(article()).articles), Harvest(None, finished=mark)])
        assert list(store.shards(9, "")) == []

    def test_an_empty_store_says_so(self, store: Store) -> None:
        assert store.totals() == Totals(0, 0, 0, 0)
        assert [*store.articles(), *store.every_article(), *store.outlets(), *store.losses(), *store.rejections()] == []

    def test_keeping_nothing_is_no_work(self, store: Store) -> None:
        assert store.keep([]) == Kept()

    def test_a_page_comes_back_byte_for_byte(self, store: Store) -> None:
        for content in (b"", b"\0\xff\xfe\x80 not text", b"long " * 100_000):
            kept = replace(page(content), media=Media.HTML, encoding="latin-1", address="https://harbour.example/talks")
            store.keep([Harvest(kept)])
            assert store.page(kept.id) == kept

    def test_an_article_comes_back_as_it_was(self, store: Store) -> None:
        kept = harvest(article("NUL \0, newspaper \U0001f4f0", "«Ένα»", "two"), article("Ferry sails"))
        store.keep([kept])
        assert [store.article(one.id) for one in kept.articles] == list(kept.articles)

    def test_an_article_of_a_page_too_large_to_lean_on_comes_back_too(self, store: Store) -> None:
        kept = harvest(article("Talks resume", "word " * 20_000))
        store.keep([kept])
        assert store.article(kept.articles[0].id) == kept.articles[0]

    def test_half_a_character_becomes_a_replacement_character(self, store: Store) -> None:
        kept = harvest(article("half \ud83d, whole \ud83d\ude00"), rejections=[rejection("name \udcff")])
        assert store.keep([kept]) == Kept(pages_new=1, articles_new=1, rejections_new=1)
        assert [one.title for one in store.articles()] == ["half \ufffd, whole \U0001f600"]
        assert [one.subject for one in store.rejections()] == ["name \ufffd"]
        assert store.keep([kept]) == Kept(pages_known=1, articles_known=1)

    def test_articles_of_another_page_are_a_bug_and_nothing_is_kept(self, store: Store) -> None:
        stray = harvest(article("Ferry sails"), captured=None).articles
        with pytest.raises(ValueError, match="of its page"):
            store.keep([harvest(article()), Harvest(page("another"), stray)])
        assert store.totals() == Totals(0, 0, 0, 0)

    def test_two_articles_at_one_position_are_a_bug_and_nothing_is_kept(self, store: Store) -> None:
        held = page("Talks resume, ferry sails")
        with pytest.raises(ValueError, match="position of its own"):
            store.keep([Harvest(held, (on(held, article("Talks resume")), on(held, article("Ferry sails"))))])
        assert store.totals() == Totals(0, 0, 0, 0)

    def test_what_is_new_is_counted_once(self, store: Store) -> None:
        twice = harvest(article("Talks resume"), article("Talks resume"), article("Ferry sails"))
        assert store.keep([twice]) == Kept(pages_new=1, articles_new=2)

    def test_what_was_there_is_counted_as_known(self, store: Store) -> None:
        store.keep([harvest(article("Talks resume"))])
        again = harvest(article("Talks resume"), article("Ferry sails"))
        assert store.keep([again]) == Kept(pages_new=1, articles_new=1, articles_known=1)

    def test_a_changed_text_under_one_address_is_a_new_edition(self, store: Store) -> None:
        first, second, third = (
            harvest(article("Talks resume", text, address="https://harbour.example/talks"))
            for text in ("They met.", "They met twice.", "They met three times.")
        )
        assert store.keep([first]) == Kept(pages_new=1, articles_new=1)
        assert store.keep([second, third]) == Kept(pages_new=2, articles_known=1, editions_new=2)

    def test_editions_are_counted_the_same_in_one_batch_or_in_two(self, store: Store) -> None:
        addressed = [article("Talks resume", text, address="https://post.example/talks") for text in ("One.", "Two.")]
        assert store.keep([harvest(one) for one in addressed]) == Kept(pages_new=2, articles_new=1, editions_new=1)

    def test_importing_again_changes_nothing(self, store: Store) -> None:
        world = [harvest(article("Talks resume"), article("Ferry sails"), rejections=[rejection()])]
        world.append(Harvest(None, (), (rejection("secret.txt", "no permission"),)))
        store.keep(world)
        before = store.totals(), list(store.every_article()), store.rejections()
        assert store.keep(world) == Kept(pages_known=1, articles_known=2)
        assert (store.totals(), list(store.every_article()), store.rejections()) == before

    def test_a_page_met_twice_at_once_is_kept_once(self, store: Store) -> None:
        one = harvest(article(), rejections=[rejection()])
        assert store.keep([one, one]) == Kept(pages_new=1, pages_known=1, articles_new=1, rejections_new=1)

    def test_a_known_page_keeps_the_articles_it_had(self, store: Store) -> None:
        held = page("Talks resume. Ferry sails.")
        store.keep([Harvest(held, (on(held, article("Talks resume")),))])
        other = Harvest(held, (on(held, article("Ferry sails")),), (rejection(page=held.id),))
        assert store.keep([other]) == Kept(pages_known=1)
        assert store.totals() == Totals(pages=1, articles=1, outlets=1, rejections=0)

    def test_a_generator_that_fails_leaves_nothing(self, store: Store) -> None:
        def failing() -> Iterator[Harvest]:
            yield harvest(article())
            raise RuntimeError

        with pytest.raises(RuntimeError):
            store.keep(failing())
        assert store.totals() == Totals(0, 0, 0, 0)

    def test_the_sighting_shown_is_the_one_that_models_choose(self, store: Store) -> None:
        full, bare = article("Talks resume"), article("Talks resume", kind=ArticleKind.HEADLINE)
        met = [harvest(full), harvest(bare, article("x"), captured=NOON + HOUR), harvest(full, captured=NOON - HOUR)]
        for one in met:
            store.keep([one])
        chosen = store.article(full.id)
        assert chosen == shown(store.sightings(ArticleId(full.id))) == met[0].articles[0]
        assert [one.id for one in store.articles()].count(full.id) == 1

    def test_a_newer_capture_of_a_known_article_moves_it_in_the_list(self, store: Store) -> None:
        store.keep([harvest(article("Talks resume")), harvest(article("Ferry sails"), captured=NOON + HOUR)])
        store.keep([harvest(article("Talks resume"), article("x", outlet=None), captured=NOON + 2 * HOUR)])
        assert [one.title for one in store.articles()][-1] == "Ferry sails"

    def test_sightings_come_oldest_first_and_unknown_times_before_all(self, store: Store) -> None:
        times = [NOON + HOUR, None, NOON]
        store.keep([harvest(article(), article(str(time)), captured=time) for time in times])
        assert [one.captured for one in store.sightings(ArticleId(article().id))] == [None, NOON, NOON + HOUR]

    def test_on_page_is_in_order_of_position(self, store: Store) -> None:
        held = page("Talks resume. Ferry sails. Steel falls.")
        placed = [on(held, article(title), at) for title, at in (("Steel falls", 7), ("Talks resume", 0))]
        store.keep([Harvest(held, tuple(placed))])
        assert list(store.on_page(held.id)) == placed[::-1]

    def test_the_latest_published_comes_first_and_the_timeless_last(self, store: Store) -> None:
        def dated(title: str, hours: int) -> Article:
            return article(title, published=published(NOON + hours * HOUR, Basis.INFERRED))

        store.keep([harvest(dated("early", -5), dated("late", 5)), harvest(article("timeless"), captured=None)])
        store.keep([harvest(article("by its capture"))])
        assert [one.title for one in store.articles()] == ["late", "by its capture", "early", "timeless"]

    def test_times_a_microsecond_apart_are_told_apart_and_ties_go_by_id(self, store: Store) -> None:
        late = article("late", published=published(NOON + timedelta(microseconds=1)))
        ties = [article(f"tie {number}", published=published(NOON)) for number in range(6)]
        store.keep([harvest(*ties, late)])
        listed = list(store.articles())
        assert listed[0].title == "late"
        assert all(one.id < other.id for one, other in pairwise(listed[1:]))

    def test_windows_on_lists(self, store: Store) -> None:
        titles = [article(title, published=published(NOON - n * HOUR)) for n, title in enumerate("abc")]
        store.keep([harvest(*titles, rejections=[rejection(subject) for subject in "cba"])])
        for limit, offset, expected in WINDOWS:
            assert "".join(one.title for one in store.articles(limit=limit, offset=offset)) == expected
            assert "".join(one.subject for one in store.rejections(limit=limit, offset=offset)) == expected

    def test_an_outlet_has_its_articles_and_one_name_for_all_its_spellings(self, store: Store) -> None:
        titles = {"The Harbour Post": "a", "harbour post": "b", "Harbour Post": "c", "Mirev Echo": "d"}
        store.keep([harvest(*(article(title, outlet=name) for name, title in titles.items()), article(outlet=None))])
        post, echo = OutletCount(outlet("Harbour Post"), 3), OutletCount(outlet("Mirev Echo"), 1)
        assert list(store.outlets()) == [post, echo]
        assert store.outlet(post.outlet.id[:MIN_PREFIX]) == post
        assert sorted(one.title for one in store.articles(outlet=post.outlet.id)) == ["a", "b", "c"]
        assert store.totals().outlets == 2

    def test_an_outlet_whose_article_is_now_shown_as_of_another_is_not_listed(self, store: Store) -> None:
        old, new = (article(outlet=name, address="https://post.example/talks") for name in ("Post", "Echo"))
        store.keep([harvest(old)])
        store.keep([harvest(new, article("x", outlet="Echo"), captured=NOON + HOUR)])
        assert [one.outlet.name for one in store.outlets()] == ["Echo"]
        with pytest.raises(NotFoundError):
            store.outlet(outlet("Post").id)

    def test_every_article_comes_page_by_page_in_the_order_of_keeping(self, store: Store) -> None:
        world = [harvest(*(article(f"{number} {at}") for at in range(5))) for number in range(120)]
        store.keep(world[:70])
        store.keep(world[70:])
        expected = [f"{number} {at}" for number in range(120) for at in range(5)]
        assert [one.title for one in store.every_article()] == expected

    def test_keeping_goes_on_while_every_article_is_being_read(self, store: Store) -> None:
        store.keep([harvest(*(article(f"{number} {at}") for at in range(5))) for number in range(120)])
        reading = store.every_article()
        next(reading)
        assert store.keep([harvest(article("meanwhile"))]).pages_new == 1
        assert sum(1 for _ in reading) >= 599

    def test_what_was_dropped_is_counted_by_stage_and_reason(self, store: Store) -> None:
        dropped = [rejection(subject, reason) for subject, reason in ("a1", "b2", "c1", "d3")]
        store.keep([Harvest(None, (), (*dropped, rejection("a", "1"))), harvest(article(), rejections=dropped)])
        assert list(store.losses()) == [
            LossCount("extract", "1", 4),
            LossCount("extract", "2", 2),
            LossCount("extract", "3", 2),
        ]

    def test_what_was_dropped_comes_latest_first_and_by_page(self, store: Store) -> None:
        held = harvest(article(), rejections=[rejection("first"), rejection("second")])
        store.keep([held, Harvest(None, (), (rejection("third"),))])
        assert [one.subject for one in store.rejections()] == ["third", "second", "first"]
        assert held.page
        assert [one.subject for one in store.rejections(page=held.page.id)] == ["second", "first"]

    def test_a_shortened_id_is_enough_where_it_fits_one_thing(self, store: Store) -> None:
        kept = harvest(article())
        store.keep([kept])
        assert kept.page
        assert store.page(kept.page.id[:MIN_PREFIX]) == kept.page
        assert store.article(kept.articles[0].id[:MIN_PREFIX]) == kept.articles[0]

    def test_a_shortened_id_that_fits_two_things_is_refused(self, store: Store) -> None:
        met: dict[str, Article] = {}
        for one in map(article, map(str, count())):
            other = met.setdefault(one.id[:MIN_PREFIX], one)
            if other is not one:
                break
        store.keep([harvest(one, other)])
        assert store.article(one.id) != store.article(other.id)
        with pytest.raises(AmbiguousIdError):
            store.article(one.id[:MIN_PREFIX])

    def test_an_id_from_outside_finds_nothing_it_should_not(self, store: Store) -> None:
        store.keep([harvest(article(), rejections=[rejection()])])
        for find, asked in product((store.page, store.article, store.outlet), HOSTILE):
            with pytest.raises(NotFoundError):
                find(asked)
        for asked in HOSTILE:
            assert [*store.sightings(ArticleId(asked)), *store.on_page(PageId(asked))] == []
            assert [*store.articles(outlet=OutletId(asked)), *store.rejections(page=PageId(asked))] == []

    def test_too_short_an_id_finds_nothing(self, store: Store) -> None:
        store.keep([harvest(article())])
        with pytest.raises(NotFoundError):
            store.article(article().id[: MIN_PREFIX - 1])

    def test_readers_see_whole_batches_while_a_writer_writes(self, store: Store) -> None:
        batches = [[harvest(*(article(f"{b} {h} {a}") for a in range(3))) for h in range(4)] for b in range(20)]
        done = threading.Event()
        seen: list[Totals] = []

        def read() -> None:
            while not done.is_set():
                seen.append(store.totals())
                store.articles(limit=20)

        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        try:
            for batch in batches:
                store.keep(batch)
        finally:
            done.set()
            for reader in readers:
                reader.join()
        assert seen
        assert {(one.pages % 4, one.articles - 3 * one.pages) for one in seen} == {(0, 0)}
