"""What placing goes on from, in SQLite: asked for by the few articles and stories that matter, never as a whole.

The one exception are sketches where many articles are to be placed, as copies are looked for in the whole archive.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Table, func, or_, select

from readout.models import ArticleId, Assignment, Coverage, Linkage, Regrouping, StoryId, Verdict
from readout.store import sketch_index
from readout.store.given import ANY_GIVEN, GIVEN, given
from readout.store.grouping_tables import assignments, copy_groups, footprints, grouping, linkages, stories, turns

_ORIGIN = -1
_NEVER = datetime.max.replace(tzinfo=UTC)
_encode = msgspec.json.Encoder().encode
_linkage = msgspec.json.Decoder(Linkage)
_coverage = msgspec.json.Decoder(Coverage)


# What every batch asks for is put together once.
_STATE = select(grouping.c.state)
_TOGETHER = (
    select(assignments)
    .where(or_(assignments.c.story_id.in_(ANY_GIVEN), assignments.c.found_id.in_(ANY_GIVEN)))
    .order_by(assignments.c.article_id)
)
_ELSEWHERE = (
    select(assignments).where(assignments.c.story_id != assignments.c.found_id).order_by(assignments.c.article_id)
)
_LINKAGES = (
    select(linkages.c.value, linkages.c.filed)
    .where(or_(linkages.c.article_id.in_(ANY_GIVEN), linkages.c.first_id.in_(ANY_GIVEN)))
    .order_by(linkages.c.article_id)
)
_NAMES = select(turns).where(turns.c.story_id.in_(ANY_GIVEN)).order_by(turns.c.story_id, turns.c.name)
_TURNING = select(turns.c.name, turns.c.story_id).where(turns.c.name.in_(ANY_GIVEN))
_TOLD = select(stories.c.value).where(stories.c.id.in_(ANY_GIVEN)).order_by(stories.c.id)

_PRINT = select(footprints.c.article_id, footprints.c.value, footprints.c.sketch)
_FOOTED = _PRINT.where(func.length(footprints.c.sketch) > 0)
_FOOTED_SOME = _FOOTED.where(footprints.c.article_id.in_(ANY_GIVEN))
_BEGINNING = _PRINT.select_from(GIVEN).join(footprints, sketch_index.BEGINNING)
_BEGINNING = _BEGINNING.where(func.length(footprints.c.sketch) > 0)


class _Printed(msgspec.Struct):
    """What is asked of a footprint."""

    outlet: str
    published: datetime | None = None


_printed = msgspec.json.Decoder(_Printed)


class SQLitePlacing(ABC):
    """Keeps the part of `Grouping`'s contract that placing goes on from."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def together(self, stories: Iterable[StoryId]) -> Sequence[Assignment]:
        """See `Grouping.together`."""
        with self._reading() as connection:
            return [assignment(row) for row in connection.execute(_TOGETHER, given(list(stories)))]

    def elsewhere(self) -> Sequence[Assignment]:
        """See `Grouping.elsewhere`."""
        with self._reading() as connection:
            return [assignment(row) for row in connection.execute(_ELSEWHERE)]

    def linkages(self, articles: Iterable[ArticleId]) -> Sequence[Linkage]:
        """See `Grouping.linkages`."""
        with self._reading() as connection:
            found = connection.execute(_LINKAGES, given(list(articles))).all()
        return [replace(_linkage.decode(row.value), filed=row.filed or b"") for row in found]

    def filed(self, days: tuple[int, int] | None) -> Sequence[tuple[ArticleId, int | None, bytes]]:
        """See `Grouping.filed`."""
        when = linkages.c.day.between(*days) if days else linkages.c.day.is_(None)
        asked = select(linkages.c.article_id, linkages.c.day, linkages.c.filed).where(
            when, linkages.c.filed.is_not(None)
        )
        with self._reading() as connection:
            found = connection.execute(asked.order_by(linkages.c.day, linkages.c.article_id)).all()
        return [(ArticleId(row.article_id), row.day, row.filed) for row in found]

    def latest_filed(self, before: int | None = None) -> int | None:
        """See `Grouping.latest_filed`."""
        asked = select(func.max(linkages.c.day)).where(linkages.c.filed.is_not(None))
        with self._reading() as connection:
            latest: int | None = connection.scalar(asked if before is None else asked.where(linkages.c.day < before))
            return latest

    def footed(self, articles: Iterable[ArticleId] | None = None) -> Sequence[tuple[ArticleId, str, bytes]]:
        """See `Grouping.footed`."""
        with self._reading() as connection:
            if articles is None:
                return _first_published(connection.execute(_FOOTED).all())
            return _first_published(connection.execute(_FOOTED_SOME, given(list(articles))).all())

    def holding(self, fingerprints: Iterable[int]) -> Sequence[tuple[ArticleId, str, bytes]] | None:
        """See `Grouping.holding`."""
        with self._reading() as connection:
            begin = sketch_index.beginnings(connection, list(fingerprints))
            return None if begin is None else _first_published(connection.execute(_BEGINNING, given(begin)).all())

    def order_sketches(self) -> None:
        """See `Grouping.order_sketches`."""
        with self._reading() as connection:
            if not sketch_index.is_due(connection):
                return
            since, parts = state(connection), sketch_index.ordered(connection)
        with self._writing() as connection:
            if state(connection) == since:
                sketch_index.keep(connection, parts)

    def told(self, stories: Iterable[StoryId]) -> Sequence[Coverage]:
        """See `Grouping.told`."""
        with self._reading() as connection:
            return coverages(connection, list(stories))

    def names(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Sequence[int]]:
        """See `Grouping.names`."""
        found: dict[StoryId, list[int]] = {}
        with self._reading() as connection:
            for row in connection.execute(_NAMES, given(list(stories))):
                found.setdefault(StoryId(row.story_id), []).append(row.name)
        return found

    def turning(self, names: Iterable[int]) -> Sequence[tuple[int, StoryId]]:
        """See `Grouping.turning`."""
        with self._reading() as connection:
            return [(row.name, StoryId(row.story_id)) for row in connection.execute(_TURNING, given(list(names)))]

    def count_copies(self) -> int:
        """See `Grouping.count_copies`."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).where(copy_groups.c.place != _ORIGIN)) or 0


def state(connection: Connection) -> int:
    """See `Grouping.state`."""
    return connection.scalar(_STATE) or 0


def _first_published(found: Iterable[Row[str, bytes, bytes]]) -> list[tuple[ArticleId, str, bytes]]:
    rows = [(_printed.decode(value), ArticleId(article), sketch) for article, value, sketch in found]
    ordered = [(seen.published or _NEVER, article, seen.outlet, sketch) for seen, article, sketch in rows]
    ordered.sort(key=itemgetter(0, 1))
    return [(article, outlet, sketch) for _, article, outlet, sketch in ordered]


def assignment(row: Row[Any]) -> Assignment:
    """An assignment as its row keeps it."""
    found, story, nearest = StoryId(row.found_id), StoryId(row.story_id), row.nearest_id
    verdict, line = Verdict(row.verdict), row.storyline_id
    return Assignment(ArticleId(row.article_id), found, story, verdict, row.sure, nearest, row.day, line)


def coverages(connection: Connection, ids: Sequence[str]) -> list[Coverage]:
    """See `Grouping.told`."""
    return [_coverage.decode(value) for value in connection.scalars(_TOLD, given(ids))]


def gone(change: Regrouping) -> Iterator[tuple[Table, Any, set[str]]]:
    """What a change takes from the tables that placing goes on from: the table, the column, the ids."""
    yield linkages, linkages.c.article_id, set(change.gone)
    yield turns, turns.c.story_id, {*change.ended, *(story for story, _ in change.names)}


def put(change: Regrouping) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """What a change puts there: the table, its rows."""
    yield linkages, [_linkage_row(one) for one in change.linkages]
    yield turns, [{"story_id": story, "name": name} for story, names in change.names for name in names]


def _linkage_row(one: Linkage) -> dict[str, Any]:
    return {
        "article_id": one.article,
        "first_id": one.first,
        "day": one.day,
        "filed": one.filed or None,
        "value": _encode(replace(one, filed=b"")),
    }
