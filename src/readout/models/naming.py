"""What lists and pages of names, outlets and coverage are made of: counts, days, roles, disputes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from readout.models.annotation import EntityKind
from readout.models.archive import Who
from readout.models.article import Article
from readout.models.comparison import Relation
from readout.models.ids import EntityId, OutletId, PointId, StoryId
from readout.models.statement import Statement


class DayCount(NamedTuple):
    """How many articles there are on one day."""

    day: date
    articles: int


class NameCount(NamedTuple):
    """In how many editions an entity is named, and how many statements are its own."""

    entity: EntityId
    kind: EntityKind
    name: str
    articles: int
    statements: int


class RoleTold(NamedTuple):
    """A role as texts give it, in how many editions, and on which days the first and the last of them were listed."""

    role: str
    articles: int
    first: date | None = None
    last: date | None = None


class Saying(NamedTuple):
    """A statement with the article, as one page holds it, that attributes it, counted there from 1."""

    article: Article
    statement: Statement
    number: int


class StoryCount(NamedTuple):
    """How many of the articles that were asked about are in a story."""

    story: StoryId
    articles: int


class Reprinting(NamedTuple):
    """How many texts one outlet took from another; `credited` where no text of it is kept, only its name."""

    outlet: OutletId | None
    name: str
    articles: int
    credited: bool = False


@dataclass(frozen=True)
class Dispute:
    """The foremost point of a story on which accounts contradict each other or differ, if there is one.

    `articles`, `copies` and `last` are those of the story when it was compared; it is due again when they change.
    """

    story: StoryId
    articles: int
    copies: int
    last: datetime | None
    point: PointId | None = None
    relation: Relation | None = None
    heading: str = ""


@dataclass(frozen=True)
class Portrait:
    """An entity of the archive at a glance: `id` is the one that stands for it today.

    `days` count the articles that name it, `stories` are the latest of these. `namesakes` are all that have one of its
    ids, itself the `which`th among them; `others` may be meant by its name.
    """

    id: EntityId
    who: Who
    statements: int
    days: tuple[DayCount, ...]
    roles: tuple[RoleTold, ...]
    stories: tuple[StoryCount, ...]
    which: int = 1
    namesakes: tuple[Who, ...] = ()
    others: tuple[Who, ...] = ()


@dataclass(frozen=True)
class OutletPortrait:
    """An outlet at a glance: its articles by day, their latest stories, whom it takes texts from, who takes its own."""

    days: tuple[DayCount, ...]
    stories: tuple[StoryCount, ...]
    takes: tuple[Reprinting, ...]
    gives: tuple[Reprinting, ...]
