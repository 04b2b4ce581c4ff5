"""Attempts are counted, and never are there more than the limit says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readout.run.attempts import Attempts, Limit

LIMIT = Limit(3, 10.0)


@given(st.lists(st.floats(0, 8), max_size=60))
def test_within_any_span_no_more_are_let_through_than_the_limit_says(pauses: list[float]) -> None:
    now = 0.0
    attempts = Attempts(lambda: now)
    taken: list[float] = []
    for pause in pauses:
        now += pause
        wait = attempts.take({"one": LIMIT})
        if not wait:
            taken.append(now)
        assert sum(now - LIMIT.within < at <= now for at in taken) <= LIMIT.most
        assert wait <= LIMIT.within


def test_whoever_waits_as_told_is_let_through() -> None:
    now = 0.0
    attempts = Attempts(lambda: now)
    assert [attempts.take({"one": LIMIT}) for _ in range(4)] == [0, 0, 0, 10]
    now = 10.0
    assert attempts.take({"one": LIMIT}) == 0


def test_what_one_limit_stops_counts_for_none() -> None:
    attempts = Attempts(lambda: 0.0)
    for _ in range(3):
        attempts.take({"one": LIMIT})
    assert attempts.take({"one": LIMIT, "other": LIMIT}) == 10
    assert [attempts.take({"other": LIMIT}) for _ in range(3)] == [0, 0, 0]


def test_what_is_forgiven_is_forgotten() -> None:
    attempts = Attempts(lambda: 0.0)
    for _ in range(9):
        assert attempts.take({"one": LIMIT}) == 0
        attempts.forgive("one")


def test_only_so_much_is_held() -> None:
    attempts = Attempts(lambda: 0.0, held=2)
    for _ in range(3):
        attempts.take({"old": LIMIT})
    assert attempts.take({"old": LIMIT})
    for name in "ab":
        attempts.take({name: LIMIT})
    assert attempts.take({"old": LIMIT}) == 0
