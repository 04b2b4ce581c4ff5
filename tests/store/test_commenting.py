"""Both stores keep the contract about comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout.store.base import Store
from readout.store.memory import MemoryStore
from readout.store.sqlite import SQLiteStore
from tests.store.commenting import CommentingContract


class TestInMemory(CommentingContract):
    """The one suite, in memory."""

    def opened(self) -> Store:
        """An empty store."""
        return MemoryStore()


class TestInSQLite(CommentingContract):
    """The one suite, in a file."""

    @pytest.fixture(autouse=True)
    def _database(self, database: Path) -> None:
        self.path = database

    def opened(self) -> Store:
        """An empty store."""
        return SQLiteStore.open(self.path)
