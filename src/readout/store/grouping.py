"""The part of the contract that is about stories and copies; `tests/store/grouping.py` is its one suite.

What is derived (footprints, assignments, stories, copies) is changed by one verb, whole or not at all, and only by who
knows its latest state. What people judged is never changed; every id that a story ever had leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from readout.models import (
    Article,
    ArticleId,
    Assignment,
    Copy,
    CopyGroup,
    Coverage,
    Footprint,
    Judged,
    Linkage,
    Regrouping,
    StoryId,
)


class Grouping(Protocol):
    """What is kept of stories and copies. Every verb is one transaction: all of it or nothing."""

    def ungrouped(self, grouper: str, *, after: str = "", limit: int = 256) -> Sequence[Article]:
        """Articles, as they are shown, that have no footprint, or one of another edition, of what another annotator
        understood, or by another `grouper`. In the order of their ids, from the first after `after`.
        """

    def count_ungrouped(self, grouper: str) -> int:
        """How many those are."""

    def captured(self, articles: Iterable[ArticleId]) -> Mapping[ArticleId, datetime]:
        """When each of those was captured first, by pages whose time of capture is no guess; others are left out."""

    def vanished(self) -> Sequence[ArticleId]:
        """What has a footprint and is no article any more, as another was found to be one with it."""

    def state(self) -> int:
        """A number that is another after every change of what is derived."""

    def regroup(self, change: Regrouping) -> bool:
        """Keep that change, durably; False, and nothing is changed, where it was worked out from another state."""

    def footprints(self, articles: Iterable[ArticleId] | None = None) -> Sequence[Footprint]:
        """The footprints of those articles, or of all, in order of id."""

    def footprints_after(self, number: int = 0, *, limit: int = 256) -> Sequence[tuple[int, Footprint]]:
        """Footprints in the order in which they were kept last, without their sketches, from the first after `number`;
        each with its own number, which is above those of all that were there when it was kept.
        """

    def footprinted(self) -> Sequence[ArticleId]:
        """The articles that have a footprint, in order of id."""

    def count_footprints(self) -> int:
        """How many those are."""

    def assignments(self, articles: Iterable[ArticleId] | None = None) -> Sequence[Assignment]:
        """Where those articles are, or all, in order of id."""

    def together(self, stories: Iterable[StoryId]) -> Sequence[Assignment]:
        """All that are in one of those stories, or were found to be. In order of id."""

    def elsewhere(self) -> Sequence[Assignment]:
        """All that are in another story than they were found to be in. In order of id."""

    def linkages(self, articles: Iterable[ArticleId]) -> Sequence[Linkage]:
        """What placing remembers of those articles, and of all that one of them stands for. In order of id."""

    def filed(self, days: tuple[int, int] | None) -> Sequence[tuple[ArticleId, int | None, bytes]]:
        """What can be found by its features, with its day and these: from the first of those days to the second, or
        where None is given what has no day. In order of day and id.
        """

    def latest_filed(self, before: int | None = None) -> int | None:
        """The latest day, before that one, of what can be found by its features; None where there is none."""

    def footed(self, articles: Iterable[ArticleId] | None = None) -> Sequence[tuple[ArticleId, str, bytes]]:
        """Of those articles, or of all, each that has a sketch, with its outlet's name and the sketch, the first
        published first.
        """

    def holding(self, fingerprints: Iterable[int]) -> Sequence[tuple[ArticleId, str, bytes]] | None:
        """Every article whose sketch holds one of those fingerprints, or has one of them as the lower half of its
        digest; perhaps some others, and of those under one fingerprint that very many hold only some. As `footed`.
        None where sketches were never put in order, so that all would have to be looked at.
        """

    def order_sketches(self) -> None:
        """Put sketches in order for `holding`, where many came since that was last done."""

    def unsure(self, articles: Iterable[ArticleId] | None = None, *, limit: int = 1000) -> Sequence[Assignment]:
        """Where nobody can tell: the assignments in doubt of those articles and of what is most like one of them, or of
        all; the latest day first, then in order of id.
        """

    def chosen(self, articles: Iterable[ArticleId]) -> Sequence[Article]:
        """Those articles, as they are shown, in that order; without those that are not kept. Each by any id it had."""

    def told(self, stories: Iterable[StoryId]) -> Sequence[Coverage]:
        """Those episodes and storylines, without those that are no more. In order of id."""

    def names(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Sequence[int]]:
        """The names that those stories turn on, ascending."""

    def turning(self, names: Iterable[int]) -> Sequence[tuple[int, StoryId]]:
        """The stories that turn on one of those names."""

    def count_copies(self) -> int:
        """How many articles are another's text."""

    def stories(self, *, limit: int = 30, offset: int = 0) -> Sequence[Coverage]:
        """Episodes by `models.rank`, the foremost first. Ties are in order of id."""

    def count_stories(self) -> int:
        """How many episodes there are."""

    def story(self, story_id: str) -> Coverage:
        """The episode or storyline that an id, or the beginning of one, leads to: one it has or had, or that of a story
        it was merged with. Raises NotFoundError, AmbiguousIdError.
        """

    def members(self, story: StoryId, *, limit: int = 1000) -> Sequence[ArticleId]:
        """The articles of that episode, the earliest first, those of unknown day last."""

    def episodes(self, storyline: StoryId, *, limit: int = 100) -> Sequence[Coverage]:
        """The episodes of that storyline, the latest first."""

    def copies(self, articles: Iterable[ArticleId] | None = None) -> Sequence[Copy]:
        """What is known to be taken from, or to be the original of, one of those articles; or all. In order of ids."""

    def copy_groups(self, articles: Iterable[ArticleId]) -> Mapping[ArticleId, CopyGroup]:
        """The group of those of the articles that are in one."""

    def judgements(self, *, limit: int = 1000, offset: int = 0) -> Sequence[Judged]:
        """Everything that was judged, the latest first."""
