"""Which article's sketch holds which fingerprint, to be asked for a few: filled when articles are grouped next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0017"
down_revision = "v0016"


def upgrade() -> None:
    """Make the tables, empty."""
    for table, number in (("grams", "part"), ("late_grams", "seq")):
        op.create_table(
            table,
            sa.Column(number, sa.Integer(), nullable=False),
            sa.Column("held", sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint(number, name=op.f(f"pk_{table}")),
        )
