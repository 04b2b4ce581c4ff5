"""Both stores keep the contract about names; in SQLite no question walks through a table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection

from readout.models import EntityKind, OutletId, StoryId
from readout.store import names
from readout.store.annotations import known_as
from readout.store.base import Store
from readout.store.memory import MemoryStore
from readout.store.sqlite import SQLiteStore
from tests.builders import NOON, harvest
from tests.store.annotating import MARR, annotation, statement
from tests.store.naming import ONE, TWO, NamingContract, seated
from tests.store.test_plans import WALK, plan

OUTLET, DAY = OutletId("outlet"), NOON.date()

QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "known as": lambda connection: known_as(connection, MARR.id),
    "sayings": lambda connection: names.sayings(connection, [1, 2], (30, 0)),
    "count of sayings": lambda connection: names.count_sayings(connection, [1, 2]),
    "spoken of": lambda connection: names.spoken_of(connection, [1, 2], 9),
    "days of a name": lambda connection: names.days_named(connection, [1, 2]),
    "roles": lambda connection: names.roles_told(connection, known_as(connection, MARR.id)),
    "stories of a name": lambda connection: names.stories_naming(connection, [1, 2], 9),
    "most named": lambda connection: names.most_named(connection, EntityKind.PERSON, speaking=False, limit=9),
    "most quoted": lambda connection: names.most_named(connection, EntityKind.PERSON, speaking=True, limit=9),
    "days of an outlet": lambda connection: names.days_of_outlet(connection, OUTLET, 366),
    "whom an outlet takes from": lambda connection: names.taken_from(connection, OUTLET),
    "who takes from an outlet": lambda connection: names.taken_by(connection, OUTLET),
    "stories of an outlet": lambda connection: names.stories_of_outlet(connection, OUTLET, 9),
    "days of stories": lambda connection: names.days_of_stories(connection, [StoryId("s1")]),
    "stories by id": lambda connection: names.coverages(connection, [StoryId("s1")]),
    "newest day": lambda connection: names.newest_day(connection, DAY),
    "hot": lambda connection: names.hot(connection, date(2025, 1, 1), DAY, 9),
    "disputes": lambda connection: names.disputes_of(connection, [StoryId("s1")]),
}


class TestInMemory(NamingContract):
    """The one suite, in memory."""

    def opened(self) -> Store:
        """A new, empty store."""
        return MemoryStore()


class TestInSQLite(NamingContract):
    """The one suite, in SQLite."""

    @pytest.fixture(autouse=True)
    def _at(self, database: Path) -> None:
        self._path = database

    def opened(self) -> Store:
        """A new, empty store."""
        return SQLiteStore.open(self._path)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_walks_through_a_table(database: Path, question: str) -> None:
    with closing(SQLiteStore.open(database)) as store:
        store.keep([harvest(ONE), harvest(TWO)])
        store.annotated([annotation(ONE, statement(1, MARR))])
        assert store.regroup(seated((ONE, ONE)))
    steps = plan(database, QUESTIONS[question])
    assert steps
    assert [step for step in steps if WALK.match(step)] == []
