"""Comparisons that are kept, and the stories that are due to be compared: at first all that can be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0012"
down_revision = "v0011"

_DUE = """INSERT INTO due_comparisons (story_id, articles, since, mark)
    SELECT story_id, count(*), 0, 0 FROM assignments GROUP BY story_id HAVING count(*) >= 2"""


def upgrade() -> None:
    """Make the tables of comparisons."""
    op.create_table(
        "comparisons",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("own", sa.Text(), nullable=False),
        sa.Column("around", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_comparisons")),
    )
    op.create_table(
        "due_comparisons",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_due_comparisons")),
    )
    op.create_index("ix_due_comparisons_articles", "due_comparisons", ["articles", "story_id"])
    op.create_index("ix_due_comparisons_since", "due_comparisons", ["since", "story_id"])
    op.execute(_DUE)
