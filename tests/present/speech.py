"""An article in which somebody speaks, with an annotation made by hand: for tests of what is shown of it."""

from __future__ import annotations

from datetime import timedelta

from readout.models import (
    Annotation,
    Article,
    Basis,
    Entity,
    EntityId,
    EntityKind,
    Event,
    EventId,
    EventStatus,
    Harvest,
    Mention,
    Moment,
    Precision,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    StatementId,
    StatementKind,
    TimeExpression,
    Weak,
    reading,
)
from readout.models.statement import Act
from readout.store.memory import MemoryStore
from tests import builders

TITLE = "Minister: harbour stays open"
FIRST = "“We will not close the harbour,” the minister, Ilse Marr, told Coast Radio on Friday."
SECOND = "Her aide said that Marr had “never thought” of it."
MARR = EntityId("emarr")


def article() -> Article:
    """The article, of no page yet."""
    return builders.article(TITLE, FIRST, SECOND, published=builders.published())


def harvest() -> Harvest:
    """A page that holds it."""
    return builders.harvest(article())


def at(words: str, of: Article | None = None) -> Span:
    """Where these words stand in the reading text for the first time."""
    start = reading(of or article()).text.index(words)
    return Span(start, start + len(words))


def annotation() -> Annotation:
    """What was understood of it: a direct statement, one through an aide with a nested cue, a headline's."""
    one = article()
    marr = Speaker("Ilse Marr", SpeakerType.PERSON, MARR, 0.9, ("named in apposition",))
    said = Moment(builders.NOON - timedelta(days=1), Precision.DAY, Basis.RELATIVE, "on Friday")
    statements = (
        Statement(
            StatementId("s1"),
            one.id,
            StatementKind.INDIRECT,
            (at("harbour stays open"),),
            None,
            at("Minister"),
            Speaker("unresolved", SpeakerType.ANONYMOUS, confidence=0.0),
            weak=Weak.HEADLINE,
        ),
        Statement(
            StatementId("s2"),
            one.id,
            StatementKind.DIRECT,
            (at("“We will not close the harbour,”"),),
            at("told"),
            at("the minister, Ilse Marr"),
            marr,
            channel="interview",
            act=Act.COMMITMENT,
            said=said,
        ),
        Statement(
            StatementId("s3"),
            one.id,
            StatementKind.MIXED,
            (at("Marr had “never thought” of it"),),
            at("said"),
            at("Her aide"),
            marr,
            via=("her aide", "Coast Radio"),
            act=Act.DENIAL,
            negated=True,
            confidence=0.4,
        ),
    )
    start = builders.NOON.replace(hour=0) - timedelta(days=1)
    friday = TimeExpression(
        at("Friday"), "2025-07-18", "DATE", start, start + timedelta(days=1), Precision.DAY, "before publication"
    )
    names = (
        Entity(
            MARR,
            EntityKind.PERSON,
            "Ilse Marr",
            ("Marr",),
            ("minister",),
            (Mention(at("Ilse Marr"), "name"), Mention(at("Marr had")._replace(end=at("Marr had").start + 4), "name")),
        ),
        Entity(EntityId("eradio"), EntityKind.BODY, "Coast Radio", mentions=(Mention(at("Coast Radio"), "name"),)),
        Entity(EntityId("eother"), EntityKind.OTHER, "Her", mentions=(Mention(at("Her"), "name"),)),
    )
    interview = Event(
        EventId("v1"),
        one.id,
        "told Coast Radio",
        (at("told Coast Radio"),),
        ("Ilse Marr",),
        None,
        friday,
        EventStatus.HAPPENED,
    )
    return Annotation(one.id, one.edition, "test/1", "en", statements, names, (friday,), (interview,))


def archive() -> MemoryStore:
    """A store that holds it, annotated."""
    store = MemoryStore()
    store.keep([harvest()])
    store.annotated([annotation()])
    return store
