"""The one suite of comments; every store passes it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from readout.errors import InputError, NotFoundError
from readout.models import Comment, CommentId, CommentReport, On, Standing, Trace, UserId
from readout.store.base import Store
from tests.builders import NOON

ANNA = UserId("uanna")


def said(name: str, on: On = On.ARTICLE, subject: str = "a1", parent: str = "", minute: int = 0) -> Comment:
    """A comment of Anna's, called by its text."""
    at = NOON + timedelta(minutes=minute)
    return Comment(CommentId(name), on, subject, CommentId(parent) if parent else None, ANNA, "Anna", f"{name}!", at)


def _trace(one: Comment, by: str = "Anna") -> Trace:
    return Trace(one.id, NOON, by, one.text, one.standing)


class CommentingContract(ABC):
    """What holds for every store."""

    @abstractmethod
    def opened(self) -> Store:
        """A store that is empty at first."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        store = self.opened()
        yield store
        store.close()

    def test_what_is_said_is_kept_in_its_order(self, store: Store) -> None:
        first, answer = said("c1"), said("c2", parent="c1", minute=1)
        for one in (first, answer, first, said("c3", subject="a2"), said("c4", On.STORY)):
            store.say(one)
        assert list(store.comments(On.ARTICLE, ["a1"])) == [first, answer]
        assert [one.id for one in store.comments(On.ARTICLE, ["a1", "a2"], limit=2)] == ["c1", "c3"]
        assert store.comment("c2") == answer
        assert store.count_comments(On.ARTICLE, ["a1"]) == 2

    def test_an_answer_belongs_to_something(self, store: Store) -> None:
        with pytest.raises(NotFoundError):
            store.say(said("c2", parent="c1"))
        store.say(said("c1"))
        with pytest.raises(InputError, match="something else"):
            store.say(said("c2", On.STORY, parent="c1"))
        with pytest.raises(NotFoundError):
            store.comment("c2")

    def test_a_change_leaves_what_was(self, store: Store) -> None:
        before = said("c1")
        store.say(before)
        edited = replace(before, text="other", edited=NOON)
        store.amend_comment(edited, _trace(before))
        deleted = replace(edited, standing=Standing.DELETED, by="Anna")
        store.amend_comment(deleted, _trace(edited))
        assert store.comment("c1") == deleted
        assert [one.text for one in store.traces("c1")] == ["c1!", "other"]
        assert store.count_comments(On.ARTICLE, ["a1"]) == 0
        with pytest.raises(NotFoundError):
            store.amend_comment(said("c9"), _trace(said("c9")))

    def test_of_one_reporter_one_report_counts(self, store: Store) -> None:
        store.say(said("c1"))
        report = CommentReport(CommentId("c1"), "ubert", NOON, "rude")
        assert store.report_comment(report)
        assert not store.report_comment(replace(report, why="again"))
        assert store.report_comment(replace(report, by="ucarl"))
        assert [one.by for one in store.reports("c1")] == ["ubert", "ucarl"]
        assert store.comment("c1").reports == 2
        assert [one.id for one in store.moderated()] == ["c1"]
        store.settle_reports("c1")
        assert (list(store.moderated()), store.comment("c1").reports) == ([], 0)
        assert not store.report_comment(report)
        assert list(store.moderated()) == []
        with pytest.raises(NotFoundError):
            store.report_comment(replace(report, comment=CommentId("c9")))

    def test_what_waits_is_moderated(self, store: Store) -> None:
        store.say(replace(said("c1"), standing=Standing.WAITING, author=None))
        store.say(said("c2"))
        assert [one.id for one in store.moderated()] == ["c1"]

    def test_how_many_somebody_wrote_lately(self, store: Store) -> None:
        for number in range(3):
            store.say(said(f"c{number}", minute=number))
        assert store.said_since(ANNA, NOON + timedelta(minutes=1)) == 2
        assert store.said_since(UserId("ubert"), NOON) == 0
