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
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("annotator", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_annotations")),
    )
    _create_of_annotation(
        "statements",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text()),
        sa.Column("at", sa.BigInteger()),
    )
    op.create_index("ix_statements_id", "statements", ["id"])
    op.create_index("ix_statements_entity_id", "statements", ["entity_id"])
    _create_of_annotation(
        "entities",
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
    )
    op.create_index("ix_entities_entity_id_told", "entities", ["entity_id", "told"])
    _create_of_annotation(
        "events",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("starts", sa.BigInteger()),
    )
    op.create_index("ix_events_starts", "events", ["starts"])
    op.create_table(
        "names",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", "entity_id", name=op.f("pk_names")),
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


def _create_of_annotation(name: str, key: sa.Column[Any], *columns: sa.Column[Any]) -> None:
    """A table of what is found in an annotation; `key` tells it from what else is found there."""
    op.create_table(
        name,
        sa.Column("edition_id", sa.Text(), nullable=False),
        key,
        *columns,
        sa.ForeignKeyConstraint(
            ["edition_id"], ["annotations.edition_id"], name=op.f(f"fk_{name}_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", key.name, name=op.f(f"pk_{name}")),
    )
