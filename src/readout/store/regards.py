"""What users follow, saved, read and muted, in SQLite; see `regarding.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from readout.errors import InputError
from readout.models import How, Matter, Regard, UserId
from readout.models.regard import MOST
from readout.store import rows
from readout.store.given import ANY_GIVEN, given
from readout.store.regard_tables import regards

_NEWEST = (regards.c.at.desc(), regards.c.how, regards.c.what, regards.c.value)


class SQLiteRegards(ABC):
    """Keeps `Regarding`'s contract in the transactions that a store makes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def regard(self, user: UserId, regards: Iterable[Regard]) -> int:
        """See `Regarding.regard`."""
        ordered = sorted(regards, key=_kind)
        with self._writing() as connection:
            return sum(_keep(connection, user, *kind, list(group)) for kind, group in groupby(ordered, _kind))

    def disregard(self, user: UserId, how: How, what: Matter, value: str) -> bool:
        """See `Regarding.disregard`."""
        with self._writing() as connection:
            gone = delete(regards).where(*_those(user, how, what), regards.c.value == value)
            return connection.execute(gone).rowcount > 0

    def regards(
        self, user: UserId, how: How | None = None, what: Matter | None = None, *, limit: int = 1000, offset: int = 0
    ) -> Sequence[Regard]:
        """See `Regarding.regards`."""
        asked = select(regards).where(*_those(user, how, what)).order_by(*_NEWEST).limit(limit).offset(offset)
        with self._reading() as connection:
            return list(map(_regard, connection.execute(asked)))

    def count_regards(self, user: UserId, how: How, what: Matter) -> int:
        """See `Regarding.count_regards`."""
        with self._reading() as connection:
            return _count(connection, user, how, what)

    def regarded(self, user: UserId, how: How, what: Matter, values: Iterable[str]) -> frozenset[str]:
        """See `Regarding.regarded`."""
        asked = select(regards.c.value).where(*_those(user, how, what), regards.c.value.in_(ANY_GIVEN))
        with self._reading() as connection:
            return frozenset(connection.scalars(asked, given(list(values))))


def _kind(one: Regard) -> tuple[How, Matter]:
    return one.how, one.what


def _those(user: UserId, how: How | None, what: Matter | None) -> list[ColumnElement[bool]]:
    found = [regards.c.user_id == user]
    found += [regards.c.how == how.value] if how else []
    return found + ([regards.c.what == what.value] if what else [])


def _count(connection: Connection, user: UserId, how: How, what: Matter) -> int:
    return connection.scalar(select(func.count()).select_from(regards).where(*_those(user, how, what))) or 0


def _keep(connection: Connection, user: UserId, how: How, what: Matter, group: Sequence[Regard]) -> int:
    before = _count(connection, user, how, what)
    named = [
        {
            "user_id": user,
            "how": how.value,
            "what": what.value,
            "value": one.value,
            "name": one.name,
            "at": rows.micros(one.at),
        }
        for one in group
    ]
    connection.execute(insert(regards).on_conflict_do_nothing(), named)
    after = _count(connection, user, how, what)
    if after > MOST:
        if how is not How.READ:
            raise InputError("regard", f"more than {MOST:,} cannot be {how}")
        _forget_oldest(connection, user, what, after - MOST)
    return after - before


def _forget_oldest(connection: Connection, user: UserId, what: Matter, count: int) -> None:
    those = _those(user, How.READ, what)
    oldest = select(regards.c.value).where(*those).order_by(regards.c.at, regards.c.value).limit(count)
    connection.execute(delete(regards).where(*those, regards.c.value.in_(oldest)))


def _regard(row: Row[*tuple[Any, ...]]) -> Regard:
    at = rows.moment(row.at)
    assert at  # noqa: S101 - the column is never empty
    return Regard(How(row.how), Matter(row.what), row.value, row.name, at)
