"""Who carries the steps out: the contract of a runner, and the one way in which what a runner brings in is kept.

A runner turns arrivals into harvests, in their order; whether in this process or in many makes no difference to what
comes out. Nothing here knows what a harvest is made of.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from readout.models import Arrival, ArticleKind, Harvest, ImportReport, Kept, Rejection
from readout.store.base import Store

Progress = Callable[[int, int | None], None]  # how many arrivals are kept, and of how many where that is known

BATCH = 64  # harvests in one transaction,
BATCH_SECONDS = 0.5  # or as many as come in this time,
BATCH_BYTES = 16 * 1024 * 1024  # or as hold this much
_OBJECTS = 100_000  # made and not yet gone, before garbage is looked for
REPORTED = 1_000  # rejections that a report holds; the store holds all


class Runner(Protocol):
    """Carries out the steps."""

    def harvests(self, arrivals: Iterable[Arrival]) -> Iterator[Harvest]:
        """One harvest for each arrival, in order, lazily: what is waiting to be given out is bounded."""


def silent(done: int, total: int | None) -> None:
    """Progress that nobody watches."""


@dataclass
class Tally:
    """The counts of an import that is going on."""

    kept: Kept = field(default_factory=Kept)
    arrivals: int = 0
    pages: int = 0
    lost: int = 0
    dropped: int = 0
    kinds: dict[ArticleKind, int] = field(default_factory=lambda: dict.fromkeys(ArticleKind, 0))
    rejected: list[Rejection] = field(default_factory=list)

    def add(self, harvests: Iterable[Harvest], kept: Kept) -> None:
        """Counts harvests that were just kept."""
        self.kept += kept
        for harvest in harvests:
            self.arrivals += harvest.finished is None
            self.pages += harvest.page is not None
            self.lost += not harvest.articles and any(map(_is_loss, harvest.rejections))
            self.dropped += len(harvest.rejections)
            self.rejected += harvest.rejections[: REPORTED - len(self.rejected)]
            for article in harvest.articles:
                self.kinds[article.kind] += 1

    def report(self) -> ImportReport:
        """The counts so far."""
        return ImportReport(
            kept=self.kept,
            pages=self.pages,
            articles=sum(self.kinds.values()),
            headlines=self.kinds[ArticleKind.HEADLINE],
            teaser_lists=self.kinds[ArticleKind.TEASER_LIST],
            dropped=self.dropped,
            lost=self.lost,
            rejected=tuple(self.rejected),
        )


def carry(arrivals: Iterable[Arrival], runner: Runner, store: Store, watch: Callable[[int], None]) -> Tally:
    """Everything through the steps and into the store, batch by batch; what a batch holds is kept whole or not at all.

    `watch` is told after each batch how many arrivals are kept. Raises StoreError when the store cannot take a batch;
    the batches before it stay.
    """
    tally = Tally()
    with collecting_rarely():
        for batch in batches(map(_stamped, runner.harvests(arrivals))):
            tally.add(batch, store.keep(batch))
            watch(tally.arrivals)
    return tally


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Python's search for garbage in circles put off while much is read: hardly any is made, and looking at every
    object for it takes a seventh of the time.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _stamped(harvest: Harvest) -> Harvest:
    """With the time at which a finished file is kept, as far as that can be known before it is."""
    if harvest.finished is None:
        return harvest
    return replace(harvest, finished=replace(harvest.finished, finished=datetime.now(UTC)))


def batches(harvests: Iterable[Harvest], clock: Callable[[], float] = time.monotonic) -> Iterator[list[Harvest]]:
    """The harvests in lists that are neither long, nor large, nor kept waiting."""
    batch: list[Harvest] = []
    size, started = 0, clock()
    for harvest in harvests:
        batch.append(harvest)
        size += len(harvest.page.content) if harvest.page else 0
        if len(batch) >= BATCH or size >= BATCH_BYTES or clock() - started >= BATCH_SECONDS:
            yield batch
            batch, size, started = [], 0, clock()
    if batch:
        yield batch


def _is_loss(rejection: Rejection) -> bool:
    from readout.capture import archive

    return rejection.reason not in archive.NO_LOSS
