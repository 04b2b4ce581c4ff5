"""The part of the contract that is about comments; `tests/store/commenting.py` is its one suite. Nothing that was said
is ever lost: a change keeps what was there before as a trace.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from readout.models import Comment, CommentReport, On, StoryId, Trace, UserId


class Commenting(Protocol):
    """What is kept of comments. Every verb is one transaction: all of it or nothing."""

    def say(self, comment: Comment) -> None:
        """Keep a new comment; the same again changes nothing. Raises NotFoundError without what it answers, and
        InputError where that is about something else.
        """

    def comment(self, comment_id: str) -> Comment:
        """The comment of that id. Raises NotFoundError."""

    def comments(self, on: On, subjects: Collection[str], *, limit: int = 500) -> Sequence[Comment]:
        """What was said of any of those, the earliest first, whatever its standing."""

    def count_comments(self, on: On, subjects: Collection[str]) -> int:
        """How many of them are shown."""

    def amend_comment(self, comment: Comment, trace: Trace) -> None:
        """Keep another text or standing, and what was before. Raises NotFoundError."""

    def traces(self, comment_id: str) -> Sequence[Trace]:
        """What it was before, the first first."""

    def report_comment(self, report: CommentReport) -> bool:
        """Keep a report; whether it was new, of one reporter one counts. Raises NotFoundError."""

    def reports(self, comment_id: str) -> Sequence[CommentReport]:
        """The reports that nobody has looked at yet, the earliest first."""

    def settle_reports(self, comment_id: str) -> None:
        """Count its reports as looked at."""

    def moderated(self, *, limit: int = 100) -> Sequence[Comment]:
        """What waits for an editor: comments that wait, and shown ones with reports; the earliest first."""

    def said_since(self, author: UserId, since: datetime) -> int:
        """How many comments that user wrote since then."""

    def ids_of(self, story: StoryId) -> Sequence[StoryId]:
        """The ids under which that story was known, its own first."""
