"""Several processes write to one archive at once: a small run of the bench that does so at full size."""

from __future__ import annotations

import fcntl
import os
import threading
from contextlib import closing
from pathlib import Path

from bench import writers
from readout.store.sqlite import SQLiteStore
from tests.builders import article, harvest


def test_writers_that_share_half_of_their_articles_lose_and_double_nothing() -> None:
    found = writers.written(3, 80)
    assert found.well
    assert (found.articles, found.distinct, found.pages) == (160, 160, 240)


def test_a_writer_waits_for_its_turn(database: Path) -> None:
    handle = os.open(database.parent, os.O_RDONLY)
    kept = threading.Event()

    def keep() -> None:
        with closing(SQLiteStore.open(database)) as store:
            store.keep([harvest(article())])
        kept.set()

    fcntl.flock(handle, fcntl.LOCK_EX)
    writer = threading.Thread(target=keep)
    writer.start()
    assert not kept.wait(0.3)
    os.close(handle)
    writer.join(20)
    assert kept.is_set()
