"""A feed: a place we look for news of an outlet, what it says when asked, and what we remember between two looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from readout.models.article import Moment
from readout.models.ids import FeedId, stable_id
from readout.models.outlet import Outlet


class FeedKind(StrEnum):
    """What kind of place it is."""

    FEED = "feed"  # RSS, Atom, RDF, JSON Feed
    SITEMAP = "sitemap"  # a news sitemap, or an index of them
    PAGE = "page"  # a page with links to articles
    MAILBOX = "mailbox"  # a folder or file of newsletters on this machine


@dataclass(frozen=True)
class Feed:
    """A place to look.

    `address` is where to look now, or a path for a mailbox, and `first` where it was before it moved; `reasons` says
    how what was guessed of the outlet was guessed; `corrected` names the fields of `outlet` that a person set, which
    no guess overrules.
    """

    address: str
    kind: FeedKind
    outlet: Outlet
    title: str | None = None
    reasons: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    first: str | None = None

    @cached_property
    def id(self) -> FeedId:
        """Hashed from the address it was first added under: a feed that moves keeps its id."""
        return FeedId(stable_id("feed", self.first or self.address))


@dataclass(frozen=True)
class Look:
    """One look at a feed: when, and what came of it. All times in UTC.

    `outcome` is one short fact in the words of `capture.decide`, or why it failed in those of `capture.answers`. `new`
    counts the articles that were new, `undated` the new entries without a date, `left` those left for the next look.
    """

    at: datetime
    outcome: str
    ok: bool
    new: int = 0
    undated: int = 0
    left: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class FeedState:
    """What is remembered of a feed between two looks, and when the next is due. All times in UTC.

    `next_at` is None for a feed that ended (410, or too long gone). `rhythm` is the seconds between two publications,
    where the feed shows one; `interval` those between two looks; `quiet` the hours of the day at which it publishes
    nothing.
    """

    next_at: datetime | None
    interval: float
    rhythm: float | None = None
    quiet: tuple[int, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None  # of the content last read, to know an unchanged answer without headers
    last: Look | None = None
    last_ok: datetime | None = None
    last_new: datetime | None = None
    failures: int = 0  # in a row
    failing_since: datetime | None = None
    gone: bool = False
    moved_from: tuple[str, ...] = ()
    newest: datetime | None = None  # the newest publication seen

    @property
    def ended(self) -> bool:
        """Whether nobody looks there any more."""
        return self.next_at is None


@dataclass(frozen=True)
class Entry:
    """One entry of a feed, as it says. Text fields are as given, markup and all: nothing here is safe to show.

    `address` is absolute; `identifier` is the feed's own and proves nothing.
    """

    address: str | None
    identifier: str | None = None
    title: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    content: str | None = None
    enclosures: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    language: str | None = None
    categories: tuple[str, ...] = ()
    licence: str | None = None


@dataclass(frozen=True)
class Listing:
    """What a feed says when it is asked: about itself, and its entries in its own order."""

    kind: FeedKind
    title: str | None = None
    address: str | None = None  # the site's own page
    identifier: str | None = None  # the feed's own for itself
    summary: str | None = None  # what it says it is about, markup and all
    language: str | None = None
    updated: Moment | None = None
    authors: tuple[str, ...] = ()
    licence: str | None = None
    image: str | None = None
    categories: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    next_pages: tuple[str, ...] = ()  # further parts: an index's sitemaps, a paged feed's next
    faults: tuple[str, ...] = ()  # what was wrong with it and mended
