"""A comparison as it is kept: what it was worked out from, all of it, and its beginning, as much as a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from readout.models.annotation import Annotation
from readout.models.compared import Compared
from readout.models.ids import ArticleId, EditionId, StoryId
from readout.models.naming import Dispute


class Ground(NamedTuple):
    """One article of a story as it was grouped: of which edition, understood by what, and with whom it is one text."""

    article: ArticleId
    edition: EditionId
    annotator: str
    origin: ArticleId


class Grounds(NamedTuple):
    """What a comparison was worked out from, as digests: the story's `own` articles and what else decides, and what is
    `around` it, which may only say who somebody is.
    """

    own: str
    around: str


@dataclass(frozen=True)
class Excerpt:
    """The beginning of a comparison, with so many points in all.

    `compared` is without articles: `told` and `earlier` are what was understood of those that it cites, with no more of
    their statements than that.
    """

    compared: Compared
    points: int
    told: tuple[Annotation, ...]
    earlier: tuple[Annotation, ...] = ()


@dataclass(frozen=True)
class Laid:
    """The comparison of a story, to be kept: all of it, without its articles, and its beginning.

    `earlier` are the articles of other stories that it cites; its changes are those up to any time, also ahead.
    """

    story: StoryId
    grounds: Grounds
    compared: Compared
    earlier: tuple[ArticleId, ...]
    excerpt: Excerpt
    dispute: Dispute


class Due(NamedTuple):
    """A story that changed since it was compared: of how many articles, and at which state of the store it did last."""

    story: StoryId
    articles: int
    mark: int


class Opening(NamedTuple):
    """A part of a comparison, as much as a page shows, with its articles; how many points there are in all; and whether
    nothing changed since.
    """

    compared: Compared
    points: int
    current: bool = True
