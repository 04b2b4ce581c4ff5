"""Annotations in SQLite: no question walks through a table, and what is out of step is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from readout.errors import StoreError
from readout.models import Known
from readout.store import reading
from readout.store.annotation_rows import packed
from readout.store.annotations import happenings, keep, known, of_editions, said, unannotated_after
from readout.store.sqlite import SQLiteStore
from tests.builders import NOON, article, harvest
from tests.store.annotating import MARR, annotation, event, statement
from tests.store.test_plans import WALK, plan

ONE = article()
FULL = annotation(ONE, statement(1, MARR, NOON), statement(2, None), events=(event(1, NOON),))
KNOWN = Known(MARR.id, MARR.kind, MARR.name, MARR.aliases, MARR.roles)

QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "annotation": lambda connection: of_editions(connection, [ONE.edition]),
    "not annotated": lambda connection: unannotated_after(connection, reading.BEFORE_ALL, "test/2"),
    "known": lambda connection: known(connection, ["mr"]),
    "said": lambda connection: said(connection, [KNOWN], (NOON, NOON), (50, 0)),
    "events": lambda connection: happenings(connection, (NOON, None), (50, 0)),
    "keep": lambda connection: keep(connection, [FULL], packed([FULL])),
}


def filled(database: Path) -> None:
    """Puts an annotated article into the file."""
    with closing(SQLiteStore.open(database)) as store:
        store.keep([harvest(ONE)])
        store.annotated([FULL])
        assert store.check() == ()


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_walks_through_a_table(database: Path, question: str) -> None:
    filled(database)
    steps = plan(database, QUESTIONS[question])
    assert steps
    assert [step for step in steps if WALK.match(step)] == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE annotations SET value = x'00'", "it cannot be read"),
        ("UPDATE annotations SET edition_id = 'e'", "what is kept under its id is another annotation"),
        ("DELETE FROM statements WHERE number = 0", "not all of it can be found"),
        ("DELETE FROM events", "not all of it can be found"),
        ("DELETE FROM entities", "not all of it can be found"),
        ("DELETE FROM annotations", "points at nothing in annotations"),
    ],
)
def test_what_is_out_of_step_is_found(database: Path, change: str, fault: str) -> None:
    filled(database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(change)
    with closing(SQLiteStore.open(database)) as store:
        assert any(fault in line for line in store.check())


def test_a_damaged_annotation_is_told(database: Path) -> None:
    filled(database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE annotations SET value = x'00'")
    with closing(SQLiteStore.open(database)) as store, pytest.raises(StoreError, match="it is damaged"):
        store.annotation(ONE.edition)
