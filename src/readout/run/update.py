"""One update: look at the feeds that are due, capture what is new, keep it, and remember how each feed stands.

    threads, one lane a host            this thread, one thing at a time
    ────────────────────────            ──────────────────────────────────────────────────────────
    fetch a feed, read it, decide   →   remember what is past; ask the lanes for the entries wanted
    fetch an entry → page → steps   →   keep → remember the entry
                                        when a feed's last entry is dealt with: remember the feed

A feed is remembered last, so that whatever interrupts an update the next one sees the same again; an entry that was
kept by then is known and not fetched twice. `watch` does the same for ever: a feed that takes long keeps none waiting.
What is read is read under limits (`apart`), and what exceeds them costs one look or one entry.
Decides nothing: `capture.decide` does.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from readout.capture import archive, decide, entries, places
from readout.capture.answers import Failure, Reason, Response
from readout.capture.decide import Visit, Wanted
from readout.errors import InputError, ReadoutError
from readout.extract.told import told
from readout.models import (
    Feed,
    FeedId,
    FeedKind,
    Followed,
    Harvest,
    Kept,
    Listing,
    Page,
    Rejection,
    Seen,
    Shard,
    UpdateReport,
)
from readout.run.apart import Do, Lost, here
from readout.run.base import Progress, silent
from readout.run.faults import place
from readout.run.lanes import Lanes
from readout.run.manners import Manners, host
from readout.store.base import Store
from readout.text import addresses

WIDTH = 16  # hosts asked at once
PARTS = 8  # of a sitemap index, read after one look

Step = Callable[[Page | Rejection], Harvest]

FAULT = "a fault of Readout"

_FORGETTING = 24 * 3600.0  # seconds between two times of it
_PATIENCE = 0.2  # seconds after which a request to stop is noticed


def now_in_utc() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class World:
    """What an update works with. `step` is what turns a page into a harvest, and `do` does what else may take long."""

    store: Store
    manners: Manners
    step: Step
    clock: Callable[[], datetime] = now_in_utc
    width: int = WIDTH
    busy: dict[FeedId, object] = field(default_factory=dict)  # feeds that an update of this process is looking at
    do: Do = here


@dataclass
class _Open:
    """A feed that is being dealt with: how many of its entries are still to come, and what came of the others."""

    visit: Visit
    waiting: int = 0
    new: int = 0
    left: int = 0


@dataclass
class _Index:
    """A sitemap index that is being read part by part."""

    followed: Followed
    answer: Response
    listing: Listing
    waiting: int
    lock: threading.Lock = field(default_factory=threading.Lock)


def update(
    world: World, due: Iterable[Followed], progress: Progress = silent, stop: threading.Event | None = None
) -> UpdateReport:
    """Look at these feeds. Ends early, with nothing lost, when `stop` is set. Raises StoreError."""
    return _Update(world, stop or threading.Event()).run(list(due), progress)


def watch(world: World, stop: threading.Event, every: float = 15.0) -> None:
    """Look at feeds as they become due, asked for every so many seconds, until `stop` is set. Raises StoreError."""
    _Update(world, stop).watch(every)


class _Update:
    def __init__(self, world: World, stop: threading.Event) -> None:
        self._world = world
        self._stop = stop
        self._lanes = Lanes(world.width)
        self._arrived: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._claimed: set[str] = set()
        self._under_way: set[FeedId] = set()
        self._report = UpdateReport()
        self._token = object()

    def run(self, due: list[Followed], progress: Progress) -> UpdateReport:
        self._forget()
        with self._lanes, self._ours():
            for followed in due:
                self._start(followed)
            while self._under_way and not self._stop.is_set():
                self._wait()
                progress(self._report.feeds, len(due))
            if self._under_way:
                self._lanes.close(wait=False)
        return self._report

    def watch(self, every: float) -> None:
        with self._lanes, self._ours():
            ask_at = forget_at = 0.0
            while not self._stop.is_set():
                if time.monotonic() >= forget_at:
                    self._forget()
                    forget_at = time.monotonic() + _FORGETTING
                if time.monotonic() >= ask_at:
                    for followed in self._world.store.due(self._world.clock()):
                        self._start(followed)
                    ask_at = time.monotonic() + every
                self._wait()
            self._lanes.close(wait=False)

    def _forget(self) -> None:
        self._world.store.forget(self._world.clock() - decide.REMEMBERED)

    @contextmanager
    def _ours(self) -> Iterator[None]:
        """However it ends, what was not finished is free for the next update."""
        try:
            yield
        finally:
            for feed_id in self._under_way:
                self._world.busy.pop(feed_id, None)

    def _start(self, followed: Followed) -> None:
        ours = self._world.busy.setdefault(followed.feed.id, self._token) is self._token
        if ours and followed.feed.id not in self._under_way:
            self._under_way.add(followed.feed.id)
            look = self._open_mailbox if followed.feed.kind is FeedKind.MAILBOX else self._look
            self._ask(followed.feed.address, partial(look, followed), partial(self._fail, followed))

    def _wait(self) -> None:
        with suppress(queue.Empty):
            self._arrived.get(timeout=_PATIENCE)()

    # In the lanes: what takes time. They touch nothing that another thread touches, and hand over what they got.

    def _ask(
        self, address: str, job: Callable[[], None], failed: Callable[[Exception], None], *, outside: bool = True
    ) -> None:
        """Do this in the lane of that address; only what goes `outside` has to leave its host in peace afterwards."""

        def guarded() -> float:
            try:
                job()
            except ReadoutError as error:
                self._arrived.put(partial(_raise, error))
            except Exception as error:  # noqa: BLE001 - a bug that one feed strikes must not cost the others theirs
                failed(error)
            return self._world.manners.pause_after(address) if outside else 0.0

        self._lanes.add(host(address), guarded)

    def _fail(self, followed: Followed, error: Exception) -> None:
        self._break(followed, f"{FAULT} ({place(error)})")

    def _break(self, followed: Followed, outcome: str) -> None:
        self._arrived.put(partial(self._opened, decide.broken(followed, outcome, self._world.clock())))

    def _open_mailbox(self, followed: Followed) -> None:
        try:
            captured = (one for one in archive.pages(followed.feed.address) if not isinstance(one, Shard))
            arrivals = list(islice(self._unread(captured), decide.MOST + 1))
        except InputError as error:
            self._break(followed, error.reason)
            return
        left = len(arrivals) > decide.MOST
        visit = decide.opened(followed, self._world.clock(), found=bool(arrivals), left=int(left))
        harvests = [(one, self._world.step(one)) for one in arrivals[: decide.MOST]]
        self._arrived.put(partial(self._read, visit, harvests))

    def _unread(self, arrivals: Iterable[Page | Rejection]) -> Iterator[Page | Rejection]:
        for one in arrivals:
            known = self._world.store.seen([_message(one)])
            if known:
                self._world.store.see(decide.listed_still(known.values(), self._world.clock()))
            else:
                yield one

    def _look(self, followed: Followed) -> None:
        feed, state = followed.feed, followed.state
        answer = self._world.manners(feed.address, etag=state.etag, last_modified=state.last_modified)
        if isinstance(answer, Failure) or decide.unchanged(state, answer):
            self._judge(followed, answer, None)
            return
        listing = self._world.do(places.listing, feed.kind, answer)
        if isinstance(listing, Lost):
            self._break(followed, str(listing))
            return
        parts = listing.next_pages[:PARTS] if listing and not listing.entries else ()
        if listing and parts:
            index = _Index(followed, answer, listing, len(parts))
            for part in parts:
                self._ask(part, partial(self._look_at_part, index, part), partial(self._fail, followed))
        else:
            self._judge(followed, answer, listing)

    def _look_at_part(self, index: _Index, address: str) -> None:
        answer = self._world.manners(address)
        kind = index.followed.feed.kind
        part = self._world.do(places.listing, kind, answer) if isinstance(answer, Response) else None
        with index.lock:
            if isinstance(part, Listing):
                index.listing = replace(index.listing, entries=(*index.listing.entries, *part.entries))
            index.waiting -= 1
            last = not index.waiting
        if last:
            self._judge(index.followed, index.answer, index.listing)

    def _judge(self, followed: Followed, answer: Response | Failure, listing: Listing | None) -> None:
        keys = {decide.key(entry, followed.feed) for entry in listing.entries} if listing else ()
        known = self._world.store.seen(keys)
        visit = decide.visit(followed, answer, listing, known, self._world.clock())
        self._arrived.put(partial(self._opened, visit))

    def _capture(self, opened: _Open, wanted: Wanted) -> None:
        answer = self._world.manners(wanted.entry.address or "")
        if isinstance(answer, Failure):
            self._miss(opened, wanted, answer)
            return
        found = self._harvest(opened, wanted, entries.fetched(answer, self._world.clock()))
        self._arrived.put(partial(self._dealt_with, opened, wanted, [found, *self._spare(opened, wanted, found)]))

    def _carry(self, opened: _Open, wanted: Wanted) -> None:
        self._arrived.put(partial(self._dealt_with, opened, wanted, [self._carried(opened, wanted)]))

    def _lose(self, opened: _Open, wanted: Wanted, error: Exception) -> None:
        address = wanted.entry.address or ""
        self._miss(opened, wanted, Failure(address, address, Reason.BROKEN, place(error)))

    def _miss(self, opened: _Open, wanted: Wanted, failure: Failure) -> None:
        remembered = decide.seen(wanted, self._world.clock(), failure)
        if remembered.done:
            lost = Harvest(None, rejections=(entries.missed(failure),))
            harvests = [lost, *self._spare(opened, wanted, lost)]
            self._arrived.put(partial(self._dealt_with, opened, wanted, harvests))
        else:
            self._arrived.put(partial(self._put_off, opened, wanted, remembered))

    def _spare(self, opened: _Open, wanted: Wanted, found: Harvest) -> list[Harvest]:
        """What the feed itself carries, where that gives an article and the page gave none."""
        if found.articles or not wanted.entry.content:
            return []
        spare = self._carried(opened, wanted)
        return [spare] if spare.articles else []

    def _carried(self, opened: _Open, wanted: Wanted) -> Harvest:
        page = entries.carried(wanted.entry, opened.visit.feed.address, self._world.clock())
        return self._harvest(opened, wanted, page)

    def _harvest(self, opened: _Open, wanted: Wanted, arrival: Page | Rejection) -> Harvest:
        return told(self._world.step(arrival), wanted.entry, opened.visit.feed)

    # In the thread of the update: what keeps.

    def _read(self, visit: Visit, harvests: list[tuple[Page | Rejection, Harvest]]) -> None:
        opened = _Open(visit, len(harvests))
        for arrival, harvest in harvests:
            kept = self._world.store.keep([harvest])
            self._world.store.see([Seen(_message(arrival), self._world.clock())])
            opened.new += kept.articles_new
            self._add(kept)
        self._close(opened)

    def _opened(self, visit: Visit) -> None:
        self._world.store.see(visit.passed)
        now_known = self._world.store.seen([one.key for one in visit.wanted])  # another feed may have been quicker
        free = (one for one in visit.wanted if one.key not in self._claimed)
        wanted = [one for one in free if now_known.get(one.key) == one.before]
        self._claimed.update(one.key for one in wanted)
        opened = _Open(visit, len(wanted))
        for one in wanted:
            failed = partial(self._lose, opened, one)
            if one.whole:
                self._ask(visit.feed.address, partial(self._carry, opened, one), failed, outside=False)
            else:
                self._ask(one.entry.address or "", partial(self._capture, opened, one), failed)
        if not wanted:
            self._close(opened)

    def _put_off(self, opened: _Open, wanted: Wanted, remembered: Seen) -> None:
        self._world.store.see([remembered])
        opened.left += 1
        self._count(opened, wanted)

    def _dealt_with(self, opened: _Open, wanted: Wanted, harvests: list[Harvest]) -> None:
        kept = self._world.store.keep(harvests)
        self._world.store.see([decide.seen(wanted, self._world.clock())])
        opened.new += kept.articles_new
        self._add(kept)
        self._count(opened, wanted)

    def _count(self, opened: _Open, wanted: Wanted) -> None:
        self._claimed.discard(wanted.key)
        opened.waiting -= 1
        if not opened.waiting:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        visit = opened.visit
        state = decide.settled(visit, opened.new, opened.left, self._world.clock())
        moved_to = visit.moved_to
        if moved_to and self._is_another(moved_to, visit.feed):
            state, moved_to = decide.merged(state), None
        self._world.store.looked(visit.feed.id, state, moved_to)
        self._under_way.discard(visit.feed.id)
        self._world.busy.pop(visit.feed.id, None)
        failed = () if visit.look.ok else (Followed(visit.feed, state),)
        report = self._report
        left = state.last.left if state.last else 0
        self._report = replace(
            report, feeds=report.feeds + 1, left=report.left + left, failed=(*report.failed, *failed)
        )

    def _is_another(self, address: str, feed: Feed) -> bool:
        """Whether another feed is followed at that address."""
        there = addresses.canonical(address) or address
        others = (one.feed for one in self._world.store.feeds() if one.feed.id != feed.id)
        return any((addresses.canonical(one.address) or one.address) == there for one in others)

    def _add(self, kept: Kept) -> None:
        report = self._report
        self._report = replace(
            report,
            pages=report.pages + kept.pages_new,
            articles=report.articles + kept.articles_new,
            editions=report.editions + kept.editions_new,
            dropped=report.dropped + kept.rejections_new,
        )


def _message(arrival: Page | Rejection) -> str:
    """What a message of a mailbox is remembered by."""
    return f"message:{arrival.id}"


def _raise(error: Exception) -> None:
    raise error
