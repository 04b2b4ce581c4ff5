"""No question walks through a table: the plans of all statements, as SQLite tells them."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from readout.models import ArticleId, Look, OutletId, PageId
from readout.store import driver, following, intake, keeping, reading, shards
from readout.store.sqlite import SQLiteStore
from tests.builders import NOON, article, harvest, outlet, rejection
from tests.store.following import followed

KEPT = harvest(article(), article("Ferry sails"), rejections=[rejection()])
FEED = followed()
LOOKED = replace(FEED.state, last=Look(NOON, "empty", ok=True))
PAGE = KEPT.page.id if KEPT.page else PageId("")

QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "page": lambda connection: reading.page(connection, PAGE),
    "article": lambda connection: reading.article(connection, article().id),
    "articles": lambda connection: reading.articles_listed(connection, None, 50, 0),
    "articles of an outlet": lambda connection: reading.articles_listed(connection, OutletId("outlet"), 50, 0),
    "sightings": lambda connection: reading.sightings_of(connection, ArticleId("article")),
    "on a page": lambda connection: reading.on_page(connection, PAGE),
    "every article": lambda connection: reading.articles_after(connection, reading.BEFORE_ALL, 50),
    "outlets": reading.outlets_counted,
    "outlet": lambda connection: reading.outlet(connection, outlet().id),
    "rejections": lambda connection: reading.rejections_listed(connection, None, 50, 0),
    "rejections of a page": lambda connection: reading.rejections_listed(connection, PAGE, 50, 0),
    "losses": reading.losses,
    "totals": reading.totals,
    "feeds": following.listed,
    "feeds that are due": lambda connection: following.due(connection, NOON),
    "feed": lambda connection: following.feed(connection, FEED.feed.id),
    "looks": lambda connection: following.looks_at(connection, FEED.feed.id),
    "a look": lambda connection: following.looked(connection, FEED.feed.id, LOOKED, None),
    "seen": lambda connection: following.seen_of(connection, ["a", "b"]),
    "unfollow": lambda connection: following.unfollow(connection, FEED.feed.id),
    "shards": lambda connection: shards.alike(connection, 9, ""),
    "keep": lambda connection: keeping.keep(connection, [intake.taken(harvest(article("Steel falls"), article()))]),
}

# A walk that ends at the limit asked for, in the order of the rows themselves; and one through a table of names.
SHORT = {"rejections": "SCAN rejections", "outlets": "SCAN outlets"}
WALK = re.compile(r"SCAN (?!\w+ (VIRTUAL TABLE|USING (COVERING )?INDEX))")


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_walks_through_a_table(database: Path, question: str) -> None:
    with closing(SQLiteStore.open(database)) as store:
        store.keep([KEPT])
        store.follow(FEED)
    steps = plan(database, QUESTIONS[question])
    assert steps
    assert [step for step in steps if WALK.match(step) and step != SHORT.get(question)] == []


def plan(database: Path, question: Callable[[Connection], object]) -> list[str]:
    """The steps of every statement that the question gave rise to."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(*call: Any) -> None:  # noqa: ANN401 - SQLAlchemy's many arguments
        _, _, statement, values, _, many = call
        asked.append((statement, values[0] if many else values))

    engine = driver.engine(database, driver.library())
    with engine.connect() as connection:
        event.listen(connection, "before_cursor_execute", note)
        question(connection)
        event.remove(connection, "before_cursor_execute", note)
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all() for sql, values in asked]
    engine.dispose()
    return [str(row[3]) for plan in plans for row in plan]
