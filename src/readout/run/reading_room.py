"""What all questions about related articles and hashtags share: everything's footprints, read once and kept up to date.

It holds numbers and tags, no text; what it was made from is in the store. It is looked up anew when stories have
changed, but not at every change: what is a minute old is good enough to browse by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from threading import Lock
from time import monotonic

from readout.group import footprint, hashtags
from readout.group.library import Library
from readout.models import ArticleId, Footprint, Tag, TagCount, TagKind
from readout.store.base import Store

PATIENCE = 60.0  # seconds for which what was read is good enough
_TWICE = 2  # articles that have a full name before short ones go by it
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Held:
    """The archive as it was read: who is near whom, each article's hashtags, packed, and days; `canon` leads from the
    key of a name to that which the archive uses.
    """

    library: Library
    packed: Mapping[ArticleId, str]
    days: Mapping[ArticleId, date | None]
    canon: Mapping[str, str]

    def tags(self, article: ArticleId) -> tuple[Tag, ...]:
        """The hashtags of an article by the names that the archive uses; none for one that is not grouped."""
        return hashtags.renamed(hashtags.unpacked(self.packed.get(article, "")), self.canon)

    @cached_property
    def counts(self) -> tuple[TagCount, ...]:
        """How often each hashtag is met, the most met first."""
        return hashtags.counted((one, self.days.get(one), self.tags(one)) for one in self.packed)

    @cached_property
    def by_key(self) -> Mapping[str, TagCount]:
        """The same by the key of the tag, and by that of its text: a phrase has another."""
        texts = {hashtags.key(one.tag.text): one for one in reversed(self.counts)}
        return texts | {one.tag.key: one for one in self.counts}


class Room:
    """The reading room of one store. Safe for threads."""

    def __init__(self, store: Store, clock: Callable[[], float] = monotonic) -> None:
        self._store = store
        self._clock = clock
        self._lock = Lock()
        self._library = Library()
        self._state: int | None = None
        self._held: Held | None = None
        self._read_at = 0.0

    def held(self) -> Held:
        """The archive, at most about a minute old; who asks while it is read anew gets it as it was. Raises
        StoreError.
        """
        if not self._lock.acquire(blocking=self._held is None) and self._held is not None:
            return self._held
        try:
            waited = self._clock() - self._read_at >= PATIENCE
            if self._held is None or (waited and self._store.state() != self._state):
                self._held = self._read()
            return self._held
        finally:
            self._lock.release()

    def _read(self) -> Held:
        state, read_at = self._store.state(), self._clock()
        prints = self._store.footprints()
        if self._library.dead > len(self._library):
            self._library = Library()
        for one in prints:
            if one.features:
                self._library.add(one.article, footprint.seen(one))
        self._library.keep({one.article for one in prints if one.features})
        found = held(self._library, prints)
        self._state, self._read_at = state, read_at
        return found


def held(library: Library, prints: Sequence[Footprint]) -> Held:
    """The archive that footprints make, beside the library that has them."""
    people = (tag.name for one in prints for tag in hashtags.unpacked(one.tags) if tag.kind is TagKind.PERSON)
    canon = hashtags.canonical(people, _TWICE)
    tags = {one.article: one.tags for one in prints}
    days = {one.article: None if one.day is None else _EPOCH + timedelta(days=one.day) for one in prints}
    return Held(library, tags, days, canon)
