"""Annotating what is kept: a step of its own after keeping, so that a crash in between loses nothing.

What is not annotated yet is looked for, understood in this process or in several beside it, and kept batch by batch. An
article that strikes a bug gets an empty annotation and a rejection that says where: it is tried again when the
annotator is a newer one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from readout import pipeline
from readout.errors import ReadoutError
from readout.models import Annotation, AnnotationReport, Article, Harvest, Rejection, Stage
from readout.run import grouping
from readout.run.base import Progress
from readout.run.faults import place
from readout.run.held import Held
from readout.store.base import Store

if TYPE_CHECKING:
    from readout.run.apart import Apart

FAILED = "the annotator failed"
BATCH = 32  # annotations in one transaction
_ROUND = 96  # annotated before grouping has its turn, or what never ends to come in would never be told of
EVERY = 5.0  # seconds between two questions to the store what is not annotated
CHUNK = 8  # articles sent to a process at once
_REST = 10  # times as long as a look took that found nothing, to the next: to look through an archive is not free
_PATIENCE = 5.0  # seconds for the thread to end in
_LOG = logging.getLogger(__name__)
_AHEAD = 3  # chunks waiting for each process
_SECONDS, _MEMORY = 120.0, 1024 * 1024 * 1024  # that the longest article may take


class Then(Protocol):
    """What follows when everything is annotated and grouped; it tells how it gets on."""

    def __call__(self, *, progress: Progress) -> object: ...


def _nothing(*, progress: Progress) -> object:
    """Nothing follows."""


class Understood(NamedTuple):
    """What came of one article: `failure` says why its annotation is empty, if it is."""

    annotation: Annotation
    failure: Rejection | None = None


def annotate(
    store: Store, progress: Progress, *, stale: bool = False, jobs: int = 1, most: int | None = None
) -> AnnotationReport:
    """Annotate every edition that has no annotation, or `most` of them, with `stale` those too that another version
    made, in `jobs` processes. What is kept when it ends early stays. Raises StoreError.
    """
    annotator = pipeline.annotator() if stale else None
    total = store.count_unannotated(annotator)
    if not total:
        return AnnotationReport()
    found = islice(understood(store.unannotated(annotator), jobs), most)
    report = AnnotationReport()
    while batch := list(islice(found, BATCH)):
        failures = tuple(one.failure for one in batch if one.failure)
        if failures:
            store.keep([Harvest(None, rejections=failures)])
        store.annotated(one.annotation for one in batch)
        report = _added(report, batch)
        progress(report.articles, total)
    return report


@contextmanager
def watching(store: Store, every: float = EVERY, then: Then = _nothing) -> Iterator[None]:
    """As `watch`, in a thread, for as long as the block lasts."""
    stop = threading.Event()
    thread = threading.Thread(target=watch, args=(store, stop, every, then), name="annotating", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_PATIENCE)


def watch(store: Store, stop: threading.Event, every: float = EVERY, then: Then = _nothing) -> None:
    """Annotate and group whatever is new, and `then` do what follows from that, until `stop` is set. What is under way
    then is done again another time. A fault (a full disk, a bug) is logged, and it is tried again.
    """
    from readout.run import meaning

    held = Held()
    while not stop.is_set():
        begun, came, more = time.monotonic(), 0, False
        try:
            came = annotate(store, lambda *_: _ended(stop), most=_ROUND).articles
            more = came == _ROUND
            came += grouping.group(store, lambda *_: _ended(stop), held, meaning.encoder()).articles
            then(progress=lambda *_: _ended(stop))
        except _Ended:
            return
        except ReadoutError as error:
            _LOG.error("%s", error)
        except Exception:  # noqa: BLE001 - as above
            _LOG.exception("annotating, grouping or indexing failed")
        if not more:
            stop.wait(every if came else max(every, _REST * (time.monotonic() - begun)))


class _Ended(Exception):  # noqa: N818 - no error
    """Nobody waits for the rest."""


def _ended(stop: threading.Event) -> None:
    if stop.is_set():
        raise _Ended


def understood(articles: Iterable[Article], jobs: int = 1) -> Iterator[Understood]:
    """What comes of each article, in their order."""
    return map(attempt, articles) if jobs == 1 else _beside(articles, jobs)


def attempt(article: Article) -> Understood:
    """What comes of one article. A bug costs only it; an exhausted memory or a missing library is no bug of one."""
    try:
        return Understood(pipeline.annotation(article))
    except (MemoryError, ImportError):
        raise
    except Exception as error:  # noqa: BLE001 - why is the module's docstring
        return _given_up(article, FAILED, place(error))


def _beside(articles: Iterable[Article], jobs: int) -> Iterator[Understood]:
    from readout.run.apart import Apart
    from readout.run.nursery import Limits

    waiting: deque[Future[list[Understood]]] = deque()
    rest = iter(articles)
    with Apart(jobs, Limits(_SECONDS, 10 * _SECONDS, _MEMORY)) as apart, ThreadPoolExecutor(jobs) as threads:
        while chunk := list(islice(rest, CHUNK)):
            waiting.append(threads.submit(_each, apart, chunk))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _each(apart: Apart, chunk: Sequence[Article]) -> list[Understood]:
    answers = apart.each(attempt, [(one,) for one in chunk])
    return [
        answer if isinstance(answer, Understood) else _given_up(article, answer.reason, answer.detail)
        for article, answer in zip(chunk, answers, strict=True)
    ]


def _given_up(article: Article, reason: str, detail: str) -> Understood:
    empty = Annotation(article.id, article.edition, pipeline.annotator(), article.language)
    subject = article.title or article.id
    return Understood(empty, Rejection(Stage.ANNOTATE, subject, reason, detail, article.page))


def _added(report: AnnotationReport, batch: Sequence[Understood]) -> AnnotationReport:
    return AnnotationReport(
        report.articles + len(batch),
        report.statements + sum(len(one.annotation.statements) for one in batch),
        report.events + sum(len(one.annotation.events) for one in batch),
        report.failed + sum(one.failure is not None for one in batch),
    )
