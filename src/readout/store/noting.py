"""Taking articles down that changed, in the transaction that changes them: for the index of words, and for grouping.
Nothing here knows the index, or groups.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, insert, select

from readout.models import EditionId
from readout.store import ungrouped
from readout.store.given import ANY_GIVEN, given
from readout.store.tables import outbox, sightings

_NOTE = insert(outbox).prefix_with("OR REPLACE")  # a later number in place of the earlier
_OF_EDITIONS = select(sightings.c.article_id).where(sightings.c.edition_id.in_(ANY_GIVEN)).distinct()


def note(connection: Connection, ids: Collection[str]) -> None:
    """Take these articles down."""
    if ids:
        connection.execute(_NOTE, [{"article_id": one} for one in sorted(ids)])


def note_changed(connection: Connection, ids: Collection[str]) -> None:
    """Take these articles down, which changed themselves or by their annotation: grouping has to look at them, too."""
    note(connection, ids)
    ungrouped.look(connection, ids)


def note_editions(connection: Connection, editions: Collection[EditionId]) -> None:
    """Take the articles down that have these editions, whose annotations changed."""
    note_changed(connection, set(connection.scalars(_OF_EDITIONS, given(list(editions)))))
