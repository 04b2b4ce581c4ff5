"""The part of the contract that pages of names and outlets, and the front page, are read from; `tests/store/naming.py`
is its one suite.

Everything here is derived and bounded: whatever an archive holds, a question reads no more than it has to. What is
listed by time goes by the time of saying or else of the article, as that was known when it was annotated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from readout.models import (
    Coverage,
    DayCount,
    Dispute,
    EntityKind,
    Known,
    NameCount,
    OutletId,
    Reprinting,
    RoleTold,
    Saying,
    StoryCount,
    StoryId,
)

LOOKED = 2_000  # articles of an outlet, the latest, that its reprints are counted in
RECENT = 300  # articles, the latest, whose stories are told


class Naming(Protocol):
    """What is told of names, outlets and stories at a glance."""

    def known_as(self, entity_id: str) -> Sequence[Known]:
        """What articles know of the entity of that id, in order of name, forms and roles; nothing where none does."""

    def sayings(self, who: Iterable[Known], *, limit: int = 30, offset: int = 0) -> Sequence[Saying]:
        """What those entities said, the latest first; those of unknown time last."""

    def count_sayings(self, who: Iterable[Known]) -> int:
        """How many statements those are."""

    def spoken_of(self, who: Iterable[Known], *, limit: int = 10) -> Sequence[Saying]:
        """What others said that names one of those entities, the latest first."""

    def days_named(self, who: Iterable[Known]) -> Sequence[DayCount]:
        """On which days articles name those entities, and how many do, the earliest first."""

    def roles_told(self, who: Iterable[Known]) -> Sequence[RoleTold]:
        """The roles that texts give those entities, the most told first, with the days between which they do."""

    def stories_naming(self, who: Iterable[Known], *, limit: int = 12) -> Sequence[StoryCount]:
        """The stories of the latest `RECENT` articles that name those entities, the latest first."""

    def most_named(self, kind: EntityKind, *, speaking: bool = False, limit: int = 50) -> Sequence[NameCount]:
        """The entities of that kind that most articles name, or that most statements are of."""

    def days_of_outlet(self, outlet: OutletId, *, days: int = 366) -> Sequence[DayCount]:
        """How many articles of the outlet each day has, of as many days before its latest; the earliest first."""

    def reprints(self, outlet: OutletId) -> tuple[Sequence[Reprinting], Sequence[Reprinting]]:
        """Whom the latest `LOOKED` articles of that outlet are taken from, and who took from them; the most first."""

    def stories_of_outlet(self, outlet: OutletId, *, limit: int = 12) -> Sequence[StoryCount]:
        """The stories of the latest `RECENT` articles of that outlet, the latest first."""

    def days_of_stories(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Sequence[DayCount]]:
        """How many articles of each episode each day has, the earliest first; without those of unknown day."""

    def coverages(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Coverage]:
        """Those of the episodes that are there, by their ids of today."""

    def newest_day(self, until: date) -> date | None:
        """The last day up to that one of which there are grouped articles; else the very last."""

    def hot(self, since: date, until: date, *, limit: int = 30) -> Sequence[StoryCount]:
        """The episodes that most articles of those days, the last included, are in, and how many are."""

    def disputes(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Dispute]:
        """What was found to be disputed in those of the stories that were compared."""
