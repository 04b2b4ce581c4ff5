"""Pages, outlets, articles, sightings and rejections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    _pages()
    _articles()
    _sightings()
    _rejections()


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("captured", sa.BigInteger()),
        sa.Column("captured_basis", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_pages")),
        sa.UniqueConstraint("id", name=op.f("uq_pages_id")),
    )


def _articles() -> None:
    op.create_table(
        "outlets",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlets")),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.Text()),
        sa.Column("listed_at", sa.BigInteger()),
        sa.Column("page_seq", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name=op.f("fk_articles_outlet_id")),
    )
    op.create_index("ix_articles_latest", "articles", [sa.text("listed_at DESC"), "id"])
    op.create_index("ix_articles_outlet_latest", "articles", ["outlet_id", sa.text("listed_at DESC"), "id"])


def _sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column("page_seq", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("page_seq", "position", name=op.f("pk_sightings")),
        sa.ForeignKeyConstraint(["page_seq"], ["pages.seq"], name=op.f("fk_sightings_page_seq")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_sightings_article_id")),
    )
    op.create_index("ix_sightings_article_id_edition_id", "sightings", ["article_id", "edition_id"])


def _rejections() -> None:
    op.create_table(
        "rejections",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("page_id", sa.Text()),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_rejections")),
        sa.UniqueConstraint("id", name=op.f("uq_rejections_id")),
    )
    op.create_index("ix_rejections_stage_reason", "rejections", ["stage", "reason"])
    op.create_index("ix_rejections_page_id", "rejections", ["page_id"])
