"""A second process that works on what comes in, beside the one that answers: pages do not wait for a processor, nor for
Python's lock, while an article is being understood.

It is `readout work` on the same folder, and ends when this process does, however that ends; should it end before, it is
started again. All that the two share is the archive.
"""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_BREATH = 10.0  # seconds until one that died is started again
_PATIENCE = 5.0  # seconds for it to end in
_SIGN = "work.lock"
_LOG = logging.getLogger(__name__)


@contextmanager
def attending(home: Path) -> Iterator[None]:
    """Say to other processes that this one works on what comes into that folder, for as long as the block lasts."""
    sign = _signed(home)
    try:
        yield
    finally:
        if sign is not None:
            os.close(sign)


def _signed(home: Path) -> int | None:
    """A file that is held; None where another holds it, or none can be."""
    try:
        sign = os.open(home / _SIGN, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        return None
    with suppress(OSError):
        fcntl.flock(sign, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return sign


def is_attended(home: Path) -> bool:
    """Whether some process works on what comes into that folder."""
    try:
        with (home / _SIGN).open("rb") as sign:
            fcntl.flock(sign, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def working(home: Path, command: Sequence[str] = ()) -> Iterator[None]:
    """Keep `readout work` running on the archive in that folder for as long as the block lasts; another `command` in
    its place, to try this out.
    """
    command = command or (sys.executable, "-P", "-m", "readout", "--data", str(home), "work", "--while-open")
    stop = threading.Event()
    thread = threading.Thread(target=_keep, args=(command, stop), name="working", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(2 * _PATIENCE)


def _keep(command: Sequence[str], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            _once(command, stop)
        except OSError:
            _LOG.exception("cannot start %s", command[0])
        stop.wait(_BREATH)


def _once(command: Sequence[str], stop: threading.Event) -> None:
    """Start it and wait until it ends, or is to. It gets no Ctrl-C, which is for this process to understand."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while process.poll() is None and not stop.wait(0.2):
            pass
        if not stop.is_set():
            _LOG.error("what works on articles that came in ended with status %s; it is started again", process.poll())
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let it end by itself; what it was at is done again another time."""
    assert process.stdin is not None  # noqa: S101 - asked for above
    with suppress(OSError):
        process.stdin.close()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
