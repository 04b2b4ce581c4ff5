"""Every question that SQLite is asked: each function is one statement or two inside the connection's transaction.

Lists are ordered and counted by indexes alone; only what is returned is read. Tests look at the query plans.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, case, exists, func, select, tuple_

from readout.models import (
    Article,
    ArticleId,
    LossCount,
    OutletCount,
    OutletId,
    Page,
    PageId,
    Rejection,
    Sighting,
    Totals,
)
from readout.store import lookup, rows
from readout.store.tables import articles, likenesses, outlets, pages, rejections, sightings

_DICTIONARY = case((pages.c.size <= rows.DICTIONARY_MOST, pages.c.content)).label("dictionary")

VALUE = (sightings.c.value, _DICTIONARY, sightings.c.article_id)  # what rows.article needs
MET = sightings.join(pages, pages.c.seq == sightings.c.page_seq)  # all sightings, each with its page
SHOWN = MET.join(
    articles, and_(articles.c.page_seq == sightings.c.page_seq, articles.c.position == sightings.c.position)
)  # those that are shown, with their articles

_NUMBER = select(func.count()).where(articles.c.outlet_id == outlets.c.id).scalar_subquery().label("number")
_OUTLETS = select(outlets, _NUMBER).where(exists().where(articles.c.outlet_id == outlets.c.id))
_LATEST = (articles.c.listed_at.desc().nulls_last(), articles.c.id)


def _begins(column: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether it begins as `_beginning` says."""
    return and_(column >= bindparam("asked"), column < bindparam("past"))


_OUTLET = _OUTLETS.where(_begins(outlets.c.id)).limit(2)

# What every page asks for is put together once: that takes longer than to answer it.
_PAGE = select(pages).where(_begins(pages.c.id)).limit(2)
_FITTING = select(likenesses.c.article_id).where(_begins(likenesses.c.own_id)).distinct().limit(2)
_ARTICLE = select(articles.c.page_seq, *VALUE).select_from(SHOWN).where(articles.c.id == bindparam("article"))
_PLACES = select(articles.c.id).order_by(*_LATEST).limit(bindparam("most")).offset(bindparam("first"))
_VALUES = select(articles.c.page_seq, *VALUE).select_from(SHOWN).order_by(*_LATEST)
_LISTED = _VALUES.where(articles.c.id.in_(_PLACES))
_LISTED_OF_OUTLET = _VALUES.where(articles.c.id.in_(_PLACES.where(articles.c.outlet_id == bindparam("outlet"))))
_SIGHTINGS = (
    select(pages.c.seq, *VALUE, pages.c.captured)
    .select_from(MET)
    .where(
        sightings.c.article_id.in_(select(likenesses.c.article_id).where(likenesses.c.own_id == bindparam("article")))
    )
    .order_by(pages.c.captured.nulls_first(), pages.c.id, sightings.c.position)
)
_ON_PAGE = (
    select(pages.c.seq, *VALUE).select_from(MET).where(pages.c.id == bindparam("page")).order_by(sightings.c.position)
)


class Place(NamedTuple):
    """Where a sighting is: the place of its page in the order of keeping, and its position there."""

    page_seq: int
    position: int


BEFORE_ALL = Place(0, -1)


def page(connection: Connection, asked: str) -> Page:
    """See `Store.page`."""
    lookup.insist_on_prefix("page", asked)
    found = connection.execute(_PAGE, _beginning(asked)).mappings().all()
    return rows.page(lookup.only(found, "page", asked))


def article(connection: Connection, asked: str) -> Article:
    """See `Store.article`."""
    lookup.insist_on_prefix("article", asked)
    found = lookup.only(connection.scalars(_FITTING, _beginning(asked)).all(), "article", asked)
    return next(values(connection.execute(_ARTICLE, {"article": found})))


