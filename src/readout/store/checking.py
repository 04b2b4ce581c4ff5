"""Looking for faults in what SQLite keeps. Read-only, streaming; a fault is one line for people.

The database's own checks find a damaged file; the rest finds what such checks cannot: a page that is no longer the
bytes its id was made of, an article that cannot be read or is not the one its row says, a list out of step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection, RowMapping, and_, func, select, text
from sqlalchemy.exc import DatabaseError

from readout.models import Page, outlet_id
from readout.store import identity, lookup, rows
from readout.store.tables import articles, likenesses, pages, sightings

_CHUNK = 16  # rows in memory at once, each with its page


def faults(connection: Connection) -> Iterator[str]:
    """Every fault found, one line each. Where the file itself is damaged, nothing else is looked at."""
    damage = _damage(connection)
    yield from (f"the file: {line}" for line in damage)
    if damage:
        return
    yield from _dangling_rows(connection)
    yield from _lost_sightings(connection)
    yield from _faults_by_page(connection)


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
    apart = select(sightings.c.article_id, likenesses.c.article_id.label("known")).outerjoin_from(
        sightings, likenesses, likenesses.c.edition_id == sightings.c.edition_id
    )
    for row in connection.execute(apart.where(likenesses.c.article_id.is_distinct_from(sightings.c.article_id))):
        yield f"article {row.article_id}: an edition of it is known as one of {row.known or 'none'}"
    kept = connection.scalar(select(func.count(articles.c.id)))
    met = connection.scalar(select(func.count(sightings.c.article_id.distinct())))
    if kept != met:
        yield f"{kept} articles are kept, but {met} were met on pages"


def _faults_by_page(connection: Connection) -> Iterator[str]:
    shown = and_(articles.c.page_seq == sightings.c.page_seq, articles.c.position == sightings.c.position)
    everything = (
        select(pages, sightings.c.value, sightings.c.article_id, sightings.c.edition_id)
        .add_columns(articles.c.id.label("shown_id"), articles.c.outlet_id, articles.c.listed_at)
        .add_columns(likenesses.c.value.label("known"))
        .select_from(pages.outerjoin(sightings, sightings.c.page_seq == pages.c.seq).outerjoin(articles, shown))
        .outerjoin(likenesses, likenesses.c.edition_id == sightings.c.edition_id)
        .order_by(pages.c.seq, sightings.c.position)
        .execution_options(yield_per=_CHUNK)
    )
    for _, on_page in groupby(connection.execute(everything).mappings(), key=lambda row: row["seq"]):
        yield from _page_faults(list(on_page))


def _page_faults(on_page: Sequence[RowMapping]) -> Iterator[str]:
    """What is wrong with a page, which every row tells of, and with the articles on it, one a row."""
    name = f"page {on_page[0]['id']}"
    try:
        page = rows.page(on_page[0])
    except rows.BROKEN as error:
        yield f"{name}: it cannot be read ({error})"
        return
    if page.id != on_page[0]["id"] or len(page.content) != on_page[0]["size"]:
        yield f"{name}: its content is not what was captured"
    for row in on_page:
        fault = row["value"] and _article_fault(row, page)
        if fault:
            yield f"article {row['article_id']}: {fault}"


def _article_fault(row: RowMapping, page: Page) -> str | None:
    try:
        article = rows.article(row["value"], rows.dictionary(page.content))
    except rows.BROKEN as error:
        return f"it cannot be read ({error})"
    if article.edition != row["edition_id"]:
        return "what is kept under its id is another article"
    if row["known"] and rows.recognised(row["known"], article.own) != identity.likeness(article):
        return "it is recognised by something else than it holds"
    outlet = outlet_id(article.outlet) if article.outlet else None
    listed_at = rows.micros(lookup.listed_at(article, page.captured))
    if row["shown_id"] and (outlet, listed_at) != (row["outlet_id"], row["listed_at"]):
        return "it is listed by another outlet or time than it has"
    return None
