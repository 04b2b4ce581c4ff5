"""The outbox in memory: the part of `memory.py` that is about it. Safe for threads."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import count

from readout.models import Annotation, Article, ArticleId, EditionId, Regrouping
from readout.store import lookup
from readout.store.indexing import Note
from readout.store.memory_annotations import MemoryAnnotations
from readout.store.memory_stories import MemoryStories


class MemoryIndexing(MemoryAnnotations, MemoryStories):
    """Keeps `Indexing`'s contract, durability apart."""

    def __init__(self) -> None:
        super().__init__()
        self._indexing = threading.RLock()
        self._numbers = count(1)
        self._last = 0
        self._notes: dict[ArticleId, int] = {}

    @abstractmethod
    def _shown(self) -> list[Article]:
        """All articles, as they are shown."""

    def annotated(self, annotations: Iterable[Annotation]) -> None:
        """See `Annotating.annotated`."""
        batch = list(annotations)
        super().annotated(batch)
        editions = {one.edition for one in batch}
        self._note({one.article.id for one in self._met() if one.article.edition in editions})

    def regroup(self, change: Regrouping) -> bool:
        """See `Grouping.regroup`."""
        kept = super().regroup(change)
        if kept:
            self._note({*change.copying, *change.gone})
        return kept

    def notes(self, *, limit: int = 256) -> Sequence[Note]:
        """See `Indexing.notes`."""
        with self._indexing:
            ordered = sorted(Note(number, article) for article, number in self._notes.items())
        return ordered[: lookup.window(limit, 0)[0]]

    def count_notes(self) -> int:
        """See `Indexing.count_notes`."""
        return len(self._notes)

    def last_note(self) -> int:
        """See `Indexing.last_note`."""
        return self._last

    def cross_out(self, number: int) -> None:
        """See `Indexing.cross_out`."""
        with self._indexing:
            self._notes = {article: held for article, held in self._notes.items() if held > number}

    def listed_after(self, after: str = "", *, limit: int = 256) -> Sequence[Article]:
        """See `Indexing.listed_after`."""
        ordered = sorted((one for one in self._shown() if one.id > after), key=lambda one: one.id)
        return ordered[: lookup.window(limit, 0)[0]]

    def listed_times(self, articles: Iterable[ArticleId]) -> Mapping[ArticleId, datetime]:
        """See `Indexing.listed_times`."""
        listed, wanted = self._listed(), set(articles)
        return {ArticleId(one): at for one, at in listed.items() if at and one in wanted}

    def annotations(self, editions: Iterable[EditionId]) -> Mapping[EditionId, Annotation]:
        """See `Indexing.annotations`."""
        found = {one: self.annotation(one) for one in editions}
        return {edition: one for edition, one in found.items() if one}

    def _note(self, articles: Collection[ArticleId]) -> None:
        """Take these articles down."""
        with self._indexing:
            for article in sorted(articles):
                self._last = next(self._numbers)
                self._notes[article] = self._last
