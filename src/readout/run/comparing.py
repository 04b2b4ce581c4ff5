"""The verbs of the Engine that are about comparisons. They wire parts together, no more.

A story that changed is compared in a step of its own after grouping; a page that wants one before that has it made
beside, and does not wait long.
"""

from __future__ import annotations

import logging
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from readout.errors import NotFoundError, StoreError
from readout.models import Compared, Comparison, Due, Level, Opening
from readout.run.base import Progress, silent
from readout.store.base import Store
from readout.store.comparing import FEWEST

if TYPE_CHECKING:
    from readout.run.asked import Asked
    from readout.run.comparer import Comparer

PATIENCE = 0.5  # seconds that a page waits for a comparison that was never made
MANY = 5_000  # articles from which on an archive is large
MOST_POINTS = 100  # told at once
_TURN = 4  # of so many one is that which has waited the longest; the others are those of the fewest articles
_LOG = logging.getLogger(__name__)


class Comparing:
    """Comparisons of an archive's stories."""

    store: Store
    index_at: Path | None

    @cached_property
    def _comparer(self) -> Comparer:
        from readout.run.comparer import Comparer

        return Comparer(self.store)

    @cached_property
    def _asked(self) -> Asked:
        from readout.run.asked import Asked

        return Asked(lambda story: self._comparer.make(self.store.story(story)))

    def compare(self, story_id: str) -> Compared:
        """The accounts of that story side by side, copies counted once; the other episodes of its storyline may say
        who somebody is. Kept from then on. Raises NotFoundError, AmbiguousIdError.
        """
        return self._comparer.whole(self.store.story(story_id))

    def beside(self, story_id: str) -> Opening | None:
        """The beginning of the comparison of that story, as much as a page shows, soon: where it is not `current` it is
        being made, and may be empty until then; in a large archive by the process that works beside. None where there
        is nothing to compare. Raises NotFoundError, AmbiguousIdError.
        """
        story = self.store.story(story_id)
        if story.level is not Level.EPISODE or story.articles < FEWEST:
            return None
        found = self._comparer.opening(story)
        if (found is None or not found.current) and not self._left_to_another():
            done = self._asked.ask(story.id, 0.0 if found else PATIENCE)
            found = found or (self._comparer.opening(story) if done else None)
        return found or Opening(Compared(Comparison((), ()), ()), 0, current=False)

    def _left_to_another(self) -> bool:
        """Whether another process compares what changed: in a large archive that is left to it, pages come first."""
        from readout.run import beside

        if self.index_at is None or not beside.is_attended(self.index_at.parent):
            return False
        return self.store.totals().articles >= MANY

    def further(self, story_id: str, first: int, *, limit: int = 24) -> Opening | None:
        """The points of that story from the first on, as they are kept; None where they are not, or have changed.
        Raises NotFoundError, AmbiguousIdError.
        """
        story = self.store.story(story_id)
        return self._comparer.further(story, max(first, 0), min(max(limit, 0), MOST_POINTS))

    def compare_changed(self, *, seconds: float | None = None, progress: Progress = silent) -> int:
        """Compare the stories that changed, those of the fewest articles first, though none has to wait for ever;
        begins none once so many `seconds` are over. How many were. Raises StoreError.
        """
        begun, done, total = time.monotonic(), 0, self.store.count_due()
        while seconds is None or time.monotonic() - begun < seconds:
            due = self.store.due_comparisons(longest=done % _TURN == 0, limit=1)
            if not due:
                break
            self._settle(due[0])
            done += 1
            progress(done, max(total, done))
        return done

    def _settle(self, due: Due) -> None:
        """Compare that story. A bug costs it alone: it is tried again when it changes, or somebody wants to see it."""
        try:
            self._comparer.make(self.store.story(due.story))
        except NotFoundError:  # it ended meanwhile
            pass
        except (StoreError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - as above
            _LOG.exception("comparing story %s failed", due.story)
        self.store.cross_off(due)
