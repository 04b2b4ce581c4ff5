"""A harvest: everything that one page gave, kept or lost together."""

from __future__ import annotations

from dataclasses import dataclass

from readout.models.article import Article
from readout.models.page import Page
from readout.models.rejection import Rejection
from readout.models.shard import Shard


@dataclass(frozen=True)
class Harvest:
    """A page with the articles rebuilt from it and what was dropped on the way.

    `page` is None where not even a page could be made (a file that could not be read). `finished` is the file that was
    read to its end with what came before this.
    """

    page: Page | None
    articles: tuple[Article, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    finished: Shard | None = None
