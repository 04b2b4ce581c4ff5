"""A statement: content that the text attributes to a source, with the exact words of content, cue and source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from readout.models.article import Moment
from readout.models.ids import ArticleId, EntityId, StatementId
from readout.models.page import Span


class StatementKind(StrEnum):
    """How the content is given."""

    DIRECT = "direct"  # wholly inside quotation marks
    INDIRECT = "indirect"
    MIXED = "mixed"


class SpeakerType(StrEnum):
    """What kind of source spoke."""

    PERSON = "person"
    BODY = "body"
    ANONYMOUS = "anonymous"  # described, not named: "a senior official"
    DOCUMENT = "document"
    OUTLET = "outlet"


class Act(StrEnum):
    """What a statement does."""

    CLAIM = "claim"
    COMMITMENT = "commitment"
    DEMAND = "demand"
    DENIAL = "denial"
    REFUSAL = "refusal"
    CONDITION = "condition"
    PREDICTION = "prediction"
    EVALUATION = "evaluation"
    NO_COMMENT = "no comment"


class Weak(StrEnum):
    """Why a statement is not a core one."""

    BELIEF = "belief"
    STANCE = "stance"
    HEDGED = "hedged"
    LABEL = "label"
    ACT = "act"  # agreed, thanked
    NESTED = "nested"
    CAPTION = "caption"
    HEADLINE = "headline"
    TEASER = "teaser"


UNRESOLVED = "unresolved"


@dataclass(frozen=True)
class Speaker:
    """The resolved source. `name` is canonical, a description for a described source, or UNRESOLVED.

    `confidence` lies in 0..1; `reasons` say what it rests on ("same surname, full name in paragraph 1").
    """

    name: str
    type: SpeakerType
    entity: EntityId | None = None
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """What was said, by whom, through whom, where and when. All spans are characters of the reading text.

    `content` is in order and never empty; `cue` and `source` are None for a quotation that continues; `via` is the
    chain of relays, the one nearest the speaker first; `negated` tells whether the content denies; `said` is when.
    """

    id: StatementId
    article: ArticleId
    kind: StatementKind
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speaker: Speaker
    via: tuple[str, ...] = ()
    channel: str | None = None
    act: Act = Act.CLAIM
    negated: bool = False
    said: Moment | None = None
    weak: Weak | None = None
    confidence: float = 1.0

    @property
    def core(self) -> bool:
        """Whether it is a statement in the full sense of the annotation guide."""
        return self.weak is None
