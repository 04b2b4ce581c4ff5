"""Taking articles down for the index of words, in the transaction that changes them. Nothing here knows the index."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, insert, select

from readout.models import EditionId
from readout.store.given import ANY_GIVEN, given
from readout.store.tables import outbox, sightings

_NOTE = insert(outbox).prefix_with("OR REPLACE")  # a later number in place of the earlier
_OF_EDITIONS = select(sightings.c.article_id).where(sightings.c.edition_id.in_(ANY_GIVEN)).distinct()


def note(connection: Connection, ids: Collection[str]) -> None:
    """Take these articles down."""
    if ids:
        connection.execute(_NOTE, [{"article_id": one} for one in sorted(ids)])


def note_editions(connection: Connection, editions: Collection[EditionId]) -> None:
    """Take the articles down that have these editions."""
    note(connection, set(connection.scalars(_OF_EDITIONS, given(list(editions)))))
