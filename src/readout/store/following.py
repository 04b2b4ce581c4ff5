"""Feeds in SQLite: what is asked of them and what is kept, inside the connection's transaction.

A feed's row holds the whole value as JSON, and only what feeds are found by in columns of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, and_, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from readout.errors import NotFoundError
from readout.models import Feed, FeedId, FeedState, Followed, Look, Seen
from readout.store import lookup, rows
from readout.store.base import LOOKS
from readout.store.given import ANY_GIVEN, given
from readout.store.tables import feeds, looks, seen

_encode = msgspec.json.Encoder().encode
_followed = msgspec.json.Decoder(Followed)
_look = msgspec.json.Decoder(Look)

_SEEN = select(seen).where(seen.c.key.in_(ANY_GIVEN))
_MARKED = insert(seen)
_MARK = _MARKED.on_conflict_do_update(
    index_elements=[seen.c.key],
    set_={name: getattr(_MARKED.excluded, name) for name in ("at", "stamp", "tries", "done")},
)


def follow(connection: Connection, followed: Followed) -> bool:
    """See `Following.follow`."""
    added = connection.execute(insert(feeds).on_conflict_do_nothing(), _row(followed))
    return added.rowcount > 0


def listed(connection: Connection) -> Sequence[Followed]:
    """See `Following.feeds`."""
    return _values(connection.scalars(select(feeds.c.value).order_by(feeds.c.address, feeds.c.id)))


def due(connection: Connection, now: datetime) -> Sequence[Followed]:
    """See `Following.due`."""
    asked = select(feeds.c.value).where(feeds.c.next_at <= rows.micros(now)).order_by(feeds.c.next_at, feeds.c.id)
    return _values(connection.scalars(asked))


def feed(connection: Connection, asked: str) -> Followed:
    """See `Following.feed`."""
    lookup.insist_on_prefix("feed", asked)
    begins = and_(feeds.c.id >= asked, feeds.c.id < asked + lookup.AFTER_ANY)
    found = _values(connection.scalars(select(feeds.c.value).where(begins).limit(2)))
    return lookup.only(found, "feed", asked)


def amend(connection: Connection, changed: Feed) -> None:
    """See `Following.amend`."""
    known = _known(connection, changed.id)
    if known is None:
        raise NotFoundError("feed", changed.id)
    _write(connection, changed.id, known.amended(changed))


def looked(connection: Connection, feed_id: FeedId, state: FeedState, moved_to: str | None) -> None:
    """See `Following.looked`."""
    known = _known(connection, feed_id)
    if known is None:
        return
    _write(connection, feed_id, replace(known, state=state).moved(moved_to))
    if state.last:
        _log(connection, feed_id, state.last)


def looks_at(connection: Connection, feed_id: FeedId) -> Sequence[Look]:
    """See `Following.looks`."""
    asked = select(looks.c.value).where(looks.c.feed_id == feed_id).order_by(looks.c.at.desc()).limit(LOOKS)
    return [_look.decode(value) for value in connection.scalars(asked)]


def unfollow(connection: Connection, feed_id: FeedId) -> None:
    """See `Following.unfollow`."""
    if not connection.execute(delete(feeds).where(feeds.c.id == feed_id)).rowcount:
        raise NotFoundError("feed", feed_id)


def seen_of(connection: Connection, keys: Iterable[str]) -> Mapping[str, Seen]:
    """See `Following.seen`."""
    return {row["key"]: _seen_value(row) for row in connection.execute(_SEEN, given(list(keys))).mappings()}


def see(connection: Connection, entries: Iterable[Seen]) -> None:
    """See `Following.see`."""
    marked = [
        {"key": one.key, "at": rows.micros(one.at), "stamp": one.stamp, "tries": one.tries, "done": int(one.done)}
        for one in entries
    ]
    if marked:
        connection.execute(_MARK, marked)


def forget(connection: Connection, before: datetime) -> int:
    """See `Following.forget`."""
    return connection.execute(delete(seen).where(seen.c.at < rows.micros(before))).rowcount


def _row(followed: Followed) -> dict[str, Any]:
    return {
        "id": followed.feed.id,
        "address": followed.feed.address,
        "next_at": rows.micros(followed.state.next_at),
        "value": _encode(followed),
    }


def _known(connection: Connection, feed_id: FeedId) -> Followed | None:
    value = connection.scalar(select(feeds.c.value).where(feeds.c.id == feed_id))
    return None if value is None else _followed.decode(value)


def _write(connection: Connection, feed_id: FeedId, followed: Followed) -> None:
    connection.execute(update(feeds).where(feeds.c.id == feed_id), _row(followed))


def _log(connection: Connection, feed_id: FeedId, look: Look) -> None:
    row = {"feed_id": feed_id, "at": rows.micros(look.at), "value": _encode(look)}
    connection.execute(insert(looks).prefix_with("OR REPLACE"), row)
    kept = select(looks.c.at).where(looks.c.feed_id == feed_id).order_by(looks.c.at.desc()).limit(1).offset(LOOKS - 1)
    oldest = connection.scalar(kept)
    if oldest is not None:
        connection.execute(delete(looks).where(and_(looks.c.feed_id == feed_id, looks.c.at < oldest)))


def _values(found: Iterable[bytes]) -> list[Followed]:
    return [_followed.decode(value) for value in found]


def _seen_value(row: RowMapping) -> Seen:
    at = rows.moment(row["at"])
    assert at is not None  # noqa: S101 - the column cannot be empty
    return Seen(row["key"], at, row["stamp"], row["tries"], bool(row["done"]))
