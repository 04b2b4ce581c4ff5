"""The tables, as the newest migration leaves them; a test proves the two equal. No statements here.

    pages ──< sightings >── articles >── outlets        rejections        feeds ──< looks        seen        shards
                     likenesses ──< keys                                                outbox

A page is kept once, in the order of `seq`. A sighting is one article on one page and holds the whole Article; an
article's row points at the sighting that is shown for it and carries only what lists are ordered and counted by, so
that no list reads a blob it does not show. A likeness is what an edition is recognised by, and says which article that
makes it (see `identity.py`): all that could be worked out again from the sightings. Instants are integers: microseconds
since 1970 in UTC.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

pages = Table(
    "pages",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("media", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("address", Text),
    Column("captured", BigInteger),
    Column("captured_basis", Text, nullable=False),
    Column("size", Integer, nullable=False),  # bytes before compression
    Column("content", LargeBinary, nullable=False),  # zstd; last, so that the other columns are read without it
)

outlets = Table(
    "outlets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("domain", Text),
    Column("country", Text),
    Column("language", Text),
    Column("kind", Text),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("outlet_id", Text, ForeignKey("outlets.id")),
    Column("listed_at", BigInteger),
    # The sighting that is shown. No foreign key: the two tables point at each other, and `check` looks.
    Column("page_seq", Integer, nullable=False),
    Column("position", Integer, nullable=False),
)
Index("ix_articles_latest", articles.c.listed_at.desc(), articles.c.id)
Index("ix_articles_outlet_latest", articles.c.outlet_id, articles.c.listed_at.desc(), articles.c.id)

sightings = Table(
    "sightings",
    metadata,
    Column("page_seq", Integer, ForeignKey("pages.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("article_id", Text, ForeignKey("articles.id"), nullable=False),
    Column("edition_id", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),  # see rows.pack
)
Index("ix_sightings_article_id_edition_id", sightings.c.article_id, sightings.c.edition_id)

likenesses = Table(
    "likenesses",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("edition_id", Text, nullable=False, unique=True),
    Column("own_id", Text, nullable=False),  # the id that the text alone has: whoever asks by it is led to the article
    Column("article_id", Text, nullable=False),
    Column("first", BigInteger),  # the earliest known capture
    Column("value", LargeBinary, nullable=False),  # the Likeness, as MessagePack
)
Index("ix_likenesses_own_id_article_id", likenesses.c.own_id, likenesses.c.article_id)

# What likenesses that may be one article have in common. No foreign key: it would cost more than all the rest.
keys = Table(
    "keys",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("likeness_seq", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

rejections = Table(
    "rejections",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("stage", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    # No foreign key: what was dropped may be the page itself.
    Column("page_id", Text),
)
Index("ix_rejections_stage_reason", rejections.c.stage, rejections.c.reason)
Index("ix_rejections_page_id", rejections.c.page_id)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("next_at", BigInteger),
    Column("value", LargeBinary, nullable=False),  # the whole Followed, as JSON
)
Index("ix_feeds_next_at", feeds.c.next_at)
Index("ix_feeds_address", feeds.c.address)

looks = Table(
    "looks",
    metadata,
    Column("feed_id", Text, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("at", BigInteger, primary_key=True),
    Column("value", LargeBinary, nullable=False),  # the Look, as JSON
)

seen = Table(
    "seen",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("stamp", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("done", Integer, nullable=False),
)

# Files of many pages that were read to their end.
shards = Table(
    "shards",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("way", Text, primary_key=True),  # how it was read: read otherwise, it may give other pages
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),  # nanoseconds since 1970, as file systems count
    Column("pages", Integer, nullable=False),
    Column("finished", BigInteger),
)
Index("ix_shards_size", shards.c.size)

# Articles that the index of words has yet to hear of; see `noting.py`. No foreign key: one may be gone.
outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("article_id", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,  # a number that was taken down is never given again
)
