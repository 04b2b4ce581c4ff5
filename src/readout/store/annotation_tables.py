"""The tables of annotations, as the newest migration leaves them; see `tables.py`. No statements here.

    annotations ──< statements, entities, events        names        rulings

An annotation is one value; the other tables say which annotation holds what is asked for, and where in it. They can be
made anew from the annotations. Nothing refers to a sighting, so that pages and annotations come and go apart.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from readout.store.tables import metadata, sightings

Index("ix_sightings_edition_id", sightings.c.edition_id)  # an edition is asked for whatever article it belongs to


def _of_annotation() -> Column[str]:
    """The annotation that it is in."""
    return Column("edition_id", Text, ForeignKey("annotations.edition_id", ondelete="CASCADE"), primary_key=True)


annotated = Table(
    "annotations",
    metadata,
    Column("edition_id", Text, primary_key=True),
    Column("annotator", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),  # JSON, zlib
)

statements = Table(
    "statements",
    metadata,
    _of_annotation(),
    Column("number", Integer, primary_key=True),  # its place among the annotation's
    Column("id", Text, nullable=False),
    Column("entity_id", Text),
    Column("at", BigInteger),  # when it was said, where that is known
)
Index("ix_statements_id", statements.c.id)
Index("ix_statements_entity_id", statements.c.entity_id)

entities = Table(
    "entities",
    metadata,
    _of_annotation(),
    Column("entity_id", Text, primary_key=True),
    Column("told", Text, nullable=False),  # JSON: kind, name, other forms, roles
)
Index("ix_entities_entity_id_told", entities.c.entity_id, entities.c.told)

events = Table(
    "events",
    metadata,
    _of_annotation(),
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("starts", BigInteger),
)
Index("ix_events_starts", events.c.starts)

# Which entities have a word that sounds so in a form of their name.
names = Table(
    "names",
    metadata,
    Column("word", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
)

# What people said about names; one more each time, never changed.
rulings = Table(
    "rulings",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("one", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("same", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
)
