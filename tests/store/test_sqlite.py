"""The store in SQLite keeps the contract: with the library that comes with Readout, and with Python's own."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from readout.models import Harvest
from readout.store.base import Store
from readout.store.sqlite import SQLiteStore
from tests.builders import article, harvest, rejection
from tests.store.contract import StoreContract


class TestSQLiteStore(StoreContract):
    """The one suite, in a file."""

    @pytest.fixture(autouse=True)
    def _database(self, database: Path) -> None:
        self.path = database

    def opened(self) -> SQLiteStore:
        """An empty store."""
        return SQLiteStore.open(self.path)

    def test_importing_again_leaves_the_same_dump(self, store: Store) -> None:
        world = [harvest(article("Talks resume"), rejections=[rejection()]), Harvest(None, (), (rejection("b"),))]
        store.keep(world)
        before = self._dump()
        store.keep([*world, *world])
        assert self._dump() == before

    def _dump(self) -> list[str]:
        with closing(sqlite3.connect(self.path)) as connection:
            return list(connection.iterdump())

    def test_several_stores_may_write_to_one_file_at_once(self, store: Store) -> None:
        def write(number: int) -> int:
            with closing(self.opened()) as other:
                return sum(other.keep([harvest(article(f"{number} {at}"))]).pages_new for at in range(10))

        with ThreadPoolExecutor(3) as pool:
            assert list(pool.map(write, range(3))) == [10, 10, 10]
        assert store.totals().pages == 30


class TestSQLiteStoreOnPythonsOwnLibrary(TestSQLiteStore):
    """The one suite, where the newer library could not be installed."""

    def opened(self) -> SQLiteStore:
        """An empty store."""
        return SQLiteStore.open(self.path, sqlite3)


def test_a_new_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "readout.db"
    with closing(SQLiteStore.open(path)) as store:
        store.keep([harvest(article())])
        assert {one.stat().st_mode & 0o777 for one in path.parent.iterdir()} == {0o600}
