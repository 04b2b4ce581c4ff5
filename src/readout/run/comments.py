"""The verbs of the Engine that are about comments: who may say, change, report and judge what. No request, no markup.

A visitor's comment waits until an editor has seen it; a user's is shown at once. Rates are limited by counting what is
kept, so that they hold over all processes and after a restart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from readout.errors import ForbiddenError, NotFoundError, TooOftenError
from readout.models import (
    Comment,
    CommentId,
    CommentReport,
    Draft,
    On,
    Standing,
    StoryId,
    Trace,
    User,
    UserRole,
    comment_id,
    worded,
)
from readout.models.comment import LONGEST_NAME
from readout.run.held import Held
from readout.store.base import Store

MOST, WITHIN = 10, timedelta(minutes=10)  # comments of one user
MOST_WAITING = 200  # comments of visitors that wait at once
DEEPEST = 6  # answers to answers; deeper ones stand beside each other
_WHY = 300
_EVERY = 2**40
_SHOWN = 500  # comments of a story that was parted


@dataclass(frozen=True)
class Thread:
    """A comment with its answers, the earliest first, and how deep it stands."""

    comment: Comment
    depth: int
    answers: tuple[Thread, ...] = ()


class Comments:
    """What is said of stories, articles and statements."""

    store: Store
    held: Held

    def say(self, user: User | None, on: On, subject: str, draft: Draft) -> Comment:
        """Keep a comment of a user, or of a visitor who calls themselves as they say. Raises InputError where its words
        cannot be taken, NotFoundError without its subject or what it answers, TooOftenError.
        """
        subject, now = self._whole(on, subject), datetime.now(UTC)
        words, called = worded(draft.text), user.name if user else worded(draft.name, "name", LONGEST_NAME)
        self._limit(user, now)
        if draft.parent:
            self._shown(draft.parent)
        author = user.id if user else None
        made = Comment(
            comment_id(on, subject, author or called, now, words),
            on,
            subject,
            CommentId(draft.parent) if draft.parent else None,
            author,
            called,
            words,
            now,
            standing=Standing.SHOWN if user else Standing.WAITING,
        )
        self.store.say(made)
        return made

    def threads(self, on: On, subject: str) -> Sequence[Thread]:
        """What was said of that, answers below what they answer; what is not to be seen only where it was answered."""
        found = self._of_story(subject) if on is On.STORY else self.store.comments(on, [subject])
        return _threads(found)

    def count_comments(self, on: On, subject: str) -> int:
        """How many comments on that are shown."""
        ids = self.store.ids_of(StoryId(subject)) if on is On.STORY else [subject]
        if on is On.STORY and self._is_parted(subject, [*map(StoryId, ids)]):
            return sum(one.standing is Standing.SHOWN for one in self._of_story(subject))
        return self.store.count_comments(on, ids)

    def comment(self, comment_id: str) -> Comment:
        """The comment of that id. Raises NotFoundError."""
        return self._under_today([self.store.comment(comment_id)])[0]

    def traces(self, comment_id: str) -> Sequence[Trace]:
        """What that comment was before, the first first."""
        return self.store.traces(comment_id)

    def reports(self, comment_id: str) -> Sequence[CommentReport]:
        """The reports of it that nobody has looked at."""
        return self.store.reports(comment_id)

    def moderated(self) -> Sequence[Comment]:
        """What waits for an editor, the earliest first."""
        return self._under_today(self.store.moderated())

    def edit_comment(self, user: User, comment_id: str, text: str) -> Comment:
        """Other words for one's own comment. Raises InputError, NotFoundError, ForbiddenError."""
        before, words = self._own(user, comment_id), worded(text)
        if words == before.text:
            return before
        return self._amended(before, replace(before, text=words, edited=datetime.now(UTC)), user.name)

    def delete_comment(self, user: User, comment_id: str) -> Comment:
        """Take one's own comment back; that it was there stays to be seen. Raises NotFoundError, ForbiddenError."""
        before = self._own(user, comment_id)
        return self._amended(before, replace(before, standing=Standing.DELETED, by=user.name, why=""), user.name)

    def report_comment(self, user: User, comment_id: str, why: str) -> bool:
        """Tell the editors of a comment; whether that was new. Raises InputError, NotFoundError."""
        reason = worded(why, "reason", _WHY)
        return self.store.report_comment(CommentReport(self._shown(comment_id).id, user.id, datetime.now(UTC), reason))

    def hide_comment(self, editor: User, comment_id: str, why: str) -> Comment:
        """Let nobody see it, with the reason. Raises InputError, NotFoundError, ForbiddenError."""
        reason = worded(why, "reason", _WHY)
        return self._judged(editor, comment_id, Standing.HIDDEN, reason)

    def show_comment(self, editor: User, comment_id: str) -> Comment:
        """Let it be seen, whatever was reported or waited. Raises NotFoundError, ForbiddenError."""
        return self._judged(editor, comment_id, Standing.SHOWN, "")

    def _judged(self, editor: User, comment_id: str, standing: Standing, why: str) -> Comment:
        if not editor.role.covers(UserRole.EDITOR):
            raise ForbiddenError("Only editors can do that.")
        before = self.store.comment(comment_id)
        if before.standing is Standing.DELETED:
            raise ForbiddenError("Whoever wrote it took it back.")
        self.store.settle_reports(comment_id)
        if before.standing is standing:
            return self.store.comment(comment_id)
        return self._amended(before, replace(before, standing=standing, by=editor.name, why=why), editor.name)

    def _amended(self, before: Comment, after: Comment, by: str) -> Comment:
        self.store.amend_comment(
            after, Trace(before.id, datetime.now(UTC), by, before.text, before.standing, after.why)
        )
        return after

    def _own(self, user: User, comment_id: str) -> Comment:
        found = self._shown(comment_id)
        if found.author != user.id:
            raise ForbiddenError("Only whoever wrote a comment can change it.")
        return found

    def _shown(self, comment_id: str) -> Comment:
        found = self.store.comment(comment_id)
        if found.standing is not Standing.SHOWN:
            raise NotFoundError("comment", comment_id)
        return found

    def _limit(self, user: User | None, now: datetime) -> None:
        if user and self.store.said_since(user.id, now - WITHIN) >= MOST:
            raise TooOftenError(WITHIN.total_seconds())
        if user is None and len(self.store.moderated(limit=MOST_WAITING)) >= MOST_WAITING:
            raise TooOftenError(WITHIN.total_seconds())

    def _whole(self, on: On, subject: str) -> str:
        """The whole id of what is commented on, as it is now. Raises NotFoundError."""
        if on is On.STORY:
            return self.held.heirs.story(self.store, subject).id
        if on is On.ARTICLE:
            return self.store.article(subject).id
        article, _, statement = subject.partition(":")
        found = self.store.article(article)
        understood = self.store.annotation(found.edition)
        if understood is None or statement not in {one.id for one in understood.statements}:
            raise NotFoundError("statement", statement)
        return f"{found.id}:{statement}"

    def _of_story(self, story: str) -> Sequence[Comment]:
        """What was said of a story, under whichever id it had; not what was said under one of its of another."""
        ids = set(self.store.ids_of(StoryId(story)))
        if not self._is_parted(story, ids):
            return self.store.comments(On.STORY, ids)
        asked = ids | self.held.heirs.under(self.store, story)
        found = self._under_today(self.store.comments(On.STORY, asked, limit=_EVERY))
        return [one for one in found if one.subject in ids][:_SHOWN]

    def _is_parted(self, story: str, ids: Collection[StoryId]) -> bool:
        parted = self.held.heirs.of(self.store)
        if not parted.told:
            return False
        return any(map(parted.names, ids)) or bool(self.held.heirs.under(self.store, story))

    def _under_today(self, found: Sequence[Comment]) -> list[Comment]:
        """The same under the ids that lead to their stories today."""
        told = [(one.subject, one.at) for one in found if one.on is On.STORY]
        now = iter(self.held.heirs.today(self.store, told) if told else ())
        return [replace(one, subject=next(now)) if one.on is On.STORY else one for one in found]


def _threads(found: Sequence[Comment]) -> Sequence[Thread]:
    below: dict[str | None, list[Comment]] = {}
    known = {one.id for one in found}
    for one in found:
        below.setdefault(one.parent if one.parent in known else None, []).append(one)

    def answers(parent: str | None, depth: int) -> tuple[Thread, ...]:
        made: list[Thread] = []
        for one in below.get(parent, ()):
            mine = answers(one.id, depth + 1)
            seen = one.standing is Standing.SHOWN or bool(mine)
            nested, beside = (mine, ()) if depth + 1 < DEEPEST else ((), mine)
            made += [Thread(one, depth, nested)] if seen else []
            made += [replace(each, depth=depth) for each in beside]
        return tuple(made)

    return answers(None, 0)
