"""A rejection: something that was dropped, kept with its reason so that it can be counted and looked into."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from readout.models.ids import PageId, RejectionId, stable_id


class Stage(StrEnum):
    """The stage that dropped it."""

    CAPTURE = "capture"
    EXTRACT = "extract"
    ANNOTATE = "annotate"


@dataclass(frozen=True)
class Rejection:
    """`stage` dropped `subject` (a file, a page, a part of a page) because of `reason`, a short fact such as
    "too short"; `detail` is for people; `page` is the page it was on, where there was one.
    """

    stage: Stage
    subject: str
    reason: str
    detail: str = ""
    page: PageId | None = None

    @cached_property
    def id(self) -> RejectionId:
        """The same thing dropped for the same reason has the same id."""
        return RejectionId(stable_id("rejection", self.stage, self.subject, self.reason, self.page or ""))
