"""Which articles are in a story or not for all that is known, to be found without looking at the others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0015"
down_revision = "v0014"


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_assignments_unsure", "assignments", ["nearest_id"], sqlite_where=sa.text("verdict = 'unsure'"))
