"""What belongs together → screens: related articles and stories, hashtags, timelines; worded and bounded. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from readout.models import (
    Article,
    ArticleId,
    Coverage,
    DayCount,
    Milestone,
    Related,
    RelatedStory,
    StoryId,
    Tag,
    TagCount,
    Timeline,
)
from readout.present import pictures, stories, ties, views
from readout.present.harmless import harmless
from readout.present.screens import Hashtag, Item, Kin, KinStory
from readout.present.setting import clipped

LISTED = 200  # hashtags on their page
LATEST = 30  # articles on the page of one
_WHAT, _NAME = 300, 80


@dataclass(frozen=True)
class Dated:
    """An entry of a timeline: the words of who reports it first, who else does, and other days that are given."""

    status: str
    what: str
    article: str
    reported: str
    conflicts: tuple[str, ...]


@dataclass(frozen=True)
class OnDay:
    """What a timeline has on one day, in one month or year."""

    day: str
    machine: str
    entries: tuple[Dated, ...]


@dataclass(frozen=True)
class TimelineScreen:
    """What happened, and what is expected after `as_of`."""

    past: tuple[OnDay, ...]
    ahead: tuple[OnDay, ...]
    as_of: str
    left_out: int
    line: pictures.Line | None = None


@dataclass(frozen=True)
class HashtagScreen:
    """The page of a hashtag."""

    tag: Hashtag
    latest: tuple[Item, ...]
    coverage: pictures.Columns | None


def kin(found: Sequence[Related], articles: Mapping[ArticleId, Article]) -> tuple[Kin, ...]:
    """Related articles, those that can still be shown."""
    return tuple(
        Kin(views.item(articles[one.article]), ties.in_words(one.reasons), len(one.copies), one.is_copy)
        for one in found
        if one.article in articles
    )


def kin_stories(found: Sequence[RelatedStory], known: Mapping[StoryId, Coverage]) -> tuple[KinStory, ...]:
    """Related stories."""
    return tuple(
        KinStory(stories.row(known[one.story]), ties.in_words(one.reasons)) for one in found if one.story in known
    )


def hashtags(tags: Sequence[Tag]) -> tuple[Hashtag, ...]:
    """Hashtags beside an article or a story."""
    return tuple(Hashtag(harmless(tag.text), _named(tag)) for tag in tags)


def listed(counts: Sequence[TagCount]) -> tuple[Hashtag, ...]:
    """Hashtags with how many articles have them."""
    return tuple(Hashtag(harmless(one.tag.text), _named(one.tag), one.articles) for one in counts)


def hashtag(count: TagCount, latest: Sequence[Article]) -> HashtagScreen:
    """The page of a hashtag: how often over time, and the latest articles."""
    days = [DayCount(*one) for one in count.days]
    ordered = sorted(latest, key=lambda one: -one.published.at.timestamp() if one.published else 0.0)
    return HashtagScreen(listed([count])[0], tuple(views.item(one) for one in ordered), pictures.columns(days))


def timeline(found: Timeline) -> TimelineScreen | None:
    """A timeline; None where nothing is dated."""
    if not found.past and not found.ahead:
        return None
    as_of = ties.day(found.as_of.isoformat()) if found.as_of else ""
    return TimelineScreen(_by_day(found.past), _by_day(found.ahead), as_of, found.left_out, pictures.line(found))


def _by_day(entries: Sequence[Milestone]) -> tuple[OnDay, ...]:
    return tuple(
        OnDay(ties.day(when), when, tuple(map(_dated, some))) for when, some in groupby(entries, lambda one: one.when)
    )


def _dated(entry: Milestone) -> Dated:
    return Dated(
        status=ties.standing(entry),
        what=clipped(" ".join(harmless(entry.first.what).split()), _WHAT),
        article=entry.first.article,
        reported=ties.reported(entry),
        conflicts=ties.conflicting(entry),
    )


def _named(tag: Tag) -> str:
    return clipped(harmless(tag.name), _NAME)
