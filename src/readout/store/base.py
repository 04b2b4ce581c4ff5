"""The contract that every store keeps; `tests/store/contract.py` is its one suite.

A store takes values and gives the same values back. What `keep` acknowledged is durable and is there once, whatever
happens next; what it did not acknowledge is not there at all. No store decides anything about news.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from readout.models import (
    Article,
    ArticleId,
    Edition,
    Feed,
    FeedId,
    FeedState,
    Followed,
    Harvest,
    Kept,
    Look,
    LossCount,
    OutletCount,
    OutletId,
    Page,
    PageId,
    Rejection,
    Seen,
    Shard,
    Sighting,
    Totals,
)
from readout.store.admitting import Admitting
from readout.store.annotating import Annotating
from readout.store.commenting import Commenting
from readout.store.comparing import Comparing
from readout.store.grouping import Grouping
from readout.store.indexing import Indexing
from readout.store.naming import Naming
from readout.store.regarding import Regarding

MIN_PREFIX = 4  # an id may be shortened to this many characters
LOOKS = 50  # of each feed are kept, the latest


class Following(Protocol):
    """What is kept of feeds. Every verb is one transaction: all of it or nothing."""

    def follow(self, followed: Followed) -> bool:
        """Follow a feed from now on; whether it is new. One that is followed already stays as it is."""

    def feeds(self) -> Sequence[Followed]:
        """The feeds that are followed, in order of address."""

    def feed(self, feed_id: str) -> Followed:
        """The feed of that id, or of the one id that begins so. Raises NotFoundError, AmbiguousIdError."""

    def due(self, now: datetime) -> Sequence[Followed]:
        """The feeds to look at by then, the longest due first."""

    def amend(self, feed: Feed) -> None:
        """Keep what is known of the feed anew, its address and state apart. Raises NotFoundError."""

    def looked(self, feed_id: FeedId, state: FeedState, moved_to: str | None = None) -> None:
        """Keep how the feed stands now and its last look, and where it moved. Of a feed that is no longer followed
        nothing is kept.
        """

    def looks(self, feed_id: FeedId) -> Sequence[Look]:
        """The last `LOOKS` looks at that feed, the latest first."""

    def unfollow(self, feed_id: FeedId) -> None:
        """Follow that feed no more; what was captured stays. Raises NotFoundError."""

    def seen(self, keys: Iterable[str]) -> Mapping[str, Seen]:
        """What is remembered of those of the entries that were ever asked for, by their keys."""

    def see(self, entries: Iterable[Seen]) -> None:
        """Remember that of these entries, in place of what was."""

    def forget(self, before: datetime) -> int:
        """Remember nothing more of entries of before then; of how many."""


class Store(Following, Annotating, Grouping, Indexing, Admitting, Naming, Comparing, Regarding, Commenting, Protocol):
    """Everything that is kept."""

    def keep(self, harvests: Iterable[Harvest]) -> Kept:
        """Keep all of it or none of it, durably, and say what was new. Keeping the same again changes nothing.

        A page that is kept already stays as it is, with what was found on it then. Raises StoreError when the database
        cannot take it (a full disk), and ValueError for a harvest whose articles are not all of its page, each at a
        position of its own; nothing of it is then kept.
        """

    def page(self, page_id: str) -> Page:
        """The page of that id, or of the one id that begins so. Raises NotFoundError, AmbiguousIdError."""

    def article(self, article_id: str) -> Article:
        """The article of that id, or of the one id that begins so, as `models.shown` chooses among its sightings.

        Every id that an article or a text of it ever had leads to it (see `identity.py`); the article knows its id
        of today. Raises NotFoundError, AmbiguousIdError.
        """

    def sightings(self, article_id: ArticleId) -> Sequence[Sighting]:
        """Every sighting of that article, oldest capture first (unknown capture times first of all)."""

    def editions(self, article_id: ArticleId) -> Sequence[Edition]:
        """The versions of that article, the one first met first; see `models.editions`."""

    def on_page(self, page_id: PageId) -> Sequence[Article]:
        """The articles of that page in the order of their positions."""

    def articles(self, *, outlet: OutletId | None = None, limit: int = 50, offset: int = 0) -> Sequence[Article]:
        """Articles, the latest published first; those with no known time come last. Ties are in order of id."""

    def every_article(self) -> Iterator[Article]:
        """All sightings of all articles, page by page in the order they were kept, positions ascending."""

    def outlets(self) -> Sequence[OutletCount]:
        """The outlets that have articles, by number of articles, most first, then by name.

        Of an outlet's spellings, the first in the order of characters names it, whichever came first.
        """

    def outlet(self, outlet_id: str) -> OutletCount:
        """The outlet of that id, or of the one id that begins so. Raises NotFoundError, AmbiguousIdError."""

    def rejections(self, *, page: PageId | None = None, limit: int = 200, offset: int = 0) -> Sequence[Rejection]:
        """What was dropped, the latest first."""

    def losses(self) -> Sequence[LossCount]:
        """How often each stage dropped something for each reason, most frequent first."""

    def totals(self) -> Totals:
        """How much is kept."""

    def shards(self, size: int, way: str) -> Sequence[Shard]:
        """The finished files of that size, in bytes, that were read in that way; those that harvests told of."""

    def check(self) -> Sequence[str]:
        """Faults found in what is kept, one line each; empty when all is well."""

    def close(self) -> None:
        """Let go of the database. A closed store cannot be used again."""
