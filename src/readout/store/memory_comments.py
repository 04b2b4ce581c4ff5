"""Comments in memory. Safe for threads."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from readout.errors import InputError, NotFoundError
from readout.models import Comment, CommentReport, On, Standing, Trace, UserId

ELSEWHERE = "it is about something else"


class MemoryComments:
    """Keeps `store.commenting.Commenting`'s contract but for `ids_of`, durability apart."""

    def __init__(self) -> None:
        super().__init__()
        self._commenting = threading.RLock()
        self._comments: dict[str, Comment] = {}
        self._traces: defaultdict[str, list[Trace]] = defaultdict(list)
        self._reports: defaultdict[str, dict[str, CommentReport]] = defaultdict(dict)
        self._settled: set[tuple[str, str]] = set()

    def say(self, comment: Comment) -> None:
        """See `Commenting.say`."""
        with self._commenting:
            if comment.parent and self.comment(comment.parent).on is not comment.on:
                raise InputError("comment", ELSEWHERE)
            self._comments.setdefault(comment.id, comment)

    def comment(self, comment_id: str) -> Comment:
        """See `Commenting.comment`."""
        with self._commenting:
            if comment_id not in self._comments:
                raise NotFoundError("comment", comment_id)
            return replace(self._comments[comment_id], reports=len(self.reports(comment_id)))

    def comments(self, on: On, subjects: Collection[str], *, limit: int = 500) -> Sequence[Comment]:
        """See `Commenting.comments`."""
        return [one for one in self._all() if one.on is on and one.subject in subjects][:limit]

    def count_comments(self, on: On, subjects: Collection[str]) -> int:
        """See `Commenting.count_comments`."""
        return sum(one.on is on and one.subject in subjects and one.standing is Standing.SHOWN for one in self._all())

    def amend_comment(self, comment: Comment, trace: Trace) -> None:
        """See `Commenting.amend_comment`."""
        with self._commenting:
            self.comment(comment.id)
            self._traces[comment.id].append(trace)
            self._comments[comment.id] = comment

    def traces(self, comment_id: str) -> Sequence[Trace]:
        """See `Commenting.traces`."""
        with self._commenting:
            return list(self._traces.get(comment_id, ()))

    def report_comment(self, report: CommentReport) -> bool:
        """See `Commenting.report_comment`."""
        with self._commenting:
            self.comment(report.comment)
            held = self._reports[report.comment]
            new = report.by not in held
            held.setdefault(report.by, report)
            return new

    def reports(self, comment_id: str) -> Sequence[CommentReport]:
        """See `Commenting.reports`."""
        with self._commenting:
            held = self._reports.get(comment_id, {})
            found = [one for by, one in held.items() if (comment_id, by) not in self._settled]
        return sorted(found, key=lambda one: (one.at, one.by))

    def settle_reports(self, comment_id: str) -> None:
        """See `Commenting.settle_reports`."""
        with self._commenting:
            self._settled |= {(comment_id, by) for by in self._reports.get(comment_id, ())}

    def moderated(self, *, limit: int = 100) -> Sequence[Comment]:
        """See `Commenting.moderated`."""
        return [one for one in self._all() if _waits(one)][:limit]

    def said_since(self, author: UserId, since: datetime) -> int:
        """See `Commenting.said_since`."""
        return sum(one.author == author and one.at >= since for one in self._all())

    def _all(self) -> list[Comment]:
        with self._commenting:
            found = [self.comment(one) for one in self._comments]
        return sorted(found, key=lambda one: (one.at, one.id))


def _waits(one: Comment) -> bool:
    return one.standing is Standing.WAITING or (one.reports > 0 and one.standing is Standing.SHOWN)
