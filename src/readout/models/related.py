"""What is about the same matter as an article or a story, and why."""

from __future__ import annotations

from dataclasses import dataclass

from readout.models.ids import ArticleId, StoryId
from readout.models.story import Reason


@dataclass(frozen=True)
class Related:
    """One article about the same matter as another. `score` (0..1) is the chance that it is, as far as their words
    tell; `likeness` (0..1) how alike people would find the two.

    `reasons` are the facts that tie them, the strongest first, never empty. `copies` are other articles of the same
    text, folded under it; `is_copy` tells that this is the text of the article asked about.
    """

    article: ArticleId
    score: float
    likeness: float
    reasons: tuple[Reason, ...]
    outlet: str = ""
    story: StoryId | None = None
    copies: tuple[ArticleId, ...] = ()
    is_copy: bool = False


@dataclass(frozen=True)
class RelatedStory:
    """One story about the same matter as another: through `article`, the most alike of its articles, and why."""

    story: StoryId
    article: ArticleId
    score: float
    reasons: tuple[Reason, ...]
