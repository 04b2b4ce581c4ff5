"""Looking for faults in what SQLite keeps of stories and copies. Read-only; a fault is one line for people.

Whether stories are what the judgements make of them needs more than a database: `run.judging` looks at that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, and_, func, select
from sqlalchemy.exc import DatabaseError

from readout.models import Level
from readout.store import rows
from readout.store.grouping_tables import assignments, copies, copy_groups, footprints, founders, stories
from readout.store.stories import coverage_of
from readout.store.tables import likenesses

_ORIGIN = -1


def grouping_faults(connection: Connection) -> Iterator[str]:
    """Every fault found in the tables of stories and copies, one line each."""
    try:
        yield from _strangers(connection)
        yield from _unseated(connection)
        yield from _stories(connection)
        yield from _texts(connection)
    except DatabaseError as error:
        yield f"stories: they cannot be read ({error.orig})"


def _strangers(connection: Connection) -> Iterator[str]:
    """What names an article that was never kept. An article that became one with another is known by that one."""
    for what, column in (
        ("a footprint", footprints.c.article_id),
        ("a story", assignments.c.article_id),
        ("copies", copies.c.copy_id),
        ("copies", copies.c.original_id),
        ("texts", copy_groups.c.article_id),
        ("the founders of stories", founders.c.article_id),
    ):
        for article in _without(connection, column, likenesses.c.own_id):
            yield (
                f"article {article}: {what} of it is kept, but not the article"
                if what == "a footprint"
                else (f"article {article}: it is among {what}, but is not kept")
            )


def _unseated(connection: Connection) -> Iterator[str]:
    for article in _without(connection, assignments.c.article_id, footprints.c.article_id):
        yield f"article {article}: it is in a story without a footprint"
    for story in _without(connection, assignments.c.story_id, stories.c.id):
        yield f"story {story}: it has articles, but is not kept"
    for line in _without(connection, stories.c.storyline_id, stories.c.id):
        yield f"storyline {line}: it has episodes, but is not kept"
    for story in _without(connection, stories.c.id, founders.c.story_id):
        yield f"story {story}: nothing says which article founded it"


def _stories(connection: Connection) -> Iterator[str]:
    members = select(assignments.c.story_id, func.count().label("held")).group_by(assignments.c.story_id).subquery()
    asked = select(stories.c.id, stories.c.value, members.c.held).outerjoin(members, members.c.story_id == stories.c.id)
    for row in connection.execute(asked.where(stories.c.level == Level.EPISODE.value)):
        try:
            told = coverage_of(row.value).articles
        except rows.BROKEN as error:
            yield f"story {row.id}: it cannot be read ({error})"
            continue
        if told != (row.held or 0):
            yield f"story {row.id}: {told} articles are told of, but {row.held or 0} are in it"
    episodes = stories.alias()
    lonely = select(stories.c.id).outerjoin(episodes, episodes.c.storyline_id == stories.c.id)
    empty = and_(stories.c.level == Level.STORYLINE.value, episodes.c.id.is_(None))
    for line in connection.scalars(lonely.where(empty)):
        yield f"storyline {line}: it has no episodes"


def _texts(connection: Connection) -> Iterator[str]:
    heads = select(copy_groups.c.article_id).where(copy_groups.c.place == _ORIGIN)
    for origin in connection.scalars(
        select(copy_groups.c.origin_id).distinct().where(~copy_groups.c.origin_id.in_(heads))
    ):
        yield f"article {origin}: its copies are kept, but not that it is their origin"


def _without(connection: Connection, column: Column[Any], known: Column[Any]) -> list[str]:
    """What that column names and the other does not know."""
    there = known.table.alias()  # the same table may be asked about itself
    asked = select(column).distinct().outerjoin_from(column.table, there, there.c[known.name] == column)
    return list(connection.scalars(asked.where(column.is_not(None), there.c[known.name].is_(None)).order_by(column)))
