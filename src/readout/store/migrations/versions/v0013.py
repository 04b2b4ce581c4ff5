"""What placing remembers of every article, and the names that stories turn on, so that neither is worked out anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0013"
down_revision = "v0012"


def upgrade() -> None:
    """Make the tables, and ways to all that was found to be of one story."""
    op.create_table(
        "linkages",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("first_id", sa.Text()),
        sa.Column("day", sa.Integer()),
        sa.Column("filed", sa.LargeBinary()),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_linkages")),
    )
    op.create_index("ix_linkages_day", "linkages", ["day"], sqlite_where=sa.text("filed IS NOT NULL"))
    op.create_index("ix_linkages_first_id", "linkages", ["first_id"], sqlite_where=sa.text("first_id IS NOT NULL"))
    op.create_table(
        "turns",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", "name", name=op.f("pk_turns")),
    )
    op.create_index("ix_turns_name_story_id", "turns", ["name", "story_id"])
    op.create_index("ix_assignments_found_id", "assignments", ["found_id"])
    op.create_index(
        "ix_assignments_elsewhere", "assignments", ["article_id"], sqlite_where=sa.text("story_id <> found_id")
    )
