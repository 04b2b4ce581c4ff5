"""The one suite of what users follow, saved, read and muted; every store passes it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from readout.errors import InputError
from readout.models import How, Matter, Regard, UserId, regard
from readout.models.regard import MOST
from readout.store.base import Store
from tests.builders import NOON

ANNA, BERT = UserId("uanna"), UserId("ubert")


def _some(how: str, what: str, *values: str, at: datetime = NOON) -> list[Regard]:
    return [regard(how, what, value, value.upper(), at + timedelta(minutes=n)) for n, value in enumerate(values)]


class RegardingContract(ABC):
    """What holds for every store."""

    @abstractmethod
    def opened(self) -> Store:
        """A store that is empty at first."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        store = self.opened()
        yield store
        store.close()

    def test_the_latest_stands_first_and_belongs_to_one_user(self, store: Store) -> None:
        kept = _some("followed", "story", "a", "b")
        assert store.regard(ANNA, kept) == 2
        assert list(store.regards(ANNA)) == kept[::-1]
        assert list(store.regards(ANNA, limit=1, offset=1)) == kept[:1]
        assert list(store.regards(BERT)) == []

    def test_kept_twice_keeps_its_time(self, store: Store) -> None:
        first = _some("saved", "article", "a")
        store.regard(ANNA, first)
        assert store.regard(ANNA, _some("saved", "article", "a", at=NOON + timedelta(days=1))) == 0
        assert list(store.regards(ANNA)) == first

    def test_they_are_asked_for_by_kind(self, store: Store) -> None:
        muted, saved = _some("muted", "word", "rain"), _some("saved", "search", "a")
        store.regard(ANNA, muted + saved)
        assert list(store.regards(ANNA, How.MUTED)) == muted
        assert list(store.regards(ANNA, How.SAVED, Matter.SEARCH)) == saved
        assert list(store.regards(ANNA, How.SAVED, Matter.ARTICLE)) == []
        assert store.count_regards(ANNA, How.MUTED, Matter.WORD) == 1

    def test_which_of_many(self, store: Store) -> None:
        store.regard(ANNA, _some("read", "article", "a", "b"))
        assert store.regarded(ANNA, How.READ, Matter.ARTICLE, ["b", "c"]) == {"b"}
        assert store.regarded(BERT, How.READ, Matter.ARTICLE, ["b", "c"]) == frozenset()

    def test_taken_back(self, store: Store) -> None:
        store.regard(ANNA, _some("followed", "tag", "a"))
        assert store.disregard(ANNA, How.FOLLOWED, Matter.TAG, "a")
        assert not store.disregard(ANNA, How.FOLLOWED, Matter.TAG, "a")
        assert list(store.regards(ANNA)) == []

    def test_too_many_are_refused_whole_and_what_was_read_is_forgotten_from_the_oldest(self, store: Store) -> None:
        many = [str(number) for number in range(MOST + 2)]
        store.regard(ANNA, _some("followed", "story", *many[:3]))
        with pytest.raises(InputError, match="more than"):
            store.regard(ANNA, _some("followed", "story", *many))
        assert store.count_regards(ANNA, How.FOLLOWED, Matter.STORY) == 3
        store.regard(ANNA, _some("read", "article", *many))
        assert store.count_regards(ANNA, How.READ, Matter.ARTICLE) == MOST
        assert store.regarded(ANNA, How.READ, Matter.ARTICLE, many[:3]) == {"2"}
