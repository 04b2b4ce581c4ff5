"""Work on what comes from outside, apart from this process: in workers that have little time and memory.

The libraries that read feeds and pages can loop, eat memory, or take their process with them. Here that costs the one
item that they were at, and comes back as a value, `Lost`. Workers are forked from a process that has everything loaded
(`nursery`), which is started when the first is needed and ends with this process; of this process they get nothing: no
database, no lock that a thread holds, no connection.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection, Pipe
from multiprocessing.reduction import send_handle
from types import TracebackType
from typing import Any, ParamSpec, Protocol, Self, TypeVar

from readout.run.nursery import LAST, Limits, Outcome

P = ParamSpec("P")
T = TypeVar("T")

OUT_OF_TIME = "too slow to read"
OUT_OF_MEMORY = "too much memory needed to read it"
DIED = "the reader died"
FAILED = "the reader failed"

MOST = 2  # workers for what feeds bring
_LONGEST = 512 * 1024 * 1024  # bytes of an answer
_PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from readout.run import nursery; nursery.main({})"


@dataclass(frozen=True)
class Lost:
    """Why there is no result: `reason` is a short fact, `detail` is for people."""

    reason: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason


class Do(Protocol):
    """Does work, here or apart."""

    def __call__(self, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T | Lost:
        """What `work` gives for these arguments, or why it gives nothing."""


def here(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T | Lost:
    """In this process and without limits: for what is trusted, and for trying things out."""
    return work(*arguments, **named)


class Apart:
    """At most `most` workers, made when they are needed. Safe for threads; each that asks waits for a worker of its
    own. Close it, or use it as a context manager.
    """

    def __init__(self, most: int = MOST, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._room = threading.BoundedSemaphore(most)
        self._idle: list[_Worker] = []

    def __call__(self, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T | Lost:
        """See `Do`. `work` has to be a function that a module holds, and takes nothing by name."""
        assert not named  # noqa: S101 - our own callers name nothing
        return self.each(work, [arguments])[0]

    def each(self, work: Callable[..., T], items: Sequence[tuple[object, ...]]) -> list[T | Lost]:
        """What the same work gives for each of these. What is lost costs its neighbours nothing. Raises ImportError
        where a library cannot be loaded.
        """
        found: list[T | Lost] = []
        with self._room:
            while len(found) < len(items):
                found += self._by_one(work, items[len(found) :])
        return found

    def _by_one(self, work: Callable[..., T], items: Sequence[tuple[object, ...]]) -> list[T | Lost]:
        """What one worker gives, until all is done or it ends."""
        worker = self._worker()
        found: list[T | Lost] = []
        try:
            worker.send((self._limits, work, items))
            while len(found) < len(items) and not worker.ended:
                found.append(self._result(worker.answer()))
        except BaseException:
            worker.close()
            raise
        if worker.ended:
            worker.close()
        else:
            self._idle.append(worker)
        return found

    def _worker(self) -> _Worker:
        with suppress(IndexError):
            while True:
                worker = self._idle.pop()
                if worker.fit:
                    return worker
                worker.close()
        return _Worker()

    def _result(self, answer: tuple[Outcome, Any] | Lost) -> Any:  # noqa: ANN401 - whatever the work gives
        if isinstance(answer, Lost):
            return answer
        outcome, value = answer
        if outcome is Outcome.MISSING:
            raise ImportError(value)
        if outcome is Outcome.NO_MEMORY:
            return Lost(OUT_OF_MEMORY, f"more than {self._limits.memory // 2**20} MB")
        return Lost(FAILED, value) if outcome is Outcome.FAILED else value

    def close(self) -> None:
        """Let the workers go."""
        while self._idle:
            self._idle.pop().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class _Worker:
    """This process's side of a worker."""

    def __init__(self) -> None:
        self._pipe, self._id = _nursery().worker()
        self.ended = False

    @property
    def fit(self) -> bool:
        """Whether a worker that has nothing to do is still there: nothing but its end could be read from it."""
        return not self._pipe.poll(0)

    def send(self, work: object) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # it is dead, and reading will tell
            self._pipe.send_bytes(pickle.dumps(work, pickle.HIGHEST_PROTOCOL))

    def answer(self) -> tuple[Outcome, Any] | Lost:
        """What came of the next item; how the worker ended, where that is what came of it."""
        try:
            answer = self._pipe.recv_bytes(_LONGEST)
        except (EOFError, OSError):
            self.ended = True
            self._pipe.close()  # first, so that it cannot go on
            return _fate(_nursery().ended(self._id))
        self.ended = answer.startswith(LAST)
        return pickle.loads(memoryview(answer)[1:])  # type: ignore[no-any-return]  # noqa: S301 - our program wrote it

    def close(self) -> None:
        """Let it go: it ends when it has nothing more to read, or at the latest when its time is up."""
        self._pipe.close()


def _fate(code: int) -> Lost:
    if -code in {signal.SIGPROF, signal.SIGALRM}:
        return Lost(OUT_OF_TIME, "stopped by the clock")
    return Lost(DIED, signal.strsignal(-code) or "" if code < 0 else f"status {code}")


class _Nursery:
    """This process's side of the nursery. Safe for threads."""

    def __init__(self) -> None:
        self._control, theirs = Pipe()
        self._lock = threading.Lock()
        path = json.dumps([os.path.abspath(one) for one in sys.path])  # noqa: PTH100 - "" is where we are
        command = [sys.executable, "-I", "-c", _PROGRAM.format(theirs.fileno()), path]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])  # noqa: S603
        theirs.close()
        atexit.register(self.close)

    def worker(self) -> tuple[Connection, int]:
        """The pipe of a new worker, and its id."""
        ours, theirs = Pipe()
        with theirs, self._lock:
            self._control.send_bytes(b"")
            send_handle(self._control, theirs.fileno(), self._process.pid)
            return ours, int(self._control.recv_bytes())

    def ended(self, worker: int) -> int:
        """How that worker, whose pipe is closed, ended: its status, or the signal with a minus."""
        with self._lock:
            self._control.send_bytes(b"%d" % worker)
            return int(self._control.recv_bytes())

    @property
    def fit(self) -> bool:
        """Whether it is still there."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it."""
        self._control.close()
        self._process.wait()


_LOCK = threading.Lock()
_nurseries: dict[int, _Nursery] = {}


def _nursery() -> _Nursery:
    """The one of this process, and a new one should it have died."""
    with _LOCK:
        known = _nurseries.get(os.getpid())
        if known is None or not known.fit:
            known = _nurseries[os.getpid()] = _Nursery()
        return known


@cache
def usual() -> Apart:
    """The workers for what feeds bring, one set for all archives of this process."""
    return Apart()
