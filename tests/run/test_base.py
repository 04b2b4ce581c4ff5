"""How what a runner brings in is kept and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.capture import archive
from readout.errors import StoreError
from readout.models import Arrival, ArticleKind, Harvest, Kept, Rejection, Stage
from readout.run import base
from readout.store.memory import MemoryStore
from tests.builders import article, harvest, page, rejection


@dataclass(frozen=True)
class Prepared:
    """A runner whose harvests were made beforehand."""

    ready: Sequence[Harvest]

    def harvests(self, arrivals: Iterable[Arrival]) -> Iterator[Harvest]:
        """Whatever arrives."""
        return (ready for ready, _ in zip(self.ready, arrivals, strict=True))


@dataclass
class FullDisk(MemoryStore):
    """A store that takes a number of batches and no more."""

    room: int = 1
    taken: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def keep(self, harvests: Iterable[Harvest]) -> Kept:
        """As long as there is room."""
        if len(self.taken) >= self.room:
            raise StoreError("the disk is full")
        whole = list(harvests)
        self.taken.append(len(whole))
        return super().keep(whole)


def carried(harvests: Sequence[Harvest]) -> base.Tally:
    """The tally of those harvests, kept in memory."""
    arrivals = [one.page or rejection() for one in harvests]
    return base.carry(arrivals, Prepared(harvests), MemoryStore(), lambda _: None)


def numbered(count: int) -> list[Harvest]:
    """That many harvests of one article each."""
    return [harvest(article(f"Talks, day {number}", f"Day {number} of the talks.")) for number in range(count)]


@given(st.integers(0, 300))
def test_batches_are_the_harvests_in_order(count: int) -> None:
    harvests = [Harvest(None)] * count
    batches = list(base.batches(harvests))
    assert [one for batch in batches for one in batch] == harvests
    assert all(0 < len(batch) <= base.BATCH for batch in batches)


def test_a_batch_does_not_wait_long() -> None:
    clock = iter(range(1_000))
    batches = list(base.batches(numbered(5), lambda: next(clock) * 0.3))
    assert [len(batch) for batch in batches] == [2, 2, 1]


def test_a_batch_does_not_grow_large() -> None:
    large = Harvest(page(b"word " * (base.BATCH_BYTES // 10)))
    assert [len(batch) for batch in base.batches([large] * 5)] == [2, 2, 1] or [
        len(batch) for batch in base.batches([large] * 5)
    ] == [3, 2]


def test_everything_is_counted() -> None:
    teasers = article("More titles", kind=ArticleKind.TEASER_LIST)
    first = harvest(article("One"), teasers, rejections=[rejection(reason="too short")])
    bare = harvest(article("Only a headline", kind=ArticleKind.HEADLINE))
    empty = Harvest(page("nothing here"), rejections=(rejection(reason="no article"),))
    gone = Harvest(None, rejections=(Rejection(Stage.CAPTURE, "b.txt", "not text"),))
    report = carried([first, bare, empty, gone]).report()
    assert (report.pages, report.articles, report.teaser_lists, report.headlines) == (3, 3, 1, 1)
    assert (report.dropped, report.lost) == (3, 2)
    assert [one.reason for one in report.rejected] == ["too short", "no article", "not text"]
    assert report.kept == Kept(pages_new=3, articles_new=3, rejections_new=3)


def test_what_was_passed_over_in_a_folder_is_no_loss() -> None:
    passed = Harvest(None, rejections=(Rejection(Stage.CAPTURE, "style.css", archive.PASSED_OVER),))
    report = carried([passed]).report()
    assert (report.dropped, report.lost) == (1, 0)


def test_a_report_names_the_first_rejections_and_counts_them_all() -> None:
    many = tuple(rejection(f"row {number}") for number in range(base.REPORTED + 5))
    report = carried([Harvest(None, rejections=many[:600]), Harvest(None, rejections=many[600:])]).report()
    assert report.dropped == base.REPORTED + 5
    assert report.rejected == many[: base.REPORTED]


def test_progress_is_what_is_kept() -> None:
    seen: list[int] = []
    harvests = numbered(130)
    base.carry([rejection()] * 130, Prepared(harvests), MemoryStore(), seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 130


def test_what_was_kept_before_the_disk_was_full_stays() -> None:
    store = FullDisk(room=2)
    seen: list[int] = []
    with pytest.raises(StoreError, match="full"):
        base.carry([rejection()] * 300, Prepared(numbered(300)), store, seen.append)
    assert store.totals().pages == sum(store.taken) == seen[-1]


def test_the_same_again_is_known() -> None:
    store, harvests = MemoryStore(), numbered(3)
    arrivals = [one.page or rejection() for one in harvests]
    base.carry(arrivals, Prepared(harvests), store, lambda _: None)
    again = base.carry(arrivals, Prepared([replace(one) for one in harvests]), store, lambda _: None)
    assert again.kept == Kept(pages_known=3, articles_known=3)
