"""The tables of users, their sessions and invitations. No statements here.

    users ──< sessions        invitations

Every secret is kept as a digest only.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from readout.store.tables import metadata

users = Table(
    "users",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # see models.name_key
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # hashed, with the way in which it was
    Column("since", BigInteger),
    Column("disabled", BigInteger),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("user_id", Text, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("began", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
)
Index("ix_sessions_user_id", sessions.c.user_id)
Index("ix_sessions_until", sessions.c.until)

invitations = Table(
    "invitations",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("user_id", Text, ForeignKey("users.id", ondelete="CASCADE")),
)
Index("ix_invitations_user_id", invitations.c.user_id)
