"""Migrations lead to exactly the schema of tables.py, from anywhere, once, and never backwards."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from readout.errors import SchemaError
from readout.store import migrations
from readout.store.sqlite import SQLiteStore
from readout.store.tables import metadata
from tests.builders import article, harvest

FOLDER = Path(migrations.__file__).parent


def test_migrations_make_the_schema_of_the_tables(database: Path, tmp_path: Path) -> None:
    straight = create_engine(f"sqlite:///{tmp_path / 'straight.db'}")
    metadata.create_all(straight)
    straight.dispose()
    assert _schema(database) == _schema(tmp_path / "straight.db")


def test_alembic_finds_nothing_left_to_do(database: Path) -> None:
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_head_is_the_last_step_and_there_is_one_way_to_it() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.HEAD]


def test_opening_again_changes_nothing(database: Path) -> None:
    before = database.read_bytes()
    SQLiteStore.open(database).close()
    assert database.read_bytes() == before


def test_an_older_program_refuses_a_newer_schema_and_leaves_it_alone(database: Path) -> None:
    _sql(database, "UPDATE alembic_version SET version_num = 'v9999'")
    before = database.read_bytes()
    with pytest.raises(SchemaError, match=r"readout\.db: it was written by a newer Readout \(schema v9999"):
        SQLiteStore.open(database)
    assert database.read_bytes() == before


def test_a_step_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    def failing(*_: object) -> None:
        raise RuntimeError

    path = tmp_path / "readout.db"
    monkeypatch.setattr(op, "create_index", failing)
    with pytest.raises(RuntimeError):
        SQLiteStore.open(path)
    assert _schema(path) == {}
    monkeypatch.undo()
    with closing(SQLiteStore.open(path)) as store:
        assert store.keep([harvest(article())]).pages_new == 1


def test_an_archive_from_before_likenesses_learns_which_sightings_are_one_article(
    database: Path, tmp_path: Path
) -> None:
    signed, unsigned = article("Talks resume"), article("Talks resume", outlet=None)
    with closing(SQLiteStore.open(database)) as store:
        store.keep([harvest(signed), harvest(unsigned, article("Ferry sails"))])
    old = tmp_path / "old.db"
    _upgrade(old, "v0003")
    _sql(old, "PRAGMA application_id = 0x52444F54")
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute(f"ATTACH '{database}' AS new")
        for table in ("pages", "outlets", "articles", "sightings"):
            connection.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")  # noqa: S608 - names of ours
        connection.execute("UPDATE sightings SET edition_id = 'e' || position")
    with closing(SQLiteStore.open(old)) as store:
        assert store.check() == ()
        assert store.totals().articles == 2
        assert store.article(signed.own).id == store.article(unsigned.own).id


def test_several_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    path = tmp_path / "readout.db"
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(_kept_by_one_of_many, [path, path], range(2))) == [1, 1]
    with closing(SQLiteStore.open(path)) as store:
        assert store.totals().pages == 2
        assert store.check() == ()


def _kept_by_one_of_many(path: Path, number: int) -> int:
    with closing(SQLiteStore.open(path)) as store:
        return store.keep([harvest(article(f"by process {number}"))]).pages_new


def _upgrade(path: Path, step: str) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(FOLDER))
        command.upgrade(config, step)
    engine.dispose()


def _schema(path: Path) -> dict[str, str]:
    """What the database is made of, by name, white space aside; Alembic's own table left out."""
    found = _sql(path, "SELECT type || ' ' || name, sql FROM sqlite_master WHERE tbl_name != 'alembic_version'")
    return {str(name): re.sub(r"\s+", " ", str(sql)) for name, sql in found}


def _sql(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement).fetchall()
