"""A comparison: the accounts of a story side by side, point by point, with the words that decide how they relate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from readout.models.annotation import Annotated
from readout.models.ids import PointId, StatementId


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
class Point:
    """A matter on which accounts can be set side by side; its heading is made of words that the statements have."""

    id: PointId
    heading: str
    relation: Relation
    accounts: tuple[Account, ...]
    evidence: tuple[Evidence, ...]
    confidence: float


@dataclass(frozen=True)
class Comparison:
    """Everything that the accounts of a story say beside each other; the most disputed points first."""

    parties: tuple[Party, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Compared:
    """A comparison with the articles that it is of, one a text, each with what was understood of it."""

    comparison: Comparison
    articles: tuple[Annotated, ...]
