"""Lanes: one thing at a time for one host, many hosts at once, and nobody waits for one that stalls."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from functools import partial
from itertools import pairwise

from readout.run.lanes import Lanes
from tests.origin import wait_until


def test_everything_is_done_in_the_order_of_each_lane() -> None:
    done: dict[str, list[int]] = defaultdict(list)

    def work(host: str, number: int) -> float:
        done[host].append(number)
        return 0.0

    with Lanes(4) as lanes:
        for number in range(200):
            lanes.add(str(number % 7), partial(work, str(number % 7), number))
        wait_until(lambda: sum(map(len, done.values())) == 200)
    assert all(numbers == sorted(numbers) for numbers in done.values())


def test_one_lane_does_one_thing_at_a_time_and_rests_between_two() -> None:
    at: list[tuple[float, float]] = []

    def job() -> float:
        start = time.monotonic()
        time.sleep(0.02)
        at.append((start, time.monotonic()))
        return 0.05

    with Lanes(4) as lanes:
        for _ in range(4):
            lanes.add("host", job)
        wait_until(lambda: len(at) == 4)
    assert all(then[0] - first[1] >= 0.05 for first, then in pairwise(at))


def test_a_lane_that_stalls_keeps_none_waiting() -> None:
    stalled, done = threading.Event(), threading.Event()

    def stall() -> float:
        stalled.wait(10)
        return 0.0

    with Lanes(2) as lanes:
        for _ in range(5):
            lanes.add("slow", stall)
        lanes.add("quick", lambda: done.set() or 0.0)  # type: ignore[func-returns-value]
        assert done.wait(5)
        stalled.set()


def test_many_lanes_work_at_once() -> None:
    together = threading.Barrier(8, timeout=60)
    with Lanes(8) as lanes:
        met: list[int] = []
        for number in range(8):
            lanes.add(str(number), lambda: met.append(together.wait()) or 0.0)  # type: ignore[func-returns-value]
        wait_until(lambda: len(met) == 8)


def test_what_was_closed_takes_and_starts_nothing() -> None:
    done: list[int] = []
    lanes = Lanes(1)
    hold = threading.Event()
    lanes.add("a", lambda: hold.wait(5) and 0.0)
    lanes.add("b", lambda: done.append(1) or 0.0)  # type: ignore[func-returns-value]
    lanes.close(wait=False)
    lanes.add("c", lambda: done.append(2) or 0.0)  # type: ignore[func-returns-value]
    hold.set()
    lanes.close()
    assert done == []
