"""The tables of comments, of what they were before, and of reports. No statements here.

    comments ──< comment_traces        comments ──< comment_reports

Users are not referred to by foreign keys: what somebody said stays when they go.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from readout.store.tables import metadata

comments = Table(
    "comments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("subject_kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("parent_id", Text, ForeignKey("comments.id")),
    Column("author", Text),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("edited", BigInteger),
    Column("standing", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("reports", Integer, nullable=False),
)
Index("ix_comments_subject", comments.c.subject_kind, comments.c.subject, comments.c.at)
Index("ix_comments_author_at", comments.c.author, comments.c.at)
Index("ix_comments_standing_at", comments.c.standing, comments.c.at)
Index("ix_comments_reports", comments.c.reports, comments.c.at, sqlite_where=comments.c.reports > 0)
Index("ix_comments_parent_id", comments.c.parent_id)

comment_traces = Table(
    "comment_traces",
    metadata,
    Column("comment_id", Text, ForeignKey("comments.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("why", Text, nullable=False),
    PrimaryKeyConstraint("comment_id", "number"),
)

comment_reports = Table(
    "comment_reports",
    metadata,
    Column("comment_id", Text, ForeignKey("comments.id"), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
    Column("settled", Integer, nullable=False),
    PrimaryKeyConstraint("comment_id", "by"),
)
