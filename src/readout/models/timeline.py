"""What happened in a story and what is expected, by day: one entry for what several articles report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from readout.models.annotation import EventStatus
from readout.models.ids import ArticleId, EventId
from readout.models.page import Span


@dataclass(frozen=True)
class Report:
    """One article's word on an event. `spans` are characters of its reading text and hold the words of `what`;
    `origin` is the same for texts of one source, which count once.
    """

    article: ArticleId
    event: EventId
    what: str
    spans: tuple[Span, ...]
    outlet: str
    origin: str
    published: datetime | None = None


@dataclass(frozen=True)
class Conflict:
    """Another date that others give for what seems to be the same: `when` as in an entry, and who gives it."""

    when: str
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class Milestone:
    """One dated happening. `when` is the day, month or year (ISO: "2031-03-04", "2031-03", "2031"), `start` its first
    day and `end` its last. `reports` begin with the first; `origins` counts independent sources. `who` takes part.
    """

    when: str
    start: date
    end: date
    status: EventStatus
    reports: tuple[Report, ...]
    origins: int
    who: tuple[str, ...] = ()
    place: str | None = None
    conflicts: tuple[Conflict, ...] = ()

    @property
    def first(self) -> Report:
        """The first report: the words that stand for the entry."""
        return self.reports[0]


@dataclass(frozen=True)
class Timeline:
    """`past` and `ahead`, the earliest first: what is planned or due from `as_of` on stands ahead. `left_out` counts
    what was too little told to be shown, `undated` the events whose day is unknown.
    """

    past: tuple[Milestone, ...]
    ahead: tuple[Milestone, ...]
    as_of: date | None
    left_out: int = 0
    undated: int = 0
