"""The only package that speaks SQL: values in, values out. `open_store` opens one; `base.Store` says what it does."""

from __future__ import annotations

from pathlib import Path

from readout.store.base import Store


def open_store(path: Path | str) -> Store:
    """The store in the SQLite file at `path`, made where there is none. Raises StoreError, SchemaError."""
    from readout.store.sqlite import SQLiteStore

    return SQLiteStore.open(path)
