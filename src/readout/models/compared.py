"""What follows from a comparison: how claims fared, positions that changed, who carries a point, what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from readout.models.annotation import Annotated
from readout.models.archive import Said
from readout.models.comparison import Comparison, Series
from readout.models.encounter import Encounter
from readout.models.ids import ArticleId, ChangeId, PointId, StatementId
from readout.models.page import Span


@dataclass(frozen=True)
class Turn:
    """What a speaker said before and says now, how it changed, the stems of the matter, and when he said it now."""

    speaker: str
    kind: str
    before: StatementId
    after: StatementId
    matter: tuple[str, ...]
    at: datetime


class Position(NamedTuple):
    """A turn with both statements, each with its article."""

    turn: Turn
    before: Said
    after: Said


class Fate(StrEnum):
    """What becomes of a claim."""

    CLAIMED = "claimed"
    REPEATED = "repeated"  # by the same side again, in another text
    CONFIRMED = "confirmed"  # by another side, or by an independent text
    DENIED = "denied"
    CONTRADICTED = "contradicted"  # without a word of denial
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Step:
    """One step in the life of a claim: by which side, when it was published, and where it is written.

    `statement` says it; where that is None the outlet tells it, in the words at `span` of the article's reading text.
    `independent` is whether its text is another than that of the claim, copies aside.
    """

    fate: Fate
    by: str
    at: datetime | None
    article: ArticleId
    span: Span
    words: str
    statement: StatementId | None = None
    independent: bool = False


@dataclass(frozen=True)
class Life:
    """A claim from its first statement on, as far as something became of it."""

    point: PointId | None
    steps: tuple[Step, ...]

    @property
    def stands(self) -> Fate:
        """What became of it last, repetitions aside."""
        return next((one.fate for one in reversed(self.steps) if one.fate is not Fate.REPEATED), Fate.CLAIMED)


class SourceKind(StrEnum):
    """What kind of source a text has a matter from."""

    OFFICIAL = "official"
    EYEWITNESS = "eyewitness"
    DOCUMENT = "document"
    DESCRIBED = "described source"
    NAMED = "named source"
    OUTLET = "outlet"


@dataclass(frozen=True)
class Origin:
    """One independent source of a point: texts that come from it count once.

    `name` is the agency or outlet it comes from, "" where it is unknown; `articles` are the texts of their own that
    carry it in these `statements`, `copies` the articles that reprint one of them.
    """

    name: str
    articles: tuple[ArticleId, ...]
    statements: tuple[StatementId, ...]
    kinds: tuple[SourceKind, ...]
    copies: tuple[ArticleId, ...] = ()


@dataclass(frozen=True)
class Backing:
    """Who carries a point: its independent origins, and the outlets, countries and languages of all texts that have it;
    `leave_out` are outlets that cover the story without it, the first hundred of those that are `without` it, `absent`
    the countries that only these are of.
    """

    point: PointId
    origins: tuple[Origin, ...]
    carry: tuple[str, ...]
    leave_out: tuple[str, ...]
    countries: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    without: int = 0

    @property
    def copies(self) -> tuple[ArticleId, ...]:
        """The articles that only reprint it."""
        return tuple(one for origin in self.origins for one in origin.copies)


class ChangeKind(StrEnum):
    """What is new in a story."""

    POINT = "new point"
    SIDE = "new side"
    RELATION = "relation"
    DENIAL = "denial"
    FIGURE = "figure"
    TURN = "position"
    NEARS = "deadline nears"
    PASSED = "deadline passed"
    PLANNED = "is planned for"
    WAS_PLANNED = "was planned for"


@dataclass(frozen=True)
class Change:
    """One thing that is new in a story, since when, and what it is about.

    `id` is the same however often it is derived, so that whoever tells of changes can remember which were told.
    `heading` names the matter, `detail` says what changed; `statements` and `article` are where it is written.
    """

    id: ChangeId
    kind: ChangeKind
    at: datetime
    heading: str
    detail: str
    point: PointId | None = None
    statements: tuple[StatementId, ...] = ()
    article: ArticleId | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Compared:
    """A comparison with the articles that it is of, each with what was understood of it, and what follows from it.

    `backings` are in the order of the points; `encounters`, `turns` and `changes` come with the latest first.
    `earlier` are articles of other stories in which what was said before a turn stands.
    """

    comparison: Comparison
    articles: tuple[Annotated, ...]
    series: tuple[Series, ...] = ()
    encounters: tuple[Encounter, ...] = ()
    turns: tuple[Turn, ...] = ()
    lives: tuple[Life, ...] = ()
    backings: tuple[Backing, ...] = ()
    changes: tuple[Change, ...] = ()
    earlier: tuple[Annotated, ...] = ()
