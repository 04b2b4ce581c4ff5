"""Stories and copies in SQLite: what is asked of them and what is kept, inside the connection's transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from readout.models import (
    Article,
    ArticleId,
    Assignment,
    CaptureBasis,
    Copy,
    CopyGroup,
    Coverage,
    Footprint,
    Judged,
    Judgement,
    Level,
    Regrouping,
    StoryId,
    Verdict,
    rank,
)
from readout.store import comparisons, lookup, noting, placing, reading, rows, sketch_index
from readout.store import ungrouped as waiting
from readout.store.given import ANY_GIVEN, given
from readout.store.grouping_tables import (
    assignments,
    copies,
    copy_groups,
    footprints,
    founders,
    grouping,
    judgements,
    stories,
)
from readout.store.placing import SQLitePlacing, assignment, coverages, state
from readout.store.tables import articles, likenesses, pages, sightings

_ORIGIN = -1  # the place of the origin in its group
_LED = 64  # ids of stories that one shortened id may fit
_encode = msgspec.json.Encoder().encode
_footprint = msgspec.json.Decoder(Footprint)
_coverage = msgspec.json.Decoder(Coverage)
_copy = msgspec.json.Decoder(Copy)
_judgement = msgspec.json.Decoder(Judgement)

# What every page asks for is put together once: that takes longer than to answer it.
_OWN = select(likenesses.c.own_id, likenesses.c.article_id).where(likenesses.c.own_id.in_(ANY_GIVEN))
_CHOSEN = (
    select(articles.c.page_seq, *reading.VALUE)
    .select_from(reading.SHOWN)
    .where(articles.c.id.in_(ANY_GIVEN))
    .order_by(articles.c.page_seq)
)
_IS_EPISODE = founders.c.level == Level.EPISODE.value
_LEADS = (
    select(case((_IS_EPISODE, stories.c.id), else_=stories.c.storyline_id))
    .select_from(founders)
    .join(likenesses, likenesses.c.own_id == founders.c.article_id)
    .join(assignments, assignments.c.article_id == likenesses.c.article_id)
    .join(stories, stories.c.id == assignments.c.story_id)
    .where(and_(founders.c.story_id >= bindparam("asked"), founders.c.story_id < bindparam("past")))
    .limit(_LED)
)
_FOREMOST = (
    select(stories.c.value)
    .where(stories.c.level == Level.EPISODE.value)
    .order_by(stories.c.rank.desc(), stories.c.id)
    .limit(bindparam("most"))
    .offset(bindparam("first"))
)
_JUDGEMENTS = select(judgements).order_by(judgements.c.seq.desc()).limit(bindparam("most")).offset(bindparam("first"))
_IN_ORDER = (assignments.c.day.is_(None), assignments.c.day, assignments.c.article_id)
_UNSURE = (
    select(assignments)
    .where(text(f"assignments.verdict = '{Verdict.UNSURE.value}'"))  # as its index says it
    .order_by(assignments.c.day.is_(None), assignments.c.day.desc(), assignments.c.article_id)
    .limit(bindparam("most"))
)
_UNSURE_NEAR = _UNSURE.where(or_(assignments.c.article_id.in_(ANY_GIVEN), assignments.c.nearest_id.in_(ANY_GIVEN)))
_MEMBERS = select(assignments.c.article_id).where(assignments.c.story_id == bindparam("story")).order_by(*_IN_ORDER)
_MEMBERS = _MEMBERS.limit(bindparam("most"))
_EPISODES = (
    select(stories.c.value)
    .where(stories.c.storyline_id == bindparam("storyline"))
    .order_by(stories.c.last_at.desc(), stories.c.id)
    .limit(bindparam("most"))
)
_COPY = select(copies.c.copy_id, copies.c.original_id, copies.c.value)
_COPIES = tuple(_COPY.where(column.in_(ANY_GIVEN)) for column in (copies.c.copy_id, copies.c.original_id))
_ORIGINS = select(copy_groups.c.article_id, copy_groups.c.origin_id).where(copy_groups.c.article_id.in_(ANY_GIVEN))
_GROUPS = (
    select(copy_groups)
    .where(copy_groups.c.origin_id.in_(ANY_GIVEN))
    .order_by(copy_groups.c.origin_id, copy_groups.c.place)
)
_number: ColumnElement[int] = literal_column("footprints.rowid")  # SQLite's own: a new row has one above all there are
_PRINTED_AFTER = (
    select(_number.label("number"), footprints.c.value, footprints.c.features)
    .where(_number > bindparam("number"))
    .order_by(_number)
    .limit(bindparam("most"))
)
_CAPTURED = (
    select(sightings.c.article_id, func.min(pages.c.captured).label("first"))
    .select_from(reading.MET)
    .where(
        sightings.c.article_id.in_(ANY_GIVEN),
        pages.c.captured_basis.in_([basis.value for basis in CaptureBasis if basis.sure]),
    )
    .group_by(sightings.c.article_id)
)
_PRINTED = select(footprints.c.article_id).order_by(footprints.c.article_id)
_PRINTS = select(func.count()).select_from(footprints)
_BY_ARTICLE = {
    table: select(table).where(table.c.article_id.in_(ANY_GIVEN)).order_by(table.c.article_id)
    for table in (footprints, assignments)
}


class SQLiteGrouping(SQLitePlacing, ABC):
    """Keeps `Grouping`'s contract in the transactions that a store makes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def ungrouped(self, grouper: str, *, after: str = "", limit: int = 256) -> Sequence[Article]:
        """See `Grouping.ungrouped`."""
        with self._reading() as connection:
            return ungrouped(connection, grouper, after, limit)

    def count_ungrouped(self, grouper: str) -> int:
        """See `Grouping.count_ungrouped`."""
        with self._reading() as connection:
            return waiting.count(connection, grouper)

    def captured(self, articles: Iterable[ArticleId]) -> Mapping[ArticleId, datetime]:
        """See `Grouping.captured`."""
        with self._reading() as connection:
            found = connection.execute(_CAPTURED, given(list(articles)))
            return {row.article_id: at for row in found if (at := rows.moment(row.first))}

    def vanished(self) -> Sequence[ArticleId]:
        """See `Grouping.vanished`."""
        with self._reading() as connection:
            return waiting.vanished(connection)

    def state(self) -> int:
        """See `Grouping.state`."""
        with self._reading() as connection:
            return state(connection)

    def regroup(self, change: Regrouping) -> bool:
        """See `Grouping.regroup`."""
        with self._writing() as connection:
            return regroup(connection, change)

    def footprints(self, articles: Iterable[ArticleId] | None = None) -> Sequence[Footprint]:
        """See `Grouping.footprints`."""
        with self._reading() as connection:
            found = _of_articles(connection, footprints, articles)
            return [replace(_footprint.decode(row.value), features=row.features, sketch=row.sketch) for row in found]

    def footprints_after(self, number: int = 0, *, limit: int = 256) -> Sequence[tuple[int, Footprint]]:
        """See `Grouping.footprints_after`."""
        asked = {"number": min(max(number, 0), lookup.MOST), "most": lookup.window(limit, 0)[0]}
        with self._reading() as connection:
            found = connection.execute(_PRINTED_AFTER, asked).all()
        return [(row.number, replace(_footprint.decode(row.value), features=row.features)) for row in found]

    def footprinted(self) -> Sequence[ArticleId]:
        """See `Grouping.footprinted`."""
        with self._reading() as connection:
            return [ArticleId(one) for one in connection.scalars(_PRINTED)]

    def count_footprints(self) -> int:
        """See `Grouping.count_footprints`."""
        with self._reading() as connection:
            return connection.scalar(_PRINTS) or 0

    def assignments(self, articles: Iterable[ArticleId] | None = None) -> Sequence[Assignment]:
        """See `Grouping.assignments`."""
        with self._reading() as connection:
            return [assignment(row) for row in _of_articles(connection, assignments, articles)]

    def unsure(self, articles: Iterable[ArticleId] | None = None, *, limit: int = 1000) -> Sequence[Assignment]:
        """See `Grouping.unsure`."""
        with self._reading() as connection:
            return unsure(connection, articles, lookup.window(limit, 0)[0])

    def chosen(self, articles: Iterable[ArticleId]) -> Sequence[Article]:
        """See `Grouping.chosen`."""
        with self._reading() as connection:
            return chosen(connection, list(articles))

    def stories(self, *, limit: int = 30, offset: int = 0) -> Sequence[Coverage]:
        """See `Grouping.stories`."""
        with self._reading() as connection:
            return listed(connection, lookup.window(limit, offset))

    def count_stories(self) -> int:
        """See `Grouping.count_stories`."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).where(stories.c.level == Level.EPISODE.value)) or 0

    def story(self, story_id: str) -> Coverage:
        """See `Grouping.story`."""
        lookup.insist_on_prefix("story", story_id)
        with self._reading() as connection:
            found = led(connection, story_id)
            return lookup.only(coverages(connection, found), "story", story_id)

    def members(self, story: StoryId, *, limit: int = 1000) -> Sequence[ArticleId]:
        """See `Grouping.members`."""
        if not lookup.is_id(story):
            return ()
        with self._reading() as connection:
            return members(connection, story, lookup.window(limit, 0)[0])

    def episodes(self, storyline: StoryId, *, limit: int = 100) -> Sequence[Coverage]:
        """See `Grouping.episodes`."""
        if not lookup.is_id(storyline):
            return ()
        with self._reading() as connection:
            return episodes(connection, storyline, lookup.window(limit, 0)[0])

    def copies(self, articles: Iterable[ArticleId] | None = None) -> Sequence[Copy]:
        """See `Grouping.copies`."""
        with self._reading() as connection:
            return copies_of(connection, articles)

    def copy_groups(self, articles: Iterable[ArticleId]) -> Mapping[ArticleId, CopyGroup]:
        """See `Grouping.copy_groups`."""
        with self._reading() as connection:
            return groups_of(connection, list(articles))

    def judgements(self, *, limit: int = 1000, offset: int = 0) -> Sequence[Judged]:
        """See `Grouping.judgements`."""
        most, first = lookup.window(limit, offset)
        with self._reading() as connection:
            found = connection.execute(_JUDGEMENTS, {"most": most, "first": first}).all()
        return [Judged(_judgement.decode(row.value), rows.moment(row.undone_at), row.undone_by) for row in found]


def coverage_of(value: bytes) -> Coverage:
    """A story as its row keeps it. Raises one of `rows.BROKEN`."""
    return _coverage.decode(value)


def ungrouped(connection: Connection, grouper: str, after: str, limit: int) -> Sequence[Article]:
    """See `Grouping.ungrouped`."""
    return _shown(connection, waiting.after(connection, grouper, after, lookup.window(limit, 0)[0]))


def chosen(connection: Connection, ids: Sequence[ArticleId]) -> Sequence[Article]:
    """See `Grouping.chosen`."""
    now = _now(connection, ids)
    return _shown(connection, list(dict.fromkeys(now[one] for one in ids if one in now)))


def unsure(connection: Connection, ids: Iterable[ArticleId] | None, limit: int) -> list[Assignment]:
    """See `Grouping.unsure`."""
    if ids is None:
        return [assignment(row) for row in connection.execute(_UNSURE, {"most": limit})]
    return [assignment(row) for row in connection.execute(_UNSURE_NEAR, {**given(list(ids)), "most": limit})]


def _now(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The articles that those ids lead to."""
    return {row.own_id: row.article_id for row in connection.execute(_OWN, given(ids))}


