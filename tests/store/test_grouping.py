"""Both stores keep the contract about stories; in SQLite no question walks through a table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from readout.models import CopyGroup, Regrouping, StoryId, story_id
from readout.store import driver, stories, ungrouped
from readout.store.base import Store
from readout.store.memory import MemoryStore
from readout.store.sqlite import SQLiteStore
from tests.builders import NOON, article, harvest
from tests.store.annotating import annotation
from tests.store.grouping import (
    GROUPER,
    ONE,
    TWO,
    GroupingContract,
    assignment,
    copy,
    coverage,
    footprint,
    judgement,
)
from tests.store.test_plans import WALK, plan

FULL = Regrouping(
    0,
    footprints=(footprint(ONE),),
    gone=(TWO.id,),
    assignments=(assignment(ONE, story_id(ONE.id)),),
    stories=(coverage(ONE),),
    ended=(story_id(TWO.id),),
    compared=(ONE.id,),
    copies=(copy(ONE, TWO),),
    copying=(ONE.id,),
    groups=(CopyGroup(ONE.id, (TWO.id,), None, "why"),),
    judged=judgement(),
    undone=(judgement().id, "reader", NOON),
)

QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "ungrouped": lambda connection: stories.ungrouped(connection, GROUPER, "a", 50),
    "how many are ungrouped": lambda connection: ungrouped.count(connection, GROUPER),
    "stories": lambda connection: stories.listed(connection, (50, 0)),
    "led": lambda connection: stories.led(connection, story_id(ONE.id)[:5]),
    "members": lambda connection: stories.members(connection, story_id(ONE.id), 50),
    "episodes": lambda connection: stories.episodes(connection, StoryId("s"), 50),
    "copies": lambda connection: stories.copies_of(connection, [ONE.id]),
    "groups": lambda connection: stories.groups_of(connection, [ONE.id]),
    "chosen": lambda connection: stories.chosen(connection, [ONE.id]),
    "regroup": lambda connection: stories.regroup(connection, FULL),
}


class TestInMemory(GroupingContract):
    """The one suite, in memory."""

    def opened(self) -> Store:
        """An empty store."""
        return MemoryStore()


class TestInSQLite(GroupingContract):
    """The one suite, in a file."""

    @pytest.fixture(autouse=True)
    def _database(self, database: Path) -> None:
        self.path = database

    def opened(self) -> Store:
        """An empty store."""
        return SQLiteStore.open(self.path)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_walks_through_a_table(database: Path, question: str) -> None:
    with closing(SQLiteStore.open(database)) as store:
        store.keep([harvest(ONE, TWO)])
        if question != "regroup":
            store.regroup(FULL)
    steps = plan(database, QUESTIONS[question])
    assert steps
    assert [step for step in steps if WALK.match(step) and step != "SCAN grouping"] == []


def test_what_was_noted_as_ungrouped_is_what_a_look_at_everything_finds(database: Path) -> None:
    unsigned = article("Talks resume", outlet=None)
    with closing(SQLiteStore.open(database)) as store:
        store.keep([harvest(ONE), harvest(TWO), harvest(unsigned)])
        store.regroup(Regrouping(0, footprints=(footprint(ONE), footprint(TWO), footprint(unsigned))))
        noted = [_noted(database)]
        store.annotated([annotation(ONE)])
        noted.append(_noted(database))
        store.keep([harvest(article("Talks resume"), article("Ferry sails"))])
        noted.append(_noted(database))
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        ungrouped.look_at_all(connection)
    engine.dispose()
    assert noted[:2] == [[], [ONE.id]]
    assert noted[2] == _noted(database)


def _noted(database: Path) -> list[str]:
    with closing(driver.library().connect(database)) as connection:  # two libraries at one file would damage it
        return [one for (one,) in connection.execute("SELECT article_id FROM ungrouped ORDER BY 1")]
