"""Stories as lists show them, those that matter to a step: asked for by id, each once, and what was put here since
counts in its place. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Protocol

from readout.models import Coverage, StoryId

_EVERY = 2**40


class Told(Protocol):
    """The stories that are kept."""

    def told(self, stories: Iterable[StoryId]) -> Iterable[Coverage]:
        """Those stories, without those that are no more."""

    def episodes(self, storyline: StoryId, *, limit: int = 100) -> Iterable[Coverage]:
        """The episodes of a storyline."""


class Cards:
    """Episodes by id and by storyline. `len` counts those that are held."""

    def __init__(self, kept: Told) -> None:
        self._kept = kept
        self._cards: dict[StoryId, Coverage] = {}
        self._asked: set[StoryId] = set()
        self._lines: dict[StoryId, set[StoryId]] = {}

    def __len__(self) -> int:
        return len(self._cards)

    def __getitem__(self, story: StoryId) -> Coverage:
        self.ask([story])
        return self._cards[story]

    def __contains__(self, story: StoryId) -> bool:
        return self.get(story) is not None

    def get(self, story: StoryId) -> Coverage | None:
        """That story, where there is one."""
        if story not in self._asked:
            self.ask([story])
        return self._cards.get(story)

    def ask(self, stories: Iterable[StoryId]) -> None:
        """Ask for those stories, where they are not known yet."""
        asked = [one for one in stories if one not in self._asked]
        if asked:
            self._asked.update(asked)
            self._cards |= {one.id: one for one in self._kept.told(asked)}

    def put(self, story: Coverage) -> None:
        """This is how that story is now. Its storyline is told by `move`."""
        self._asked.add(story.id)
        self._cards[story.id] = story

    def end(self, story: StoryId) -> Coverage | None:
        """A story is no more; what it was, if it was. Its storyline is told by `move`."""
        self.ask([story])
        return self._cards.pop(story, None)

    def line(self, line: StoryId) -> AbstractSet[StoryId]:
        """The episodes of a storyline."""
        if line not in self._lines:
            found = [one for one in self._kept.episodes(line, limit=_EVERY) if one.id not in self._asked]
            self._asked.update(one.id for one in found)
            self._cards |= {one.id: one for one in found}
            self._lines[line] = {id_ for id_, one in self._cards.items() if one.storyline == line}
        return self._lines[line]

    def move(self, story: StoryId, old: StoryId | None, new: StoryId | None) -> None:
        """An episode leaves one storyline, and goes to another."""
        for line in (old, new):
            if line:
                self.line(line)
        if old:
            self._lines[old].discard(story)
        if new:
            self._lines[new].add(story)
