"""Files of many pages: marked when they are finished, and known the next time, whatever they are called then."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readout.capture import archive
from readout.capture.shards import Ledger, Sight, is_among
from readout.engine import Engine
from readout.errors import StoreError
from readout.models import Harvest, Kept, Page, Shard
from readout.store.memory import MemoryStore
from readout.store.sqlite import SQLiteStore
from tests.capture.crawled import record

SIGHT = Sight("/crawl.warc", 9, 5, "")
SHARD = Shard("abc", "", "/crawl.warc", 9, 5, 2)


class FullDisk(MemoryStore):
    """A store that takes no finished file."""

    def keep(self, harvests: Iterable[Harvest]) -> Kept:
        """Unless a file is finished."""
        batch = list(harvests)
        if any(one.finished for one in batch):
            raise StoreError("the disk is full")
        return super().keep(batch)


@pytest.fixture
def engine() -> Engine:
    """An archive in memory."""
    return Engine(MemoryStore())


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """A WARC of three pages."""
    path = tmp_path / "in" / "crawl.warc.gz"
    path.parent.mkdir()
    path.write_bytes(b"".join(record(str(number)) for number in range(3)))
    return path


@pytest.mark.parametrize(
    ("sight", "known"),
    [
        (SIGHT, True),
        (Sight("/crawl.warc", 8, 5, ""), False),
        (Sight("/crawl.warc", 9, 5, "otherwise"), False),
        (Sight("/moved.warc", 9, 5, ""), True),
        (Sight("/crawl.warc", 9, 6, ""), True),
    ],
)
def test_a_file_is_known_by_where_it_stands_or_by_its_content(sight: Sight, *, known: bool) -> None:
    assert is_among([SHARD], sight, lambda: "abc") is known


def test_another_content_is_another_file_and_only_then_is_it_read() -> None:
    def read() -> str:
        raise AssertionError

    assert not is_among([SHARD], Sight("/moved.warc", 9, 5, ""), lambda: "def")
    assert not is_among([], SIGHT, read)
    assert is_among([SHARD], SIGHT, read)


def test_a_finished_file_says_so_after_its_pages(crawl: Path) -> None:
    *pages, last = archive.pages(str(crawl), ledger=Ledger())
    assert all(isinstance(one, Page) for one in pages)
    assert isinstance(last, Shard)
    assert (last.name, last.size, last.pages) == (str(crawl), crawl.stat().st_size, 3)


def test_a_file_that_changed_meanwhile_is_not_finished(crawl: Path) -> None:
    arriving = archive.pages(str(crawl), ledger=Ledger())
    next(arriving)
    os.utime(crawl, (1, 1))
    assert not any(isinstance(one, Shard) for one in arriving)


def test_what_lacks_a_library_is_not_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + bytes(20) + b"PAR1")
    assert not any(isinstance(one, Shard) for one in archive.pages(str(tmp_path), ledger=Ledger()))


def test_what_was_imported_is_passed_over_unless_asked_for(engine: Engine, crawl: Path) -> None:
    first = engine.import_paths([str(crawl)])
    assert (first.pages, first.passed) == (3, 0)
    again = engine.import_paths([str(crawl.parent), str(crawl)])
    assert (again.pages, again.passed) == (0, 2)
    assert engine.import_paths([str(crawl)], again=True).kept.pages_known == 3


def test_a_copy_is_known_and_a_change_is_not(engine: Engine, crawl: Path) -> None:
    engine.import_paths([str(crawl)])
    copy = Path(shutil.copyfile(crawl, crawl.with_name("copy.warc.gz")))
    assert engine.import_paths([str(copy)]).passed == 1
    content = crawl.read_bytes()
    copy.write_bytes(content.replace(content[:12], gzip.compress(b"", mtime=7)[:10] + content[10:12], 1))
    assert copy.stat().st_size == len(content)
    assert engine.import_paths([str(copy)]).passed == 0


def test_what_is_read_otherwise_is_read_again(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"story": "Talks resume.", "text": ""}\n', "utf-8")
    assert engine.import_paths([str(path)]).pages == 0
    assert engine.import_paths([str(path)], fields="text=story").pages == 1
    assert engine.import_paths([str(path)], fields="text=story").passed == 1
    assert engine.import_paths([str(path)], fields="text=story", captured=datetime(2031, 1, 1, tzinfo=UTC)).pages == 1
    assert Engine(engine.store, ("fr",)).import_paths([str(path)], fields="text=story").passed == 0


def test_a_mark_is_never_kept_before_its_pages(crawl: Path) -> None:
    engine = Engine(FullDisk())
    with pytest.raises(StoreError):
        engine.import_paths([str(crawl)])
    assert Engine(engine.store).import_paths([str(crawl.parent / "nothing")]).passed == 0
    assert engine.store.shards(crawl.stat().st_size, "") == []


def test_several_processes_leave_the_same_mark(crawl: Path, tmp_path: Path) -> None:
    with Engine(SQLiteStore.open(tmp_path / "readout.db")) as engine:
        assert engine.import_paths([str(crawl)], jobs=2).kept.pages_new == 3
        (mark,) = engine.store.shards(crawl.stat().st_size, "")
        assert mark.finished
        assert mark.pages == 3
        assert engine.import_paths([str(crawl)], jobs=2).passed == 1


def test_progress_in_a_packed_file_goes_by_its_bytes(engine: Engine, crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "ferry.txt").write_text("Ferry sails.", "utf-8")
    seen: list[tuple[int, int | None]] = []
    engine.import_paths([str(crawl.parent)], progress=lambda *step: seen.append(step))
    assert seen[-1] == (4, 4)
    assert archive.extent(str(crawl.parent)) == (crawl.stat().st_size + 12, None)
    assert archive.extent(str(crawl.parent / "ferry.txt")) == (12, 1)
