"""What is kept so that articles can be grouped: their footprints, where each is placed, and what a step changes.

Footprints and assignments can be made anew from the articles at any time; judgements cannot, and are never changed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2

from readout.models.copy import Copy, CopyGroup
from readout.models.ids import ArticleId, EditionId, JudgementId, StoryId
from readout.models.judgement import Judgement
from readout.models.story import Headline, Level, Reason, Verdict


@dataclass(frozen=True)
class Footprint:
    """What an article is grouped by, as compact as can be: about a kilobyte.

    `grouper` and `annotator` name the code it was made by. `published` is in UTC and known to within `give` after it;
    `day` counts from 1970, None where unknown; `words` is how long the body is. `features` and `sketch` are packed, and
    empty where there is no text to group by. `tags` are its hashtags by itself, packed too, before what the archive
    knows of names, and `ties` who speaks in it and what happened on which day; an older one may have none.
    """

    article: ArticleId
    edition: EditionId
    grouper: str
    annotator: str
    outlet: str
    published: datetime | None = None
    give: timedelta = timedelta(0)
    modified: datetime | None = None
    credits: tuple[str, ...] = ()
    words: int = 0
    day: int | None = None
    features: bytes = b""
    sketch: bytes = b""
    tags: str = ""
    ties: str = ""


@dataclass(frozen=True)
class Assignment:
    """Where an article is: in `found` by likeness alone, in `story` after everybody's judgements.

    `sure` (0..1) and `verdict` are about `found`; `nearest` is the article most like it, if any.
    `storyline` is the one that its story was found to be an episode of; no judgement changes that.
    """

    article: ArticleId
    found: StoryId
    story: StoryId
    verdict: Verdict
    sure: float
    nearest: ArticleId | None = None
    day: int | None = None
    storyline: StoryId | None = None


@dataclass(frozen=True)
class Linkage:
    """What placing remembers of an article, to go on from. `links` are others that it may belong with, with the
    log-odds that it does, the same from either end. `first` is the article that stands for it, where it has the very
    same features; else it can be found by those features that are packed in `filed`. `step` tells how close what it
    was settled with had to be.
    """

    article: ArticleId
    day: int | None
    first: ArticleId | None
    step: int
    links: tuple[tuple[ArticleId, float], ...] = ()
    filed: bytes = b""


@dataclass(frozen=True)
class Coverage:
    """A story as a list shows it. Articles that are one text count once.

    `outlets` are those with words of their own, `reprinting` those that only reprint, both in the order in which they
    came; `independent` counts the sources that the texts come from, `copies` the articles that are another's text.
    `first` and `last` are when its articles were published, where that is known. `storyline` is the wider story.
    """

    id: StoryId
    level: Level
    founder: ArticleId
    articles: int
    headline: Headline | None
    outlets: tuple[str, ...] = ()
    reprinting: tuple[str, ...] = ()
    independent: int = 0
    copies: int = 0
    first: datetime | None = None
    last: datetime | None = None
    storyline: StoryId | None = None


@dataclass(frozen=True)
class Judged:
    """A judgement that was made, and when and by whom it was undone, if it was."""

    judgement: Judgement
    undone: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True)
class Regrouping:
    """Everything that one step changes, to be kept whole or not at all.

    `since` is the state of the store that it was worked out from. Of the articles in `placed` these are the
    assignments now, and of those in `compared` these are all the copies; `gone` are forgotten. `stories` are new or
    changed, `ended` are no more; `linkages` and `names` are what placing goes on from. `judged` is
    added, `undone` is marked as undone by that person then.
    """

    since: int
    footprints: tuple[Footprint, ...] = ()
    gone: tuple[ArticleId, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    linkages: tuple[Linkage, ...] = ()
    names: tuple[tuple[StoryId, tuple[int, ...]], ...] = ()
    stories: tuple[Coverage, ...] = ()
    ended: tuple[StoryId, ...] = ()
    compared: tuple[ArticleId, ...] = ()
    copies: tuple[Copy, ...] = ()
    copying: tuple[ArticleId, ...] = ()
    groups: tuple[CopyGroup, ...] = ()
    judged: Judgement | None = None
    undone: tuple[JudgementId, str, datetime] | None = None


@dataclass(frozen=True)
class GroupingReport:
    """What grouping did: how many articles were placed, how many stories and texts with copies there are now."""

    articles: int = 0
    stories: int = 0
    copies: int = 0


_DAY = 86_400.0
_A_DOUBLING = 1.5  # days: what twice as many independent sources are worth
_FOLLOWED = 2.0  # days: what it is worth to whoever follows it


def rank(story: Coverage) -> float:
    """What stories are listed by, the highest first: the sum of `standing` for who follows nothing. It needs no
    clock, so that a list never has to be sorted anew.
    """
    return sum(one.weight for one in standing(story))


def standing(story: Coverage, followed: Collection[str] = ()) -> tuple[Reason, ...]:
    """Why a story stands where it does for whoever follows those stories, storylines and outlets (by id, and by name):
    freshness, in days since 1970, what independent sources add to it, and what following adds.
    """
    freshness = story.last.timestamp() / _DAY if story.last else 0.0
    sources = max(1, story.independent)
    reasons = [
        Reason("fresh", freshness, story.last.date().isoformat() if story.last else ""),
        Reason("independent_sources", _A_DOUBLING * log2(sources), str(sources)),
    ]
    mine = sorted({story.id, story.storyline or "", *story.outlets}.intersection(followed))
    return (*reasons, Reason("followed", _FOLLOWED, ", ".join(mine))) if mine else tuple(reasons)
