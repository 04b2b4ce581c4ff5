"""The tables of kept comparisons, as the newest migration leaves them; see `tables.py`. No statements here.

Both are derived from the articles. `since` and `mark` are states of `grouping`: when a story first and last changed
after it was compared.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from readout.store.tables import metadata

comparisons = Table(
    "comparisons",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("own", Text, nullable=False),
    Column("around", Text, nullable=False),
    Column("excerpt", LargeBinary, nullable=False),  # the Excerpt, as JSON, compressed
    Column("value", LargeBinary, nullable=False),  # the Compared and the articles it cites, as JSON, compressed
)

due_comparisons = Table(
    "due_comparisons",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("articles", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    Column("mark", Integer, nullable=False),
)
Index("ix_due_comparisons_articles", due_comparisons.c.articles, due_comparisons.c.story_id)
Index("ix_due_comparisons_since", due_comparisons.c.since, due_comparisons.c.story_id)
