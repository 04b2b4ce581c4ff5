"""Grouping what is kept: a step of its own after annotating, so that a crash in between loses nothing.

What has no footprint yet is looked for, compared with what there is, and kept batch by batch: the articles, stories and
copies of a batch in one transaction. Where somebody else grouped meanwhile, the batch is worked out anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from readout.group.footprint import Meaning, footprint, grouper
from readout.models import GroupingReport
from readout.run.base import Progress
from readout.run.placing import Placing
from readout.store.base import Store

BATCH = 256  # articles in one transaction


@dataclass
class Held:
    """What a process that groups again and again need not read again, as long as nobody else changed a story."""

    desk: Placing | None = None

    def take(self, store: Store, *, meaning: bool) -> Placing:
        """The desk, made where there is none of this state. It is held again only when all went well with it."""
        desk, self.desk = self.desk, None
        return desk if desk and desk.since == store.state() else Placing(store, meaning=meaning)


def group(store: Store, progress: Progress, held: Held | None = None, meaning: Meaning | None = None) -> GroupingReport:
    """Place every article that is not placed yet, with `meaning` by what texts mean, too. What is kept when it ends
    early stays. Raises StoreError.
    """
    by = grouper(meaning.name if meaning else "")
    total, gone = store.count_ungrouped(by), bool(store.vanished())
    if not total and not gone:
        return GroupingReport()
    held = Held() if held is None or gone else held
    desk, done, after = held.take(store, meaning=meaning is not None), 0, ""
    while (batch := store.ungrouped(by, after=after, limit=BATCH)) or gone:
        prints = [footprint(one, store.annotation(one.edition), meaning) for one in batch]
        if not store.regroup(desk.taken(batch, prints)):
            desk, gone = Placing(store, meaning=meaning is not None), bool(store.vanished())
            continue
        gone, done = False, done + len(batch)
        after = batch[-1].id if batch else after
        progress(done, max(total, done))
    held.desk = desk
    return GroupingReport(done, store.count_stories(), store.count_copies())
