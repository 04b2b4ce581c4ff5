"""The part of the contract that is about comparisons that are kept; `tests/store/comparing.py` is its one suite.

All of it is derived. A story with two articles or more is due when a change of what is grouped touches it, in the same
transaction, so that nobody has to look through an archive for what changed; it is no longer due when who compared it
says so. What is kept of a story that is no more is gone with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from readout.models import Due, Excerpt, Ground, Grounds, Laid, StoryId

FEWEST = 2  # articles of a story that can be compared


class Comparing(Protocol):
    """What is kept of comparisons. Every verb is one transaction: all of it or nothing."""

    def grounds(self, story: StoryId, *, limit: int = 1000) -> Sequence[Ground]:
        """The articles of that episode as they were grouped, the earliest first."""

    def due_comparisons(self, *, longest: bool = False, limit: int = 32) -> Sequence[Due]:
        """The stories that changed since they were compared: those of the fewest articles first, or those that have
        been waiting the `longest`.
        """

    def count_due(self) -> int:
        """How many those are."""

    def cross_off(self, due: Due) -> None:
        """That story is no longer due, unless it changed since that mark."""

    def lay(self, laid: Laid) -> None:
        """Keep that comparison in place of what was, its dispute with it; of a story that is no more, nothing."""

    def laid(self, story: StoryId) -> Laid | None:
        """The comparison that is kept of that story."""

    def excerpt(self, story: StoryId) -> tuple[Grounds, Excerpt] | None:
        """Its beginning alone, and what it was worked out from."""
