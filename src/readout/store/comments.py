"""Comments in SQLite; see `commenting.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from readout.errors import InputError, NotFoundError
from readout.models import Comment, CommentId, CommentReport, Level, On, Standing, StoryId, Trace, UserId
from readout.store import rows
from readout.store.comment_tables import comment_reports, comment_traces, comments
from readout.store.given import ANY_GIVEN, given
from readout.store.grouping_tables import assignments, founders

ELSEWHERE = "it is about something else"
_EARLIEST = (comments.c.at, comments.c.id)


class SQLiteComments(ABC):
    """Keeps `Commenting`'s contract in the transactions that a store makes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def say(self, comment: Comment) -> None:
        """See `Commenting.say`."""
        with self._writing() as connection:
            if comment.parent and _known(connection, comment.parent).on is not comment.on:
                raise InputError("comment", ELSEWHERE)
            connection.execute(insert(comments).on_conflict_do_nothing(), _row(comment))

    def comment(self, comment_id: str) -> Comment:
        """See `Commenting.comment`."""
        with self._reading() as connection:
            return _known(connection, comment_id)

    def comments(self, on: On, subjects: Collection[str], *, limit: int = 500) -> Sequence[Comment]:
        """See `Commenting.comments`."""
        asked = select(comments).where(comments.c.subject_kind == on.value, comments.c.subject.in_(ANY_GIVEN))
        with self._reading() as connection:
            return list(map(_comment, connection.execute(asked.order_by(*_EARLIEST).limit(limit), given(subjects))))

    def count_comments(self, on: On, subjects: Collection[str]) -> int:
        """See `Commenting.count_comments`."""
        asked = select(func.count()).select_from(comments).where(comments.c.subject_kind == on.value)
        asked = asked.where(comments.c.subject.in_(ANY_GIVEN), comments.c.standing == Standing.SHOWN.value)
        with self._reading() as connection:
            return connection.scalar(asked, given(subjects)) or 0

    def amend_comment(self, comment: Comment, trace: Trace) -> None:
        """See `Commenting.amend_comment`."""
        number = select(func.count()).select_from(comment_traces).where(comment_traces.c.comment_id == comment.id)
        with self._writing() as connection:
            _known(connection, comment.id)
            row = {"number": connection.scalar(number) or 0, **_trace_row(trace)}
            connection.execute(insert(comment_traces), row)
            changed = {name: value for name, value in _row(comment).items() if name not in {"id", "reports"}}
            connection.execute(update(comments).where(comments.c.id == comment.id).values(changed))

    def traces(self, comment_id: str) -> Sequence[Trace]:
        """See `Commenting.traces`."""
        asked = select(comment_traces).where(comment_traces.c.comment_id == comment_id)
        with self._reading() as connection:
            return list(map(_trace, connection.execute(asked.order_by(comment_traces.c.number))))

    def report_comment(self, report: CommentReport) -> bool:
        """See `Commenting.report_comment`."""
        row = {
            "comment_id": report.comment,
            "by": report.by,
            "at": rows.micros(report.at),
            "why": report.why,
            "settled": 0,
        }
        with self._writing() as connection:
            _known(connection, report.comment)
            new = connection.execute(insert(comment_reports).on_conflict_do_nothing(), row).rowcount > 0
            _count_reports(connection, report.comment)
            return new

    def reports(self, comment_id: str) -> Sequence[CommentReport]:
        """See `Commenting.reports`."""
        asked = select(comment_reports).where(
            comment_reports.c.comment_id == comment_id, comment_reports.c.settled == 0
        )
        with self._reading() as connection:
            return list(map(_report, connection.execute(asked.order_by(comment_reports.c.at, comment_reports.c.by))))

    def settle_reports(self, comment_id: str) -> None:
        """See `Commenting.settle_reports`."""
        those = comment_reports.c.comment_id == comment_id
        with self._writing() as connection:
            connection.execute(update(comment_reports).where(those).values(settled=1))
            _count_reports(connection, comment_id)

    def moderated(self, *, limit: int = 100) -> Sequence[Comment]:
        """See `Commenting.moderated`."""
        reported = (comments.c.reports > 0) & (comments.c.standing == Standing.SHOWN.value)
        asked = select(comments).where(or_(comments.c.standing == Standing.WAITING.value, reported))
        with self._reading() as connection:
            return list(map(_comment, connection.execute(asked.order_by(*_EARLIEST).limit(limit))))

    def said_since(self, author: UserId, since: datetime) -> int:
        """See `Commenting.said_since`."""
        asked = select(func.count()).select_from(comments)
        asked = asked.where(comments.c.author == author, comments.c.at >= rows.micros(since))
        with self._reading() as connection:
            return connection.scalar(asked) or 0

    def ids_of(self, story: StoryId) -> Sequence[StoryId]:
        """See `Commenting.ids_of`."""
        asked = select(founders.c.story_id).join(assignments, assignments.c.article_id == founders.c.article_id)
        episode = (founders.c.level == Level.EPISODE.value) & (assignments.c.story_id == story)
        line = (founders.c.level == Level.STORYLINE.value) & (assignments.c.storyline_id == story)
        with self._reading() as connection:  # each way by an index of its own
            found = {StoryId(one) for way in (episode, line) for one in connection.scalars(asked.where(way))}
        return [story, *sorted(found - {story})]


def _known(connection: Connection, comment_id: str) -> Comment:
    found = connection.execute(select(comments).where(comments.c.id == comment_id)).one_or_none()
    if found is None:
        raise NotFoundError("comment", comment_id)
    return _comment(found)


def _count_reports(connection: Connection, comment_id: str) -> None:
    those = comment_reports.c.comment_id == comment_id
    count = select(func.count()).select_from(comment_reports).where(those, comment_reports.c.settled == 0)
    connection.execute(update(comments).where(comments.c.id == comment_id).values(reports=count.scalar_subquery()))


def _row(comment: Comment) -> dict[str, object]:
    return {
        "id": comment.id,
        "subject_kind": comment.on.value,
        "subject": comment.subject,
        "parent_id": comment.parent,
        "author": comment.author,
        "name": comment.name,
        "text": comment.text,
        "at": rows.micros(comment.at),
        "edited": rows.micros(comment.edited),
        "standing": comment.standing.value,
        "by": comment.by,
        "why": comment.why,
        "reports": comment.reports,
    }


def _comment(row: Row[*tuple[Any, ...]]) -> Comment:
    at = rows.moment(row.at)
    assert at  # noqa: S101 - the column is never empty
    return Comment(
        CommentId(row.id),
        On(row.subject_kind),
        row.subject,
        row.parent_id and CommentId(row.parent_id),
        row.author and UserId(row.author),
        row.name,
        row.text,
        at,
        rows.moment(row.edited),
        Standing(row.standing),
        row.by,
        row.why,
        row.reports,
    )


def _trace_row(trace: Trace) -> dict[str, object]:
    told = {"comment_id": trace.comment, "at": rows.micros(trace.at), "by": trace.by, "why": trace.why}
    return {**told, "text": trace.text, "standing": trace.standing.value}


def _trace(row: Row[*tuple[Any, ...]]) -> Trace:
    at = rows.moment(row.at)
    assert at  # noqa: S101 - the column is never empty
    return Trace(CommentId(row.comment_id), at, row.by, row.text, Standing(row.standing), row.why)


def _report(row: Row[*tuple[Any, ...]]) -> CommentReport:
    at = rows.moment(row.at)
    assert at  # noqa: S101 - the column is never empty
    return CommentReport(CommentId(row.comment_id), row.by, at, row.why)
