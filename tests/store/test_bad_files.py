"""A database that cannot be used is refused in plain words that name the file, and is left as it was."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from readout.engine import Engine
from readout.errors import StoreError
from readout.models import Article, Harvest
from readout.store.sqlite import SQLiteStore
from tests.builders import article, harvest

NOBODY = 65534


def test_a_file_that_is_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader, " * 100)
    with pytest.raises(StoreError, match=r"letter\.txt: it is not a database"):
        SQLiteStore.open(path)
    assert path.read_text() == "Dear reader, " * 100


def test_the_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    _sql(path, "CREATE TABLE bookmarks (address TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"bookmarks\.db: it is the database of another program"):
        SQLiteStore.open(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with closing(SQLiteStore.open(path)) as store:
        assert store.keep([harvest(article())]).pages_new == 1


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="it is a folder, not a file"):
        SQLiteStore.open(tmp_path)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"readout\.db: File exists|Not a directory"):
        SQLiteStore.open(tmp_path / "file" / "readout.db")


def test_a_folder_without_permission_to_write() -> None:
    with _as_someone_without_rights() as folder, pytest.raises(StoreError, match=r"readout\.db: .*no permission"):
        SQLiteStore.open(folder / "readout.db")


def test_a_folder_that_may_not_be_made() -> None:
    with _as_someone_without_rights() as folder, pytest.raises(StoreError, match=r"readout\.db: Permission denied"):
        SQLiteStore.open(folder / "archive" / "readout.db")


def test_a_database_without_permission_to_write(database: Path) -> None:
    with _as_someone_without_rights(database) as folder, pytest.raises(StoreError, match="no permission"):
        SQLiteStore.open(folder / database.name)


def test_a_damaged_page_of_the_file_is_told(database: Path) -> None:
    SQLiteStore.open(database).close()
    schema = database.stat().st_size  # without these bytes it could not even be opened
    with closing(SQLiteStore.open(database)) as store:
        store.keep([harvest(article(f"{number}")) for number in range(300)])
    content = bytearray(database.read_bytes())
    content[schema:] = b"\xa5" * len(content[schema:])
    database.write_bytes(content)
    with closing(SQLiteStore.open(database)) as store:
        with pytest.raises(StoreError, match=r"readout\.db: it is damaged"):
            store.articles()
        with pytest.raises(StoreError, match=r"readout\.db: it is damaged"):
            store.keep([harvest(article("more"))])
        assert store.check()


def test_damaged_contents_are_found_and_told(database: Path) -> None:
    kept = _kept(database)
    _sql(database, "UPDATE pages SET content = x'00'")
    with closing(SQLiteStore.open(database)) as store:
        assert kept.page
        with pytest.raises(StoreError, match=r"readout\.db: it is damaged"):
            store.page(kept.page.id)
        assert [fault.split(":")[1].split("(")[0].strip() for fault in store.check()] == ["it cannot be read"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE pages SET size = size + 1", "its content is not what was captured"),
        ("UPDATE pages SET id = 'g' || substr(id, 2)", "its content is not what was captured"),
        ("UPDATE sightings SET edition_id = 'e'", "what is kept under its id is another article"),
        ("UPDATE articles SET listed_at = 0", "it is listed by another outlet or time than it has"),
        ("UPDATE articles SET outlet_id = NULL", "it is listed by another outlet or time than it has"),
        ("UPDATE articles SET position = 9", "the sighting to show is not there"),
        ("DELETE FROM sightings", "2 articles are kept, but 0 were met on pages"),
        ("DELETE FROM articles", "points at nothing in articles"),
        ("DELETE FROM outlets", "points at nothing in outlets"),
    ],
)
def test_what_is_out_of_step_is_found(database: Path, change: str, fault: str) -> None:
    _kept(database)
    _sql(database, change)
    with closing(SQLiteStore.open(database)) as store:
        assert any(fault in line for line in store.check())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("DELETE FROM stories WHERE level = 'episode'", "it has articles, but is not kept"),
        ("DELETE FROM footprints", "it is in a story without a footprint"),
        ("DELETE FROM assignments", "articles are told of, but 0 are in it"),
        ("DELETE FROM founders", "nothing says which article founded it"),
        ("UPDATE assignments SET article_id = 'a' || rowid", "it is among a story, but is not kept"),
        ("UPDATE footprints SET article_id = 'a' || rowid", "a footprint of it is kept, but not the article"),
        ("UPDATE stories SET value = 'x'", "it cannot be read"),
        ("UPDATE stories SET storyline_id = 'l'", "storyline l: it has episodes, but is not kept"),
        ("UPDATE stories SET level = 'storyline'", "it has no episodes"),
        (
            "INSERT INTO copy_groups SELECT article_id, 'a', 0, NULL, 'it is the first' FROM assignments",
            "article a: its copies are kept, but not that it is their origin",
        ),
    ],
)
def test_stories_out_of_step_are_found(database: Path, change: str, fault: str) -> None:
    told = article("A ferry sails", "The ferry sails from the old quay at nine every day but Sunday. " * 20)
    with closing(SQLiteStore.open(database)) as store:
        store.keep([harvest(told)])
        Engine(store).group()
        assert store.check() == ()
    _sql(database, change)
    with closing(SQLiteStore.open(database)) as store:
        assert any(fault in line for line in store.check())


def test_stories_that_are_not_what_was_judged_are_found(database: Path) -> None:
    with closing(SQLiteStore.open(database)) as store:
        store.keep([harvest(article("Talks resume")), harvest(article("Ferry sails"))])
        engine = Engine(store)
        engine.group()
        one, other = (story.id for story in engine.stories())
        engine.merge(one, other)
        assert engine.check() == ()
    _sql(database, "UPDATE judgements SET undone_at = 1")
    with closing(SQLiteStore.open(database)) as store:
        assert any("by what was judged it belongs in story" in line for line in Engine(store).check())


def test_a_closed_store_says_so(database: Path) -> None:
    store = SQLiteStore.open(database)
    store.close()
    with pytest.raises(StoreError, match="this store was closed"):
        store.totals()
    assert sorted(path.name for path in database.parent.iterdir()) == ["readout.db"]


def _kept(database: Path) -> Harvest:
    articles: list[Article] = [article("Talks resume"), article("Ferry sails")]
    kept = harvest(*articles)
    with closing(SQLiteStore.open(database)) as store:
        store.keep([kept])
        assert store.check() == ()
    return kept


def _sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


@contextmanager
def _as_someone_without_rights(*files: Path) -> Iterator[Path]:
    """A folder, with copies of those files, that nobody may write to, not even the superuser who runs the tests."""
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in files:
            (folder / file.name).write_bytes(file.read_bytes())
        folder.chmod(0o555)
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(user)
            folder.chmod(0o755)
