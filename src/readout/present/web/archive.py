"""What the web site needs of an archive; the Engine has it by shape. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from readout.models import (
    Annotation,
    Article,
    ArticleId,
    Assignment,
    Copy,
    CopyGroup,
    Coverage,
    EditionId,
    FeedId,
    Followed,
    Judged,
    Look,
    LossCount,
    OutletCount,
    OutletId,
    Page,
    PageId,
    Rejection,
    Sighting,
    StoryId,
    Totals,
)


class Archive(Protocol):
    """The reading half of the Engine. Every verb may raise StoreError; a single thing by id may raise NotFoundError or
    AmbiguousIdError. Called from several threads at once.
    """

    def articles(self, *, outlet: OutletId | None = None, limit: int = 50, offset: int = 0) -> Sequence[Article]:
        """Articles, the latest published first."""

    def article(self, article_id: str, /) -> Article:
        """The article of that id, or of the one id that begins so."""

    def sightings(self, article_id: ArticleId, /) -> Sequence[Sighting]:
        """Every sighting of that article, oldest capture first."""

    def annotation(self, edition: EditionId, /) -> Annotation | None:
        """What was understood of that edition, if it is annotated."""

    def annotations(self, editions: Iterable[EditionId], /) -> Mapping[EditionId, Annotation]:
        """What was understood of those of the editions that are annotated."""

    def page(self, page_id: str, /) -> Page:
        """The page of that id, or of the one id that begins so."""

    def on_page(self, page_id: PageId, /) -> Sequence[Article]:
        """The articles of that page in the order of their positions."""

    def outlets(self) -> Sequence[OutletCount]:
        """The outlets by number of articles, most first."""

    def outlet(self, outlet_id: str, /) -> OutletCount:
        """The outlet of that id, or of the one id that begins so."""

    def rejections(self, *, page: PageId | None = None, limit: int = 200, offset: int = 0) -> Sequence[Rejection]:
        """What was dropped, the latest first."""

    def losses(self) -> Sequence[LossCount]:
        """How often each stage dropped something for each reason."""

    def feeds(self) -> Sequence[Followed]:
        """The feeds that are followed."""

    def feed(self, feed_id: str, /) -> Followed:
        """The feed of that id, or of the one id that begins so."""

    def looks(self, feed_id: FeedId, /) -> Sequence[Look]:
        """The last looks at that feed, the latest first."""

    def stories(self, *, limit: int = 30, offset: int = 0) -> Sequence[Coverage]:
        """Stories, those that most independent sources told last first."""

    def count_stories(self) -> int:
        """How many stories there are."""

    def story(self, story_id: str, /) -> Coverage:
        """The story or storyline that an id leads to."""

    def members(self, story: StoryId, /, *, limit: int = 1000) -> Sequence[ArticleId]:
        """The articles of that story, the earliest first."""

    def episodes(self, storyline: StoryId, /, *, limit: int = 100) -> Sequence[Coverage]:
        """The episodes of that storyline, the latest first."""

    def chosen(self, articles: Iterable[ArticleId], /) -> Sequence[Article]:
        """Those articles, without those that are not kept."""

    def assignments(self, articles: Iterable[ArticleId], /) -> Sequence[Assignment]:
        """Which stories those articles are in."""

    def copies(self, articles: Iterable[ArticleId], /) -> Sequence[Copy]:
        """What is taken from one of those articles, or one of them from."""

    def copy_groups(self, articles: Iterable[ArticleId], /) -> Mapping[ArticleId, CopyGroup]:
        """The articles that are one text with one of those."""

    def judgements(self, *, limit: int = 1000, offset: int = 0) -> Sequence[Judged]:
        """What was said of stories, the latest first."""

    def totals(self) -> Totals:
        """How much is kept."""


@runtime_checkable
class Leading(Protocol):
    """What knows where a story that was parted goes on; the Engine has it by shape, a store alone has not."""

    def goes_on(self, story_id: str, /) -> Coverage | None:
        """The story as which the one that had this id before goes on elsewhere."""


def goes_on(archive: Archive, story_id: str) -> Coverage | None:
    """The story as which the one that had this id before goes on elsewhere, as far as the archive knows."""
    return archive.goes_on(story_id) if isinstance(archive, Leading) else None
