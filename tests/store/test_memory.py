"""The store in memory keeps the contract."""

from __future__ import annotations

from readout.store.memory import MemoryStore
from tests.store.contract import StoreContract


class TestMemoryStore(StoreContract):
    """The one suite, in memory."""

    def opened(self) -> MemoryStore:
        """A new, empty store."""
        return MemoryStore()
