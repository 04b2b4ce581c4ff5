"""Following feeds: what is kept of each, what became of its entries, and what adding and updating did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from readout.errors import InputError
from readout.models.feed import Feed, FeedState

_ADDRESSES = 10  # that a feed moved from and that are remembered


@dataclass(frozen=True)
class Followed:
    """A feed that is followed, and how it stands."""

    feed: Feed
    state: FeedState

    def amended(self, feed: Feed) -> Followed:
        """What is known of the feed anew, where it is apart."""
        return replace(self, feed=replace(feed, address=self.feed.address, first=self.feed.first))

    def moved(self, to: str | None) -> Followed:
        """The feed at its new address, where there is one, with the old one remembered."""
        old = self.feed
        if to is None or to == old.address:
            return self
        state = replace(self.state, moved_from=(*self.state.moved_from, old.address)[-_ADDRESSES:])
        return Followed(replace(old, address=to, first=old.first or old.address), state)


@dataclass(frozen=True)
class Seen:
    """What is remembered of an entry, so that nothing is fetched twice.

    `key` is its canonical address, or what stands for one; `at` (UTC) is when it was last asked for, in `tries` tries.
    It is `done` when nothing more is expected of it, until its `stamp` changes: what the feed said of its edition.
    """

    key: str
    at: datetime
    stamp: str = ""
    tries: int = 0
    done: bool = True


@dataclass(frozen=True)
class Found:
    """A feed that adding found, whether it is new to us, and how it was found ("a feed", "a feed of that page")."""

    feed: Feed
    new: bool
    because: str


@dataclass(frozen=True)
class Addition:
    """What came of adding one address or file: the feeds, other places where there may be some, and what of a list
    cannot be used.
    """

    asked: str
    found: tuple[Found, ...] = ()
    also: tuple[str, ...] = ()
    unusable: tuple[InputError, ...] = ()


@dataclass(frozen=True)
class UpdateReport:
    """What an update did, in counts: `feeds` were looked at, of which those in `failed` gave nothing, each as it now
    stands; `pages` were captured, `articles` and `editions` are new, `dropped` counts rejections, and `left` the
    entries left for the next time.
    """

    feeds: int = 0
    pages: int = 0
    articles: int = 0
    editions: int = 0
    dropped: int = 0
    left: int = 0
    failed: tuple[Followed, ...] = ()
