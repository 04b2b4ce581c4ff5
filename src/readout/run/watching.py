"""A thread that looks at feeds whenever they are due, beside whatever else the process does, and ends when told to."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from readout.errors import ReadoutError
from readout.run import update
from readout.run.update import World

EVERY = 5.0  # seconds between two questions to the store which feeds are due

_BREATH = 60.0  # seconds to wait after a fault
_PATIENCE = 5.0  # seconds for the thread to end in
_LOG = logging.getLogger(__name__)


@contextmanager
def watching(world: World, every: float = EVERY) -> Iterator[None]:
    """Look at feeds for as long as the block lasts. What is under way at its end is done again another time."""
    stop = threading.Event()
    thread = threading.Thread(target=_watch, args=(world, stop, every), name="feeds", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_PATIENCE)


def _watch(world: World, stop: threading.Event, every: float) -> None:
    """A fault (a full disk, a bug) is logged; the site goes on, and the feeds are tried again."""
    while not stop.is_set():
        try:
            update.watch(world, stop, every)
        except ReadoutError as error:
            _LOG.error("%s", error)
        except Exception:  # noqa: BLE001 - as above
            _LOG.exception("looking at feeds failed")
        stop.wait(_BREATH)
