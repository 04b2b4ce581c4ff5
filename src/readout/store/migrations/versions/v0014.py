"""Which articles grouping has to look at, so that nobody looks at all to find out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0014"
down_revision = "v0013"


def upgrade() -> None:
    """Make the table, and note how every article stands."""
    op.create_table(
        "ungrouped",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_ungrouped")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_footprints_grouper", "footprints", ["grouper", "article_id"])
    op.execute(
        "INSERT INTO ungrouped (article_id) SELECT articles.id FROM articles JOIN sightings"
        " ON sightings.page_seq = articles.page_seq AND sightings.position = articles.position"
        " LEFT JOIN footprints ON footprints.article_id = articles.id"
        " LEFT JOIN annotations ON annotations.edition_id = sightings.edition_id"
        " WHERE footprints.article_id IS NULL OR footprints.edition_id <> sightings.edition_id"
        " OR footprints.annotator <> coalesce(annotations.annotator, '')"
    )
    op.execute(
        "INSERT INTO ungrouped (article_id) SELECT footprints.article_id FROM footprints"
        " LEFT JOIN articles ON articles.id = footprints.article_id WHERE articles.id IS NULL"
    )
