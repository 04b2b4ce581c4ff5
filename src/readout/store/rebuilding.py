"""Working out anew, in SQLite, which article every sighting is of, and which of them is shown: all of it is derived.

For archives that were made before likenesses were, or by other rules. Inside the connection's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, tuple_, update

from readout.models import Sighting
from readout.store import identity, keeping, rows, ungrouped
from readout.store.keeping import Met
from readout.store.reading import BEFORE_ALL, MET, VALUE, Place
from readout.store.tables import articles, keys, likenesses, pages, sightings

_CHUNK = 256  # sightings in memory at once
_TAKEN = delete(sightings).where(sightings.c.page_seq == bindparam("seq"), sightings.c.position == bindparam("place"))


def is_due(connection: Connection) -> bool:
    """Whether there are sightings of which nobody worked that out."""
    met, known = (connection.execute(select(table.c.edition_id).limit(1)).first() for table in (sightings, likenesses))
    return met is not None and known is None


def rebuild(connection: Connection) -> None:
    """Work it out for all sightings, in the order they were kept."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table in (keys, likenesses, articles):
        connection.execute(delete(table))
    connection.execute(update(sightings).values(article_id=""))
    place: Place | None = BEFORE_ALL
    while place:
        found = _after(connection, place)
        met = _met(found)
        if met:
            connection.execute(_TAKEN, [{"seq": one.seq, "place": one.article.position} for one in met])
            keeping.keep_met(connection, met)
        place = Place(found[-1].seq, found[-1].position) if found else None
    ungrouped.look_at_all(connection)


def _after(connection: Connection, place: Place) -> Sequence[Row[*tuple[Any, ...]]]:
    here = (sightings.c.page_seq, sightings.c.position)
    asked = select(pages.c.seq, sightings.c.position, pages.c.captured, *VALUE).select_from(MET)
    return connection.execute(asked.where(tuple_(*here) > tuple_(*place)).order_by(*here).limit(_CHUNK)).all()


def _met(found: Sequence[Row[*tuple[Any, ...]]]) -> list[Met]:
    met = []
    for seq, on_one_page in groupby(found, key=lambda row: int(row.seq)):
        together = list(on_one_page)
        dictionary = rows.stored_dictionary(together[0].dictionary)
        for row in together:
            article = rows.article(row.value, dictionary)
            sighting = Sighting(article, rows.moment(row.captured))
            met.append(Met(seq, sighting, row.value, identity.likeness(article)))
    return met
