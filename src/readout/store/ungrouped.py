"""Which articles grouping has to look at, in SQLite: kept up to date by whoever changes one, in the same transaction,
so that the answer costs what is new and not what is there. What another grouper made is found by its name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
)

from readout.models import ArticleId
from readout.store.annotation_tables import annotated
from readout.store.given import ANY_GIVEN, given
from readout.store.grouping_tables import footprints, ungrouped
from readout.store.tables import articles, sightings

_SHOWN = articles.join(
    sightings, and_(sightings.c.page_seq == articles.c.page_seq, sightings.c.position == articles.c.position)
)
_TRACED = _SHOWN.outerjoin(footprints, footprints.c.article_id == articles.c.id).outerjoin(
    annotated, annotated.c.edition_id == sightings.c.edition_id
)
_CHANGED = or_(
    footprints.c.article_id.is_(None),
    footprints.c.edition_id != sightings.c.edition_id,
    footprints.c.annotator != func.coalesce(annotated.c.annotator, ""),
)
_BEREFT = footprints.outerjoin(articles, articles.c.id == footprints.c.article_id)


def _taking(source: FromClause, column: ColumnElement[Any], *such: ColumnElement[bool]) -> Any:  # noqa: ANN401 - its own
    return insert(ungrouped).from_select(["article_id"], select(column).select_from(source).where(*such))


_ALL = (
    delete(ungrouped),
    _taking(_TRACED, articles.c.id, _CHANGED),
    _taking(_BEREFT, footprints.c.article_id, articles.c.id.is_(None)),
)
_SOME = (
    delete(ungrouped).where(ungrouped.c.article_id.in_(ANY_GIVEN)),
    _taking(_TRACED, articles.c.id, _CHANGED, articles.c.id.in_(ANY_GIVEN)),
    _taking(_BEREFT, footprints.c.article_id, articles.c.id.is_(None), footprints.c.article_id.in_(ANY_GIVEN)),
)
_VANISHED = (
    select(ungrouped.c.article_id)
    .join(footprints, footprints.c.article_id == ungrouped.c.article_id)
    .outerjoin(articles, articles.c.id == ungrouped.c.article_id)
    .where(articles.c.id.is_(None))
    .order_by(ungrouped.c.article_id)
)
_NEW = ungrouped.join(articles, articles.c.id == ungrouped.c.article_id)
_AFTER = select(articles.c.id).select_from(_NEW).where(ungrouped.c.article_id > bindparam("after"))
_AFTER = _AFTER.order_by(ungrouped.c.article_id).limit(bindparam("most"))
_BY = and_(footprints.c.grouper == bindparam("grouper"), footprints.c.article_id > bindparam("after"))
_OLD = (
    select(footprints.c.article_id)
    .join(articles, articles.c.id == footprints.c.article_id)
    .where(_BY)
    .order_by(footprints.c.article_id)
    .limit(bindparam("most"))
)
_NEXT_GROUPER = select(func.min(footprints.c.grouper)).where(footprints.c.grouper > bindparam("grouper"))
_MADE = footprints.c.grouper == bindparam("grouper")
_COUNT_NEW = select(func.count()).select_from(_NEW)
_COUNT_OLD = (
    select(func.count())
    .select_from(footprints.join(articles, articles.c.id == footprints.c.article_id))
    .where(_MADE, ~select(literal(1)).where(ungrouped.c.article_id == footprints.c.article_id).exists())
)


def look(connection: Connection, ids: Collection[str]) -> None:
    """Take note of how these articles stand now: to be called when one of them, its annotation or footprint changed."""
    if ids:
        for statement in _SOME:
            connection.execute(statement, given(sorted(ids)))


def look_at_all(connection: Connection) -> None:
    """Take note of how every article stands."""
    for statement in _ALL:
        connection.execute(statement)


def after(connection: Connection, grouper: str, last: str, most: int) -> Sequence[str]:
    """The ids of those articles, ascending, the first `most` after `last`."""
    asked = {"after": last, "most": most}
    lists = [connection.scalars(_AFTER, asked).all()]
    lists += [connection.scalars(_OLD, {**asked, "grouper": one}).all() for one in _others(connection, grouper)]
    return sorted({*chain.from_iterable(lists)})[:most]


def count(connection: Connection, grouper: str) -> int:
    """How many those are."""
    new: int = connection.scalar(_COUNT_NEW) or 0
    return new + sum(connection.scalar(_COUNT_OLD, {"grouper": one}) or 0 for one in _others(connection, grouper))


def vanished(connection: Connection) -> list[ArticleId]:
    """What has a footprint and is no article any more."""
    return [ArticleId(one) for one in connection.scalars(_VANISHED)]


def _others(connection: Connection, grouper: str) -> Iterator[str]:
    """The other groupers that made footprints, each found in one step."""
    found: str | None = connection.scalar(_NEXT_GROUPER, {"grouper": ""})
    while found is not None:
        if found != grouper:
            yield found
        found = connection.scalar(_NEXT_GROUPER, {"grouper": found})
