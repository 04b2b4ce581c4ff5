"""Carries the steps out on this machine: in this process, or in several beside it. Never stores anything itself.

A bug is not caught where it is made (`pipeline` lets it out, and tests see it), but it must not cost more than the page
it struck: pages come from outside, and the libraries that read them fail in ways nobody planned. So it is caught here,
once, around one page. The page is kept byte for byte with a rejection that names the error and the line, the import
tells that something was lost, and a mended extractor can go over the page again. An exhausted memory or a library that
cannot be loaded is no bug of one page and is let through.

The libraries can also take the whole process with them. In a pool that costs one page as well: the pages that were
being worked on when a worker died are tried again one by one, and the one that kills a second time is given up.
"""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import PurePath
from types import TracebackType
from typing import Self

from readout import pipeline
from readout.models import Arrival, Article, Harvest, Page, Rejection, Shard, Stage

FAILED = "the extractor failed"
DIED = "the extractor died"
CHUNK = 8  # pages sent to a worker at once,
CHUNK_BYTES = 1024 * 1024  # or as many as hold this much
_AHEAD = 3  # chunks waiting for each worker, so that none is idle

Step = Callable[[Arrival], Harvest]
_Answer = tuple[tuple[Article, ...], tuple[Rejection, ...]]


def attempt(arrival: Arrival, languages: Collection[str] = ()) -> Harvest:
    """The harvest of one arrival; where a bug strikes, its page with a rejection that says which bug and where."""
    try:
        return pipeline.harvest(arrival, languages)
    except (MemoryError, ImportError):
        raise
    except Exception as error:  # noqa: BLE001 - why is the module's docstring
        return _given_up(arrival, FAILED, place(error))


@dataclass(frozen=True)
class InProcess:
    """One page after the other, in this process."""

    step: Step = attempt

    def harvests(self, arrivals: Iterable[Arrival]) -> Iterator[Harvest]:
        """See `Runner.harvests`."""
        return map(self.step, arrivals)


@dataclass(frozen=True)
class Pool:
    """Several pages at a time, in `jobs` processes; the harvests come in the order of their pages all the same.

    A program of your own that uses it must be importable: guard its start with `if __name__ == "__main__"`.
    """

    jobs: int
    step: Step = attempt

    def harvests(self, arrivals: Iterable[Arrival]) -> Iterator[Harvest]:
        """See `Runner.harvests`."""
        waiting: deque[_Sent] = deque()
        with _Workers(self.jobs, self.step) as workers:
            for chunk in _chunks(arrivals):
                waiting.append(workers.send(chunk))
                if len(waiting) >= self.jobs * _AHEAD:
                    yield from workers.harvests(waiting.popleft())
            while waiting:
                yield from workers.harvests(waiting.popleft())


@dataclass(frozen=True)
class _Sent:
    """A chunk that a worker has or will get."""

    chunk: Sequence[Arrival]
    answer: Future[list[_Answer]]


class _Workers:
    """The processes, replaced when they die."""

    def __init__(self, jobs: int, step: Step) -> None:
        self._jobs = jobs
        self._step = step
        self._pool = _processes(jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)

    def send(self, chunk: Sequence[Arrival]) -> _Sent:
        try:
            return _Sent(chunk, self._pool.submit(_work, self._step, chunk))
        except BrokenProcessPool:
            self._pool.shutdown()
            self._pool = _processes(self._jobs)
            return _Sent(chunk, self._pool.submit(_work, self._step, chunk))

    def harvests(self, sent: _Sent) -> Iterator[Harvest]:
        try:
            answers = sent.answer.result()
        except BrokenProcessPool:
            return self._one_by_one(sent.chunk)
        return map(_harvest, sent.chunk, answers)

    def _one_by_one(self, chunk: Sequence[Arrival]) -> Iterator[Harvest]:
        """One of these may have killed a worker: only if it does so again is it given up."""
        alone = _processes(1)
        try:
            for arrival in chunk:
                try:
                    yield _harvest(arrival, alone.submit(_work, self._step, [arrival]).result()[0])
                except BrokenProcessPool:
                    alone.shutdown()
                    alone = _processes(1)
                    yield _given_up(arrival, DIED, "it took its process with it")
        finally:
            alone.shutdown()


def _processes(jobs: int) -> ProcessPoolExecutor:
    """New processes come from a server that has loaded this module and nothing of this process: no database, no lock
    that another thread held.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(jobs, context, initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; the one that stores decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(step: Step, chunk: Sequence[Arrival]) -> list[_Answer]:
    """The pages stay behind: they need not travel twice."""
    return [(found.articles, found.rejections) for found in map(step, chunk)]


def _harvest(arrival: Arrival, answer: _Answer) -> Harvest:
    finished = arrival if isinstance(arrival, Shard) else None
    return Harvest(arrival if isinstance(arrival, Page) else None, *answer, finished)


def _chunks(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    chunk: list[Arrival] = []
    size = 0
    for arrival in arrivals:
        chunk.append(arrival)
        size += len(arrival.content) if isinstance(arrival, Page) else 0
        if len(chunk) == CHUNK or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _given_up(arrival: Arrival, reason: str, detail: str) -> Harvest:
    if isinstance(arrival, Rejection):
        return Harvest(None, rejections=(arrival,))
    if isinstance(arrival, Shard):  # it did nothing: the process died of something else
        return Harvest(None, finished=arrival)
    return Harvest(arrival, rejections=(Rejection(Stage.EXTRACT, arrival.name, reason, detail, arrival.id),))


def place(error: Exception) -> str:
    """The error in one line, with the line of code it comes from."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error!s:.200} ({'/'.join(PurePath(frame.filename).parts[-2:])}:{frame.lineno})"
