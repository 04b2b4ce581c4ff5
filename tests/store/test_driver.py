"""The SQLite library is one that does not lose data, and every connection is set up not to."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError

from readout.errors import StoreError
from readout.store import driver
from readout.store.sqlite import SQLiteStore
from tests.builders import article, harvest


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 45, 9), "delete"),
        ((3, 50, 6), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "wal"),
        ((4, 0, 0), "wal"),
    ],
)
def test_the_write_ahead_log_only_where_its_bug_is_repaired(version: tuple[int, int, int], mode: str) -> None:
    assert driver.journal_mode(version) == mode


def test_the_library_at_hand_is_the_newest() -> None:
    assert driver.library().sqlite_version_info >= sqlite3.sqlite_version_info


def test_without_the_newer_library_pythons_own_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    assert driver.library() is sqlite3


@pytest.mark.parametrize("library", [driver.library(), sqlite3], ids=["at hand", "python's own"])
def test_every_connection_is_durable_and_strict(database: Path, library: ModuleType) -> None:
    SQLiteStore.open(database, library).close()
    engine = driver.engine(database, library)
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            assert _pragma(connection, "journal_mode") == driver.journal_mode(library.sqlite_version_info)
            assert _pragma(connection, "synchronous") == 2  # FULL
            assert _pragma(connection, "foreign_keys") == 1
            assert int(str(_pragma(connection, "busy_timeout"))) >= 10_000
    engine.dispose()


def test_a_database_moves_between_libraries(database: Path) -> None:
    kept = harvest(article())
    for library in (driver.library(), sqlite3, driver.library()):
        with closing(SQLiteStore.open(database, library)) as store:
            store.keep([kept])
            assert store.totals().pages == 1


def test_too_old_a_library_is_refused(database: Path) -> None:
    old = ModuleType("old")
    old.__dict__.update(sqlite3.dbapi2.__dict__, sqlite_version_info=(3, 37, 2))
    with pytest.raises(StoreError, match=r"readout\.db: SQLite 3\.37\.2 is too old"):
        SQLiteStore.open(database, old)


def test_a_transaction_that_fails_is_taken_back(database: Path) -> None:
    engine = driver.engine(database, driver.library())
    with pytest.raises(IntegrityError), driver.writing(engine) as connection:
        connection.execute(text("INSERT INTO outlets (id, name) VALUES ('o', 'Post'), ('o', 'Echo')"))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM outlets")) == 0
    engine.dispose()


def test_a_writer_has_the_right_to_write_from_the_start(database: Path) -> None:
    waiting = driver.engine(database, driver.library())
    event.listen(waiting, "connect", _impatient)
    engine = driver.engine(database, driver.library())
    told = pytest.raises(StoreError, match="another program is using it")
    with driver.writing(engine), told, driver.told(database), driver.writing(waiting):
        pass
    engine.dispose()
    waiting.dispose()


def test_the_contract_costs_no_database_library() -> None:
    code = "import sys, readout.store.base, readout.store; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 0


def _impatient(connection: DBAPIConnection, _record: object) -> None:
    connection.execute("PRAGMA busy_timeout = 0")


def _pragma(connection: Connection, name: str) -> object:
    return connection.scalar(text(f"PRAGMA {name}"))


COUNT = text("SELECT count(*) FROM articles")


def test_who_reads_again_has_the_same_connection_and_sees_what_was_kept_meanwhile(database: Path) -> None:
    with closing(SQLiteStore.open(database)) as store:
        readers = driver.Readers(driver.engine(database, driver.library()))
        with readers.connection() as first:
            assert first.scalar(COUNT) == 0
            store.keep([harvest(article())])
            assert first.scalar(COUNT) == 0
        with readers.connection() as again, readers.connection() as another:
            assert again is first
            assert another is not first
            assert again.scalar(COUNT) == 1
        readers.close()


def test_a_store_that_is_closed_lets_go_of_its_file(database: Path) -> None:
    store = SQLiteStore.open(database)
    store.keep([harvest(article())])
    assert store.totals().articles == 1
    store.close()
    held = {str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()}
    assert not any(one.startswith(str(database)) for one in held)
