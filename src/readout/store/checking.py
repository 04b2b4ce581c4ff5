"""Looking for faults in what SQLite keeps. Read-only, streaming; a fault is one line for people.

The database's own checks find a damaged file; the rest finds what such checks cannot: a page that is no longer the
bytes its id was made of, an article that cannot be read or is not the one its row says, a list out of step.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, RowMapping, and_, func, select, text
from sqlalchemy.exc import DatabaseError

from readout.models import outlet_id
from readout.store import lookup, rows
from readout.store.reading import MET, VALUE
from readout.store.tables import articles, pages, sightings

_CHUNK = 64  # rows in memory at once


def faults(connection: Connection) -> Iterator[str]:
    """Every fault found, one line each. Where the file itself is damaged, nothing else is looked at."""
    damage = _damage(connection)
    yield from (f"the file: {line}" for line in damage)
    if damage:
        return
    yield from _dangling_rows(connection)
    yield from _lost_sightings(connection)
    yield from _page_faults(connection)
    yield from _sighting_faults(connection)


def _damage(connection: Connection) -> list[str]:
    try:
        return [line for line in connection.scalars(text("PRAGMA integrity_check")) if line != "ok"]
    except DatabaseError as error:  # too much for the check itself
        return [str(error.orig)]


def _dangling_rows(connection: Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"row {row} of {table} points at nothing in {parent}"


def _lost_sightings(connection: Connection) -> Iterator[str]:
    shown = and_(
        sightings.c.page_seq == articles.c.page_seq,
        sightings.c.position == articles.c.position,
        sightings.c.article_id == articles.c.id,
    )
    lost = select(articles.c.id).outerjoin_from(articles, sightings, shown).where(sightings.c.position.is_(None))
    for article_id in connection.scalars(lost):
        yield f"article {article_id}: the sighting to show is not there"
    kept = connection.scalar(select(func.count(articles.c.id)))
    met = connection.scalar(select(func.count(sightings.c.article_id.distinct())))
    if kept != met:
        yield f"{kept} articles are kept, but {met} were met on pages"


def _page_faults(connection: Connection) -> Iterator[str]:
    for row in connection.execution_options(yield_per=_CHUNK).execute(select(pages)).mappings():
        try:
            page = rows.page(row)
        except rows.BROKEN as error:
            yield f"page {row['id']}: it cannot be read ({error})"
        else:
            if page.id != row["id"] or len(page.content) != row["size"]:
                yield f"page {row['id']}: its content is not what was captured"


def _sighting_faults(connection: Connection) -> Iterator[str]:
    columns = (*VALUE, sightings.c.article_id, sightings.c.edition_id, pages.c.captured)
    listed = (articles.c.id, articles.c.outlet_id, articles.c.listed_at)
    shown = and_(articles.c.page_seq == sightings.c.page_seq, articles.c.position == sightings.c.position)
    every = select(*columns, *listed).select_from(MET.outerjoin(articles, shown))
    for row in connection.execution_options(yield_per=_CHUNK).execute(every).mappings():
        fault = _sighting_fault(row)
        if fault:
            yield f"article {row['article_id']}: {fault}"


def _sighting_fault(row: RowMapping) -> str | None:
    try:
        article = rows.article(row["value"], rows.dictionary(row["dictionary"]))
    except rows.BROKEN as error:
        return f"it cannot be read ({error})"
    if (article.id, article.edition) != (row["article_id"], row["edition_id"]):
        return "what is kept under its id is another article"
    outlet = outlet_id(article.outlet) if article.outlet else None
    listed_at = rows.micros(lookup.listed_at(article, rows.moment(row["captured"])))
    if row["id"] and (outlet, listed_at) != (row["outlet_id"], row["listed_at"]):
        return "it is listed by another outlet or time than it has"
    return None