def _shown(connection: Connection, ids: Sequence[str]) -> Sequence[Article]:
    found = connection.execute(_CHOSEN, given(ids))
    by_id = {article.id: article for article in reading.values(found)}
    return [by_id[ArticleId(one)] for one in ids if one in by_id]


def listed(connection: Connection, window: tuple[int, int]) -> list[Coverage]:
    """See `Grouping.stories`."""
    found = connection.scalars(_FOREMOST, {"most": window[0], "first": window[1]})
    return [_coverage.decode(value) for value in found]


def led(connection: Connection, asked: str) -> list[str]:
    """The ids of the stories of today that an id, or the beginning of one, leads to."""
    met = connection.scalars(_LEADS, {"asked": asked, "past": asked + lookup.AFTER_ANY})
    return sorted({one for one in met if one})


def members(connection: Connection, story: StoryId, limit: int) -> list[ArticleId]:
    """See `Grouping.members`."""
    return [ArticleId(one) for one in connection.scalars(_MEMBERS, {"story": story, "most": limit})]


def episodes(connection: Connection, storyline: StoryId, limit: int) -> list[Coverage]:
    """See `Grouping.episodes`."""
    found = connection.scalars(_EPISODES, {"storyline": storyline, "most": limit})
    return [_coverage.decode(value) for value in found]


