"""Feeds in memory: the part of `memory.py` that is about following them. Safe for threads."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from readout.errors import NotFoundError
from readout.models import Feed, FeedId, FeedState, Followed, Look, Seen
from readout.store import lookup
from readout.store.base import LOOKS

_NEVER = datetime.max.replace(tzinfo=UTC)


class MemoryFollowing:
    """Keeps `store.base.Following`'s contract, durability apart."""

    def __init__(self) -> None:
        super().__init__()
        self._following = threading.RLock()
        self._feeds: dict[FeedId, Followed] = {}
        self._looks: dict[FeedId, dict[datetime, Look]] = {}
        self._seen: dict[str, Seen] = {}

    def follow(self, followed: Followed) -> bool:
        """See `Following.follow`."""
        with self._following:
            return self._feeds.setdefault(followed.feed.id, followed) is followed

    def feeds(self) -> Sequence[Followed]:
        """See `Following.feeds`."""
        with self._following:
            return sorted(self._feeds.values(), key=lambda one: (one.feed.address, one.feed.id))

    def feed(self, feed_id: str) -> Followed:
        """See `Following.feed`."""
        lookup.insist_on_prefix("feed", feed_id)
        with self._following:
            found = [one for key, one in self._feeds.items() if key.startswith(feed_id)]
        return lookup.only(found, "feed", feed_id)

    def due(self, now: datetime) -> Sequence[Followed]:
        """See `Following.due`."""
        with self._following:
            found = [one for one in self._feeds.values() if _next(one) <= now]
        return sorted(found, key=lambda one: (_next(one), one.feed.id))

    def amend(self, feed: Feed) -> None:
        """See `Following.amend`."""
        with self._following:
            if feed.id not in self._feeds:
                raise NotFoundError("feed", feed.id)
            self._feeds[feed.id] = self._feeds[feed.id].amended(feed)

    def looked(self, feed_id: FeedId, state: FeedState, moved_to: str | None = None) -> None:
        """See `Following.looked`."""
        with self._following:
            if feed_id not in self._feeds:
                return
            self._feeds[feed_id] = replace(self._feeds[feed_id], state=state).moved(moved_to)
            if state.last:
                kept = {**self._looks.get(feed_id, {}), state.last.at: state.last}
                self._looks[feed_id] = dict(sorted(kept.items(), reverse=True)[:LOOKS])

    def looks(self, feed_id: FeedId) -> Sequence[Look]:
        """See `Following.looks`."""
        with self._following:
            return list(self._looks.get(feed_id, {}).values())

    def unfollow(self, feed_id: FeedId) -> None:
        """See `Following.unfollow`."""
        with self._following:
            if self._feeds.pop(feed_id, None) is None:
                raise NotFoundError("feed", feed_id)
            self._looks.pop(feed_id, None)

    def seen(self, keys: Iterable[str]) -> Mapping[str, Seen]:
        """See `Following.seen`."""
        with self._following:
            return {key: self._seen[key] for key in keys if key in self._seen}

    def see(self, entries: Iterable[Seen]) -> None:
        """See `Following.see`."""
        with self._following:
            self._seen |= {one.key: one for one in entries}

    def forget(self, before: datetime) -> int:
        """See `Following.forget`."""
        with self._following:
            old = [key for key, one in self._seen.items() if one.at < before]
            for key in old:
                del self._seen[key]
        return len(old)


def _next(followed: Followed) -> datetime:
    return followed.state.next_at or _NEVER
