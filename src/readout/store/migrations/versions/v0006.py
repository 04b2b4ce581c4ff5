"""Stories and copies: what they are found by, what was found, and what people judged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0006"
down_revision = "v0005"


def upgrade() -> None:
    """Make the tables of footprints, assignments, stories, copies and judgements."""
    _of_articles()
    _of_stories()
    _of_copies()
    op.create_table(
        "judgements",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("undone_at", sa.BigInteger()),
        sa.Column("undone_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_judgements")),
        sa.UniqueConstraint("id", name=op.f("uq_judgements_id")),
    )
    op.create_table(
        "grouping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grouping")),
    )


def _of_articles() -> None:
    op.create_table(
        "footprints",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("annotator", sa.Text(), nullable=False),
        sa.Column("grouper", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("features", sa.LargeBinary(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_footprints")),
    )
    op.create_table(
        "assignments",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("found_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("sure", sa.Float(), nullable=False),
        sa.Column("nearest_id", sa.Text()),
        sa.Column("day", sa.Integer()),
        sa.Column("storyline_id", sa.Text()),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_assignments")),
    )
    op.create_index("ix_assignments_story_id", "assignments", ["story_id"])


def _of_stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("storyline_id", sa.Text()),
        sa.Column("rank", sa.Float(), nullable=False),
        sa.Column("last_at", sa.BigInteger()),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_index("ix_stories_level_rank", "stories", ["level", sa.text("rank DESC"), "id"])
    op.create_index("ix_stories_storyline_id", "stories", ["storyline_id", sa.text("last_at DESC"), "id"])
    op.create_table(
        "founders",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_founders")),
    )


def _of_copies() -> None:
    op.create_table(
        "copies",
        sa.Column("copy_id", sa.Text(), nullable=False),
        sa.Column("original_id", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("copy_id", "original_id", name=op.f("pk_copies")),
    )
    op.create_index("ix_copies_original_id", "copies", ["original_id"])
    op.create_table(
        "copy_groups",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("origin_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("agency", sa.Text()),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_copy_groups")),
    )
    op.create_index("ix_copy_groups_origin_id", "copy_groups", ["origin_id", "place"])
