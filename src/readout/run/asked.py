"""Work that somebody asks for and need not wait for: done one after another in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue

from readout.errors import ReadoutError

_LOG = logging.getLogger(__name__)


class Asked:
    """Does `work` for each key that is asked for; what is asked for already is not done twice."""

    def __init__(self, work: Callable[[str], object]) -> None:
        self._work = work
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._under_way: dict[str, threading.Event] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ended = False

    def ask(self, key: str, patience: float = 0.0) -> bool:
        """Have it done, and wait so many seconds for it at most; whether it is done by then, or failed."""
        with self._lock:
            done = self._under_way.get(key)
            if done is None:
                done = self._under_way[key] = threading.Event()
                self._queue.put(key)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="asked", daemon=True)
                self._thread.start()
        return done.wait(patience)

    def end(self) -> None:
        """Do nothing more; what is under way may fail, and nobody is told."""
        self._ended = True
        self._queue.put(None)

    def _run(self) -> None:
        while (key := self._queue.get()) is not None and not self._ended:
            try:
                self._work(key)
            except ReadoutError as error:
                if not self._ended:
                    _LOG.error("%s", error)
            except Exception:  # noqa: BLE001 - a bug costs this one only
                _LOG.exception("%s failed", key)
            with self._lock:
                self._under_way.pop(key).set()
