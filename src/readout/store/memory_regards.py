"""What users follow, saved, read and muted, in memory. Safe for threads."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence

from readout.errors import InputError
from readout.models import How, Matter, Regard, UserId
from readout.models.regard import MOST

_Key = tuple[How, Matter, str]


class MemoryRegards:
    """Keeps `store.regarding.Regarding`'s contract, durability apart."""

    def __init__(self) -> None:
        super().__init__()
        self._regarding = threading.RLock()
        self._regards: dict[UserId, dict[_Key, Regard]] = {}

    def regard(self, user: UserId, regards: Iterable[Regard]) -> int:
        """See `Regarding.regard`."""
        with self._regarding:
            before = self._regards.get(user, {})
            after = {(one.how, one.what, one.value): one for one in regards} | before
            for (how, what), count in Counter((one.how, one.what) for one in after.values()).items():
                if count > MOST and how is not How.READ:
                    raise InputError("regard", f"more than {MOST:,} cannot be {how}")
                _drop_oldest(after, how, what, count - MOST)
            self._regards[user] = after
            return len(after) - len(before)

    def disregard(self, user: UserId, how: How, what: Matter, value: str) -> bool:
        """See `Regarding.disregard`."""
        with self._regarding:
            return self._regards.get(user, {}).pop((how, what, value), None) is not None

    def regards(
        self, user: UserId, how: How | None = None, what: Matter | None = None, *, limit: int = 1000, offset: int = 0
    ) -> Sequence[Regard]:
        """See `Regarding.regards`."""
        with self._regarding:
            kept = list(self._regards.get(user, {}).values())
        found = [one for one in kept if how in {None, one.how} and what in {None, one.what}]
        found.sort(key=lambda one: (-one.at.timestamp(), one.how, one.what, one.value))
        return found[offset : offset + limit]

    def count_regards(self, user: UserId, how: How, what: Matter) -> int:
        """See `Regarding.count_regards`."""
        with self._regarding:
            return sum((one.how, one.what) == (how, what) for one in self._regards.get(user, {}).values())

    def regarded(self, user: UserId, how: How, what: Matter, values: Iterable[str]) -> frozenset[str]:
        """See `Regarding.regarded`."""
        with self._regarding:
            kept = self._regards.get(user, {})
            return frozenset(value for value in values if (how, what, value) in kept)


def _drop_oldest(kept: dict[_Key, Regard], how: How, what: Matter, count: int) -> None:
    those = [(one.at, key) for key, one in kept.items() if key[:2] == (how, what)]
    for _, key in sorted(those)[: max(0, count)]:
        del kept[key]