def articles_listed(connection: Connection, outlet: OutletId | None, limit: int, offset: int) -> list[Article]:
    """See `Store.articles`."""
    most, first = lookup.window(limit, offset)
    if outlet is None:
        return list(values(connection.execute(_LISTED, {"most": most, "first": first})))
    return list(values(connection.execute(_LISTED_OF_OUTLET, {"outlet": outlet, "most": most, "first": first})))


def sightings_of(connection: Connection, article_id: ArticleId) -> list[Sighting]:
    """See `Store.sightings`."""
    found = connection.execute(_SIGHTINGS, {"article": article_id}).all()
    moments = [rows.moment(row.captured) for row in found]
    return [Sighting(*pair) for pair in zip(values(found), moments, strict=True)]


def on_page(connection: Connection, page_id: PageId) -> list[Article]:
    """See `Store.on_page`."""
    return list(values(connection.execute(_ON_PAGE, {"page": page_id})))


def articles_after(connection: Connection, place: Place, limit: int) -> tuple[list[Article], Place | None]:
    """The next sightings in the order of keeping, and where the last of them is; None after the last of all."""
    here = (sightings.c.page_seq, sightings.c.position)
    met = (
        select(pages.c.seq, *VALUE, sightings.c.position)
        .select_from(MET)
        .where(tuple_(*here) > tuple_(*place))
        .order_by(*here)
        .limit(limit)
    )
    found = connection.execute(met).all()
    return list(values(found)), Place(found[-1].seq, found[-1].position) if found else None


def outlets_counted(connection: Connection) -> list[OutletCount]:
    """See `Store.outlets`."""
    counted = _OUTLETS.order_by(_NUMBER.desc(), outlets.c.name, outlets.c.id)
    return [OutletCount(rows.outlet(row), row["number"]) for row in connection.execute(counted).mappings()]


def outlet(connection: Connection, asked: str) -> OutletCount:
    """See `Store.outlet`."""
    lookup.insist_on_prefix("outlet", asked)
    found = connection.execute(_OUTLET, _beginning(asked)).mappings().all()
    row = lookup.only(found, "outlet", asked)
    return OutletCount(rows.outlet(row), row["number"])


def rejections_listed(connection: Connection, page_id: PageId | None, limit: int, offset: int) -> list[Rejection]:
    """See `Store.rejections`."""
    most, first = lookup.window(limit, offset)
    latest = select(rejections).order_by(rejections.c.seq.desc()).limit(most).offset(first)
    if page_id is not None:
        latest = latest.where(rejections.c.page_id == page_id)
    return [rows.rejection(row) for row in connection.execute(latest).mappings()]


def losses(connection: Connection) -> list[LossCount]:
    """See `Store.losses`."""
    kinds = (rejections.c.stage, rejections.c.reason)
    number = func.count()
    counted = select(*kinds, number).group_by(*kinds).order_by(number.desc(), *kinds)
    return [LossCount(*row) for row in connection.execute(counted)]


def totals(connection: Connection) -> Totals:
    """See `Store.totals`."""
    return Totals(
        pages=_number(connection, func.count(pages.c.id)),
        articles=_number(connection, func.count(articles.c.id)),
        outlets=_number(connection, func.count(articles.c.outlet_id.distinct())),
        rejections=_number(connection, func.count(rejections.c.id)),
    )


def _number(connection: Connection, counted: ColumnElement[int]) -> int:
    return connection.scalar(select(counted)) or 0


def _beginning(asked: str) -> dict[str, str]:
    """The parameters of `_begins`."""
    return {"asked": asked, "past": asked + lookup.AFTER_ANY}


def values(found: Iterable[Row[*tuple[Any, ...]]]) -> Iterator[Article]:
    """The articles of rows that begin with the page's place and VALUE; each page's content is unpacked once."""
    for _, on_one_page in groupby(found, key=lambda row: row[0]):
        together = list(on_one_page)
        dictionary = rows.stored_dictionary(together[0][2])
        yield from (rows.article(row[1], dictionary, row[3]) for row in together)
