"""All ids that a story ever had, to be found without looking at other stories."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0016"
down_revision = "v0015"


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("ix_founders_article_id", "founders", ["article_id"])
    given = sa.text("storyline_id IS NOT NULL")
    op.create_index("ix_assignments_storyline_id", "assignments", ["storyline_id"], sqlite_where=given)