def copies_of(connection: Connection, ids: Iterable[ArticleId] | None) -> list[Copy]:
    """See `Grouping.copies`."""
    if ids is None:
        found = connection.execute(_COPY).all()
    else:
        asked_for = given(list(ids))
        found = [row for asked in _COPIES for row in connection.execute(asked, asked_for)]
    distinct = {(row.copy_id, row.original_id): row.value for row in found}
    return [_copy.decode(value) for _, value in sorted(distinct.items())]


def groups_of(connection: Connection, ids: Sequence[ArticleId]) -> dict[ArticleId, CopyGroup]:
    """See `Grouping.copy_groups`."""
    origins = {row.article_id: row.origin_id for row in connection.execute(_ORIGINS, given(ids))}
    if not origins:
        return {}
    together: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for row in connection.execute(_GROUPS, given(sorted(set(origins.values())))):
        together.setdefault(row.origin_id, []).append(row)
    found = {origin: _group(held) for origin, held in together.items()}
    return {ArticleId(one): found[origin] for one, origin in origins.items()}


def regroup(connection: Connection, change: Regrouping) -> bool:
    """See `Grouping.regroup`."""
    if state(connection) != change.since:
        return False
    for table, column, gone in _gone(change):
        if gone:
            connection.execute(delete(table).where(column.in_(ANY_GIVEN)), given(sorted(gone)))
    for table, put in _put(change):
        if put:
            connection.execute(insert(table).prefix_with("OR REPLACE"), put)
    _keep_founders(connection, change.stories)
    _keep_judgements(connection, change)
    sketch_index.note(connection, change.footprints)
    noting.note(connection, {*change.copying, *change.gone})
    waiting.look(connection, {*(one.article for one in change.footprints), *change.gone})
    comparisons.mark(connection, change)
    connection.execute(insert(grouping).prefix_with("OR REPLACE"), {"id": 1, "state": change.since + 1})
    return True


