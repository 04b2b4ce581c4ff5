"""When what is said and named is listed, who is spoken of, how often names are met, what is disputed in stories."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "v0007"
down_revision = "v0006"

_DAY = 86_400_000_000  # microseconds
_CHUNK = 200
_LISTED = """SELECT max(a.listed_at) FROM annotations n JOIN sightings s ON s.edition_id = n.edition_id
    JOIN articles a ON a.id = s.article_id WHERE n.seq ="""
_SHOW = f"UPDATE statements SET shown_at = coalesce(at, ({_LISTED} statements.annotation_seq))"  # noqa: S608 - made of constants
_DATE = f"""UPDATE entities SET day = (SELECT (held - ((held % {_DAY}) + {_DAY}) % {_DAY}) / {_DAY}
    FROM (SELECT ({_LISTED} entities.annotation_seq) AS held))"""  # noqa: S608 - as above
_TOLD = """SELECT t.id, t.entity_id FROM entities e JOIN tellings t ON t.id = e.telling_id
    WHERE e.annotation_seq = :seq"""
_SHOWN = "SELECT number, shown_at FROM statements WHERE annotation_seq = :seq"
_NAMED = """INSERT INTO named (entity_id, kind, name, articles, statements)
    SELECT t.entity_id, json_extract(t.value, '$[0]'), min(json_extract(t.value, '$[1]')), sum(t.met), sum(t.said)
    FROM (SELECT tellings.*, (SELECT count(*) FROM entities e WHERE e.telling_id = tellings.id) AS met,
          (SELECT count(*) FROM statements s WHERE s.telling_id = tellings.id) AS said FROM tellings) t
    GROUP BY t.entity_id"""


def upgrade() -> None:
    """Add what pages of names are listed by, and work it out for what is annotated already."""
    op.add_column("statements", sa.Column("shown_at", sa.BigInteger()))
    op.add_column("entities", sa.Column("day", sa.Integer()))
    op.drop_index("ix_statements_telling_id", "statements")
    op.create_index("ix_statements_telling_id_shown_at", "statements", ["telling_id", "shown_at"])
    op.create_index("ix_assignments_day_story_id", "assignments", ["day", "story_id"])
    _create_tables()
    op.execute(_SHOW)
    op.execute(_DATE)
    op.execute(_NAMED)
    _find_subjects()


def _create_tables() -> None:
    op.create_table(
        "subjects",
        sa.Column("telling_id", sa.BigInteger(), nullable=False),
        sa.Column("annotation_seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shown_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["annotation_seq"],
            ["annotations.seq"],
            name=op.f("fk_subjects_annotation_seq"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("telling_id", "annotation_seq", "number", name=op.f("pk_subjects")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_subjects_annotation_seq", "subjects", ["annotation_seq"])
    op.create_table(
        "named",
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entity_id", name=op.f("pk_named")),
    )
    op.create_index("ix_named_kind_statements", "named", ["kind", sa.text("statements DESC")])
    op.create_index("ix_named_kind_articles", "named", ["kind", sa.text("articles DESC")])
    op.create_table(
        "disputes",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_disputes")),
    )


def _find_subjects() -> None:
    connection = op.get_bind()
    after = 0
    asked = sa.text("SELECT seq, value FROM annotations WHERE seq > :after ORDER BY seq LIMIT :most")
    while found := connection.execute(asked, {"after": after, "most": _CHUNK}).all():
        after = found[-1].seq
        rows = [row for one in found for row in _subjects(connection, one.seq, one.value)]
        if rows:
            connection.execute(sa.text("INSERT INTO subjects VALUES (:telling, :seq, :number, :shown)"), rows)


def _subjects(connection: sa.Connection, seq: int, value: bytes) -> Iterator[dict[str, Any]]:
    told = {row.entity_id: row.id for row in connection.execute(sa.text(_TOLD), {"seq": seq})}
    shown = {row.number: row.shown_at for row in connection.execute(sa.text(_SHOWN), {"seq": seq})}
    whole = json.loads(zlib.decompress(value))
    places = [(*one[0], entity["id"]) for entity in whole["entities"] for one in entity["mentions"]]
    for number, statement in enumerate(whole["statements"]):
        for entity in _within(statement, places):
            if entity in told:
                yield {"telling": told[entity], "seq": seq, "number": number, "shown": shown.get(number)}


def _within(statement: Mapping[str, Any], places: list[tuple[int, int, str]]) -> set[str]:
    """The entities, the speaker apart, that the content of a statement names."""
    found = {
        entity
        for start, end in statement["content"]
        for first, last, entity in places
        if start <= first and last <= end
    }
    return found - {statement["speaker"]["entity"]}
