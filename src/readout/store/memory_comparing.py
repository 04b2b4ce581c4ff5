"""Kept comparisons in memory, and which are due; see `comparing.py`. Safe for threads."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from readout.models import (
    ArticleId,
    CopyGroup,
    Due,
    Excerpt,
    Footprint,
    Ground,
    Grounds,
    Laid,
    Level,
    Regrouping,
    StoryId,
)
from readout.store import lookup
from readout.store.comparing import FEWEST
from readout.store.memory_indexing import MemoryIndexing
from readout.store.memory_naming import MemoryNaming


class MemoryComparing(MemoryIndexing, MemoryNaming):
    """Keeps `Comparing`'s contract, durability apart."""

    def __init__(self) -> None:
        super().__init__()
        self._comparing = threading.RLock()
        self._laid: dict[StoryId, Laid] = {}
        self._due: dict[StoryId, tuple[int, Due]] = {}

    def regroup(self, change: Regrouping) -> bool:
        """See `Grouping.regroup`."""
        kept = super().regroup(change)
        if kept:
            self._mark(change)
        return kept

    def grounds(self, story: StoryId, *, limit: int = 1000) -> Sequence[Ground]:
        """See `Comparing.grounds`."""
        members = self.members(story, limit=lookup.window(limit, 0)[0])
        prints = {one.article: one for one in self.footprints(members)}
        groups = self.copy_groups(members)
        return [_ground(prints[one], groups.get(one)) for one in members if one in prints]

    def due_comparisons(self, *, longest: bool = False, limit: int = 32) -> Sequence[Due]:
        """See `Comparing.due_comparisons`."""
        with self._comparing:
            held = list(self._due.values())
        ordered = sorted(held, key=lambda one: (one[0] if longest else one[1].articles, one[1].story))
        return [one for _, one in ordered][: lookup.window(limit, 0)[0]]

    def count_due(self) -> int:
        """See `Comparing.count_due`."""
        return len(self._due)

    def cross_off(self, due: Due) -> None:
        """See `Comparing.cross_off`."""
        with self._comparing:
            if due.story in self._due and self._due[due.story][1].mark == due.mark:
                del self._due[due.story]

    def lay(self, laid: Laid) -> None:
        """See `Comparing.lay`."""
        with self._comparing:
            if laid.story not in self._stories:
                return
            self._laid[laid.story] = laid
            self._disputes[laid.story] = laid.dispute

    def laid(self, story: StoryId) -> Laid | None:
        """See `Comparing.laid`."""
        return self._laid.get(story)

    def excerpt(self, story: StoryId) -> tuple[Grounds, Excerpt] | None:
        """See `Comparing.excerpt`."""
        kept = self._laid.get(story)
        return (kept.grounds, kept.excerpt) if kept else None

    def _mark(self, change: Regrouping) -> None:
        placed = {*(one.article for one in change.footprints), *(one.article for one in change.assignments)}
        touched = {*change.copying, *placed}
        changed = {one.id for one in change.stories if one.level is Level.EPISODE}
        changed |= {self._assignments[one].story for one in touched if one in self._assignments}
        with self._comparing:
            for story in sorted(changed):
                count, state = len(self.members(story, limit=10**9)), change.since + 1
                since = self._due.get(story, (state,))[0]
                if count >= FEWEST:
                    self._due[story] = since, Due(story, count, state)
                else:
                    self._let_go(story)
            for story in change.ended:
                self._let_go(story)

    def _let_go(self, story: StoryId) -> None:
        for held in (self._laid, self._due, self._disputes):
            held.pop(story, None)


def _ground(one: Footprint, group: CopyGroup | None) -> Ground:
    return Ground(ArticleId(one.article), one.edition, one.annotator, group.origin if group else one.article)
