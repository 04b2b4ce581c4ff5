"""Laws of keeping: the order of arrival and the size of the batches change no answer, and both stores answer alike."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from readout.models import Harvest, Kept
from readout.store import driver, rebuilding
from readout.store.base import Store
from readout.store.memory import MemoryStore
from readout.store.sqlite import SQLiteStore
from tests.store.worlds import HARVESTS, answers

SEEDS = st.integers(0, 2**32)


@given(HARVESTS, SEEDS)
@settings(deadline=None, max_examples=50)
def test_order_of_arrival_changes_no_answer(world: list[Harvest], seed: int) -> None:
    straight, shuffled = MemoryStore(), MemoryStore()
    straight.keep(world)
    _arrive(shuffled, world, seed)
    assert answers(shuffled) == answers(straight)


@given(HARVESTS, SEEDS)
@settings(deadline=None, max_examples=50)
def test_counts_add_up_to_what_is_kept(world: list[Harvest], seed: int) -> None:
    store = MemoryStore()
    counts = _arrive(store, world, seed)
    totals = store.totals()
    assert (counts.pages_new, counts.articles_new - counts.articles_joined, counts.rejections_new) == (
        totals.pages,
        totals.articles,
        totals.rejections,
    )
    editions = {(one.id, one.wording) for one in store.every_article()}
    assert totals.articles + counts.editions_new == len(editions)


@given(world=HARVESTS, seed=SEEDS)
@settings(deadline=None, max_examples=20)
def test_sqlite_answers_as_memory_does(migrated: Path, world: list[Harvest], seed: int) -> None:
    memory = MemoryStore()
    with _copied(migrated) as sqlite:
        assert _arrive(sqlite, world, seed) == _arrive(memory, world, seed)
        assert answers(sqlite) == answers(memory)
        assert list(sqlite.every_article()) == list(memory.every_article())
        assert list(sqlite.rejections()) == list(memory.rejections())
        assert sqlite.check() == ()
        assert _arrive(sqlite, world, seed + 1).pages_new == 0
        assert answers(sqlite) == answers(memory)


@given(world=HARVESTS)
@settings(deadline=None, max_examples=20)
def test_which_sightings_are_one_article_can_be_worked_out_anew(migrated: Path, world: list[Harvest]) -> None:
    with _copied(migrated) as store:
        store.keep(world)
        before = answers(store)
        with driver.writing(driver.engine(store.path, driver.library())) as connection:
            rebuilding.rebuild(connection)
        assert answers(store) == before
        assert store.check() == ()


def _arrive(store: Store, world: Sequence[Harvest], seed: int) -> Kept:
    """Let the world arrive in some order, in batches of some size."""
    order = random.Random(seed)  # noqa: S311 - no secret hangs on it
    shuffled = order.sample(world, len(world))
    size = order.randint(1, 5)
    batches = (shuffled[start : start + size] for start in range(0, len(shuffled), size))
    return sum(map(store.keep, batches), Kept())


@contextmanager
def _copied(database: Path) -> Iterator[SQLiteStore]:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(database, Path(folder) / "readout.db")
        with closing(SQLiteStore.open(path)) as store:
            yield store
