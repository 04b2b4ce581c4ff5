"""The store in one SQLite file: the embedded default. What is asked is in `reading.py`, what is kept in `keeping.py`,
what can be wrong in `checking.py`, the library in `driver.py`; here are the transactions they run in.

Safe for threads, and for several processes at one file: every verb is one transaction on a connection of its own,
readers see what was last acknowledged, and writers wait for each other. An iterator holds no transaction open between
two values.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Self

from sqlalchemy import Connection, Engine, text

from readout.errors import StoreError
from readout.models import (
    Article,
    ArticleId,
    Edition,
    Feed,
    FeedId,
    FeedState,
    Followed,
    Harvest,
    Kept,
    Look,
    LossCount,
    OutletCount,
    OutletId,
    Page,
    PageId,
    Rejection,
    Seen,
    Shard,
    Sighting,
    Totals,
    editions,
)
from readout.store import checking, driver, following, intake, keeping, lookup, migrations, reading, rebuilding, shards
from readout.store.annotations import SQLiteAnnotations
from readout.store.annotations import faults as annotation_faults
from readout.store.comments import SQLiteComments
from readout.store.comparisons import SQLiteComparing
from readout.store.grouping_checking import grouping_faults
from readout.store.names import SQLiteNaming
from readout.store.outbox import SQLiteIndexing
from readout.store.regards import SQLiteRegards
from readout.store.stories import SQLiteGrouping
from readout.store.users import SQLiteUsers

_APPLICATION_ID = 0x52444F54  # "RDOT": how we know a database of ours from another program's
_CHUNK = 256  # sightings read in one transaction by `every_article`


class SQLiteStore(
    SQLiteAnnotations,
    SQLiteGrouping,
    SQLiteComparing,
    SQLiteIndexing,
    SQLiteUsers,
    SQLiteNaming,
    SQLiteRegards,
    SQLiteComments,
):
    """Keeps `store.base.Store`'s contract in the file at `path`; made by `open`."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.path = path
        self._engine = engine
        self._readers = driver.Readers(engine)
        self._writer = threading.Lock()  # fairer among our own threads than SQLite's waiting
        self._closed = False

    @classmethod
    def open(cls, path: Path | str, library: ModuleType | None = None) -> Self:
        """Open the database at `path`, made and brought to the newest schema where need be, folders included.

        `library` is a DB-API module for SQLite, by default the newest at hand. Raises StoreError where the file cannot
        be used, SchemaError where a newer Readout wrote it.
        """
        file = Path(path).absolute()
        sqlite = library or driver.library()
        with driver.told(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            _make_private(file)
            engine = driver.engine(file, sqlite)
            try:
                _prepare(engine, sqlite.sqlite_version_info)
            except BaseException:
                engine.dispose()
                raise
        return cls(engine, file)

    def keep(self, harvests: Iterable[Harvest]) -> Kept:
        """See `Store.keep`."""
        batch = [intake.taken(harvest) for harvest in harvests]
        with self._writing() as connection:
            return keeping.keep(connection, batch)

    def page(self, page_id: str) -> Page:
        """See `Store.page`."""
        with self._reading() as connection:
            return reading.page(connection, page_id)

    def article(self, article_id: str) -> Article:
        """See `Store.article`."""
        with self._reading() as connection:
            return reading.article(connection, article_id)

    def sightings(self, article_id: ArticleId) -> Sequence[Sighting]:
        """See `Store.sightings`."""
        if not lookup.is_id(article_id):
            return ()
        with self._reading() as connection:
            return reading.sightings_of(connection, article_id)

    def editions(self, article_id: ArticleId) -> Sequence[Edition]:
        """See `Store.editions`."""
        return editions(self.sightings(article_id))

    def on_page(self, page_id: PageId) -> Sequence[Article]:
        """See `Store.on_page`."""
        if not lookup.is_id(page_id):
            return ()
        with self._reading() as connection:
            return reading.on_page(connection, page_id)

    def articles(self, *, outlet: OutletId | None = None, limit: int = 50, offset: int = 0) -> Sequence[Article]:
        """See `Store.articles`."""
        if outlet is not None and not lookup.is_id(outlet):
            return ()
        with self._reading() as connection:
            return reading.articles_listed(connection, outlet, limit, offset)

    def every_article(self) -> Iterator[Article]:
        """See `Store.every_article`."""
        place: reading.Place | None = reading.BEFORE_ALL
        while place:
            with self._reading() as connection:
                found, place = reading.articles_after(connection, place, _CHUNK)
            yield from found

    def outlets(self) -> Sequence[OutletCount]:
        """See `Store.outlets`."""
        with self._reading() as connection:
            return reading.outlets_counted(connection)

    def outlet(self, outlet_id: str) -> OutletCount:
        """See `Store.outlet`."""
        with self._reading() as connection:
            return reading.outlet(connection, outlet_id)

    def rejections(self, *, page: PageId | None = None, limit: int = 200, offset: int = 0) -> Sequence[Rejection]:
        """See `Store.rejections`."""
        if page is not None and not lookup.is_id(page):
            return ()
        with self._reading() as connection:
            return reading.rejections_listed(connection, page, limit, offset)

    def losses(self) -> Sequence[LossCount]:
        """See `Store.losses`."""
        with self._reading() as connection:
            return reading.losses(connection)

    def totals(self) -> Totals:
        """See `Store.totals`."""
        with self._reading() as connection:
            return reading.totals(connection)

    def follow(self, followed: Followed) -> bool:
        """See `Following.follow`."""
        with self._writing() as connection:
            return following.follow(connection, followed)

    def feeds(self) -> Sequence[Followed]:
        """See `Following.feeds`."""
        with self._reading() as connection:
            return following.listed(connection)

    def feed(self, feed_id: str) -> Followed:
        """See `Following.feed`."""
        with self._reading() as connection:
            return following.feed(connection, feed_id)

    def due(self, now: datetime) -> Sequence[Followed]:
        """See `Following.due`."""
        with self._reading() as connection:
            return following.due(connection, now)

    def amend(self, feed: Feed) -> None:
        """See `Following.amend`."""
        with self._writing() as connection:
            following.amend(connection, feed)

    def looked(self, feed_id: FeedId, state: FeedState, moved_to: str | None = None) -> None:
        """See `Following.looked`."""
        with self._writing() as connection:
            following.looked(connection, feed_id, state, moved_to)

    def looks(self, feed_id: FeedId) -> Sequence[Look]:
        """See `Following.looks`."""
        with self._reading() as connection:
            return following.looks_at(connection, feed_id)

    def unfollow(self, feed_id: FeedId) -> None:
        """See `Following.unfollow`."""
        with self._writing() as connection:
            following.unfollow(connection, feed_id)

    def seen(self, keys: Iterable[str]) -> Mapping[str, Seen]:
        """See `Following.seen`."""
        with self._reading() as connection:
            return following.seen_of(connection, keys)

    def see(self, entries: Iterable[Seen]) -> None:
        """See `Following.see`."""
        with self._writing() as connection:
            following.see(connection, entries)

    def forget(self, before: datetime) -> int:
        """See `Following.forget`."""
        with self._writing() as connection:
            return following.forget(connection, before)

    def shards(self, size: int, way: str) -> Sequence[Shard]:
        """See `Store.shards`."""
        with self._reading() as connection:
            return shards.alike(connection, size, way)

    def check(self) -> Sequence[str]:
        """See `Store.check`."""
        with self._reading() as connection:
            return (*checking.faults(connection), *annotation_faults(connection), *grouping_faults(connection))

    def close(self) -> None:
        """See `Store.close`."""
        self._closed = True
        self._readers.close()
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database for as long as it is used."""
        self._insist_on_open()
        with driver.told(self.path), self._readers.connection() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A connection whose work is kept at the end, or none of it; others wait."""
        self._insist_on_open()
        with (
            self._writer,
            driver.told(self.path),
            driver.turn(self.path.parent),
            driver.writing(self._engine) as connection,
        ):
            yield connection

    def _insist_on_open(self) -> None:
        if self._closed:
            message = f"{self.path}: this store was closed"
            raise StoreError(message)


def _make_private(file: Path) -> None:
    """A new database is for its owner alone: what users are let in by lies in it. SQLite gives its other files the same
    permissions; those of a file that is there are its owner's affair.
    """
    with suppress(OSError):  # it is there, or it cannot be: SQLite tells why
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _prepare(engine: Engine, version: tuple[int, int, int]) -> None:
    """See that the file is ours, or new; set its journal; bring it to the newest schema."""
    name = engine.url.database
    if version < driver.OLDEST:
        message = f"{name}: SQLite {'.'.join(map(str, version))} is too old to use it"
        raise StoreError(message)
    with engine.connect() as connection:
        _insist_on_ours(connection)
        up_to_date = migrations.revision(connection) == migrations.HEAD
    driver.set_journal(engine, driver.journal_mode(version))
    if not up_to_date:
        _migrate(engine)


def _insist_on_ours(connection: Connection) -> None:
    tables = connection.scalar(text("SELECT count(*) FROM sqlite_master"))
    if tables and connection.scalar(text("PRAGMA application_id")) != _APPLICATION_ID:
        message = f"{connection.engine.url.database}: it is the database of another program"
        raise StoreError(message)


def _migrate(engine: Engine) -> None:
    with driver.writing(engine) as connection:
        connection.execute(text(f"PRAGMA application_id = {_APPLICATION_ID}"))
        migrations.upgrade(connection)
        if rebuilding.is_due(connection):
            rebuilding.rebuild(connection)
