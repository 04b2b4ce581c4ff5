"""What was asked lately is not worked out again."""

from __future__ import annotations

import pytest

from readout.run.remembered import GOOD, Remembered


def test_an_answer_is_good_for_a_while() -> None:
    now, answers = 0.0, iter("abc")
    memory = Remembered(lambda: now)
    assert [memory.told("x", lambda: next(answers)) for _ in range(2)] == ["a", "a"]
    assert memory.told("y", lambda: next(answers)) == "b"
    now = GOOD
    assert memory.told("x", lambda: next(answers)) == "c"


def test_what_failed_is_tried_again() -> None:
    memory = Remembered()
    with pytest.raises(ZeroDivisionError):
        memory.told("x", lambda: 1 / 0)
    assert memory.told("x", lambda: 1.0) == 1.0
