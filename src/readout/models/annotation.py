"""An annotation: what was understood of one edition of an article, by which version of the annotator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from readout.models.article import Article, Precision
from readout.models.ids import ArticleId, EditionId, EntityId, EventId
from readout.models.page import Span
from readout.models.statement import Statement


class EntityKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    WORK = "work"
    OTHER = "other"


class Mention(NamedTuple):
    """A place in the reading text where an entity is named, and in which form: "name", "role" or "pronoun"."""

    span: Span
    form: str


@dataclass(frozen=True)
class Entity:
    """Everything in one article that names the same person, body, place or work.

    `name` is the canonical form chosen from the text; `aliases` the other forms met; `roles` as the text says them
    ("Ukrainian president"); mentions in order.
    """

    id: EntityId
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class TimeExpression:
    """Words that name a time, resolved: from `start` up to but not including `end`, in UTC; None where open.

    `value` is the TIMEX3 value ("2025-06-05", "2025-W23", "P2D"); `basis` says how it was resolved.
    """

    span: Span
    value: str
    kind: str  # "DATE", "TIME", "DURATION", "SET"
    start: datetime | None = None
    end: datetime | None = None
    precision: Precision | None = None
    basis: str = ""


class EventStatus(StrEnum):
    """Whether it took place."""

    HAPPENED = "happened"
    PLANNED = "planned"
    DEADLINE = "deadline"


@dataclass(frozen=True)
class Event:
    """A dated happening: what (in the text's words), who takes part, where, when. `spans` hold the words of `what`."""

    id: EventId
    article: ArticleId
    what: str
    spans: tuple[Span, ...]
    participants: tuple[str, ...]
    place: str | None
    time: TimeExpression | None
    status: EventStatus


@dataclass(frozen=True)
class Figure:
    """A quantity that somebody reports: `low`..`high` in `unit`, of what, with its modifier ("at least").

    `unit` is "percent", a currency's ISO code, a unit's usual name ("hour", "km") or "" for a count. `scope` is what is
    counted, in lower case ("ukrainian soldiers"), and `fate` what befell it ("killed", "missing"), so that 12 soldiers
    killed, 12 killed and 12 wounded stay apart. `time` and `place` are those its sentence names, `by` the speaker in
    whose words it stands.
    """

    span: Span
    low: float
    high: float
    unit: str
    what: str
    modifier: str | None = None
    by: str | None = None
    scope: str = ""
    fate: str = ""
    time: TimeExpression | None = None
    place: str | None = None


@dataclass(frozen=True)
class Annotation:
    """What was understood of one edition; `annotator` names the code and version."""

    article: ArticleId
    edition: EditionId
    annotator: str
    language: str | None
    statements: tuple[Statement, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()


class Annotated(NamedTuple):
    """An article as one page holds it, with what was understood of its edition."""

    article: Article
    annotation: Annotation
