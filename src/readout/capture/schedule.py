"""When to look at a feed next. Pure: times and counts in, a time out; the same in, the same out.

A feed is looked at twice in the time in which it publishes once. When a look brings nothing the next is later, up to a
fourth of how long the feed has been silent; in the hours in which it never publishes, hardly ever. A feed that fails is
left alone for twice as long each time. What a server asks for (Retry-After, max-age) goes before what we want. All of
it is spread by a tenth, by the feed's id, so that feeds added together do not stay together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

SHORTEST = 5 * 60.0  # seconds between two looks,
LONGEST = 24 * 3600.0  # and at most, whatever the feed does
USUAL = 3600.0  # where nothing is known of its rhythm
LONGEST_ASKED = 7 * LONGEST  # that a server may keep us waiting

_RECENT = timedelta(days=14)  # what counts for the rhythm
_MOST = 50
_FEWEST_FOR_HOURS = 24  # publications, over
_SHORTEST_FOR_HOURS = timedelta(days=3)
_GROWTH = 1.5
_FIRST_BACK_OFF = 600.0
_QUIET = 2 * 3600.0  # how much longer to wait in a quiet hour
_MOST_MAX_AGE = 3600.0
_HOUR = timedelta(hours=1)
_SPREAD = 0.1


def rhythm(published: Iterable[datetime], now: datetime) -> float | None:
    """Seconds between two publications, over the newest of the last two weeks; None where fewer than three tell.

    What is dated in the future tells nothing.
    """
    recent = sorted((at for at in published if now - _RECENT <= at <= now), reverse=True)[:_MOST]
    if len(recent) < 3:  # noqa: PLR2004 - two may have come at once
        return None
    return max((now - recent[-1]).total_seconds() / len(recent), 1.0)


def quiet_hours(published: Collection[datetime]) -> tuple[int, ...]:
    """The hours of the day (UTC, 0 to 23) at which nothing was published, nor in the hour before or after; none where
    too little is known.
    """
    if len(published) < _FEWEST_FOR_HOURS or max(published) - min(published) < _SHORTEST_FOR_HOURS:
        return ()
    lively = {(at.hour + step) % 24 for at in published for step in (-1, 0, 1)}
    return tuple(hour for hour in range(24) if hour not in lively)


def interval(before: float, rhythm: float | None, silence: float | None) -> float:
    """Seconds to the next look, after one that brought something (`silence` is None) or nothing since that many
    seconds; `before` is what it was.
    """
    base = _within(USUAL if rhythm is None else rhythm / 2)
    if silence is None:
        return base
    return _within(max(base, min(before * _GROWTH, max(4 * base, silence / 4))))


def max_age(cache_control: str | None) -> float:
    """Seconds for which the server says its answer will do, at most an hour; 0 where it says nothing."""
    for part in (cache_control or "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.isascii() and value.isdigit() and len(value) < 10:  # noqa: PLR2004
            return min(float(value), _MOST_MAX_AGE)
    return 0.0


def next_look(feed_id: str, now: datetime, seconds: float, quiet: Collection[int] = ()) -> datetime:
    """When to look again, about `seconds` from now and within the bounds; in a quiet hour somewhat later."""
    at = _after(now, _within(seconds * _spread(feed_id, now)))
    if at.hour in quiet:
        at = min(_end_of(quiet, at), _after(at, _QUIET))
    return min(at, _after(now, LONGEST))


def back_off(feed_id: str, now: datetime, failures: int, interval: float) -> datetime:
    """When to try again after that many failures in a row (from 1)."""
    doubled = min(2.0 ** min(failures - 1, 30) * max(interval, _FIRST_BACK_OFF), LONGEST)
    return next_look(feed_id, now, doubled)


def asked_to_wait(now: datetime, wanted: datetime, retry_after: float | None) -> datetime:
    """When to look again where the server asked for that many seconds of peace: not before, but within a week."""
    if retry_after is None:
        return wanted
    return max(wanted, _after(now, min(max(retry_after, 0.0), LONGEST_ASKED)))


def _within(seconds: float) -> float:
    return min(max(seconds, SHORTEST), LONGEST)


def _after(moment: datetime, seconds: float) -> datetime:
    return moment + timedelta(seconds=seconds)


def _spread(feed_id: str, now: datetime) -> float:
    """Between 0.9 and 1.1, another for each feed and each time."""
    hashed = hashlib.blake2b(f"{feed_id} {now.isoformat()}".encode(), digest_size=4).digest()
    return 1 - _SPREAD + 2 * _SPREAD * int.from_bytes(hashed) / (2**32 - 1)


def _end_of(quiet: Collection[int], at: datetime) -> datetime:
    """The first full hour from `at` on that is not quiet; `at` itself where all are."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    ahead = (hour + step * _HOUR for step in range(1, 24))
    return next((moment for moment in ahead if moment.hour not in quiet), at)
