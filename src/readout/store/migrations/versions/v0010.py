"""What users follow, saved, read and muted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0010"
down_revision = "v0009"


def upgrade() -> None:
    """Make the table of regards."""
    op.create_table(
        "regards",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "how", "what", "value", name=op.f("pk_regards")),
    )
    op.create_index("ix_regards_user_id_at", "regards", ["user_id", "how", "what", "at"])
