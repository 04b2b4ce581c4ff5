"""Stories and copies in memory: the part of `memory.py` about them. Every answer is worked out from the values."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from readout.models import (
    Annotation,
    Article,
    ArticleId,
    Assignment,
    Copy,
    CopyGroup,
    Coverage,
    EditionId,
    Footprint,
    Judged,
    JudgementId,
    Level,
    Linkage,
    Regrouping,
    StoryId,
    Verdict,
    rank,
)
from readout.store import lookup
from readout.text import sketched

T = TypeVar("T")
K = TypeVar("K", bound=str)


class MemoryStories(ABC):
    """Keeps `Grouping`'s contract, durability apart."""

    def __init__(self) -> None:
        super().__init__()
        self._grouping = threading.RLock()
        self._state = 0
        self._footprints: dict[ArticleId, Footprint] = {}
        self._printed: dict[ArticleId, int] = {}  # the number of each footprint, one more each time
        self._prints = 0
        self._assignments: dict[ArticleId, Assignment] = {}
        self._stories: dict[StoryId, Coverage] = {}
        self._founders: dict[StoryId, tuple[Level, ArticleId]] = {}
        self._copies: dict[tuple[ArticleId, ArticleId], Copy] = {}
        self._groups: dict[ArticleId, CopyGroup] = {}
        self._linkages: dict[ArticleId, Linkage] = {}
        self._names: dict[StoryId, tuple[int, ...]] = {}
        self._judged: dict[JudgementId, Judged] = {}

    @abstractmethod
    def annotation(self, edition: EditionId) -> Annotation | None:
        """The annotation of that edition, if there is one."""

    @abstractmethod
    def _captures(self) -> dict[ArticleId, datetime]:
        """When each article was captured first, as far as that is sure."""

    @abstractmethod
    def _shown(self) -> list[Article]:
        """All articles, as they are shown."""

    @abstractmethod
    def _led(self, article: ArticleId) -> ArticleId | None:
        """The article that an id leads to."""

    def ungrouped(self, grouper: str, *, after: str = "", limit: int = 256) -> Sequence[Article]:
        """See `Grouping.ungrouped`."""
        ordered = sorted(self._shown(), key=lambda one: one.id)
        return [one for one in ordered if one.id > after and self._is_ungrouped(one, grouper)][: max(limit, 0)]

    def count_ungrouped(self, grouper: str) -> int:
        """See `Grouping.count_ungrouped`."""
        return sum(self._is_ungrouped(one, grouper) for one in self._shown())

    def captured(self, articles: Iterable[ArticleId]) -> Mapping[ArticleId, datetime]:
        """See `Grouping.captured`."""
        asked = set(articles)
        return {one: at for one, at in self._captures().items() if one in asked}

    def vanished(self) -> Sequence[ArticleId]:
        """See `Grouping.vanished`."""
        there = {one.id for one in self._shown()}
        with self._grouping:
            return sorted(self._footprints.keys() - there)

    def state(self) -> int:
        """See `Grouping.state`."""
        return self._state

    def regroup(self, change: Regrouping) -> bool:
        """See `Grouping.regroup`."""
        with self._grouping:
            if change.since != self._state:
                return False
            self._forget(change)
            self._footprints |= {one.article: one for one in change.footprints}
            for one in change.footprints:
                self._prints += 1
                self._printed[one.article] = self._prints
            self._assignments |= {one.article: one for one in change.assignments}
            self._stories |= {one.id: one for one in change.stories}
            self._copies |= {(one.copy, one.original): one for one in change.copies}
            self._groups |= {id_: one for one in change.groups for id_ in (one.origin, *one.reprints)}
            self._linkages |= {one.article: one for one in change.linkages}
            self._names |= dict(change.names)
            for story in change.stories:
                self._founders.setdefault(story.id, (story.level, story.founder))
            self._judge(change)
            self._state += 1
            return True

    def footprints(self, articles: Iterable[ArticleId] | None = None) -> Sequence[Footprint]:
        """See `Grouping.footprints`."""
        return _of(self._footprints, articles)

    def footprints_after(self, number: int = 0, *, limit: int = 256) -> Sequence[tuple[int, Footprint]]:
        """See `Grouping.footprints_after`."""
        with self._grouping:
            found = [(self._printed[id_], replace(one, sketch=b"")) for id_, one in self._footprints.items()]
        after = sorted((one for one in found if one[0] > number), key=lambda one: one[0])
        return after[: lookup.window(limit, 0)[0]]

    def footprinted(self) -> Sequence[ArticleId]:
        """See `Grouping.footprinted`."""
        with self._grouping:
            return sorted(self._footprints)

    def count_footprints(self) -> int:
        """See `Grouping.count_footprints`."""
        return len(self._footprints)

    def assignments(self, articles: Iterable[ArticleId] | None = None) -> Sequence[Assignment]:
        """See `Grouping.assignments`."""
        return _of(self._assignments, articles)

    def together(self, stories: Iterable[StoryId]) -> Sequence[Assignment]:
        """See `Grouping.together`."""
        asked = set(stories)
        with self._grouping:
            return [one for _, one in sorted(self._assignments.items()) if asked & {one.story, one.found}]

    def elsewhere(self) -> Sequence[Assignment]:
        """See `Grouping.elsewhere`."""
        with self._grouping:
            return [one for _, one in sorted(self._assignments.items()) if one.story != one.found]

    def linkages(self, articles: Iterable[ArticleId]) -> Sequence[Linkage]:
        """See `Grouping.linkages`."""
        asked = set(articles)
        with self._grouping:
            return [one for _, one in sorted(self._linkages.items()) if asked & {one.article, one.first}]

    def filed(self, days: tuple[int, int] | None) -> Sequence[tuple[ArticleId, int | None, bytes]]:
        """See `Grouping.filed`."""
        first, last = days or (0, 0)
        with self._grouping:
            held = [one for one in self._linkages.values() if one.filed and (one.day is None) == (days is None)]
        found = [one for one in held if one.day is None or first <= one.day <= last]
        return [(one.article, one.day, one.filed) for one in sorted(found, key=lambda one: (one.day or 0, one.article))]

    def latest_filed(self, before: int | None = None) -> int | None:
        """See `Grouping.latest_filed`."""
        with self._grouping:
            days = [one.day for one in self._linkages.values() if one.filed and one.day is not None]
        return max((day for day in days if before is None or day < before), default=None)

    def footed(self, articles: Iterable[ArticleId] | None = None) -> Sequence[tuple[ArticleId, str, bytes]]:
        """See `Grouping.footed`."""
        found = [one for one in _of(self._footprints, articles) if one.sketch]
        found.sort(
            key=lambda one: (one.published is None, one.published.timestamp() if one.published else 0, one.article)
        )
        return [(one.article, one.outlet, one.sketch) for one in found]

    def holding(self, fingerprints: Iterable[int]) -> Sequence[tuple[ArticleId, str, bytes]] | None:
        """See `Grouping.holding`."""
        wanted = set(fingerprints)
        whole = [one for one in self.footed() if len(one[2]) > sketched.HEADER]
        return [one for one in whole if not wanted.isdisjoint(sketched.keys([0], [one[2]])[1].tolist())]

    def order_sketches(self) -> None:
        """See `Grouping.order_sketches`; here there is no order."""
        return

    def told(self, stories: Iterable[StoryId]) -> Sequence[Coverage]:
        """See `Grouping.told`."""
        return _of(self._stories, stories)

    def names(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Sequence[int]]:
        """See `Grouping.names`."""
        return {one: sorted(self._names[one]) for one in stories if self._names.get(one)}

    def turning(self, names: Iterable[int]) -> Sequence[tuple[int, StoryId]]:
        """See `Grouping.turning`."""
        asked = set(names)
        with self._grouping:
            return [(name, story) for story, held in self._names.items() for name in held if name in asked]

    def count_copies(self) -> int:
        """See `Grouping.count_copies`."""
        with self._grouping:
            return sum(one.origin != id_ for id_, one in self._groups.items())

    def unsure(self, articles: Iterable[ArticleId] | None = None, *, limit: int = 1000) -> Sequence[Assignment]:
        """See `Grouping.unsure`."""
        asked = None if articles is None else set(articles)
        with self._grouping:
            doubts = [one for one in self._assignments.values() if one.verdict is Verdict.UNSURE]
        found = [one for one in doubts if asked is None or asked & {one.article, one.nearest}]
        return sorted(found, key=lambda one: (one.day is None, -(one.day or 0), one.article))[: max(limit, 0)]

    def chosen(self, articles: Iterable[ArticleId]) -> Sequence[Article]:
        """See `Grouping.chosen`."""
        by_id = {one.id: one for one in self._shown()}
        asked = dict.fromkeys(map(self._led, articles))
        return [by_id[one] for one in asked if one in by_id]

    def stories(self, *, limit: int = 30, offset: int = 0) -> Sequence[Coverage]:
        """See `Grouping.stories`."""
        most, first = lookup.window(limit, offset)
        return sorted(self._episodes(), key=lambda one: (-rank(one), one.id))[first : first + most]

    def count_stories(self) -> int:
        """See `Grouping.count_stories`."""
        return len(self._episodes())

    def story(self, story_id: str) -> Coverage:
        """See `Grouping.story`."""
        lookup.insist_on_prefix("story", story_id)
        with self._grouping:
            fitting = [one for id_, one in self._founders.items() if id_.startswith(story_id)]
            led = {self._story_of(level, article) for level, article in fitting} - {None}
            return self._stories[lookup.only(sorted(filter(None, led)), "story", story_id)]

    def members(self, story: StoryId, *, limit: int = 1000) -> Sequence[ArticleId]:
        """See `Grouping.members`."""
        with self._grouping:
            held = [one for one in self._assignments.values() if one.story == story]
        ordered = sorted(held, key=lambda one: (one.day is None, one.day or 0, one.article))
        return [one.article for one in ordered][: max(limit, 0)]

    def ids_of(self, story: StoryId) -> Sequence[StoryId]:
        """See `Commenting.ids_of`."""
        with self._grouping:
            led = {id_ for id_, held in self._founders.items() if self._story_of(*held) == story}
        return [story, *sorted(led - {story})]

    def episodes(self, storyline: StoryId, *, limit: int = 100) -> Sequence[Coverage]:
        """See `Grouping.episodes`."""
        held = [one for one in self._episodes() if one.storyline == storyline]
        ordered = sorted(held, key=lambda one: (one.last is None, -one.last.timestamp() if one.last else 0, one.id))
        return ordered[: max(limit, 0)]

    def copies(self, articles: Iterable[ArticleId] | None = None) -> Sequence[Copy]:
        """See `Grouping.copies`."""
        asked = None if articles is None else set(articles)
        with self._grouping:
            return [one for ids, one in sorted(self._copies.items()) if asked is None or asked & set(ids)]

    def copy_groups(self, articles: Iterable[ArticleId]) -> Mapping[ArticleId, CopyGroup]:
        """See `Grouping.copy_groups`."""
        with self._grouping:
            return {one: self._groups[one] for one in articles if one in self._groups}

    def judgements(self, *, limit: int = 1000, offset: int = 0) -> Sequence[Judged]:
        """See `Grouping.judgements`."""
        most, first = lookup.window(limit, offset)
        with self._grouping:
            return list(reversed(self._judged.values()))[first : first + most]

    def _is_ungrouped(self, article: Article, grouper: str) -> bool:
        kept, annotation = self._footprints.get(article.id), self.annotation(article.edition)
        annotator = annotation.annotator if annotation else ""
        return kept is None or (kept.edition, kept.annotator, kept.grouper) != (article.edition, annotator, grouper)

    def _episodes(self) -> list[Coverage]:
        with self._grouping:
            return [one for one in self._stories.values() if one.level is Level.EPISODE]

    def _story_of(self, level: Level, article: ArticleId) -> StoryId | None:
        now = self._led(article)
        assigned = self._assignments.get(now) if now else None
        if assigned is None or assigned.story not in self._stories:
            return None
        return assigned.story if level is Level.EPISODE else self._stories[assigned.story].storyline

    def _forget(self, change: Regrouping) -> None:
        gone, compared = set(change.gone), {*change.compared, *change.gone}
        for held in (self._footprints, self._assignments, self._linkages):
            for article in gone & held.keys():
                del held[article]
        for story in change.ended:
            self._stories.pop(story, None)
            self._names.pop(story, None)
        self._copies = {ids: one for ids, one in self._copies.items() if not compared & set(ids)}
        for article in {*change.copying, *gone}:
            self._groups.pop(article, None)

    def _judge(self, change: Regrouping) -> None:
        if change.judged:
            self._judged.setdefault(change.judged.id, Judged(change.judged))
        if change.undone:
            id_, by, at = change.undone
            if self._judged[id_].undone is None:
                self._judged[id_] = replace(self._judged[id_], undone=at, undone_by=by)


def _of(held: Mapping[K, T], articles: Iterable[K] | None) -> list[T]:
    asked = held.keys() if articles is None else held.keys() & set(articles)
    return [held[one] for one in sorted(asked)]
