"""A story, and the placement of an article in it: which articles unfold one matter, on which level, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from readout.models.ids import ArticleId, StoryId, stable_id


class Level(StrEnum):
    """How wide a story is."""

    EPISODE = "episode"  # this call
    STORYLINE = "storyline"  # these talks, for months


class Verdict(StrEnum):
    """What was decided of an article."""

    JOINS = "joins"
    STARTS = "starts"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Reason:
    """One fact and what it adds to the log-odds, with the words, numbers or days that prove it."""

    fact: str
    weight: float
    evidence: str = ""


@dataclass(frozen=True)
class Story:
    """Articles about one matter, the earliest first (unknown days last). `founder` is the first of them.

    `storyline` is the wider story that an episode belongs to, None where it stands alone. Any article's `story_id`
    leads to the story that holds it, so that an id goes on meaning what it meant when stories merge or split.
    """

    id: StoryId
    level: Level
    articles: tuple[ArticleId, ...]
    founder: ArticleId
    storyline: StoryId | None = None


@dataclass(frozen=True)
class Placement:
    """The story of an article, how sure that is (0..1), and why; `nearest` is the article most like it, if any."""

    article: ArticleId
    story: StoryId
    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...] = ()
    nearest: ArticleId | None = None


@dataclass(frozen=True)
class Headline:
    """The title that stands for a story: an article's own, and why that one."""

    text: str
    article: ArticleId
    reasons: tuple[Reason, ...] = ()


def story_id(article: ArticleId) -> StoryId:
    """The id of the story that an article founded."""
    return StoryId(stable_id("story", article))


def storyline_id(article: ArticleId) -> StoryId:
    """The id of the storyline whose first episode an article founded."""
    return StoryId(stable_id("storyline", article))
