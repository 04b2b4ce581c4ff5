"""What all questions about related articles and hashtags share: everything's footprints, read once, and then what came
since.

It holds numbers and tags, no text; what it was made from is in the store. An article that comes costs one more row,
however many there are. What went is looked for at most once a minute: until then it is found and left out by who asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock
from time import monotonic, sleep, thread_time

from readout.group import footprint
from readout.group.library import Library
from readout.group.subject import Subject
from readout.models import ArticleId, Footprint, Tag, TagCount
from readout.run.tag_shelf import TagShelf
from readout.store.base import Store

PATIENCE = 60.0  # seconds for which what went, and which hashtags are met most, is good enough
FOREMOST = 50  # hashtags that are met most
FRESH = 1.0  # seconds for which what came is
_CHUNK = 64  # footprints read in one transaction
_REST = (
    1.0  # times as long as a chunk took, before the next: who reads the whole archive lets others have the processor
)
_SUBJECTS, _MANY = 20_000, 5_000
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Held:
    """The archive as it was read: who is near whom, and hashtags."""

    library: Library
    shelf: TagShelf
    lock: Lock
    subjects: dict[ArticleId, Subject] = field(default_factory=dict)  # of those that were asked for, without stories

    def __contains__(self, article: ArticleId) -> bool:
        return article in self.shelf

    def told(self, article: ArticleId, subject: Subject) -> None:
        """Remember what ties that article to others, until it is understood otherwise."""
        with self.lock:
            if len(self.subjects) >= _SUBJECTS:
                self.subjects.clear()
            self.subjects[article] = subject

    def tags(self, article: ArticleId) -> tuple[Tag, ...]:
        """The hashtags of an article by the names that the archive uses; none for one that is not grouped."""
        with self.lock:
            return self.shelf.tags(article)

    def most(self, limit: int) -> tuple[TagCount, ...]:
        """How often each hashtag is met, the most met first."""
        with self.lock:
            return self.shelf.most(limit)

    def found(self, name: str) -> TagCount | None:
        """What has that hashtag, by its name in whatever spelling."""
        with self.lock:
            return self.shelf.found(name)


class Room:
    """The reading room of one store. Safe for threads."""

    def __init__(self, store: Store, clock: Callable[[], float] = monotonic) -> None:
        self._store = store
        self._clock = clock
        self._reading = Lock()
        self._held = Held(Library(), TagShelf(), Lock())
        self._number = 0  # of the last footprint that was read
        self._read_at: float | None = None
        self._swept_at = 0.0

    @property
    def large(self) -> bool:
        """Whether there is so much that one article more tells little."""
        return len(self._held.library) >= _MANY

    def held(self, *, gently: bool = False) -> Held:
        """The archive, about a second old; who asks while it is read gets it as far as it is. Whoever reads it `gently`
        leaves half of the time to others. Raises StoreError.
        """
        if self._reading.acquire(blocking=False):
            try:
                now = self._clock()
                if self._read_at is None or now - self._read_at >= FRESH:
                    self._read(now, gently=gently)
                    self._read_at = now
            finally:
                self._reading.release()
        return self._held

    def _read(self, now: float, *, gently: bool) -> None:
        began = thread_time()
        while found := self._store.footprints_after(self._number, limit=_CHUNK):
            for number, one in found:
                self._take(one)
                self._number = number
            if gently and len(found) == _CHUNK:
                sleep(_REST * (thread_time() - began))
            began = thread_time()
        if self._read_at is None or now - self._swept_at >= PATIENCE:
            self._sweep()
            self._swept_at = now
            if gently:
                self._held.most(FOREMOST)  # counted here, so that nobody who asks has to
        with self._held.lock:
            self._held.shelf.settle()

    def _take(self, one: Footprint) -> None:
        day = None if one.day is None else _EPOCH + timedelta(days=one.day)
        with self._held.lock:
            self._held.shelf.put(one.article, day, one.tags)
            self._held.subjects.pop(one.article, None)
        if one.features:
            self._held.library.add(one.article, footprint.seen(one))
        else:
            self._held.library.forget((one.article,))

    def _sweep(self) -> None:
        """Forget what has no footprint any more, and read what took the number of such a one."""
        held = self._held
        with held.lock:
            held.shelf.stale()
        if self._store.count_footprints() == len(held.shelf):
            return
        there = set(self._store.footprinted())
        gone = held.shelf.articles - there
        with held.lock:
            held.shelf.forget(gone)
        held.library.forget(gone)
        for one in self._store.footprints(there - held.shelf.articles):
            self._take(one)
