"""Kept comparisons in SQLite, and which are due; see `comparing.py`."""

from __future__ import annotations

import zlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from readout.models import (
    ArticleId,
    Compared,
    Dispute,
    Due,
    EditionId,
    Excerpt,
    Ground,
    Grounds,
    Laid,
    Level,
    Regrouping,
    StoryId,
)
from readout.store import lookup
from readout.store.comparing import FEWEST
from readout.store.comparing_tables import comparisons, due_comparisons
from readout.store.given import ANY_GIVEN, given
from readout.store.grouping_tables import assignments, copy_groups, disputes, footprints, stories

_LEVEL = 1
_encode = msgspec.json.Encoder().encode
_excerpt = msgspec.json.Decoder(Excerpt)
_dispute = msgspec.json.Decoder(Dispute)
_DUE = insert(due_comparisons)
_MARK = _DUE.on_conflict_do_update(
    index_elements=["story_id"], set_={"articles": _DUE.excluded.articles, "mark": _DUE.excluded.mark}
)

_EXCERPT = select(comparisons.c.own, comparisons.c.around, comparisons.c.excerpt).where(
    comparisons.c.story_id == bindparam("story")
)
_GROUNDS = (
    select(
        assignments.c.article_id,
        footprints.c.edition_id,
        footprints.c.annotator,
        func.coalesce(copy_groups.c.origin_id, assignments.c.article_id).label("origin"),
    )
    .join(footprints, footprints.c.article_id == assignments.c.article_id)
    .outerjoin(copy_groups, copy_groups.c.article_id == assignments.c.article_id)
    .where(assignments.c.story_id == bindparam("story"))
    .order_by(assignments.c.day.is_(None), assignments.c.day, assignments.c.article_id)
    .limit(bindparam("most"))
)


class _Whole(NamedTuple):
    compared: Compared
    earlier: tuple[ArticleId, ...]


_whole = msgspec.json.Decoder(_Whole)


class SQLiteComparing(ABC):
    """Keeps `Comparing`'s contract in the transactions that a store makes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def grounds(self, story: StoryId, *, limit: int = 1000) -> Sequence[Ground]:
        """See `Comparing.grounds`."""
        with self._reading() as connection:
            return grounds(connection, story, lookup.window(limit, 0)[0])

    def due_comparisons(self, *, longest: bool = False, limit: int = 32) -> Sequence[Due]:
        """See `Comparing.due_comparisons`."""
        with self._reading() as connection:
            return due(connection, lookup.window(limit, 0)[0], longest=longest)

    def count_due(self) -> int:
        """See `Comparing.count_due`."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(due_comparisons)) or 0

    def cross_off(self, due: Due) -> None:
        """See `Comparing.cross_off`."""
        done = due_comparisons.c.story_id == due.story, due_comparisons.c.mark == due.mark
        with self._writing() as connection:
            connection.execute(delete(due_comparisons).where(*done))

    def lay(self, laid: Laid) -> None:
        """See `Comparing.lay`."""
        row = {
            "story_id": laid.story,
            "own": laid.grounds.own,
            "around": laid.grounds.around,
            "excerpt": _packed(laid.excerpt),
            "value": _packed(_Whole(laid.compared, laid.earlier)),
        }
        with self._writing() as connection:
            if connection.scalar(select(stories.c.id).where(stories.c.id == laid.story)) is None:
                return  # it ended meanwhile
            connection.execute(insert(comparisons).prefix_with("OR REPLACE"), row)
            told = {"story_id": laid.story, "value": _encode(laid.dispute)}
            connection.execute(insert(disputes).prefix_with("OR REPLACE"), told)

    def laid(self, story: StoryId) -> Laid | None:
        """See `Comparing.laid`."""
        asked = select(comparisons, disputes.c.value.label("dispute")).join(
            disputes, disputes.c.story_id == comparisons.c.story_id
        )
        with self._reading() as connection:
            row = connection.execute(asked.where(comparisons.c.story_id == story)).one_or_none()
            if row is None:
                return None
            whole, excerpt = _whole.decode(zlib.decompress(row.value)), _excerpt.decode(zlib.decompress(row.excerpt))
            told = _dispute.decode(row.dispute)
            return Laid(story, Grounds(row.own, row.around), whole.compared, whole.earlier, excerpt, told)

    def excerpt(self, story: StoryId) -> tuple[Grounds, Excerpt] | None:
        """See `Comparing.excerpt`."""
        with self._reading() as connection:
            row = connection.execute(_EXCERPT, {"story": story}).one_or_none()
            return row and (Grounds(row.own, row.around), _excerpt.decode(zlib.decompress(row.excerpt)))


def grounds(connection: Connection, story: StoryId, most: int) -> list[Ground]:
    """See `Comparing.grounds`."""
    return [
        Ground(ArticleId(row.article_id), EditionId(row.edition_id), row.annotator, ArticleId(row.origin))
        for row in connection.execute(_GROUNDS, {"story": story, "most": most})
    ]


def due(connection: Connection, most: int, *, longest: bool) -> list[Due]:
    """See `Comparing.due_comparisons`."""
    table = due_comparisons.c
    first = table.since if longest else table.articles
    asked = select(table.story_id, table.articles, table.mark).order_by(first, table.story_id).limit(most)
    return [Due(StoryId(row.story_id), row.articles, row.mark) for row in connection.execute(asked)]


def mark(connection: Connection, change: Regrouping) -> None:
    """Take down which stories that change touches, once it is made; what is kept of those that are no more goes."""
    placed = {*(one.article for one in change.footprints), *(one.article for one in change.assignments)}
    touched = {*change.copying, *placed}
    changed = {one.id for one in change.stories if one.level is Level.EPISODE}
    changed.update(connection.scalars(_stories_of(), given(sorted(touched))) if touched else ())
    counted = _counted(connection, changed)
    state = change.since + 1
    rows = [
        {"story_id": one, "articles": articles, "since": state, "mark": state}
        for one, articles in counted.items()
        if articles >= FEWEST
    ]
    if rows:
        connection.execute(_MARK, rows)
    gone = {*change.ended, *(one for one in changed if counted.get(one, 0) < FEWEST)}
    if gone:
        for table in (comparisons, due_comparisons, disputes):
            connection.execute(delete(table).where(table.c.story_id.in_(ANY_GIVEN)), given(sorted(gone)))


def _stories_of() -> Select[Any]:
    return select(assignments.c.story_id).where(assignments.c.article_id.in_(ANY_GIVEN)).distinct()


def _counted(connection: Connection, ids: Collection[StoryId]) -> dict[StoryId, int]:
    asked = select(assignments.c.story_id, func.count().label("held")).where(assignments.c.story_id.in_(ANY_GIVEN))
    if not ids:
        return {}
    found = connection.execute(asked.group_by(assignments.c.story_id), given(sorted(ids)))
    return {StoryId(row.story_id): row.held for row in found}


def _packed(value: object) -> bytes:
    return zlib.compress(_encode(value), _LEVEL)
