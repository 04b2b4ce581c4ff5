"""The other side of `apart`: a process in which everything is loaded, and the workers that it forks.

    nursery   forks a worker for each pipe that it is handed, and says how one ended when it is asked
    worker    reads work from its pipe, does one item after the other within its limits, and answers each in turn

The kernel keeps the limits, so nothing that an item does can outlast or outgrow them: too much time, and the worker is
killed; too much memory, and it gets no more. A worker is used again until it has grown.
Nothing here is ever run in the process that stores: `apart` is that process's side.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path

from readout.run.faults import place

LAST, NOT_LAST = b"!", b" "  # before an answer: whether the worker ends with it

_GROWN = 96 * 1024 * 1024  # bytes of address space that a worker may gain before another takes its place
_PAGE = resource.getpagesize()
_USED = Path("/proc/self/statm")
_WARM = b"<html><title>Talks</title><p>The two sides met on Friday, \xc3\xa9."
_FEED = (
    b"<rss version='2.0'><channel><title>Post</title><item><link>https://news.example/1</link></item></channel></rss>"
)


class Outcome(StrEnum):
    """What came of one item."""

    DONE = "done"
    NO_MEMORY = "no memory"
    FAILED = "failed"
    MISSING = "missing"  # a library that cannot be loaded: no fault of the item


@dataclass(frozen=True)
class Limits:
    """For one item: seconds of CPU, seconds in all, bytes of memory beyond those of a worker at rest."""

    cpu: float = 2.0
    total: float = 30.0
    memory: int = 256 * 1024 * 1024


def main(handle: int) -> None:
    """Fork workers for whoever holds the other end of that pipe, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it reaches every process of a terminal; who stores decides
    with suppress(Exception):  # a bug will come out again, with the item that it costs
        _warm()
    control = Connection(handle)
    ended: dict[int, int] = {}
    while True:
        try:
            asked = control.recv_bytes()
            told = _ended(int(asked), ended) if asked else _forked(control, recv_handle(control))
            control.send_bytes(b"%d" % told)
        except (EOFError, OSError):
            return
        _bury(ended)


def _warm() -> None:
    """Load what loads itself when it is first needed: that is the price of a process, not of an item."""
    from readout import pipeline
    from readout.capture import discover, opml, outlets, places
    from readout.capture.answers import Response
    from readout.capture.homepage import homepage
    from readout.models import FeedKind, Media, Page

    address = "https://news.example/"
    for media in Media:
        pipeline.harvest(Page(_WARM, media, "warm"), ("en",))
    listing = places.listing(FeedKind.FEED, Response(address, address, 200, _FEED))
    opml.read(_FEED)
    page = homepage(_WARM, address)
    if page and listing:
        discover.places(page)
        outlets.guess(address, page, listing)


def _ended(child: int, ended: dict[int, int]) -> int:
    """How that worker ended: its status, or the signal with a minus."""
    if child not in ended:
        ended[child] = os.waitpid(child, 0)[1]
    return os.waitstatus_to_exitcode(ended.pop(child))


def _bury(ended: dict[int, int]) -> None:
    """Note how others ended meanwhile, of whom nobody may ever ask."""
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            ended[found[0]] = found[1]


def _forked(control: Connection, handle: int) -> int:
    """The id of a new worker at that pipe."""
    child = os.fork()
    if child:
        os.close(handle)
        return child
    status = 1
    try:
        control.close()
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(silence, stream)
        _serve(Connection(handle))
        status = 0
    finally:
        os._exit(status)


def _serve(pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    at_rest = _used()
    while True:
        try:
            limits, work, items = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our own process wrote it
        except EOFError:
            return
        for arguments in items:
            answer = _answered(limits, work, arguments)
            last = _used() - at_rest > _GROWN
            pipe.send_bytes((LAST if last else NOT_LAST) + answer)
            if last:
                return


def _answered(limits: Limits, work: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    """Packed within the limits too: what is small in memory can be large on its way."""
    _limit(limits)
    try:
        return _packed(Outcome.DONE, work(*arguments))
    except MemoryError:
        _limit(None)
        return _packed(Outcome.NO_MEMORY)
    except ImportError as error:
        return _packed(Outcome.MISSING, str(error))
    except Exception as error:  # noqa: BLE001 - a bug costs the item that it strikes, and says where it is
        return _packed(Outcome.FAILED, place(error))
    finally:
        _limit(None)


def _packed(outcome: Outcome, value: object = "") -> bytes:
    return pickle.dumps((outcome, value), pickle.HIGHEST_PROTOCOL)


def _limit(limits: Limits | None) -> None:
    """Count from now on, or no more. What runs out of time is killed by the kernel, whatever it is at."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    room = _used() + limits.memory if limits else most
    resource.setrlimit(resource.RLIMIT_AS, (room if most == resource.RLIM_INFINITY else min(room, most), most))
    signal.setitimer(signal.ITIMER_PROF, limits.cpu if limits else 0)
    signal.setitimer(signal.ITIMER_REAL, limits.total if limits else 0)


def _used() -> int:
    """The bytes of address space of this process."""
    return int(_USED.read_text("ascii").split()[0]) * _PAGE
