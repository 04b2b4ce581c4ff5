"""The SQLite library: which one, how it is set up, and what its errors mean in plain words. No table is known here.

Below 3.51.3 (3.44.6 and 3.50.7 have the repair too) a database in WAL mode with several connections can be damaged
when the log starts anew at the wrong moment, see https://sqlite.org/wal.html#walresetbug. There we use the rollback
journal, which is as durable but lets no one read while a transaction is being made final.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from readout.errors import StoreError
from readout.store.prepared import Reader
from readout.store.rows import BROKEN

OLDEST = (3, 38, 0)  # json_each is always there from here on

_REPAIRED = (3, 51, 3)
_REPAIRED_BRANCHES = {(3, 44): 6, (3, 50): 7}
_PATIENCE = 30.0  # seconds to wait for another program's transaction
_LONG_PATIENCE = 600.0  # seconds to wait for Readout's own, which are sure to end
_POLL = 0.005  # seconds
_CACHE_KIB = 16_384  # a connection, at most
_READERS = 8  # connections that are kept for who reads next
_LOG_MOST = 64 * 2**20  # bytes that the write-ahead log may keep on disk after use

# Execution options of a connection: what its transactions begin with. By default they read one snapshot.
_WRITES = {"readout_begin": "BEGIN IMMEDIATE"}  # they take the right to write at once, so that none fails half-way
_ALONE = {"readout_begin": ""}  # there are none: for what SQLite does only outside a transaction

_REASONS = {
    3: "no permission to use it",
    5: f"another program is using it (waited {_PATIENCE:.0f} seconds)",
    6: f"another program is using it (waited {_PATIENCE:.0f} seconds)",
    8: "no permission to write to it",
    10: "the disk failed to read or write it, or a limit on file size was met",
    11: "it is damaged",
    13: "the disk is full",
    15: "another program is using it",
    14: "it cannot be opened: no permission, or its folder cannot be written to",
    23: "no permission to use it",
    26: "it is not a database",
}  # by https://sqlite.org/rescode.html, primary codes; any other is a bug


def library() -> ModuleType:
    """The newest SQLite at hand: the one that comes with Readout, else Python's own."""
    try:
        from pysqlite3 import dbapi2  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError:
        return sqlite3
    return cast("ModuleType", dbapi2)


def journal_mode(version: tuple[int, ...]) -> str:
    """The journal that is safe with that version of the library: "wal" or "delete"."""
    branch, patch = (version[0], version[1]), version[2]
    if version >= _REPAIRED or patch >= _REPAIRED_BRANCHES.get(branch, patch + 1):
        return "wal"
    return "delete"


def engine(path: Path, sqlite: ModuleType) -> Engine:
    """An engine for the database at that absolute path, every connection of it durable and strict."""
    made = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        module=sqlite,
        connect_args={"timeout": _PATIENCE},
        poolclass=QueuePool,
        max_overflow=-1,
    )
    event.listen(made, "connect", _set_up)
    event.listen(made, "begin", _begin)
    return made


@contextmanager
def writing(made: Engine) -> Iterator[Connection]:
    """A connection in a transaction that may write, made final at the end, or taken back where that is an error."""
    with made.connect().execution_options(**_WRITES) as connection, connection.begin():
        yield connection


class Readers:
    """Connections that read, each kept for the thread that used it last: to make one ready takes longer than to answer
    most questions. Safe for threads.
    """

    def __init__(self, made: Engine) -> None:
        self._engine = made
        self._kept: dict[int, Reader] = {}  # by thread, while nobody reads with them
        self._closed = False

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection that sees one state of the database for as long as it is used."""
        thread = threading.get_ident()
        connection = self._kept.pop(thread, None) or Reader(self._engine.connect().execution_options(**_ALONE))
        try:
            raw = connection.connection
            raw.cursor().execute("BEGIN")
            yield cast("Connection", connection)  # it has what is used of one here
            raw.rollback()
        except BaseException:
            connection.close()
            raise
        if self._closed or thread in self._kept or len(self._kept) >= _READERS:
            connection.close()
        else:
            self._kept[thread] = connection

    def close(self) -> None:
        """Let go of those that nobody reads with, and keep none from now on."""
        self._closed = True
        while self._kept:
            self._kept.popitem()[1].close()


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Waits until no other Readout writes in that folder, far longer than SQLite itself does: its waiting is a lottery,
    which one of many can lose until its patience ends. After that, or where a folder cannot be locked, it has to do.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle)
        yield
    finally:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_UN)  # said aloud: a process that was forked meanwhile holds it as well
        os.close(handle)


def _lock(handle: int) -> None:
    ends = time.monotonic() + _LONG_PATIENCE
    while time.monotonic() < ends:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_POLL)
        except OSError:  # a file system without such locks
            return
        else:
            return


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what the outside world does to the database into StoreError: the file, and why. Bugs pass."""
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code not in _REASONS:
            raise
        raise StoreError(_message(path, _REASONS[code])) from error
    except OSError as error:
        raise StoreError(_message(path, error.strerror or str(error))) from error
    except BROKEN as error:
        raise StoreError(_message(path, f"it is damaged ({error})")) from error


def _message(path: Path, reason: str) -> str:
    return f"{path}: {'it is a folder, not a file' if path.is_dir() else reason}"


def _set_up(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not guessed by the driver
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        f"cache_size = -{_CACHE_KIB}",
        f"journal_size_limit = {_LOG_MOST}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    beginning = connection.get_execution_options().get("readout_begin", "BEGIN")
    if beginning:
        connection.exec_driver_sql(beginning)


def set_journal(made: Engine, mode: str) -> None:
    """Let the database keep that journal from now on. Needs it alone where that is a change."""
    with made.connect().execution_options(**_ALONE) as connection:
        if connection.scalar(text("PRAGMA journal_mode")) != mode:
            connection.execute(text(f"PRAGMA journal_mode = {mode}"))
