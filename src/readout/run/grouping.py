"""Grouping what is kept: a step of its own after annotating, so that a crash in between loses nothing.

What has no footprint yet is looked for, compared with what there is, and kept batch by batch: the articles, stories and
copies of a batch in one transaction. Where somebody else grouped meanwhile, the batch is worked out anew.
"""

from __future__ import annotations

from readout.group.footprint import Meaning, footprint, grouper
from readout.models import GroupingReport
from readout.run.base import Progress
from readout.run.held import Held
from readout.run.placing import Placing
from readout.store.base import Store

BATCH = 256  # articles in one transaction
FEW = 2_048  # articles, for which not all sketches are read


def group(store: Store, progress: Progress, held: Held | None = None, meaning: Meaning | None = None) -> GroupingReport:
    """Place every article that is not placed yet, with `meaning` by what texts mean, too. What is kept when it ends
    early stays. Raises StoreError.
    """
    by = grouper(meaning.name if meaning else "")
    batch, gone = store.ungrouped(by, limit=BATCH), bool(store.vanished())
    if not batch and not gone:
        return GroupingReport()
    total = len(batch) if len(batch) < BATCH else store.count_ungrouped(by)  # counting looks at all there are
    held = Held() if held is None or gone else held
    desk, done, after = held.take(store, by, meaning=meaning is not None, for_few=total <= FEW), 0, ""
    while batch or gone:
        times = store.captured([one.id for one in batch if one.published is None])
        prints = [footprint(one, store.annotation(one.edition), meaning, times.get(one.id)) for one in batch]
        if not store.regroup(desk.taken(batch, prints)):
            desk = Placing(store, meaning=meaning is not None, for_few=total <= FEW)
            gone = bool(store.vanished())
            batch = store.ungrouped(by, after=after, limit=BATCH)
            continue
        gone, done = False, done + len(batch)
        progress(done, max(total, done))
        after = batch[-1].id if batch else after
        batch = store.ungrouped(by, after=after, limit=BATCH) if len(batch) == BATCH else ()
    held.desk = desk
    store.order_sketches()
    return GroupingReport(done, store.count_stories(), store.count_copies())
