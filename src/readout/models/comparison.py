"""A comparison: the accounts of a story side by side, point by point, with the words that decide how they relate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from readout.models.ids import ArticleId, PointId, StatementId
from readout.models.page import Span


class Relation(StrEnum):
    """How the accounts of a point relate.

    Accounts contradict that cannot both be true of the same thing at the same time; they differ where they are
    compatible, but materially different in account, figure, emphasis or commitment.
    """

    AGREE = "agree"
    DIFFER = "differ"
    CONTRADICT = "contradict"
    ONE_SIDED = "one-sided"


@dataclass(frozen=True)
class Party:
    """A side in a story: the speakers who belong to it, each with the reason why."""

    name: str
    members: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """What one party says on a point: its statements, the most telling first. Empty where it only keeps silent.

    `origins` counts the independent texts that carry it, `copies` the reports that reprint one of these.
    """

    party: str
    statements: tuple[StatementId, ...]
    origins: int = 1
    copies: int = 0


@dataclass(frozen=True)
class Evidence:
    """Why two accounts relate as they do: the kind of reason, and the words of each that decide it."""

    kind: str
    words: tuple[str, ...]
    statements: tuple[StatementId, ...]


@dataclass(frozen=True)
class Phase:
    """What stood between accounts of a point once a statement had been made: the relation, and who had spoken by then.

    `statements` are those that decide, the later last.
    """

    at: datetime
    relation: Relation
    kind: str
    parties: tuple[str, ...]
    statements: tuple[StatementId, ...]


@dataclass(frozen=True)
class Point:
    """A matter on which accounts can be set side by side; its heading is made of words that the statements have.

    `phases` tell how it came to this, the earliest first; none where no time is known.
    """

    id: PointId
    heading: str
    relation: Relation
    accounts: tuple[Account, ...]
    evidence: tuple[Evidence, ...]
    confidence: float
    phases: tuple[Phase, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Everything that the accounts of a story say beside each other; the most disputed points first."""

    parties: tuple[Party, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Reported:
    """A figure as one independent text reports it: `low`..`high` in the unit of its series; `of` are the words that
    hold it, `by` who gives it where the text says so, `at` the time it is of or else was published.
    """

    article: ArticleId
    outlet: str | None
    span: Span
    of: str
    low: float
    high: float
    modifier: str | None
    by: str | None
    at: datetime | None


@dataclass(frozen=True)
class Series:
    """What several texts report of one quantity, the earliest first (unknown times last).

    `unit` is as of a figure, with lengths of time in minutes and distances in metres. `revisions` counts how often the
    value changes on its way to the latest; `outliers` are the places in `values` of those far from all others.
    """

    what: str
    unit: str
    fate: str
    values: tuple[Reported, ...]
    revisions: int
    outliers: tuple[int, ...]

    @property
    def latest(self) -> Reported:
        """The value that is known last."""
        return next((one for one in reversed(self.values) if one.at), self.values[-1])

    @property
    def range(self) -> tuple[float, float]:
        """The least and the most of all values."""
        return min(one.low for one in self.values), max(one.high for one in self.values)
