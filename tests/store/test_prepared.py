"""What is asked again answers as it did the first time, without SQLAlchemy in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, Integer, LargeBinary, MetaData, Table, Text, bindparam, func, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from readout.store import driver
from readout.store.prepared import Reader

_THINGS = Table(
    "things", MetaData(), Column("id", Integer, primary_key=True), Column("name", Text), Column("value", LargeBinary)
)
_LIKE = select(_THINGS).where(_THINGS.c.name == bindparam("name")).order_by(_THINGS.c.id).limit(bindparam("most"))
_NUMBER = select(func.count().label("number")).where(_THINGS.c.id > 1)
_AMONG = select(_THINGS.c.id).where(_THINGS.c.id.in_([1, 3])).order_by(_THINGS.c.id)
_JOINED = select(_THINGS.c.name, (_THINGS.c.id + 1).label("next")).where(_THINGS.c.id == 2)
_TIMES = 3  # the first by SQLAlchemy, the second prepares, the third is prepared


@pytest.fixture
def things(tmp_path: Path) -> Iterator[Engine]:
    engine = driver.engine(tmp_path / "things.db", driver.library())
    with driver.writing(engine) as connection:
        _THINGS.create(connection)
        rows = [{"id": at, "name": "a" if at < 3 else "b", "value": bytes([at])} for at in range(1, 5)]
        connection.execute(_THINGS.insert(), rows)
    yield engine
    engine.dispose()


def test_rows_have_names_numbers_and_bytes(things: Engine) -> None:
    with things.connect() as connection:
        reader = Reader(connection)
        for _ in range(_TIMES):
            rows = reader.execute(_LIKE, {"name": "a", "most": 5}).all()
            assert [(row.id, row[1], row.value) for row in rows] == [(1, "a", b"\1"), (2, "a", b"\2")]
            assert [dict(row) for row in reader.execute(_JOINED).mappings()] == [{"name": "a", "next": 3}]
            assert [row.next for row in reader.execute(_JOINED)] == [3]


def test_one_column_and_one_value(things: Engine) -> None:
    with things.connect() as connection:
        reader = Reader(connection)
        for _ in range(_TIMES):
            assert reader.scalars(_LIKE, {"name": "b", "most": 1}).all() == [3]
            assert reader.scalar(_NUMBER) == 3
            assert reader.scalar(_LIKE, {"name": "c", "most": 1}) is None
            assert reader.scalars(_AMONG).all() == [1, 3]
            assert reader.execute(_LIKE, {"name": "c", "most": 1}).first() is None
            assert reader.execute(_JOINED).one_or_none()[0] == "a"


def test_what_is_no_select_is_left_to_sqlalchemy(things: Engine) -> None:
    with things.connect() as connection:
        for _ in range(_TIMES):
            assert Reader(connection).scalar(text("SELECT 7")) == 7


def test_what_fails_fails_as_it_does_with_sqlalchemy(things: Engine) -> None:
    gone = select(Table("gone", MetaData(), Column("id", Integer)))
    with things.connect() as connection:
        reader = Reader(connection)
        for _ in range(_TIMES):
            with pytest.raises(StatementError):
                reader.execute(_LIKE, {"name": "a"})
            with pytest.raises(DBAPIError):
                reader.scalars(gone)
