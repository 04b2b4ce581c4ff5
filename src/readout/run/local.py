"""Carries the steps out on this machine: in this process, or in several beside it. Never stores anything itself.

A bug is not caught where it is made (`pipeline` lets it out, and tests see it), but it must not cost more than the page
it struck: pages come from outside, and the libraries that read them fail in ways nobody planned. So it is caught here,
once, around one page. The page is kept byte for byte with a rejection that names the error and the line, the import
tells that something was lost, and a mended extractor can go over the page again. An exhausted memory or a library that
cannot be loaded is no bug of one page and is let through.

The libraries can also loop, eat all memory, or take the whole process with them. Apart from this process (`apart`) that
costs one page as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from readout import pipeline
from readout.models import Arrival, Article, Harvest, Page, Rejection, Shard, Stage
from readout.run.apart import Apart, Lost
from readout.run.faults import place

FAILED = "the extractor failed"
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
class Bounded:
    """A step that is carried out apart from this process: what a page can cost has bounds."""

    apart: Apart
    step: Step = attempt

    def __call__(self, arrival: Arrival) -> Harvest:
        """The harvest of one arrival."""
        return self.each([arrival])[0]

    def each(self, arrivals: Sequence[Arrival]) -> list[Harvest]:
        """The harvests of several, in order."""
        answers = self.apart.each(_work, [(self.step, one) for one in arrivals])
        return list(map(_harvest, arrivals, answers))


@dataclass(frozen=True)
class Pool:
    """Several pages at a time, in `jobs` processes; the harvests come in the order of their pages all the same."""

    jobs: int
    step: Step = attempt

    def harvests(self, arrivals: Iterable[Arrival]) -> Iterator[Harvest]:
        """See `Runner.harvests`."""
        waiting: deque[Future[list[Harvest]]] = deque()
        with Apart(self.jobs) as apart, ThreadPoolExecutor(self.jobs) as threads:
            step = Bounded(apart, self.step)
            try:
                for chunk in _chunks(arrivals):
                    waiting.append(threads.submit(step.each, chunk))
                    if len(waiting) >= self.jobs * _AHEAD:
                        yield from waiting.popleft().result()
                while waiting:
                    yield from waiting.popleft().result()
            finally:
                for one in waiting:
                    one.cancel()


def _work(step: Step, arrival: Arrival) -> _Answer:
    """The page stays behind: it need not travel twice."""
    found = step(arrival)
    return found.articles, found.rejections


def _harvest(arrival: Arrival, answer: _Answer | Lost) -> Harvest:
    if isinstance(answer, Lost):
        return _given_up(arrival, answer.reason, answer.detail)
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
    if isinstance(arrival, Shard):
        return Harvest(None, finished=arrival)
    return Harvest(arrival, rejections=(Rejection(Stage.EXTRACT, arrival.name, reason, detail, arrival.id),))
