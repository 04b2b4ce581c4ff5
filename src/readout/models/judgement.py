"""A judgement: somebody's word on which articles belong together. Kept for ever; undoing one means deleting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from readout.models.ids import ArticleId, JudgementId, StoryId, stable_id


class JudgementKind(StrEnum):
    """What is judged of the articles."""

    SAME = "same story"  # those and the others belong to one story; so do what is with them
    APART = "not the same story"  # the two do not; what is with them goes with the one it is more like
    MOVE = "move"  # those articles go to the story of the others, alone
    MERGE = "merge"  # the stories of those and of the others are one
    SPLIT = "split"  # those articles leave the story of the others and are one of their own


@dataclass(frozen=True)
class Judgement:
    """One word on `articles` against `others`, with who made it ("machine", or a person's name), when (UTC) and why.

    Articles name stories too: any article of a story stands for it. What it meant when it was made is kept with it, and
    makes it no other judgement: `headlines` are those of the stories of both sides, "" where none is known; `heirs` are
    articles that it took out of a story, each with one of those that stayed in the larger part, as which that story
    goes on.
    """

    kind: JudgementKind
    articles: tuple[ArticleId, ...]
    others: tuple[ArticleId, ...]
    by: str
    at: datetime
    why: str = ""
    headlines: tuple[str, str] = ("", "")
    heirs: tuple[tuple[ArticleId, ArticleId], ...] = ()

    @cached_property
    def id(self) -> JudgementId:
        """What makes a judgement itself: all that it says, who says it and when; not what came of it."""
        parts = (self.kind.value, self.by, self.at.isoformat(), *self.articles, "against", *self.others)
        return JudgementId(stable_id("judgement", *parts))


@dataclass(frozen=True)
class Suggestion:
    """A doubt that a person can settle: whether `article`, with what goes with it, and `nearest` are of one story.

    In two stories, `story` and `other`, these may be one; else that one story may be two. `sure` (0..1) is how likely
    the two belong together. A suggestion goes by its article.
    """

    article: ArticleId
    nearest: ArticleId
    story: StoryId
    other: StoryId
    sure: float

    @property
    def merges(self) -> bool:
        """Whether it is suggested that two stories are one; else, that one story is two."""
        return self.story != self.other
