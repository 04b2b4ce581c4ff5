"""What a look at a feed means: its old state and what came back → what to fetch, and its new state. Pure: intents only.

    visit(feed, answer, listing, known, now)  →  Visit: how it looks, and the entries that are wanted
    settled(visit, new, left, now)            →  FeedState: what to remember, and when to look again
    seen(wanted, …)                           →  Seen: what to remember of an entry

Who carries it out fetches what is wanted between the first two. A feed's word is never taken: at most `MOST` entries
are fetched after one look, an entry that changes all the time is fetched `TRIES` times and no more, and what was there
long before we began is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from readout.capture import schedule
from readout.capture.answers import Failure, Reason, Response
from readout.models import Entry, Feed, FeedState, Followed, Listing, Look, Seen, digest, stable_id
from readout.text import addresses
from readout.text.html import text_of

MOST = 60  # entries fetched after one look
TRIES = 4  # times that one entry is fetched, all in all
GIVEN_UP = timedelta(days=30)  # of failing, every time, after which a feed that is "not found" has ended
REMEMBERED = timedelta(days=365)  # how long an entry is remembered that no feed lists any more
_FADING = timedelta(days=30)  # between two notes that an entry is listed still
WHOLE = 1500  # characters of text that an entry carries, from which on it may be the whole article

NEW = "new articles"
NOTHING_NEW = "nothing new"
NOT_MODIFIED = "not modified"
EMPTY = "empty"
ENDED = "ended by its publisher"
GONE = "gone"
NOT_A_FEED = "no longer a feed"
ELSEWHERE = "moved to where another feed is followed already"

_AGAIN = timedelta(hours=1)  # between two fetches of one entry
_NOT_FOUND = 404
_FOR_NOW = frozenset({408, 425, 429, 500, 502, 503, 504})
_FINAL = frozenset({Reason.REFUSED, Reason.DISALLOWED, Reason.TOO_LARGE, Reason.TOO_MANY_REDIRECTS, Reason.NOWHERE})
_BREAKS = ("</p>", "<br", "\n\n")
_FEWEST_BREAKS = 3
_CUT = ("…", "...", "[…]", "[...]", "read more", "continue reading", "weiterlesen", "lire la suite", "leer más")


@dataclass(frozen=True)
class Wanted:
    """An entry to be captured: as a page of its own words where it is `whole`, else from its address.

    `before` is what was remembered of it.
    """

    key: str
    entry: Entry
    stamp: str
    whole: bool = False
    before: Seen | None = None


@dataclass(frozen=True)
class Visit:
    """A look at a feed, judged. `state` is what to remember so far; `passed` are entries that need nothing more."""

    feed: Feed
    state: FeedState
    look: Look
    wanted: tuple[Wanted, ...] = ()
    passed: tuple[Seen, ...] = ()
    left: int = 0
    moved_to: str | None = None
    retry_after: float | None = None
    max_age: float = 0.0


def key(entry: Entry, feed: Feed) -> str:
    """What an entry is remembered by: its canonical address, else its identifier or its words within the feed."""
    named = addresses.canonical(entry.address) if entry.address else None
    if named:
        return named
    own = entry.identifier or f"{entry.title}\n{entry.summary}\n{entry.content}"
    return f"{feed.id}#{stable_id('entry', own)}"


def unchanged(state: FeedState, answer: Response) -> bool:
    """Whether the answer is what was read last time, so that it need not be read again."""
    return answer.unchanged or (state.digest is not None and digest(answer.content) == state.digest)


def visit(
    followed: Followed, answer: Response | Failure, listing: Listing | None, known: Mapping[str, Seen], now: datetime
) -> Visit:
    """What a look brought. `listing` is what was read in the answer, None where it was not or could not be; `known`
    holds what is remembered of its entries.
    """
    feed, state = followed.feed, followed.state
    if isinstance(answer, Failure):
        return replace(_failed(followed, str(answer), answer, now), retry_after=answer.retry_after)
    good = replace(state, failures=0, failing_since=None, last_ok=now, gone=False)
    seconds = answer.elapsed
    if unchanged(state, answer):
        look = Look(now, NOT_MODIFIED, ok=True, seconds=seconds)
        return _with_wishes(Visit(feed, good, look), answer)
    if listing is None:
        return _failed(followed, NOT_A_FEED, answer, now)
    fresh = replace(
        _in_rhythm(good, listing, now),
        etag=answer.etag,
        last_modified=answer.last_modified,
        digest=digest(answer.content),
    )
    judged = _sorted_out(followed, listing, known, now)
    undated = sum(1 for one in judged.wanted if not (one.entry.published or one.entry.updated))
    outcome = NOTHING_NEW if listing.entries else EMPTY
    look = Look(now, outcome, ok=True, undated=undated, left=judged.left, seconds=seconds)
    return _with_wishes(replace(judged, state=fresh, look=look), answer)


def opened(followed: Followed, now: datetime, *, found: bool, left: int = 0) -> Visit:
    """What a look into a mailbox brought, which anybody can open at any time."""
    good = replace(followed.state, failures=0, failing_since=None, last_ok=now, gone=False)
    return Visit(followed.feed, good, Look(now, NOTHING_NEW if found else EMPTY, ok=True, left=left), left=left)


def broken(followed: Followed, outcome: str, now: datetime) -> Visit:
    """A look that came to nothing for a reason of its own."""
    nothing = Failure(followed.feed.address, followed.feed.address, Reason.BROKEN)
    return _failed(followed, outcome, nothing, now)


def settled(visit: Visit, new: int, left: int, now: datetime) -> FeedState:
    """What to remember of the feed when its entries were dealt with: `new` articles came of them, and `left` could not
    be had this time.
    """
    state, look = visit.state, replace(visit.look, new=new, left=visit.look.left + left)
    if not look.ok:
        return replace(state, last=look)
    if new:
        state, look = replace(state, last_new=now), replace(look, outcome=NEW)
    if look.left:  # the next look has to see the whole listing, not hear that nothing changed
        state = replace(state, etag=None, last_modified=None, digest=None)
    silence = None if new else (now - (state.last_new or state.newest or now)).total_seconds()
    interval = schedule.interval(state.interval, state.rhythm, None if look.left else silence)
    if state.last is None and not new:  # nothing is known: a first look that brings nothing is no silence
        interval = schedule.interval(state.interval, state.rhythm, None)
    at = schedule.next_look(visit.feed.id, now, max(interval, visit.max_age), state.quiet)
    return replace(state, interval=interval, next_at=schedule.asked_to_wait(now, at, visit.retry_after), last=look)


def merged(state: FeedState) -> FeedState:
    """The state of a feed that moved for good to where another is followed: one of them is enough."""
    return replace(state, next_at=None, last=replace(state.last, outcome=ELSEWHERE) if state.last else None)


def listed_still(known: Iterable[Seen], now: datetime) -> tuple[Seen, ...]:
    """What to remember anew of entries that are listed, so that they are not forgotten."""
    return tuple(replace(one, at=now) for one in known if one.done and now - one.at >= _FADING)


def seen(wanted: Wanted, now: datetime, failure: Failure | None = None) -> Seen:
    """What to remember of an entry that was asked for. One that failed is tried again at later looks, where there is
    hope.
    """
    tries = (wanted.before.tries if wanted.before else 0) + 1
    done = failure is None or tries >= TRIES or _hopeless(failure)
    return Seen(wanted.key, now, wanted.stamp, tries, done)


def begun(feed: Feed, now: datetime) -> Followed:
    """A feed as it is added: due at once."""
    return Followed(feed, FeedState(next_at=now, interval=schedule.USUAL))


def whole(entry: Entry) -> bool:
    """Whether the entry carries the article itself: enough text, in paragraphs, that does not end in mid-air."""
    content = entry.content or ""
    if len(content) < WHOLE or sum(content.count(mark) for mark in _BREAKS) < _FEWEST_BREAKS:
        return False
    text = text_of(content).strip()
    return len(text) >= WHOLE and not text[-80:].rstrip(" .>»→").lower().endswith(_CUT) and not text.endswith(_CUT)


def _with_wishes(visit: Visit, answer: Response) -> Visit:
    """With what the server says about where and when to come again."""
    max_age = schedule.max_age(answer.header("cache-control"))
    return replace(visit, moved_to=answer.moved_to, retry_after=answer.retry_after, max_age=max_age)


def _failed(followed: Followed, outcome: str, answer: Response | Failure, now: datetime) -> Visit:
    """One more failure: later, or the end of the feed where its publisher says so or it is not found for long."""
    feed, state = followed.feed, followed.state
    since = state.failing_since or now
    failures = state.failures + 1
    status = answer.status
    ended = isinstance(answer, Failure) and answer.gone
    lost = status == _NOT_FOUND and now - since >= GIVEN_UP
    at = schedule.asked_to_wait(now, schedule.back_off(feed.id, now, failures, state.interval), answer.retry_after)
    outcome = ENDED if ended else GONE if lost else outcome
    failing = replace(
        state,
        next_at=None if ended or lost else at,
        failures=failures,
        failing_since=since,
        gone=ended or lost or status == _NOT_FOUND,
    )
    return Visit(feed, failing, Look(now, outcome, ok=False, seconds=answer.elapsed))


def _in_rhythm(state: FeedState, listing: Listing, now: datetime) -> FeedState:
    published = [one.published.at for one in listing.entries if one.published and one.published.at <= now]
    if not published:
        return state
    newest = max([*published, *([state.newest] if state.newest else [])])
    rhythm, quiet = schedule.rhythm(published, now), schedule.quiet_hours(published)
    return replace(state, rhythm=rhythm, quiet=quiet, newest=newest)


def _sorted_out(followed: Followed, listing: Listing, known: Mapping[str, Seen], now: datetime) -> Visit:
    """Which entries are wanted, the newest first. At the first look those beyond `MOST` are past, later they wait."""
    feed, state = followed.feed, followed.state
    asked = {one.key: one for one in _asked_for(feed, listing.entries, known, now)}
    inorder = sorted(asked.values(), key=lambda one: _dated(one.entry, now), reverse=True)
    wanted, rest = tuple(inorder[:MOST]), inorder[MOST:]
    still = listed_still((one for name, one in known.items() if name not in asked), now)
    nothing_yet = Visit(feed, state, Look(now, NOTHING_NEW, ok=True), wanted, still)
    if state.last_ok is None:
        return replace(nothing_yet, passed=(*still, *(Seen(one.key, now, one.stamp) for one in rest)))
    return replace(nothing_yet, left=len(rest))


def _asked_for(feed: Feed, entries: Iterable[Entry], known: Mapping[str, Seen], now: datetime) -> Iterable[Wanted]:
    for entry in entries:
        if not (entry.address or entry.content or entry.summary):
            continue
        name = key(entry, feed)
        before = known.get(name)
        stamp = _stamp(entry)
        if before is None or _due_again(before, stamp, now):
            yield Wanted(name, entry, stamp, whole(entry) or entry.address is None, before)


def _due_again(before: Seen, stamp: str, now: datetime) -> bool:
    if before.tries >= TRIES:
        return False
    return not before.done or (before.stamp != stamp and now - before.at >= _AGAIN)


def _stamp(entry: Entry) -> str:
    """Changes when the feed says that the article did: by its date, or by its title."""
    moment = entry.updated or entry.published
    return stable_id("stamp", moment.at.isoformat() if moment else "", entry.title or "")


def _dated(entry: Entry, now: datetime) -> datetime:
    """What is undated may be the newest of all; what is dated in the future is not."""
    moment = entry.published or entry.updated
    return min(moment.at, now) if moment else now


def _hopeless(failure: Failure) -> bool:
    if failure.status is not None:
        return failure.status not in _FOR_NOW
    return failure.reason in _FINAL
