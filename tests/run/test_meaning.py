"""An archive with vectors of meaning: everything is grouped anew when they come and when they go, by the same verb."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout import config
from readout.errors import InputError
from readout.group.footprint import GROUPER, grouper, seen
from readout.run import explaining, grouping, meaning
from readout.run.base import silent
from readout.store.base import Store
from readout.store.memory import MemoryStore
from tests.builders import harvest
from tests.group.test_meaning import FAKE
from tests.group.world import world


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    store.keep([harvest(one) for one in world()])
    return store


def meanings(store: Store) -> set[bool]:
    return {seen(one).meaning is not None for one in store.footprints() if one.features}


def test_what_was_grouped_without_vectors_is_grouped_anew_with_them_and_back(store: MemoryStore) -> None:
    plain = grouping.group(store, silent)
    before = store.footprints(), store.assignments()
    assert meanings(store) == {False}
    assert grouping.group(store, silent, meaning=FAKE).articles == plain.articles
    assert meanings(store) == {True}
    assert store.count_ungrouped(grouper(FAKE.name)) == 0
    assert store.count_ungrouped(GROUPER) == plain.articles
    grouping.group(store, silent)
    assert meanings(store) == {False}
    after = store.footprints(), store.assignments()
    assert [sorted(map(repr, some)) for some in after] == [sorted(map(repr, some)) for some in before]


def test_why_tells_what_the_texts_mean(store: MemoryStore) -> None:
    grouping.group(store, silent, meaning=FAKE)
    story = next(one for one in store.stories() if one.articles > 1)
    (one,) = store.chosen([store.members(story.id)[0]])
    why = explaining.why(store, one, story)
    assert why is not None
    assert any(each.fact.endswith("_meaning") and each.evidence.startswith("cosine") for each in why.reasons)


def test_no_setting_means_no_vectors() -> None:
    assert meaning.encoder() is None


def test_a_folder_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("READOUT_VECTORS", str(tmp_path))
    config.settings.cache_clear()
    try:
        with pytest.raises(InputError, match=str(tmp_path)):
            meaning.encoder()
    finally:
        monkeypatch.undo()
        config.settings.cache_clear()
