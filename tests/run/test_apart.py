"""Work apart from this process: what loops, eats or kills costs itself and nothing else, and says what it was."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from readout.run import apart
from readout.run.apart import Apart, Lost
from readout.run.nursery import Limits
from tests.run import trouble

QUICK = Limits(cpu=0.3, total=5.0)


@pytest.fixture
def workers() -> Iterator[Apart]:
    """One worker, with little time."""
    with Apart(1, QUICK) as workers:
        yield workers


def test_what_goes_well_comes_back(workers: Apart) -> None:
    assert workers(len, "abc") == 3
    assert workers(trouble.process) != os.getpid()
    assert workers(trouble.process) == workers(trouble.process)
    assert workers.each(trouble.eat, [(5,), (6,)]) == [5, 6]
    assert workers(trouble.send_much, 20_000_000) == bytes(20_000_000)
    assert apart.here(len, "abc") == 3


@pytest.mark.parametrize(
    ("work", "arguments", "reason"),
    [
        (trouble.spin, (), apart.OUT_OF_TIME),
        (trouble.eat, (300 * 2**20,), apart.OUT_OF_MEMORY),
        (trouble.send_much, (200 * 2**20,), apart.OUT_OF_MEMORY),
        (trouble.die, (3,), apart.DIED),
        (trouble.crash, (), apart.DIED),
        (trouble.fail, ("byline",), apart.FAILED),
    ],
)
def test_what_goes_wrong_says_what_it_was_and_the_next_goes_well(
    workers: Apart, work: object, arguments: tuple[object, ...], reason: str
) -> None:
    lost = workers(work, *arguments)  # type: ignore[arg-type]
    assert isinstance(lost, Lost)
    assert lost.reason == reason
    assert str(lost).startswith(f"{reason}: ")
    assert workers(len, "abc") == 3


def test_in_a_row_only_the_one_that_kills_is_lost(workers: Apart) -> None:
    found = workers.each(
        trouble.troubled, [(b"well",), (b"it spins",), (b"well",), (b"it crashes",), (b"eats",), (b"",)]
    )
    assert [one.reason if isinstance(one, Lost) else one for one in found] == [
        None, apart.OUT_OF_TIME, None, apart.DIED, apart.OUT_OF_MEMORY, None
    ]  # fmt: skip


def test_the_clock_begins_anew_with_each_item(workers: Apart) -> None:
    before = time.monotonic()
    assert workers.each(trouble.eat, [(2**20,)] * 200) == [2**20] * 200
    while time.monotonic() - before < 1:
        assert workers(trouble.eat, 2**26) == 2**26


def test_who_sleeps_is_woken_for_good() -> None:
    with Apart(1, Limits(total=0.2)) as workers:
        assert workers(trouble.sleep, 30.0) == Lost(apart.OUT_OF_TIME, "stopped by the clock")


def test_a_library_that_cannot_be_loaded_is_no_fault_of_the_item(workers: Apart) -> None:
    with pytest.raises(ImportError, match="lxml"):
        workers(trouble.miss, "lxml")
    assert workers(len, "abc") == 3


def test_a_worker_that_died_with_nothing_to_do_costs_nothing(workers: Apart) -> None:
    worker = workers(trouble.process)
    assert isinstance(worker, int)
    os.kill(worker, signal.SIGKILL)
    time.sleep(0.1)
    assert workers(len, "abc") == 3


def test_many_who_ask_at_once_get_their_own_answers() -> None:
    answers: dict[int, object] = {}
    with Apart(2) as workers:
        threads = [
            threading.Thread(target=lambda size=size: answers.update({size: workers(trouble.eat, size)}))
            for size in range(40)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == {size: size for size in range(40)}


def test_a_program_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    program = """
        import os, signal
        from readout.run.apart import Apart
        workers = Apart(1)
        print(workers(os.getpid), workers(os.getppid), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """  # a program of somebody's own, without a guard around its start
    path = tmp_path / "own.py"
    path.write_text(textwrap.dedent(program))
    done = subprocess.run([sys.executable, str(path)], capture_output=True, check=False, text=True)
    assert done.returncode == -signal.SIGKILL
    ends = time.monotonic() + 10
    while time.monotonic() < ends and any(Path("/proc", one).exists() for one in done.stdout.split()):
        time.sleep(0.05)
    assert not any(Path("/proc", one).exists() for one in done.stdout.split())


def test_the_limits_are_those_of_the_worker_alone(workers: Apart) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    workers(trouble.eat, 2**30)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
