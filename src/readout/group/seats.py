"""Who sits with whom: every article's assignment in memory, and what judgements make of what was found.

Pure bookkeeping: no likeness is measured here. The same articles, finds and judgements give the same stories, so that
undoing a judgement is working it out again without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from readout.group import judged
from readout.group.judged import Closer
from readout.models import ArticleId, Assignment, Judgement, StoryId, story_id


@dataclass(frozen=True)
class Reseated:
    """What changed: the assignments that are others now, the stories that did with their articles in order, and the
    stories that are no more.
    """

    assignments: tuple[Assignment, ...]
    stories: Mapping[StoryId, tuple[ArticleId, ...]]
    ended: tuple[StoryId, ...]


class Seats:
    """Assignments by article, by what was found, and by story."""

    def __init__(self, assignments: Iterable[Assignment] = ()) -> None:
        self._held: dict[ArticleId, Assignment] = {}
        self._found: dict[StoryId, set[ArticleId]] = {}
        self._story: dict[StoryId, set[ArticleId]] = {}
        self._elsewhere: set[ArticleId] = set()  # than where they were found
        for one in assignments:
            self.put(one)

    def __contains__(self, article: object) -> bool:
        return article in self._held

    def __getitem__(self, article: ArticleId) -> Assignment:
        return self._held[article]

    def get(self, article: ArticleId) -> Assignment | None:
        """The article's assignment, where it has one."""
        return self._held.get(article)

    def put(self, one: Assignment) -> None:
        """Seat an article there, and nowhere else."""
        self.drop(one.article)
        self._held[one.article] = one
        if one.story != one.found:
            self._elsewhere.add(one.article)
        self._found.setdefault(one.found, set()).add(one.article)
        self._story.setdefault(one.story, set()).add(one.article)

    def drop(self, article: ArticleId) -> None:
        """Take an article away, where it is seated."""
        old = self._held.pop(article, None)
        if old is None:
            return
        self._elsewhere.discard(article)
        for shelf, key in ((self._found, old.found), (self._story, old.story)):
            shelf[key].discard(article)
            if not shelf[key]:
                del shelf[key]

    def unless(self, known: Collection[ArticleId]) -> list[ArticleId]:
        """The seated articles that are not among those."""
        return [one for one in self._held if one not in known]

    def members(self, story: StoryId) -> tuple[ArticleId, ...]:
        """The articles of a story, in order."""
        return tuple(sorted(self._story.get(story, ()), key=self.order))

    def order(self, article: ArticleId) -> tuple[bool, int, ArticleId]:
        """What articles are in order by: the earliest first, then those of unknown day."""
        day = self._held[article].day
        return day is None, day or 0, article

    def found(self, article: ArticleId) -> Sequence[ArticleId]:
        """The articles found to be of one story with that one, before any judgement."""
        held = self._held.get(article)
        return sorted(self._found[held.found], key=self.order) if held else ()

    def reseat(
        self,
        stirred: Iterable[ArticleId],
        judgements: Sequence[Judgement],
        closer: Closer,
        also: Iterable[StoryId] = (),
    ) -> Reseated:
        """Apply the judgements to what was found. `stirred` are the articles that were found anew, `also` stories to
        look at besides, as they lost an article.
        """
        partition = judged.judged(self.found, judgements, closer)
        asked = {one for one in stirred if one in self._held}
        asked |= self._elsewhere
        asked |= {article for story in partition.touched() for article in story}
        before = {self._held[one].story for one in asked} | set(also)
        asked |= {article for story in before for article in self._story.get(story, ())}
        stories: dict[StoryId, tuple[ArticleId, ...]] = {}
        moved: list[Assignment] = []
        done: set[ArticleId] = set()
        for article in sorted(asked, key=self.order):
            if article not in done:
                members = tuple(sorted(partition.story(article), key=self.order))
                done.update(members)
                stories[story_id(members[0])] = members
                moved += self._moved(members)
        for one in moved:
            self.put(one)
        return Reseated(tuple(moved), stories, tuple(sorted(before - stories.keys())))

    def _moved(self, members: Sequence[ArticleId]) -> list[Assignment]:
        story = story_id(members[0])
        return [replace(self._held[one], story=story) for one in members if self._held[one].story != story]
