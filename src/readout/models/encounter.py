"""An encounter: a call, a meeting, a summit or a letter between parties, as a sheet of what each tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from readout.models.annotation import EventStatus
from readout.models.comparison import Account, Relation
from readout.models.ids import ArticleId, EncounterId, PointId, StatementId
from readout.models.page import Span


class EncounterKind(StrEnum):
    """In which way parties met."""

    CALL = "call"
    MEETING = "meeting"
    SUMMIT = "summit"
    TALKS = "talks"
    LETTER = "letter"


class DetailKind(StrEnum):
    """Which question about an encounter a detail answers."""

    DAY = "day"
    LENGTH = "length"
    ASKED = "who asked for it"
    PLACE = "place"
    ORDER = "which of several"
    TOPIC = "topic"


@dataclass(frozen=True)
class Detail:
    """One answer as one text gives it: `words` are those at `span` of the article's reading text.

    `value` is the answer in a form that can be compared: a day, minutes, a party, a place. `by` says it, in the words
    of `statement` or, where that is None, the outlet itself; `party` is the side of who says it, "" where unknown.
    `origin` names the text that counts once with its copies.
    """

    kind: DetailKind
    value: str
    by: str
    party: str
    article: ArticleId
    outlet: str
    origin: str
    span: Span
    words: str
    statement: StatementId | None = None


@dataclass(frozen=True)
class Topic:
    """One matter of an encounter: for each party its statements, empty where nothing here shows it mention it.

    `point` is the point that it is, with its relation, if accounts of it can be set side by side.
    """

    heading: str
    voices: tuple[Account, ...]
    relation: Relation | None = None
    point: PointId | None = None


@dataclass(frozen=True)
class Encounter:
    """What is told of one call, meeting, summit or letter; `when` is a day or a month (ISO), "" where none is told.

    `parties` are the sides, `people` those named as taking part. `mentions` are the words that tell of it, one for each
    independent text. `details` come by kind, one for each value and teller.
    """

    id: EncounterId
    kind: EncounterKind
    when: str
    status: EventStatus
    parties: tuple[str, ...]
    people: tuple[str, ...]
    mentions: tuple[Detail, ...]
    details: tuple[Detail, ...]
    topics: tuple[Topic, ...] = ()

    def of(self, kind: DetailKind) -> tuple[Detail, ...]:
        """The answers to one question."""
        return tuple(one for one in self.details if one.kind is kind)
