"""The part of the contract that is about what users follow, saved, read and muted; `tests/store/regarding.py` is its
one suite.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from readout.models import How, Matter, Regard, UserId


class Regarding(Protocol):
    """What is kept for each user alone. Every verb is one transaction: all of it or nothing."""

    def regard(self, user: UserId, regards: Iterable[Regard]) -> int:
        """Keep how a user regards things; how many were new. What is regarded so already keeps its time. Raises
        InputError, with nothing kept, where they would be more than `models.regard.MOST` of a kind; of what was read
        the oldest are forgotten instead.
        """

    def disregard(self, user: UserId, how: How, what: Matter, value: str) -> bool:
        """Forget that; whether it was there."""

    def regards(
        self, user: UserId, how: How | None = None, what: Matter | None = None, *, limit: int = 1000, offset: int = 0
    ) -> Sequence[Regard]:
        """How that user regards things, the latest first."""

    def count_regards(self, user: UserId, how: How, what: Matter) -> int:
        """How many those are."""

    def regarded(self, user: UserId, how: How, what: Matter, values: Iterable[str]) -> frozenset[str]:
        """Which of those values the user regards so."""
