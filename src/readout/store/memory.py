"""A store that keeps everything in memory and forgets it on closing: for tests, for trying things, for the REPL.

It is also the plain statement of what a store does: every answer is worked out from the values, with no index and no
shortcut. Safe for threads.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from readout.models import (
    Article,
    ArticleId,
    Edition,
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
    editions,
    outlet_id,
    shown,
)
from readout.store import identity, intake, lookup, rows
from readout.store.identity import Growth, Met
from readout.store.intake import Taken
from readout.store.memory_comments import MemoryComments
from readout.store.memory_comparing import MemoryComparing
from readout.store.memory_following import MemoryFollowing
from readout.store.memory_regards import MemoryRegards
from readout.store.memory_users import MemoryUsers

Id = TypeVar("Id", bound=str)
T = TypeVar("T")

_NEVER = datetime.min.replace(tzinfo=UTC)


class MemoryStore(MemoryComparing, MemoryFollowing, MemoryUsers, MemoryRegards, MemoryComments):
    """Keeps `store.base.Store`'s contract, durability apart."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()
        self._pages: dict[PageId, Page] = {}
        self._on_page: dict[PageId, tuple[Article, ...]] = {}
        self._sightings: dict[ArticleId, list[Sighting]] = {}
        self._met_as: dict[str, Met] = {}
        self._rejections: dict[RejectionId, Rejection] = {}
        self._shards: dict[tuple[str, str], Shard] = {}

    def keep(self, harvests: Iterable[Harvest]) -> Kept:
        """See `Store.keep`."""
        whole = [intake.taken(harvest) for harvest in harvests]
        with self._lock:
            before = self._sightings
            counts = sum(map(self._keep_one, whole), Kept())
            growth = self._join()
            self._note({one for one in before | self._sightings if before.get(one) != self._sightings.get(one)})
            own = {article.own for taken in whole for article in taken.harvest.articles}
            known = {one.article for one in self._met_as.values() if one.likeness.own in own and one.article}
            return counts + Kept(
                articles_new=growth.articles,
                articles_known=len(known - growth.new),
                editions_new=growth.editions,
                articles_joined=growth.joined,
            )

    def page(self, page_id: str) -> Page:
        """See `Store.page`."""
        with self._lock:
            return _only_of(self._pages, "page", page_id)

    def article(self, article_id: str) -> Article:
        """See `Store.article`."""
        with self._lock:
            by_own = {one.likeness.own: one.article for one in self._met_as.values() if one.article}
            lookup.insist_on_prefix("article", article_id)
            fitting = {article for own, article in by_own.items() if own.startswith(article_id)}
            return shown(self._sightings[lookup.only(list(fitting), "article", article_id)])

    def sightings(self, article_id: ArticleId) -> Sequence[Sighting]:
        """See `Store.sightings`."""
        with self._lock:
            found = {one.article for one in self._met_as.values() if one.likeness.own == article_id and one.article}
            return sorted((met for article in found for met in self._sightings[article]), key=_oldest_first)

    def editions(self, article_id: ArticleId) -> Sequence[Edition]:
        """See `Store.editions`."""
        return editions(self.sightings(article_id))

    def on_page(self, page_id: PageId) -> Sequence[Article]:
        """See `Store.on_page`."""
        with self._lock:
            return tuple(map(self._known, self._on_page.get(page_id, ())))

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
        return (self._known(article) for articles in pages for article in articles)

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

    def _keep_one(self, taken: Taken) -> Kept:
        page, finished = taken.harvest.page, taken.harvest.finished
        if finished:
            self._shards[finished.digest, finished.way] = finished
        if page and page.id in self._pages:
            return Kept(pages_known=1)
        if page:
            self._pages[page.id] = page
            self._on_page[page.id] = tuple(sorted(taken.harvest.articles, key=lambda article: article.position))
            for article, likeness in zip(taken.harvest.articles, taken.likenesses, strict=True):
                self._meet(article, Met(likeness, rows.micros(page.captured)))
        return Kept(pages_new=1 if page else 0, rejections_new=self._reject(taken.harvest.rejections))

    def _meet(self, article: Article, met: Met) -> None:
        known = self._met_as.setdefault(article.edition, met)
        if identity.earlier(met.first, known.first):
            self._met_as[article.edition] = replace(known, first=met.first)

    def _join(self) -> Growth:
        """Find the article of each edition anew."""
        now = identity.articles(self._met_as)
        growth = identity.growth(self._met_as, now)
        self._met_as = {name: replace(one, article=now[name]) for name, one in self._met_as.items()}
        self._sightings = {}
        for page_id, articles in self._on_page.items():
            for article in map(self._known, articles):
                self._sightings.setdefault(article.id, []).append(Sighting(article, self._pages[page_id].captured))
        return growth

    def _known(self, article: Article) -> Article:
        """The article as this store knows it."""
        known = self._met_as[article.edition].article
        return article if known == article.own else replace(article, known_as=known)

    def _reject(self, rejections: Iterable[Rejection]) -> int:
        before = len(self._rejections)
        for rejection in rejections:
            self._rejections.setdefault(rejection.id, rejection)
        return len(self._rejections) - before

    def _met(self) -> Iterable[Sighting]:
        with self._lock:
            held = [(self._pages[page], articles) for page, articles in self._on_page.items()]
        return (Sighting(article, page.captured) for page, articles in held for article in articles)

    def _captures(self) -> dict[ArticleId, datetime]:
        found: dict[ArticleId, datetime] = {}
        with self._lock:
            for article, met in self._sightings.items():
                pages = [self._pages[one.article.page] for one in met]
                times = [page.captured for page in pages if page.captured and page.captured_basis.sure]
                found |= {article: min(times)} if times else {}
        return found

    def _shown(self) -> list[Article]:
        with self._lock:
            return [shown(met) for met in self._sightings.values()]

    def _led(self, article: ArticleId) -> ArticleId | None:
        with self._lock:
            return next((one.article for one in self._met_as.values() if one.likeness.own == article), None)

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
