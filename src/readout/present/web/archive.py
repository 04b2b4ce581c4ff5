"""What the web site needs of an archive; the Engine has it by shape. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from readout.models import (
    Annotation,
    Article,
    ArticleId,
    EditionId,
    FeedId,
    Followed,
    Look,
    LossCount,
    OutletCount,
    OutletId,
    Page,
    PageId,
    Rejection,
    Sighting,
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

    def totals(self) -> Totals:
        """How much is kept."""
