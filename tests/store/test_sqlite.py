"""The store in SQLite keeps the contract: with the library that comes with Readout, and with Python's own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from readout.store.sqlite import SQLiteStore
from tests.store.contract import StoreContract


class TestSQLiteStore(StoreContract):
    """The one suite, in a file."""

    @pytest.fixture(autouse=True)
    def _database(self, database: Path) -> None:
        self.path = database

    def opened(self) -> SQLiteStore:
        """An empty store."""
        return SQLiteStore.open(self.path)


class TestSQLiteStoreOnPythonsOwnLibrary(TestSQLiteStore):
    """The one suite, where the newer library could not be installed."""

    def opened(self) -> SQLiteStore:
        """An empty store."""
        return SQLiteStore.open(self.path, sqlite3)
