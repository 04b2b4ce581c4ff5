"""A store that keeps everything in memory and forgets it on closing: for tests, for trying things, for the REPL.

It is also the plain statement of what a store does: every answer is worked out from the values, with no index and no
shortcut. Safe for threads.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from readout.models import (
    Article,
    ArticleId,
    EditionId,
    Harvest,
    Kept,
    LossCount,
    Outlet,
    OutletCount,
    OutletId,
    Page,
    PageId,
    Rejection,
    RejectionId,
    Shard,
    Sighting,
    Totals,
    outlet_id,
    shown,
)
from readout.store import intake, lookup
from readout.store.memory_annotations import MemoryAnnotations
from readout.store.memory_following import MemoryFollowing

Id = TypeVar("Id", bound=str)
T = TypeVar("T")

_NEVER = datetime.min.replace(tzinfo=UTC)


class MemoryStore(MemoryAnnotations, MemoryFollowing):
    """Keeps `store.base.Store`'s contract, durability apart."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()
        self._pages: dict[PageId, Page] = {}
        self._on_page: dict[PageId, tuple[Article, ...]] = {}
        self._sightings: dict[ArticleId, list[Sighting]] = {}
        self._editions: set[EditionId] = set()
        self._rejections: dict[RejectionId, Rejection] = {}
        self._shards: dict[tuple[str, str], Shard] = {}

    def keep(self, harvests: Iterable[Harvest]) -> Kept:
        """See `Store.keep`."""
        whole = [intake.taken(harvest).harvest for harvest in harvests]
        with self._lock:
            articles, editions = len(self._sightings), len(self._editions)
            known = {article.id for harvest in whole for article in harvest.articles} & set(self._sightings)
            counts = sum(map(self._keep_one, whole), Kept())
            new = len(self._sightings) - articles
            return counts + Kept(
                articles_new=new,
                articles_known=len(known),
                editions_new=len(self._editions) - editions - new,
            )

    def page(self, page_id: str) -> Page:
        """See `Store.page`."""
        with self._lock:
            return _only_of(self._pages, "page", page_id)

    def article(self, article_id: str) -> Article:
        """See `Store.article`."""
        with self._lock:
            return shown(_only_of(self._sightings, "article", article_id))

    def sightings(self, article_id: ArticleId) -> Sequence[Sighting]:
        """See `Store.sightings`."""
        with self._lock:
            return sorted(self._sightings.get(article_id, ()), key=_oldest_first)

    def on_page(self, page_id: PageId) -> Sequence[Article]:
        """See `Store.on_page`."""
        with self._lock:
            return self._on_page.get(page_id, ())

    def articles(self, *, outlet: OutletId | None = None, limit: int = 50, offset: int = 0) -> Sequence[Article]:
        """See `Store.articles`."""
        most, first = lookup.window(limit, offset)
        listed = sorted(self._shown(), key=self._latest_first)
        wanted = [article for article in listed if outlet is None or _outlet_of(article) == outlet]
        return wanted[first : first + most]

    def every_article(self) -> Iterator[Article]:
        """See `Store.every_article`."""
        with self._lock:
            pages = list(self._on_page.values())
        return (article for articles in pages for article in articles)

    def outlets(self) -> Sequence[OutletCount]:
        """See `Store.outlets`."""
        counts = Counter(_outlet_of(article) for article in self._shown())
        listed = [OutletCount(outlet, counts[outlet.id]) for outlet in self._named() if counts[outlet.id]]
        return sorted(listed, key=lambda count: (-count.articles, count.outlet.name, count.outlet.id))

    def outlet(self, outlet_id: str) -> OutletCount:
        """See `Store.outlet`."""
        return _only_of({count.outlet.id: count for count in self.outlets()}, "outlet", outlet_id)

    def rejections(self, *, page: PageId | None = None, limit: int = 200, offset: int = 0) -> Sequence[Rejection]:
        """See `Store.rejections`."""
        most, first = lookup.window(limit, offset)
        with self._lock:
            latest = list(reversed(self._rejections.values()))
        wanted = [rejection for rejection in latest if page is None or rejection.page == page]
        return wanted[first : first + most]

    def losses(self) -> Sequence[LossCount]:
        """See `Store.losses`."""
        with self._lock:
            counts = Counter((rejection.stage.value, rejection.reason) for rejection in self._rejections.values())
        losses = [LossCount(stage, reason, count) for (stage, reason), count in counts.items()]
        return sorted(losses, key=lambda loss: (-loss.count, loss.stage, loss.reason))

    def totals(self) -> Totals:
        """See `Store.totals`."""
        with self._lock:
            return Totals(len(self._pages), len(self._sightings), len(self.outlets()), len(self._rejections))

    def shards(self, size: int, way: str) -> Sequence[Shard]:
        """See `Store.shards`."""
        with self._lock:
            found = [shard for shard in self._shards.values() if (shard.size, shard.way) == (size, way)]
        return sorted(found, key=lambda shard: shard.digest)

    def check(self) -> Sequence[str]:
        """See `Store.check`: there is nothing here that could disagree with itself."""
        return ()

    def close(self) -> None:
        """Forget everything."""
        self.__init__()  # type: ignore[misc]

    def _keep_one(self, harvest: Harvest) -> Kept:
        page, finished = harvest.page, harvest.finished
        if finished:
            self._shards[finished.digest, finished.way] = finished
        if page and page.id in self._pages:
            return Kept(pages_known=1)
        if page:
            self._pages[page.id] = page
            self._on_page[page.id] = tuple(sorted(harvest.articles, key=lambda article: article.position))
            for article in harvest.articles:
                self._sightings.setdefault(article.id, []).append(Sighting(article, page.captured))
                self._editions.add(article.edition)
        return Kept(pages_new=1 if page else 0, rejections_new=self._reject(harvest.rejections))

    def _reject(self, rejections: Iterable[Rejection]) -> int:
        before = len(self._rejections)
        for rejection in rejections:
            self._rejections.setdefault(rejection.id, rejection)
        return len(self._rejections) - before

    def _met(self) -> Iterable[Sighting]:
        with self._lock:
            held = [(self._pages[page], articles) for page, articles in self._on_page.items()]
        return (Sighting(article, page.captured) for page, articles in held for article in articles)

    def _shown(self) -> list[Article]:
        with self._lock:
            return [shown(met) for met in self._sightings.values()]

    def _latest_first(self, article: Article) -> tuple[timedelta, ArticleId]:
        at = lookup.listed_at(article, self._pages[article.page].captured)
        return (_NEVER - at if at else timedelta.max, article.id)

    def _named(self) -> list[Outlet]:
        with self._lock:
            names = {sighting.article.outlet for met in self._sightings.values() for sighting in met}
        by_id: dict[OutletId, Outlet] = {}
        for name in sorted(name for name in names if name):
            by_id.setdefault(outlet_id(name), Outlet(name))
        return list(by_id.values())


def _only_of(things: Mapping[Id, T], kind: str, asked: str) -> T:
    lookup.insist_on_prefix(kind, asked)
    return lookup.only([thing for key, thing in things.items() if key.startswith(asked)], kind, asked)


def _outlet_of(article: Article) -> OutletId | None:
    return outlet_id(article.outlet) if article.outlet else None


def _oldest_first(sighting: Sighting) -> tuple[datetime, PageId, int]:
    return (sighting.captured or _NEVER, sighting.article.page, sighting.article.position)
