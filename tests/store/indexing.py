"""What every store takes down for the index of words: a backend's test class inherits this and says how to open one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from readout.models import CopyGroup, EditionId, Regrouping
from readout.store.base import Store
from tests.builders import NOON, article, harvest
from tests.store.annotating import annotation

ONE, TWO, THREE = article("One"), article("Two", outlet="Coast Radio"), article("Three", outlet="Tradewind")


class IndexingContract(ABC):
    """Inherit it, and say what `opened` is."""

    @abstractmethod
    def opened(self) -> Store:
        """A new, empty store."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A store with three articles, closed after the test."""
        with closing(self.opened()) as opened:
            opened.keep([harvest(ONE), harvest(TWO), harvest(THREE)])
            yield opened

    def test_what_is_kept_is_taken_down_once(self, store: Store) -> None:
        assert {one.article for one in store.notes()} == {ONE.id, TWO.id, THREE.id}
        assert store.count_notes() == 3
        store.keep([harvest(ONE)])
        assert store.count_notes() == 3
        assert len(store.notes(limit=2)) == 2
        assert list(store.notes(limit=0)) == []

    def test_notes_come_in_the_order_of_their_numbers(self, store: Store) -> None:
        numbers = [one.number for one in store.notes()]
        assert numbers == sorted(numbers)
        assert numbers[-1] == store.last_note()

    def test_what_is_crossed_out_is_gone_and_no_number_is_given_again(self, store: Store) -> None:
        last = store.last_note()
        store.cross_out(last)
        assert (list(store.notes()), store.count_notes(), store.last_note()) == ([], 0, last)
        store.annotated([annotation(TWO)])
        assert [(one.article, one.number > last) for one in store.notes()] == [(TWO.id, True)]

    def test_what_changes_meanwhile_stays_taken_down(self, store: Store) -> None:
        read = store.notes()
        store.annotated([annotation(ONE)])
        store.cross_out(read[-1].number)
        assert [one.article for one in store.notes()] == [ONE.id]

    def test_another_text_of_an_article_takes_it_down(self, store: Store) -> None:
        store.cross_out(store.last_note())
        address = "https://harbour.example/talks"
        store.keep([harvest(article("Talks", "They met.", address=address))])
        store.cross_out(store.last_note())
        later = NOON + timedelta(hours=1)
        store.keep([harvest(article("Talks", "They met again.", address=address), captured=later)])
        assert [one.article for one in store.notes()] == [article("Talks", address=address).id]

    def test_articles_that_become_one_are_both_taken_down(self, store: Store) -> None:
        unsigned = article("Talks resume", outlet=None)
        store.keep([harvest(unsigned)])
        before = store.article(unsigned.own).id
        store.cross_out(store.last_note())
        store.keep([harvest(article("Talks resume"), article("Ferry sails"))])
        now = store.article(unsigned.own).id
        assert {before, now} <= {one.article for one in store.notes()} | ({before} if before == now else set())

    def test_a_change_of_copies_takes_them_down(self, store: Store) -> None:
        store.cross_out(store.last_note())
        group = CopyGroup(ONE.id, (TWO.id,), "AFP", "the earliest")
        store.regroup(Regrouping(0, copying=(ONE.id, TWO.id), groups=(group,)))
        assert {one.article for one in store.notes()} == {ONE.id, TWO.id}
        store.cross_out(store.last_note())
        assert not store.regroup(Regrouping(0, copying=(THREE.id,)))
        assert store.count_notes() == 0
        store.regroup(Regrouping(1, gone=(THREE.id,)))
        assert [one.article for one in store.notes()] == [THREE.id]

    def test_articles_are_walked_in_the_order_of_their_ids(self, store: Store) -> None:
        ids = sorted(one.id for one in (ONE, TWO, THREE))
        assert [one.id for one in store.listed_after()] == ids
        assert [one.id for one in store.listed_after(ids[0], limit=1)] == ids[1:2]
        assert list(store.listed_after(ids[-1])) == []

    def test_annotations_come_together(self, store: Store) -> None:
        held = annotation(ONE)
        store.annotated([held])
        assert store.annotations([ONE.edition, TWO.edition, EditionId("'%\0")]) == {ONE.edition: held}
        assert store.annotations([]) == {}
        again = replace(held, annotator="test/2")
        store.annotated([again])
        assert store.annotations([ONE.edition]) == {ONE.edition: again}
