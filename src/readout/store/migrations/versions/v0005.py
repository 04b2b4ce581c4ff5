"""Annotations, and where in them to look."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "v0005"
down_revision = "v0004"


def upgrade() -> None:
    """Make the tables of annotations, of what is found in them, and of rulings; let editions be found by id."""
    op.create_index("ix_sightings_edition_id", "sightings", ["edition_id"])
    op.create_table(
        "annotations",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("annotator", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_annotations")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_annotations_edition_id")),
    )
    _create_placed("statements", sa.Column("telling_id", sa.BigInteger()), sa.Column("at", sa.BigInteger()))
    op.create_index("ix_statements_telling_id", "statements", ["telling_id"])
    op.create_table(
        "tellings",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tellings")),
    )
    op.create_index("ix_tellings_entity_id", "tellings", ["entity_id"])
    op.create_table(
        "entities",
        sa.Column("telling_id", sa.BigInteger(), nullable=False),
        sa.Column("annotation_seq", sa.Integer(), nullable=False),
        _in_annotation("entities"),
        sa.PrimaryKeyConstraint("telling_id", "annotation_seq", name=op.f("pk_entities")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entities_annotation_seq", "entities", ["annotation_seq"])
    _create_placed("events", sa.Column("starts", sa.BigInteger()))
    op.create_index("ix_events_starts", "events", ["starts"])
    op.create_table(
        "names",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", "entity_id", name=op.f("pk_names")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rulings",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_rulings")),
    )


def _create_placed(name: str, *columns: sa.Column[Any]) -> None:
    """A table of what has a place in an annotation."""
    op.create_table(
        name,
        sa.Column("annotation_seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *columns,
        _in_annotation(name),
        sa.PrimaryKeyConstraint("annotation_seq", "number", name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def _in_annotation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["annotation_seq"], ["annotations.seq"], name=op.f(f"fk_{table}_annotation_seq"), ondelete="CASCADE"
    )
