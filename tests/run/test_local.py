"""Carrying the steps out here, and in processes that may die: the same comes out, in the same order."""

from __future__ import annotations

import os
import time

import pytest

from readout import pipeline
from readout.models import Arrival, Harvest, Rejection, Shard, Stage
from readout.run import apart, local
from tests.builders import page, rejection


def echo(arrival: Arrival) -> Harvest:
    """Says what arrived; some arrivals are trouble."""
    if isinstance(arrival, Rejection):
        return Harvest(None, rejections=(arrival,))
    if isinstance(arrival, Shard):
        return Harvest(None, finished=arrival)
    word = arrival.text.split()[0]
    if word == "die":
        os._exit(9)
    if word == "slow":
        time.sleep(0.2)
    return Harvest(arrival, rejections=(Rejection(Stage.EXTRACT, arrival.text, "echo", page=arrival.id),))


ARRIVALS = [page(f"{'slow' if number % 17 == 0 else 'quick'} {number}") for number in range(40)] + [rejection()]


def test_a_pool_gives_what_one_process_gives_in_the_same_order() -> None:
    alone = list(local.InProcess(echo).harvests(ARRIVALS))
    assert list(local.Pool(2, echo).harvests(ARRIVALS)) == alone
    assert len(alone) == len(ARRIVALS)


def test_a_page_that_kills_its_process_costs_only_itself() -> None:
    arrivals = [*ARRIVALS[:12], page("die now"), *ARRIVALS[12:30]]
    found = list(local.Pool(2, echo).harvests(arrivals))
    assert [one.page for one in found] == arrivals
    assert [one.rejections[0].reason for one in found if one.rejections[0].reason != "echo"] == [apart.DIED]


def test_nothing_gives_nothing() -> None:
    assert list(local.Pool(2, echo).harvests([])) == []


def test_a_pool_takes_no_more_than_it_needs() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield page(f"quick {taken}")

    harvests = local.Pool(2, echo).harvests(endless())  # type: ignore[arg-type]
    next(iter(harvests))
    harvests.close()  # type: ignore[attr-defined]
    assert taken < 200


def test_a_bug_costs_one_page_and_says_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def buggy(*_: object) -> Harvest:
        raise KeyError("byline")

    monkeypatch.setattr(pipeline, "harvest", buggy)
    found = local.attempt(page("Talks resume"))
    assert found.page == page("Talks resume")
    (dropped,) = found.rejections
    assert (dropped.stage, dropped.reason, dropped.page) == (Stage.EXTRACT, local.FAILED, page("Talks resume").id)
    assert dropped.detail.startswith("KeyError: 'byline' (run/test_local.py:")


@pytest.mark.parametrize("trouble", [MemoryError, ModuleNotFoundError])
def test_what_is_no_bug_of_one_page_is_let_through(monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]) -> None:
    def hopeless(*_: object) -> Harvest:
        raise trouble

    monkeypatch.setattr(pipeline, "harvest", hopeless)
    with pytest.raises(trouble):
        local.attempt(page())
