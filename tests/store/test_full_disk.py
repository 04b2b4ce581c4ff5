"""A full disk costs the batch at hand and nothing else: that is told, taken back whole, and can be tried again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from readout.errors import StoreError
from readout.models import Harvest, Totals
from readout.store import driver
from readout.store.base import Store
from readout.store.sqlite import SQLiteStore
from tests.builders import article, harvest

BATCHES = 30
SPACE = 900_000  # bytes; the batches need twice as much

# What another process does, so that a limit on the size of files is its own.
FILL = f"""
import json, resource, sys
from contextlib import closing
from readout.store.sqlite import SQLiteStore
from tests.store.test_full_disk import filled
resource.setrlimit(resource.RLIMIT_FSIZE, ({SPACE}, {SPACE}))
with closing(SQLiteStore.open(sys.argv[1])) as store:
    print(json.dumps(filled(store)))
"""


def batches() -> Iterator[list[Harvest]]:
    """Batches of two pages of random letters, 20 kB each."""
    noise = Random(0)  # noqa: S311 - no secret hangs on it
    for number in range(BATCHES):
        yield [harvest(article(f"{number} {page}", noise.randbytes(10_000).hex())) for page in range(2)]


def filled(store: Store) -> tuple[int, str]:
    """Keep batches until the store takes no more: how many it acknowledged, and what it said of the next."""
    for number, batch in enumerate(batches()):
        try:
            store.keep(batch)
        except StoreError as error:
            return number, str(error)
    return BATCHES, ""


def test_a_database_that_may_not_grow(database: Path) -> None:
    engine = driver.engine(database, driver.library())
    event.listen(engine, "connect", _may_not_grow)
    with closing(SQLiteStore(engine, database)) as store:
        acknowledged, message = filled(store)
        assert message == f"{database}: the disk is full"
        assert store.totals() == _totals(acknowledged)
        assert store.keep(next(batches())).pages_known == 2
    _assert_nothing_else_was_lost(database, acknowledged)


def test_a_limit_on_the_size_of_files(database: Path) -> None:
    filling = [sys.executable, "-c", FILL, str(database)]
    done = subprocess.run(
        filling, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, capture_output=True, check=True
    )
    acknowledged, message = json.loads(done.stdout)
    assert message == f"{database}: the disk failed to read or write it, or a limit on file size was met"
    _assert_nothing_else_was_lost(database, acknowledged)


def test_a_full_disk(small_disk: Path, migrated: Path) -> None:
    database = Path(shutil.copy(migrated, small_disk / "readout.db"))
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(7 * SPACE))
    with closing(SQLiteStore.open(database)) as store:
        acknowledged, message = filled(store)
        assert message == f"{database}: the disk is full"
        assert store.totals() == _totals(acknowledged)
        ballast.unlink()
        assert store.keep(list(batches())[acknowledged]).pages_new == 2
    _assert_nothing_else_was_lost(database, acknowledged + 1)


def test_a_disk_with_no_room_to_begin(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(_free(small_disk)))
    with pytest.raises(StoreError, match=r"readout\.db: the disk is full|No space left on device"):
        SQLiteStore.open(small_disk / "readout.db")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={8 * SPACE}", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted only by the superuser, where the kernel lets it")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _may_not_grow(connection: DBAPIConnection, _record: object) -> None:
    connection.execute(f"PRAGMA max_page_count = {SPACE // 4096}")


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _totals(acknowledged: int) -> Totals:
    return Totals(pages=2 * acknowledged, articles=2 * acknowledged, outlets=min(acknowledged, 1), rejections=0)


def _assert_nothing_else_was_lost(database: Path, acknowledged: int) -> None:
    """With room again, what was acknowledged is there, nothing of the rest is, and the rest can be kept."""
    assert 0 < acknowledged < BATCHES
    with closing(SQLiteStore.open(database)) as store:
        assert store.totals() == _totals(acknowledged)
        assert store.check() == ()
        known = [store.keep(batch).pages_known for batch in batches()]
        assert known == [2] * acknowledged + [0] * (BATCHES - acknowledged)
        assert store.check() == ()
