"""What takes longer than a page: adding a feed, in a thread of its own, and what can be told of it so far.

In memory only: what a job did is in the archive; what it said is forgotten after a while.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from readout.errors import InputError, ReadoutError
from readout.models import Addition, Feed, Followed, UpdateReport
from readout.run.base import Progress

KEPT = 50
AT_ONCE = 4

_LINES = 40
_LOG = logging.getLogger(__name__)
_OUR_FAULT = "something went wrong here, and it has been written to the log"


class Intake(Protocol):
    """What changing feeds needs of an archive; the Engine has it by shape."""

    def add(self, asked: str, *, tell: Callable[[str], None] | None = None, files: bool = True) -> Addition:
        """Follow what is at an address. Raises InputError where nothing can be followed."""

    def add_list(self, content: bytes, name: str) -> Addition:
        """Follow the feeds of a list (OPML). Raises InputError where it is none."""

    def correct(self, feed_id: str, **fields: str | None) -> Followed:
        """Set what was guessed of a feed's outlet. Raises NotFoundError, InputError."""

    def remove(self, feed_id: str) -> Feed:
        """Follow that feed no more. Raises NotFoundError."""

    def update(self, feed_ids: list[str], *, progress: Progress) -> UpdateReport:
        """Look at these feeds."""


@dataclass
class Job:
    """One thing that is being added: an address, or a list as `content` under the name `asked`. `said` holds what was
    tried; at the end there is an `addition` or a `fault`.
    """

    asked: str
    content: bytes | None = field(default=None, repr=False)
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    said: list[str] = field(default_factory=list)
    addition: Addition | None = None
    report: UpdateReport | None = None
    fault: str = ""
    done: bool = False

    @property
    def listed(self) -> bool:
        """Whether it is a list that was sent."""
        return self.content is not None


class Jobs:
    """The jobs of this site, the last `KEPT` of them. Safe for threads."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, asked: str, content: bytes | None = None) -> Job | None:
        """Begin to add that address, or that list; None where too much is under way already."""
        with self._lock:
            if sum(not job.done for job in self._jobs.values()) >= AT_ONCE:
                return None
            job = Job(asked, content)
            self._jobs[job.id] = job
            for old in [one.id for one in self._jobs.values() if one.done][: max(len(self._jobs) - KEPT, 0)]:
                del self._jobs[old]
        threading.Thread(target=self._work, args=(job,), name=f"adding {job.id}", daemon=True).start()
        return job

    def job(self, job_id: str) -> Job | None:
        """The job of that id, where it is known."""
        with self._lock:
            return self._jobs.get(job_id)

    def _work(self, job: Job) -> None:
        try:
            job.addition = self._added(job)
            self._fetch(job, job.addition)
        except InputError as error:
            job.fault = error.reason
        except ReadoutError as error:
            _LOG.error("adding %s: %s", job.asked, error)
            job.fault = _OUR_FAULT
        except Exception:  # noqa: BLE001 - nobody waits for this thread: the log and the reader are told
            _LOG.exception("adding %s", job.asked)
            job.fault = _OUR_FAULT
        finally:
            job.content = b"" if job.listed else None  # what it was is all that matters from now on
            job.done = True

    def _added(self, job: Job) -> Addition:
        if job.content is not None:
            self._tell(job, "reading the list")
            return self._intake.add_list(job.content, job.asked)
        return self._intake.add(job.asked, tell=lambda what: self._tell(job, what), files=False)

    def _fetch(self, job: Job, addition: Addition) -> None:
        new = [found.feed for found in addition.found if found.new]
        if new and len(new) <= AT_ONCE:
            self._tell(job, f"fetching what {new[0].outlet.name} published last")
            job.report = self._intake.update([feed.id for feed in new], progress=lambda *_: None)

    @staticmethod
    def _tell(job: Job, what: str) -> None:
        if len(job.said) < _LINES:
            job.said.append(what)
