"""What editions are recognised by, and which article that makes them. `joining.rebuild` fills the tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0004"
down_revision = "v0003"


def upgrade() -> None:
    """Make the tables of likenesses."""
    op.create_table(
        "likenesses",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("own_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("first", sa.BigInteger()),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_likenesses")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_likenesses_edition_id")),
    )
    op.create_index("ix_likenesses_own_id_article_id", "likenesses", ["own_id", "article_id"])
    op.create_table(
        "keys",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("likeness_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "likeness_seq", name=op.f("pk_keys")),
        sqlite_with_rowid=False,
    )
