"""What every store does with annotations: a backend's test class inherits this and says how to open one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

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
    Figure,
    Mention,
    Moment,
    Precision,
    Ruling,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    StatementId,
    StatementKind,
    TimeExpression,
)
from readout.store.base import Store
from tests.builders import NOON, article, harvest, published

DAY = timedelta(days=1)
MARR = Entity(
    EntityId("emarr"), EntityKind.PERSON, "Ilse Marr", ("Marr",), ("minister",), (Mention(Span(0, 4), "name"),)
)
VANCE = Entity(EntityId("evance"), EntityKind.PERSON, "Teodor Vance")


def statement(number: int, entity: Entity | None, said: datetime | None = None) -> Statement:
    """A statement of that entity, or of nobody known."""
    speaker = (
        Speaker(entity.name, SpeakerType.PERSON, entity.id, 0.9, ("named",))
        if entity
        else Speaker("an official", SpeakerType.ANONYMOUS)
    )
    at = Moment(said, Precision.DAY, Basis.STATED, "on Friday") if said else None
    return Statement(
        StatementId(f"s{number}"), article().id, StatementKind.INDIRECT, (Span(0, 3),), None, None, speaker, said=at
    )


def event(number: int, start: datetime | None) -> Event:
    """An event that begins then."""
    time = TimeExpression(Span(0, 3), "2025-07", "DATE", start, None, Precision.MONTH)
    return Event(
        EventId(f"v{number}"), article().id, "talks", (Span(0, 3),), ("Veld",), None, time, EventStatus.PLANNED
    )


def annotation(of: Article, *said: Statement, annotator: str = "test/1", **more: object) -> Annotation:
    """An annotation of that article with these statements, and both entities."""
    made = Annotation(of.id, of.edition, annotator, "en", said, (MARR, VANCE))
    return replace(made, **more)  # type: ignore[arg-type]


class AnnotatingContract(ABC):
    """Inherit it, and say what `opened` is."""

    @abstractmethod
    def opened(self) -> Store:
        """A new, empty store."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A new, empty store, closed after the test; nothing is wrong with what the test left in it."""
        with closing(self.opened()) as opened:
            yield opened
            assert opened.check() == ()

    def test_an_annotation_comes_back_as_it_was(self, store: Store) -> None:
        one = article()
        full = annotation(
            one,
            statement(1, MARR, NOON),
            statement(2, None),
            times=(TimeExpression(Span(1, 2), "P2D", "DURATION"),),
            events=(event(1, NOON), event(2, None)),
            figures=(Figure(Span(0, 2), 11, 12.5, "killed", "people", "at least"),),
        )
        store.keep([harvest(one)])
        store.annotated([full])
        assert store.annotation(one.edition) == full
        assert store.annotation(article("Other").edition) is None

    @pytest.mark.parametrize("text", ["", "\0 '%\"\\", "\U0001f600 مرحبا", "\u2028\n\t"])
    @pytest.mark.parametrize("number", [0.0, -1.5, 1e300, 5e-324])
    def test_any_text_and_number_come_back(self, store: Store, text: str, number: float) -> None:
        one = article()
        entity = replace(MARR, name=text, aliases=(text,), roles=(text,))
        kept = annotation(one, entities=(entity,), figures=(Figure(Span(0, 1), number, number, text, text),))
        store.annotated([kept])
        assert store.annotation(one.edition) == kept

    def test_what_is_not_annotated_is_told_once_an_edition(self, store: Store) -> None:
        one, other = article("One"), article("Other")
        store.keep([harvest(one, other), harvest(one, captured=NOON + DAY)])
        assert [found.title for found in store.unannotated()] == ["One", "Other"]
        assert store.count_unannotated() == 2
        store.annotated([annotation(one)])
        assert [found.title for found in store.unannotated()] == ["Other"]
        assert store.count_unannotated("test/1") == 1
        assert [found.title for found in store.unannotated("test/2")] == ["One", "Other"]

    def test_of_an_editions_sightings_the_one_that_is_shown_is_told(self, store: Store) -> None:
        early, late = article("One"), article("One", published=published(NOON))
        store.keep([harvest(early), harvest(late, article("Other"), captured=NOON + DAY)])
        found = next(iter(store.unannotated()))
        assert found.published == late.published

    def test_many_are_told_while_they_are_annotated(self, store: Store) -> None:
        store.keep(harvest(article(f"Report {number}")) for number in range(600))
        found = 0
        for one in store.unannotated():
            store.annotated([annotation(one)])
            found += 1
        assert (found, store.count_unannotated()) == (600, 0)

    def test_a_new_annotation_takes_the_place_of_the_old(self, store: Store) -> None:
        one = article()
        store.keep([harvest(one)])
        store.annotated([annotation(one, statement(1, MARR), statement(2, MARR))])
        store.annotated([annotation(one, statement(2, MARR), annotator="test/2", entities=(MARR,))])
        (known,) = store.known(["Marr"])
        assert [found.statement.id for found in store.said([known])] == ["s2"]
        assert list(store.known(["Vance"])) == []

    def test_entities_are_found_by_how_a_word_of_their_name_sounds(self, store: Store) -> None:
        one, other = article("One"), article("Other")
        store.annotated([annotation(one), annotation(other, entities=(replace(MARR, roles=()),))])
        found = store.known(["mar"])
        assert [(known.entity, known.roles, known.articles) for known in found] == [
            ("emarr", (), 1),
            ("emarr", ("minister",), 1),
        ]
        assert list(store.known(["Ostrova", "'%\"\0"])) == list(store.known([])) == []

    def test_what_is_not_an_entitys_name_any_more_finds_it_no_more(self, store: Store) -> None:
        one = article()
        store.annotated([annotation(one)])
        store.annotated([annotation(one, entities=(replace(MARR, aliases=(), name="Ilse Ostrova"),))])
        assert list(store.known(["Marr"])) == []
        assert len(store.known(["Ostrova"])) == 1

    def test_what_somebody_said_comes_the_latest_first(self, store: Store) -> None:
        dated, undated = article("Dated", published=published(NOON)), article("Undated")
        store.keep([harvest(dated), harvest(undated, captured=None)])
        store.annotated(
            [
                annotation(dated, statement(1, MARR), statement(2, VANCE), statement(3, MARR, NOON + DAY)),
                annotation(undated, statement(4, MARR), statement(5, None)),
            ]
        )
        (marr,) = store.known(["Marr"])
        assert [found.statement.id for found in store.said([marr])] == ["s3", "s1", "s4"]
        assert [found.statement.id for found in store.said([marr], since=NOON + DAY)] == ["s3"]
        assert [found.statement.id for found in store.said([marr], until=NOON + DAY)] == ["s1"]
        assert [found.statement.id for found in store.said([marr], limit=1, offset=1)] == ["s1"]
        (vance,) = store.known(["Vance"])
        assert len(store.said([marr, vance])) == 4
        assert list(store.said([])) == []
        assert store.said([marr])[0].article.title == "Dated"

    def test_only_where_an_entity_is_told_so_is_its_statement_meant(self, store: Store) -> None:
        one, other = article("One"), article("Other")
        store.keep([harvest(one, other)])
        plain = replace(MARR, roles=())
        store.annotated(
            [annotation(one, statement(1, MARR)), annotation(other, statement(2, plain), entities=(plain,))]
        )
        without, with_role = store.known(["Marr"])
        assert [found.statement.id for found in store.said([with_role])] == ["s1"]
        assert [found.statement.id for found in store.said([without])] == ["s2"]

    def test_events_come_in_the_order_of_their_beginnings(self, store: Store) -> None:
        one = article()
        store.keep([harvest(one)])
        days = (event(1, NOON + DAY), event(2, None), event(3, NOON), event(4, NOON + 2 * DAY))
        store.annotated([annotation(one, events=days)])
        assert [found.event.id for found in store.events()] == ["v3", "v1", "v4"]
        assert [found.event.id for found in store.events(since=NOON + DAY, until=NOON + 2 * DAY)] == ["v1"]
        assert [found.event.id for found in store.events(limit=1, offset=2)] == ["v4"]
        assert store.events()[0].article.title == one.title

    def test_rulings_stay_in_their_order(self, store: Store) -> None:
        said = [Ruling("Marr", "Ilse Marr", same=True, at=NOON), Ruling("'%\0", "ü", same=False, at=NOON - DAY)]
        for one in (*said, said[0]):
            store.rule(one)
        assert store.rulings() == [*said, said[0]]
