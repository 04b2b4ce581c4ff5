"""Both stores keep the contract about comparisons; in SQLite no question walks through a table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from readout.store import comparisons
from readout.store.base import Store
from readout.store.memory import MemoryStore
from readout.store.sqlite import SQLiteStore
from tests.builders import harvest
from tests.store.comparing import ONE, STORY, TWO, ComparingContract, grouped
from tests.store.test_plans import WALK, plan

QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "grounds": lambda connection: comparisons.grounds(connection, STORY, 9),
    "due": lambda connection: comparisons.due(connection, 1, longest=False),
    "longest due": lambda connection: comparisons.due(connection, 1, longest=True),
    "mark": lambda connection: comparisons.mark(connection, grouped((ONE, ONE), (TWO, ONE), since=1)),
}


class TestInMemory(ComparingContract):
    """The one suite, in memory."""

    def opened(self) -> Store:
        """A new, empty store."""
        return MemoryStore()


class TestInSQLite(ComparingContract):
    """The one suite, in SQLite."""

    @pytest.fixture(autouse=True)
    def _at(self, database: Path) -> None:
        self._database = database

    def opened(self) -> Store:
        """A new, empty store."""
        return SQLiteStore.open(self._database)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_walks_through_a_table(database: Path, question: str) -> None:
    with closing(SQLiteStore.open(database)) as store:
        store.keep([harvest(ONE, TWO)])
        assert store.regroup(grouped((ONE, ONE), (TWO, ONE)))
    steps = plan(database, QUESTIONS[question])
    assert steps
    assert [step for step in steps if WALK.match(step)] == []
