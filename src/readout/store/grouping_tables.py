"""The tables of stories and copies, as the newest migration leaves them; see `tables.py`. No statements here.

    footprints   assignments >── stories ──< founders, disputes, turns    copies   copy_groups    judgements   grouping
                 linkages        ungrouped       grams, late_grams

All but judgements and founders is derived from the articles. A founder says which article an id of a story was made
of: it is never deleted, so that every id leads somewhere. `grouping` has one row, which counts changes.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, Table, Text, text

from readout.store.tables import metadata

footprints = Table(
    "footprints",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("edition_id", Text, nullable=False),
    Column("annotator", Text, nullable=False),
    Column("grouper", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),  # the Footprint but for what is packed, as JSON
    Column("features", LargeBinary, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
)

Index("ix_footprints_grouper", footprints.c.grouper, footprints.c.article_id)

# Articles without a footprint of what they are now, and what has one and is no article any more; see `ungrouped.py`.
ungrouped = Table("ungrouped", metadata, Column("article_id", Text, primary_key=True), sqlite_with_rowid=False)

assignments = Table(
    "assignments",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("found_id", Text, nullable=False),
    Column("story_id", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("sure", Float, nullable=False),
    Column("nearest_id", Text),
    Column("day", Integer),
    Column("storyline_id", Text),
)
Index("ix_assignments_story_id", assignments.c.story_id)
Index("ix_assignments_found_id", assignments.c.found_id)
Index("ix_assignments_elsewhere", assignments.c.article_id, sqlite_where=text("story_id <> found_id"))
Index("ix_assignments_unsure", assignments.c.nearest_id, sqlite_where=text("verdict = 'unsure'"))
Index("ix_assignments_storyline_id", assignments.c.storyline_id, sqlite_where=text("storyline_id IS NOT NULL"))
Index("ix_assignments_day_story_id", assignments.c.day, assignments.c.story_id)

# What placing goes on from: see `models.Linkage`. `first_id` and `day` are there to be asked by.
linkages = Table(
    "linkages",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("first_id", Text),
    Column("day", Integer),
    Column("filed", LargeBinary),  # null where it is not filed
    Column("value", LargeBinary, nullable=False),  # the Linkage but for what it is filed under, as JSON
)
Index("ix_linkages_day", linkages.c.day, sqlite_where=text("filed IS NOT NULL"))
Index("ix_linkages_first_id", linkages.c.first_id, sqlite_where=text("first_id IS NOT NULL"))

# Which article's sketch holds which fingerprint: see `sketch_index.py`.
grams = Table(
    "grams",
    metadata,
    Column("part", Integer, primary_key=True),  # of the range of fingerprints
    Column("held", LargeBinary, nullable=False),  # ascending postings of eight bytes, the lowest first
)
late_grams = Table(
    "late_grams",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("held", LargeBinary, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("level", Text, nullable=False),
    Column("storyline_id", Text),
    Column("rank", Float, nullable=False),
    Column("last_at", BigInteger),
    Column("value", LargeBinary, nullable=False),  # the Coverage, as JSON
)
Index("ix_stories_level_rank", stories.c.level, stories.c.rank.desc(), stories.c.id)
Index("ix_stories_storyline_id", stories.c.storyline_id, stories.c.last_at.desc(), stories.c.id)

founders = Table(
    "founders",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("level", Text, nullable=False),
    Column("article_id", Text, nullable=False),
)
Index("ix_founders_article_id", founders.c.article_id)

# The names that an episode turns on, by their numbers.
turns = Table(
    "turns",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("name", Integer, primary_key=True),
)
Index("ix_turns_name_story_id", turns.c.name, turns.c.story_id)

# The foremost disputed point of a story, as it was when somebody last compared it.
disputes = Table(
    "disputes",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),  # the Dispute, as JSON
)

copies = Table(
    "copies",
    metadata,
    Column("copy_id", Text, primary_key=True),
    Column("original_id", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),  # the Copy, as JSON
)
Index("ix_copies_original_id", copies.c.original_id)

copy_groups = Table(
    "copy_groups",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("origin_id", Text, nullable=False),
    Column("place", Integer, nullable=False),  # among the reprints; -1 for the origin
    Column("agency", Text),
    Column("basis", Text, nullable=False),
)
Index("ix_copy_groups_origin_id", copy_groups.c.origin_id, copy_groups.c.place)

# What was judged; one more each time. Only undoing is added to a row, once.
judgements = Table(
    "judgements",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("value", LargeBinary, nullable=False),  # the Judgement, as JSON
    Column("undone_at", BigInteger),
    Column("undone_by", Text, nullable=False),
)

grouping = Table(
    "grouping",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", Integer, nullable=False),
)
