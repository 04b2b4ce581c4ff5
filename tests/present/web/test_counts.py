"""Counts that take long are told once more when they are too old, and counted anew beside; short ones at once."""

from __future__ import annotations

import threading
import time

from readout.present.web.counts import Counts


def test_what_is_counted_quickly_is_soon_counted_again() -> None:
    times, numbers = iter([0.0, 0.001, 0.2, 0.5, 0.501]), iter([1, 2])
    counts = Counts(lambda: next(times))
    assert [counts.told("x", lambda: next(numbers)) for _ in range(3)] == [1, 1, 2]


def test_nobody_waits_twice_for_what_takes_long() -> None:
    now, done = 0.0, threading.Event()

    def slowly() -> int:
        nonlocal now
        now += 1.0
        return 1

    def anew() -> int:
        done.wait(60)
        return 2

    counts = Counts(lambda: now)
    assert counts.told("x", slowly) == 1
    now += 100
    assert counts.told("x", anew) == 1
    assert counts.told("x", anew) == 1
    done.set()
    ends = time.monotonic() + 60
    while counts.told("x", anew) == 1 and time.monotonic() < ends:
        time.sleep(0.01)
    assert counts.told("x", anew) == 2
