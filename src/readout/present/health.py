"""How a feed is doing, in words and counts: Followed and its looks → what a table or a screen shows. Pure; no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from readout.models import Followed, Look

WAITING = "not looked at yet"
ENDED = "ended"
FAILING = "failing"
NOT_FOUND = "not found"
EMPTY = "empty"
UNDATED = "undated"
SILENT = "nothing new"
WELL = "well"

_EMPTY = "empty"  # as capture.decide puts it


@dataclass(frozen=True)
class Health:
    """A feed as the table of feeds shows it. Times are in UTC; `errors`, `new` and `undated` count over its last looks;
    `why` says more where all is not well.
    """

    followed: Followed
    status: str
    why: str = ""
    last_seen: datetime | None = None
    last_new: datetime | None = None
    next_at: datetime | None = None
    errors: int = 0
    new: int = 0
    undated: int = 0

    @property
    def troubled(self) -> bool:
        """Whether somebody should look into it."""
        return self.status in {ENDED, FAILING, NOT_FOUND, EMPTY}


def health(followed: Followed, looks: Sequence[Look]) -> Health:
    """How the feed is doing; `looks` are its last ones, the latest first."""
    state = followed.state
    last = looks[0] if looks else state.last
    status = _status(followed, looks)
    return Health(
        followed,
        status,
        last.outcome if last and status in {ENDED, FAILING, NOT_FOUND} else "",
        state.last_ok,
        state.last_new,
        state.next_at,
        errors=sum(not one.ok for one in looks),
        new=sum(one.new for one in looks),
        undated=sum(one.undated for one in looks),
    )


def _status(followed: Followed, looks: Sequence[Look]) -> str:
    state = followed.state
    if state.ended:
        return ENDED
    if not looks:
        return WAITING
    if not looks[0].ok:
        return NOT_FOUND if state.gone else FAILING
    if looks[0].outcome == _EMPTY:
        return EMPTY
    listed = [one for one in looks if one.new]
    if listed and all(one.undated >= one.new for one in listed):
        return UNDATED
    return WELL if listed else SILENT
