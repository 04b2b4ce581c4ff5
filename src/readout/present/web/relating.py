"""What stands beside an article or a story: related ones with reasons, hashtags, a timeline. Where the archive cannot
tell, nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from starlette.requests import Request

from readout.models import Article, Coverage, Level, Related, RelatedStory, StoryId, Tag, TagCount, Timeline
from readout.present import kindred
from readout.present.kindred import TimelineScreen
from readout.present.screens import Kindred
from readout.present.web.archive import Archive

_ASKED, _BESIDE = 12, 6  # related stories that are asked for, and shown


@runtime_checkable
class Relating(Protocol):
    """The verbs of the Engine that are needed here. Each may raise StoreError, NotFoundError and AmbiguousIdError."""

    def related(self, article_id: str, /) -> Sequence[Related]:
        """Articles about the same matter."""

    def related_stories(self, story_id: str, /, *, count: int = 6) -> Sequence[RelatedStory]:
        """Stories about the same matter."""

    def tags(self, article_id: str, /) -> Sequence[Tag]:
        """The hashtags of an article."""

    def tags_of_story(self, story_id: str, /) -> Sequence[Tag]:
        """The hashtags of a story."""

    def all_tags(self, *, limit: int = 50) -> Sequence[TagCount]:
        """The hashtags of the archive, the most met first."""

    def tagged(self, name: str, /) -> TagCount:
        """What is kept with that hashtag."""

    def coverages(self, story_ids: Iterable[StoryId], /) -> Mapping[StoryId, Coverage]:
        """Stories by their ids."""

    def timeline(self, story_id: str, /) -> Timeline:
        """What happened in a story and what is expected."""


def relating(request: Request) -> Relating | None:
    """Who can tell what is related, if anybody can."""
    archive = request.app.state.archive
    return archive if isinstance(archive, Relating) else None


def of_article(request: Request, article: Article) -> Kindred:
    """What stands beside an article."""
    teller, archive = relating(request), _archive(request)
    if teller is None:
        return Kindred()
    found = teller.related(article.id)
    articles = {one.id: one for one in archive.chosen([one.article for one in found])}
    return Kindred(kindred.kin(found, articles), (), kindred.hashtags(teller.tags(article.id)))


def of_story(request: Request, story: Coverage) -> tuple[Kindred, TimelineScreen | None]:
    """What stands beside a story, and its timeline. The other episodes of its storyline are listed by themselves."""
    teller = relating(request)
    if teller is None:
        return Kindred(), None
    found = teller.related_stories(story.id, count=_ASKED) if story.level is Level.EPISODE else ()
    known = {
        id_: one
        for id_, one in teller.coverages([one.story for one in found]).items()
        if one.storyline is None or one.storyline != story.storyline
    }
    beside = Kindred((), kindred.kin_stories(found, known)[:_BESIDE], kindred.hashtags(teller.tags_of_story(story.id)))
    return beside, kindred.timeline(teller.timeline(story.id))


def _archive(request: Request) -> Archive:
    archive: Archive = request.app.state.archive
    return archive
