"""Which stories may be episodes of one storyline, found without looking at all of them: by the names they turn on.

What was kept is asked for by story and by name, each once. An index and nothing else; `storyline` says what belongs
together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from readout.group import storyline
from readout.group.features import NAME
from readout.group.score import Rows, joined
from readout.models import StoryId

_WEIGHTY = 0.05  # of a story's weights: a name it turns on
_SHARED = 2  # such names that two episodes have in common at least
_FAMOUS = 400  # stories: a name of more tells nothing
MOST = 200  # episodes that are compared at once
_NEAREST = 24  # candidates of one story


class Turns(Protocol):
    """The names that kept stories turn on."""

    def names(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Sequence[int]]:
        """The names of those stories."""

    def turning(self, names: Iterable[int]) -> Sequence[tuple[int, StoryId]]:
        """The stories that turn on one of those names."""


class Lineage:
    """Stories by the names they turn on."""

    def __init__(self, turns: Turns | None = None) -> None:
        self._turns = turns
        self._filed: set[StoryId] = set()  # of which nothing is to be asked any more
        self._asked: set[int] = set()
        self._names: dict[StoryId, tuple[int, ...]] = {}
        self._stories: dict[int, set[StoryId]] = {}

    def put(self, story: StoryId, names: Iterable[int]) -> None:
        """Keep a story under those names, and under no others."""
        self.drop(story)
        self._names[story] = tuple(names)
        self._know(self._names[story])
        for name in self._names[story]:
            self._stories.setdefault(name, set()).add(story)

    def drop(self, story: StoryId) -> None:
        """Keep a story no more."""
        for name in self._known(story):
            self._stories.get(name, set()).discard(story)
        self._names.pop(story, None)
        self._filed.add(story)

    def ask(self, stories: Iterable[StoryId], names: Iterable[int] = ()) -> None:
        """Ask for those stories and all that share a name with them, or turn on one of these names, at once."""
        new = [one for one in stories if one not in self._filed]
        if new and self._turns:
            self._filed.update(new)
            self._names |= {story: tuple(found) for story, found in self._turns.names(new).items()}
        self._know({*names, *(name for story in stories for name in self._names.get(story, ()))})

    def near(self, story: StoryId) -> list[StoryId]:
        """The stories that share most names with that one, enough of them at least."""
        shared: Counter[StoryId] = Counter()
        names = self._known(story)
        self._know(names)
        for name in names:
            others = self._stories.get(name, set())
            if len(others) <= _FAMOUS:
                shared.update(others)
        del shared[story]
        ranked = sorted(shared.items(), key=lambda one: (-one[1], one[0]))
        return [other for other, count in ranked[:_NEAREST] if count >= _SHARED]

    def _known(self, story: StoryId) -> Sequence[int]:
        """The names of a story."""
        if self._turns and story not in self._filed:
            self._filed.add(story)
            self._names[story] = tuple(self._turns.names([story]).get(story, ()))
        return self._names.get(story, ())

    def _know(self, names: Iterable[int]) -> None:
        """Ask for the stories of those names; of a story whose names are other ones since, what was kept is old."""
        asked = [one for one in names if one not in self._asked]
        if not asked or not self._turns:
            return
        self._asked.update(asked)
        for name, story in self._turns.turning(asked):
            if story not in self._filed or name in self._names.get(story, ()):
                self._stories.setdefault(name, set()).add(story)


def names(episode: Rows) -> list[int]:
    """The names that an episode, as one row, turns on."""
    telling = ((episode.kinds[0] & NAME) > 0) & (episode.weights[0] >= _WEIGHTY)
    return [int(one) for one in episode.ids[0][telling]]


def alike(one: Rows, others: Sequence[tuple[StoryId, Rows]]) -> list[StoryId]:
    """Those of the others that are like enough to one episode to be of its storyline."""
    likeness = storyline.likeness(joined([one, *(row for _, row in others)]))[0, 1:]
    return [other for (other, _), value in zip(others, likeness, strict=True) if value >= storyline.LINKED]


def connected(
    stories: Iterable[StoryId], links: Iterable[tuple[StoryId, StoryId]], held: Iterable[Sequence[StoryId]]
) -> list[tuple[StoryId, ...]]:
    """Stories in groups that hang together by links, or as they are `held` together already."""
    heads: dict[StoryId, StoryId] = {}

    def head(story: StoryId) -> StoryId:
        while heads.setdefault(story, story) != story:
            heads[story] = heads[heads[story]]
            story = heads[story]
        return story

    for story in stories:
        head(story)
    for one, other in (*links, *((group[0], other) for group in held for other in group)):
        first, second = sorted((head(one), head(other)))
        heads[second] = first
    found: dict[StoryId, list[StoryId]] = {}
    for story in sorted(heads):
        found.setdefault(head(story), []).append(story)
    return [tuple(group) for group in found.values()]


def together(episodes: Mapping[StoryId, Rows]) -> list[tuple[StoryId, ...]]:
    """The episodes, each as one row, that make storylines: those of two and more. In order of ids."""
    ids = sorted(episodes)
    if len(ids) < 2:  # noqa: PLR2004 - one stands alone
        return []
    alike = storyline.likeness(joined([episodes[one] for one in ids]))
    found = (tuple(ids[at] for at in group) for group in storyline.storylines(alike))
    return [group for group in found if len(group) > 1]
