"""Bringing the index of words up to date: what the store took down goes into the index, then is crossed out.

Whatever happens in between costs doing it once more, and doing it twice changes nothing. Where there is no index that
can be used, it is made of everything that is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from readout.models import Article
from readout.run.base import Progress
from readout.store.base import Store
from readout.store.search.index import SearchIndex
from readout.store.search.schema import Entry

BATCH = 512  # articles in one transaction of the index
_TOGETHER = 256  # articles read at once


def brought(store: Store, index: SearchIndex, progress: Progress) -> int:
    """Bring the index up to date, or make it where there is none; how many articles went into it. Raises StoreError."""
    if not index.ready():
        return made_anew(store, index, progress)
    total, done = store.count_notes(), 0
    while notes := store.notes(limit=BATCH):
        asked = [one.article for one in notes]
        found = entries(store, store.chosen(asked))
        if not index.put(found, asked):
            return done  # whoever is writing puts them in, or the next who comes by
        store.cross_out(notes[-1].number)
        done += len(notes)
        progress(done, max(total, done))
    return done


def made_anew(store: Store, index: SearchIndex, progress: Progress) -> int:
    """Make the index of everything that is kept. Raises StoreError."""
    last, total = store.last_note(), store.totals().articles
    counts: list[int] = []

    def told(batch: Sequence[Entry]) -> None:
        counts.append(len(batch))
        progress(sum(counts), max(total, sum(counts)))

    index.made_anew(_everything(store, told))
    store.cross_out(last)
    return sum(counts)


def _everything(store: Store, told: Callable[[Sequence[Entry]], None]) -> Iterator[Sequence[Entry]]:
    after = ""
    while articles := store.listed_after(after, limit=_TOGETHER):
        batch = entries(store, articles)
        yield batch
        told(batch)
        after = articles[-1].id


def entries(store: Store, articles: Iterable[Article]) -> list[Entry]:
    """These articles with what the index wants to know of them."""
    held = list(articles)
    ids = [one.id for one in held]
    annotations = store.annotations({one.edition for one in held})
    groups, times = store.copy_groups(ids), store.listed_times(ids)
    origins = {id_: group.origin for id_, group in groups.items()}
    return [Entry(one, annotations.get(one.edition), origins.get(one.id), times.get(one.id)) for one in held]
