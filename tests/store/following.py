"""What every store does with feeds: a backend's test class inherits this and says how to open one."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from readout.errors import AmbiguousIdError, NotFoundError
from readout.models import Feed, FeedId, FeedKind, FeedState, Followed, Look, Outlet, Seen
from readout.store.base import LOOKS, Store
from tests.builders import NOON

HOUR = timedelta(hours=1)
OUTLET = Outlet("The Harbour Post", "harbourpost.example", "GB", "en", "newspaper")


def followed(name: str = "feed", *, hours: float | None = 0) -> Followed:
    """A feed that is due so many hours after noon, or never."""
    feed = Feed(f"https://harbourpost.example/{name}", FeedKind.FEED, OUTLET, "News \0 ü", ("name: its title",))
    return Followed(feed, FeedState(None if hours is None else NOON + hours * HOUR, 3600.0))


class FollowingContract(ABC):
    """Inherit it, and say what `opened` is."""

    @abstractmethod
    def opened(self) -> Store:
        """A new, empty store."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A new, empty store, closed after the test; nothing is wrong with what the test left in it."""
        with closing(self.opened()) as opened:
            yield opened
            assert opened.check() == ()

    def test_a_feed_comes_back_as_it_was(self, store: Store) -> None:
        one = followed()
        state = replace(one.state, etag='"x"', quiet=(1, 2), moved_from=("a",), last=Look(NOON, "empty", ok=True))
        assert store.follow(replace(one, state=state))
        assert store.feeds() == [replace(one, state=state)]
        assert store.feed(one.feed.id) == store.feed(one.feed.id[:5]) == replace(one, state=state)

    def test_following_twice_changes_nothing(self, store: Store) -> None:
        one = followed()
        assert store.follow(one)
        assert not store.follow(replace(one, state=replace(one.state, failures=3)))
        assert store.feeds() == [one]

    def test_what_was_seen_long_ago_is_forgotten(self, store: Store) -> None:
        entries = {str(hours): Seen(str(hours), NOON + hours * HOUR) for hours in range(5)}
        store.see(entries.values())
        assert store.forget(NOON + 3 * HOUR) == 3
        assert store.forget(NOON + 3 * HOUR) == 0
        assert sorted(store.seen(entries)) == ["3", "4"]

    def test_what_is_due_comes_the_longest_due_first(self, store: Store) -> None:
        for name, hours in (("a", 3), ("b", 1), ("c", 2), ("ended", None), ("later", 9)):
            store.follow(followed(name, hours=hours))
        assert [one.feed.address[-1] for one in store.due(NOON + 3 * HOUR)] == ["b", "c", "a"]
        assert [one.feed.address[-1] for one in store.due(NOON + HOUR)] == ["b"]
        assert list(store.due(NOON)) == []

    def test_a_look_is_kept_with_the_state_it_left(self, store: Store) -> None:
        one = followed()
        store.follow(one)
        state = replace(one.state, next_at=NOON + HOUR, last=Look(NOON, "new articles", ok=True, new=3))
        store.looked(one.feed.id, state)
        assert store.feed(one.feed.id).state == state
        assert store.looks(one.feed.id) == [state.last]
        assert [*store.due(NOON), *store.looks(FeedId("nobody"))] == []

    def test_only_the_latest_looks_are_kept(self, store: Store) -> None:
        one = followed()
        store.follow(one)
        looks = [Look(NOON + number * HOUR, str(number), ok=True) for number in range(LOOKS + 3)]
        for look in looks:
            store.looked(one.feed.id, replace(one.state, last=look))
        assert store.looks(one.feed.id) == looks[: -LOOKS - 1 : -1]

    def test_a_feed_that_moved_keeps_its_id_and_remembers(self, store: Store) -> None:
        one = followed()
        store.follow(one)
        store.looked(one.feed.id, one.state, "https://new.example/")
        found = store.feed(one.feed.id)
        assert (found.feed.id, found.feed.address) == (one.feed.id, "https://new.example/")
        assert found.state.moved_from == (one.feed.address,)
        store.looked(one.feed.id, found.state, "https://new.example/")
        assert store.feed(one.feed.id) == found

    def test_a_correction_outlives_looks_that_were_under_way(self, store: Store) -> None:
        one = followed()
        store.follow(one)
        outlet = replace(OUTLET, name="Post")
        store.amend(replace(one.feed, outlet=outlet, corrected=("name",)))
        store.looked(one.feed.id, replace(one.state, failures=1), "https://new.example/")
        found = store.feed(one.feed.id)
        assert (found.feed.outlet, found.feed.corrected, found.state.failures) == (outlet, ("name",), 1)
        store.amend(replace(one.feed, title="x"))
        assert store.feed(one.feed.id).feed.address == "https://new.example/"

    def test_nothing_is_kept_of_a_feed_that_is_followed_no_more(self, store: Store) -> None:
        one, other = followed(), followed("other")
        store.follow(one)
        store.follow(other)
        looked = replace(one.state, last=Look(NOON, "empty", ok=True))
        store.looked(one.feed.id, looked)
        store.unfollow(one.feed.id)
        store.looked(one.feed.id, looked)
        assert store.feeds() == [other]
        assert list(store.looks(one.feed.id)) == []
        with pytest.raises(NotFoundError):
            store.unfollow(one.feed.id)
        with pytest.raises(NotFoundError):
            store.amend(one.feed)

    def test_an_id_that_fits_nothing_or_two(self, store: Store) -> None:
        for number in range(2000):
            store.follow(followed(str(number)))
        with pytest.raises(NotFoundError):
            store.feed("nobody")
        ids = sorted(one.feed.id for one in store.feeds())
        twins = next(a for a, b in pairwise(ids) if a[:4] == b[:4])
        with pytest.raises(AmbiguousIdError):
            store.feed(twins[:4])

    def test_entries_are_remembered_by_their_keys(self, store: Store) -> None:
        first = [Seen("https://a.example/'%\"", NOON, "s", 1, done=False), Seen("b", NOON)]
        store.see(first)
        again = replace(first[0], tries=2, done=True, at=NOON + HOUR)
        store.see([again])
        assert store.seen([first[0].key, "b", "never"]) == {first[0].key: again, "b": first[1]}
        assert store.seen([]) == {}
        store.see([])

    def test_many_keys_at_once(self, store: Store) -> None:
        store.see(Seen(f"key {number}", NOON) for number in range(5000))
        assert len(store.seen(f"key {number}" for number in range(4990, 5010))) == 10

    def test_writers_at_once_lose_nothing(self, store: Store) -> None:
        def write(part: int) -> None:
            for number in range(20):
                store.follow(followed(f"{part} {number}"))
                store.see([Seen(f"{part} {number}", NOON)])

        threads = [threading.Thread(target=write, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.feeds()) == len(store.seen(f"{p} {n}" for p in range(4) for n in range(20))) == 80
