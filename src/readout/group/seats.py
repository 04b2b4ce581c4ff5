"""Who sits with whom: the assignments of the articles that matter, and what judgements make of what was found.

What was kept is asked for by article and by story, each once; what was put here since counts in its place. Pure
bookkeeping: no likeness is measured here. The same articles, finds and judgements give the same stories, so that
undoing a judgement is working it out again without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

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


class Plan(Protocol):
    """The assignments that are kept."""

    def assignments(self, articles: Iterable[ArticleId] | None = None) -> Sequence[Assignment]:
        """Where those articles are."""

    def together(self, stories: Iterable[StoryId]) -> Sequence[Assignment]:
        """All that are in one of those stories, or were found to be."""

    def elsewhere(self) -> Sequence[Assignment]:
        """All that are in another story than they were found to be in."""


class Seats:
    """Assignments by article, by what was found, and by story. `len` counts those that are held."""

    def __init__(self, plan: Plan | None = None) -> None:
        self._plan = plan
        self._asked: set[ArticleId] = set()  # of whom nothing is to be asked any more
        self._whole: set[StoryId] = set()  # of which all are here
        self._held: dict[ArticleId, Assignment] = {}
        self._found: dict[StoryId, set[ArticleId]] = {}
        self._story: dict[StoryId, set[ArticleId]] = {}
        self._elsewhere: set[ArticleId] = set()  # than where they were found
        if plan:
            self._take(plan.elsewhere())

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, article: ArticleId) -> bool:
        return self.get(article) is not None

    def __getitem__(self, article: ArticleId) -> Assignment:
        if article not in self._asked:
            self.ask([article])
        return self._held[article]

    def get(self, article: ArticleId) -> Assignment | None:
        """The article's assignment, where it has one."""
        if article not in self._asked:
            self.ask([article])
        return self._held.get(article)

    def ask(self, articles: Iterable[ArticleId]) -> None:
        """Ask for those articles and for all that are together with one of them, where that is not known yet."""
        asked = [one for one in articles if one not in self._asked]
        if asked and self._plan:
            found = self._plan.assignments(asked)
            self._asked.update(asked)
            self._hold(found)
            self.ask_for({story for one in found for story in (one.found, one.story)})

    def ask_for(self, stories: Iterable[StoryId]) -> None:
        """Ask for all of those stories, where they are not known yet."""
        asked = [one for one in stories if one not in self._whole]
        if asked and self._plan:
            self._whole.update(asked)
            self._take(self._plan.together(asked))

    def put(self, one: Assignment) -> None:
        """Seat an article there, and nowhere else."""
        self.drop(one.article)
        self._hold([one])

    def _take(self, found: Iterable[Assignment]) -> None:
        """Hold those of whom nothing newer is known."""
        new = [one for one in found if one.article not in self._asked]
        self._asked.update(one.article for one in new)
        self._hold(new)

    def _hold(self, found: Iterable[Assignment]) -> None:
        for one in found:
            self._held[one.article] = one
            if one.story != one.found:
                self._elsewhere.add(one.article)
            self._found.setdefault(one.found, set()).add(one.article)
            self._story.setdefault(one.story, set()).add(one.article)

    def drop(self, article: ArticleId) -> None:
        """Take an article away, where it is seated."""
        self._asked.add(article)
        old = self._held.pop(article, None)
        if old is None:
            return
        self._elsewhere.discard(article)
        for shelf, key in ((self._found, old.found), (self._story, old.story)):
            shelf[key].discard(article)
            if not shelf[key]:
                del shelf[key]

    def members(self, story: StoryId) -> tuple[ArticleId, ...]:
        """The articles of a story, in order."""
        self.ask_for([story])
        return tuple(sorted(self._story.get(story, ()), key=self.order))

    def order(self, article: ArticleId) -> tuple[bool, int, ArticleId]:
        """What articles are in order by: the earliest first, then those of unknown day."""
        day = self[article].day
        return day is None, day or 0, article

    def found(self, article: ArticleId) -> Sequence[ArticleId]:
        """The articles found to be of one story with that one, before any judgement."""
        held = self.get(article)
        if held is None:
            return ()
        self.ask_for([held.found])
        return sorted(self._found[held.found], key=self.order)

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
        named = [*stirred]
        self.ask(named)
        asked = {one for one in named if one in self._held}
        asked |= self._elsewhere
        asked |= {article for story in partition.touched() for article in story}
        self.ask_for({story for one in asked for story in (self._held[one].found, self._held[one].story)} | set(also))
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
