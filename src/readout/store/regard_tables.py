"""The table of what users follow, saved, read and muted. No statements here.

Users are not referred to by a foreign key: whoever uses an archive alone is no row, and keeps things too.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Table, Text

from readout.store.tables import metadata

regards = Table(
    "regards",
    metadata,
    Column("user_id", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("user_id", "how", "what", "value"),
)
Index("ix_regards_user_id_at", regards.c.user_id, regards.c.how, regards.c.what, regards.c.at)
