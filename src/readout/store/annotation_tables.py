"""The tables of annotations, as the newest migration leaves them; see `tables.py`. No statements here.

    annotations ──< statements, entities, events, subjects        tellings >── names        named        rulings

An annotation is one value; `statements`, `entities` and `events` say which annotation holds what is asked for, and can
be made anew from the annotations. A telling is what an article tells of an entity, its mentions apart: many articles
tell the same, so it is kept once, by a hash. Nothing refers to a sighting: pages and annotations come and go apart.
By `shown_at` and `day` what is said and named is listed: when it was said, or else the time of its article, as that was
known when it was annotated. A subject is who is named in what another says. `named` counts what is kept of a name.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from readout.store.tables import metadata, sightings

Index("ix_sightings_edition_id", sightings.c.edition_id)  # an edition is asked for whatever article it belongs to

annotated = Table(
    "annotations",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("edition_id", Text, nullable=False, unique=True),
    Column("annotator", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),  # JSON, zlib
)


def _place() -> tuple[Column[int], Column[int]]:
    """Which annotation holds it, and its place among what that holds."""
    whole = ForeignKey("annotations.seq", ondelete="CASCADE")
    return Column("annotation_seq", Integer, whole, primary_key=True), Column("number", Integer, primary_key=True)


statements = Table(
    "statements",
    metadata,
    *_place(),
    Column("telling_id", BigInteger),  # of its speaker, where that is an entity of the article
    Column("at", BigInteger),  # when it was said, where that is known
    Column("shown_at", BigInteger),
    sqlite_with_rowid=False,
)
Index("ix_statements_telling_id_shown_at", statements.c.telling_id, statements.c.shown_at)

tellings = Table(
    "tellings",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("entity_id", Text, nullable=False),
    Column("value", Text, nullable=False),  # JSON: kind, name, other forms, roles
)
Index("ix_tellings_entity_id", tellings.c.entity_id)

entities = Table(
    "entities",
    metadata,
    Column("telling_id", BigInteger, primary_key=True),
    Column("annotation_seq", Integer, ForeignKey("annotations.seq", ondelete="CASCADE"), primary_key=True),
    Column("day", Integer),  # since 1970, of its article
    sqlite_with_rowid=False,
)
Index("ix_entities_annotation_seq", entities.c.annotation_seq)

subjects = Table(
    "subjects",
    metadata,
    Column("telling_id", BigInteger, primary_key=True),
    Column("annotation_seq", Integer, ForeignKey("annotations.seq", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),  # of the statement
    Column("shown_at", BigInteger),
    sqlite_with_rowid=False,
)
Index("ix_subjects_annotation_seq", subjects.c.annotation_seq)

named = Table(
    "named",
    metadata,
    Column("entity_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("statements", Integer, nullable=False),
)
Index("ix_named_kind_statements", named.c.kind, named.c.statements.desc())
Index("ix_named_kind_articles", named.c.kind, named.c.articles.desc())

events = Table(
    "events",
    metadata,
    *_place(),
    Column("starts", BigInteger),
    sqlite_with_rowid=False,
)
Index("ix_events_starts", events.c.starts)

# Which entities have a word that sounds so in a form of their name.
names = Table(
    "names",
    metadata,
    Column("word", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    sqlite_with_rowid=False,
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
