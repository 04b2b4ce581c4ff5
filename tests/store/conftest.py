"""A migrated, empty database to copy, so that a test does not pay for making one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from readout.store.sqlite import SQLiteStore


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest schema and nothing in it; not to be opened, only copied."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    SQLiteStore.open(path).close()
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    """An empty database of the test's own."""
    return Path(shutil.copy(migrated, tmp_path / "readout.db"))