def _gone(change: Regrouping) -> Iterator[tuple[Table, Any, Collection[str]]]:
    gone = set(change.gone)
    compared = {*change.compared, *gone}
    yield footprints, footprints.c.article_id, gone
    yield assignments, assignments.c.article_id, gone
    yield stories, stories.c.id, set(change.ended)
    yield copies, copies.c.copy_id, compared
    yield copies, copies.c.original_id, compared
    yield copy_groups, copy_groups.c.article_id, {*change.copying, *gone}
    yield from placing.gone(change)


def _put(change: Regrouping) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    yield footprints, [_footprint_row(one) for one in change.footprints]
    yield assignments, [_assignment_row(one) for one in change.assignments]
    yield stories, [_story_row(one) for one in change.stories]
    yield copies, [{"copy_id": one.copy, "original_id": one.original, "value": _encode(one)} for one in change.copies]
    yield copy_groups, [row for one in change.groups for row in _group_rows(one)]
    yield from placing.put(change)


def _keep_founders(connection: Connection, changed: Sequence[Coverage]) -> None:
    found = [{"story_id": one.id, "level": one.level.value, "article_id": one.founder} for one in changed]
    if found:
        connection.execute(insert(founders).on_conflict_do_nothing(), found)


def _keep_judgements(connection: Connection, change: Regrouping) -> None:
    if change.judged:
        values = {"id": change.judged.id, "value": _encode(change.judged), "undone_at": None, "undone_by": ""}
        connection.execute(insert(judgements).on_conflict_do_nothing(), values)
    if change.undone:
        one, by, at = change.undone
        undo = update(judgements).where(judgements.c.id == one, judgements.c.undone_at.is_(None))
        connection.execute(undo.values(undone_at=rows.micros(at), undone_by=by))


def _of_articles(connection: Connection, table: Table, ids: Iterable[ArticleId] | None) -> Sequence[Row[Any]]:
    if ids is None:
        return connection.execute(select(table).order_by(table.c.article_id)).all()
    return connection.execute(_BY_ARTICLE[table], given(list(ids))).all()


def _footprint_row(one: Footprint) -> dict[str, Any]:
    return {
        "article_id": one.article,
        "edition_id": one.edition,
        "annotator": one.annotator,
        "grouper": one.grouper,
        "value": _encode(replace(one, features=b"", sketch=b"")),
        "features": one.features,
        "sketch": one.sketch,
    }


def _assignment_row(one: Assignment) -> dict[str, Any]:
    return {
        "article_id": one.article,
        "found_id": one.found,
        "story_id": one.story,
        "verdict": one.verdict.value,
        "sure": one.sure,
        "nearest_id": one.nearest,
        "day": one.day,
        "storyline_id": one.storyline,
    }


def _story_row(one: Coverage) -> dict[str, Any]:
    return {
        "id": one.id,
        "level": one.level.value,
        "storyline_id": one.storyline,
        "rank": rank(one),
        "last_at": rows.micros(one.last),
        "value": _encode(one),
    }


def _group_rows(group: CopyGroup) -> Iterator[dict[str, Any]]:
    for place, article in enumerate((group.origin, *group.reprints), _ORIGIN):
        yield {
            "article_id": article,
            "origin_id": group.origin,
            "place": place,
            "agency": group.agency,
            "basis": group.basis,
        }


def _group(held: Sequence[Row[*tuple[Any, ...]]]) -> CopyGroup:
    reprints = tuple(row.article_id for row in held if row.place != _ORIGIN)
    return CopyGroup(held[0].origin_id, reprints, held[0].agency, held[0].basis)
