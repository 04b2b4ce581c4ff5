"""The verbs of the Engine that are about what belongs together beyond one story: related articles and stories,
hashtags, timelines. They wire the parts together and decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from readout.errors import NotFoundError
from readout.models import (
    Annotation,
    Article,
    ArticleId,
    CopyGroup,
    Coverage,
    EditionId,
    Level,
    Related,
    RelatedStory,
    StoryId,
    Tag,
    TagCount,
    Timeline,
)
from readout.store.base import Store

if TYPE_CHECKING:
    from readout.group.features import Features
    from readout.group.subject import Subject
    from readout.run.reading_room import Room
    from readout.run.remembered import Remembered

_OF_STORY = 12  # texts that a story is compared by,
_WORDED = 3  # and of so many of them the words that reasons are told in
_TIMED = 400  # articles of a story whose events are read
_EPISODES = 40


class Relating:
    """What is related in an archive. What is asked first takes a while: everything's footprints are read once."""

    store: Store

    @cached_property
    def _room(self) -> Room:
        from readout.run.reading_room import Room

        return Room(self.store)

    @cached_property
    def _known(self) -> Remembered:
        from readout.run.remembered import Remembered

        return Remembered()

    def warm(self) -> None:
        """Read everything's footprints, or those that came since, so that nobody who asks has to wait for it; others
        keep half of the processor. Raises StoreError.
        """
        self._room.held(gently=True)

    def related(self, article_id: str, *, count: int = 8) -> Sequence[Related]:
        """Articles about the same matter as that one, the best first, each with its reasons; none as long as it is not
        grouped. In a large archive they may be a minute old. Raises NotFoundError, AmbiguousIdError.
        """
        if not self._room.large:
            return self._related(article_id, count)
        return self._known.told(("article", article_id, count), lambda: self._related(article_id, count))

    def _related(self, article_id: str, count: int) -> Sequence[Related]:
        from readout.group import related
        from readout.group.features import features
        from readout.group.subject import subject

        article = self.store.article(article_id)
        annotation = self.store.annotation(article.edition)
        mine = self._placed({article.id: subject(article, annotation)})[article.id]
        library = self._room.held().library
        seen = features(article, annotation)
        return related.related(seen, mine, among=library, subjects=self._subjects, count=count)

    def related_stories(self, story_id: str, *, count: int = 6) -> Sequence[RelatedStory]:
        """Other stories about the same matter as that one, the best first, each with its reasons. In a large archive
        they may be a minute old. Raises NotFoundError, AmbiguousIdError.
        """
        if not self._room.large:
            return self._related_stories(story_id, count)
        return self._known.told(("story", story_id, count), lambda: self._related_stories(story_id, count))

    def _related_stories(self, story_id: str, count: int) -> Sequence[RelatedStory]:
        from readout.group import related
        from readout.group.subject import subject, together

        articles = self.store.chosen(self._texts(self.store.story(story_id))[:_OF_STORY])
        if not articles:
            return ()
        understood = self.store.annotations([one.edition for one in articles])
        known = self._placed({one.id: subject(one, understood.get(one.edition)) for one in articles})
        seen = related.of_story(self._features(articles, understood))
        mine = together([known[one.id] for one in articles])
        library = self._room.held().library
        return related.related_stories(seen, mine, among=library, subjects=self._subjects, count=count)

    def _features(self, articles: Sequence[Article], understood: Mapping[EditionId, Annotation]) -> list[Features]:
        """The features of articles as their footprints keep them, those of the first with words."""
        from readout.group.features import features
        from readout.group.footprint import seen

        kept = {one.article: one for one in self.store.footprints([one.id for one in articles]) if one.features}
        return [
            replace(seen(kept[one.id]), meaning=None)
            if number >= _WORDED and one.id in kept
            else features(one, understood.get(one.edition))
            for number, one in enumerate(articles)
        ]

    def tags(self, article_id: str) -> Sequence[Tag]:
        """The hashtags of that article, the most telling first. Raises NotFoundError, AmbiguousIdError."""
        held = self._room.held()
        asked = ArticleId(article_id)
        return held.tags(asked if asked in held else self.store.article(article_id).id)

    def tags_of_story(self, story_id: str) -> Sequence[Tag]:
        """The hashtags of that story, the most telling first. Raises NotFoundError, AmbiguousIdError."""
        from readout.group import hashtags

        tags = self._room.held().tags
        return hashtags.of_story([tags(one) for one in self._texts(self.store.story(story_id))])

    def all_tags(self, *, limit: int = 50) -> Sequence[TagCount]:
        """The hashtags of the archive with how often each is met and when, the most met first."""
        return self._room.held().most(limit)

    def tagged(self, name: str) -> TagCount:
        """What is kept with that hashtag, by its name in whatever spelling. Raises NotFoundError."""
        found = self._room.held().found(name.lstrip("#"))
        if found is None:
            raise NotFoundError("hashtag", name)
        return found

    def timeline(self, story_id: str) -> Timeline:
        """What happened in that story or storyline and what is expected. Raises NotFoundError, AmbiguousIdError."""
        from readout.group import timeline

        story = self.store.story(story_id)
        ids = self._members(story)[-_TIMED:]
        groups = self.store.copy_groups(ids)
        articles = self.store.chosen(ids)
        understood = self.store.annotations([one.edition for one in articles])
        tellings = [
            timeline.telling(one, understood[one.edition], groups.get(one.id))
            for one in articles
            if one.edition in understood
        ]
        whole = story.level is Level.STORYLINE
        return timeline.timeline(tellings, count=timeline.SHOWN if whole else timeline.OF_EPISODE)

    def _members(self, story: Coverage) -> list[ArticleId]:
        """The articles of a story, or of all episodes of a storyline."""
        if story.level is Level.EPISODE:
            return list(self.store.members(story.id))
        episodes = self.store.episodes(story.id, limit=_EPISODES)
        return [article for one in reversed(episodes) for article in self.store.members(one.id)]

    def _texts(self, story: Coverage) -> list[ArticleId]:
        """The articles of a story, of each text one."""
        members = self._members(story)
        groups = self.store.copy_groups(members)
        texts: dict[ArticleId, ArticleId] = {}
        for one in members:
            texts.setdefault(groups[one].origin if one in groups else one, one)
        return list(texts.values())

    def _subjects(self, articles: Sequence[ArticleId]) -> Mapping[ArticleId, Subject]:
        """What ties those articles to others, their names apart; of what is grouped."""
        return self._placed(self._alone(articles))

    def _placed(self, alone: Mapping[ArticleId, Subject]) -> Mapping[ArticleId, Subject]:
        """With where each stands now, and whose text it is."""
        articles = list(alone)
        seats = {one.article: one.story for one in self.store.assignments(articles)}
        lines = {id_: one.storyline for id_, one in self.store.coverages(set(seats.values())).items()}
        groups = self.store.copy_groups(articles)
        return {one: _placed(told, seats.get(one), lines, groups.get(one)) for one, told in alone.items()}

    def _alone(self, articles: Sequence[ArticleId]) -> dict[ArticleId, Subject]:
        """What ties those articles to others, wherever they stand: read once, as long as they stay as they are."""
        from readout.group.subject import unpacked

        held = self._room.held()
        met = {one: told for one in articles if (told := held.subjects.get(one))}
        found = {
            one.article: unpacked(one) for one in self.store.footprints([one for one in articles if one not in met])
        }
        read = {one: told for one, told in found.items() if told} | self._read([one for one in found if not found[one]])
        for one, told in read.items():
            if one in held:
                held.told(one, told)
        return met | read

    def _read(self, articles: Sequence[ArticleId]) -> dict[ArticleId, Subject]:
        """The same of articles whose footprints are older and do not tell."""
        from readout.group.subject import subject

        texts = self.store.chosen(articles) if articles else ()
        understood = self.store.annotations([one.edition for one in texts]) if texts else {}
        return {one.id: subject(one, understood.get(one.edition)) for one in texts}


def _placed(
    alone: Subject, story: StoryId | None, lines: Mapping[StoryId, StoryId | None], copies: CopyGroup | None
) -> Subject:
    line = lines.get(story) if story else None
    text, agency = (copies.origin, copies.agency) if copies else (None, None)
    return replace(alone, story=story, storyline=line, text=text, agency=agency)
