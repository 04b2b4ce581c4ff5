"""Comments → what a page shows of them. Pure: who reads is an argument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readout.models import Comment, CommentReport, On, Standing, Trace, User, UserRole
from readout.present import prose, when
from readout.present.harmless import harmless
from readout.present.prose import Block
from readout.present.when import When
from readout.run.comments import Thread

_GONE = {
    Standing.DELETED: "Taken back by whoever wrote it.",
    Standing.HIDDEN: "Hidden by an editor.",
    Standing.WAITING: "Waits for an editor.",
}


@dataclass(frozen=True)
class Shown:
    """A comment as a page shows it: `note` stands in place of words that are not to be seen; `deep` is how far it
    stands in; `mine` and `judged` are whether whoever reads may change or judge it.
    """

    id: str
    name: str
    at: When | None
    edited: When | None
    blocks: tuple[Block, ...]
    note: str
    deep: int
    mine: bool
    judged: bool
    reports: int
    visitor: bool


@dataclass(frozen=True)
class Subject:
    """What comments are about: its kind as readers call it, its title or words, and the page it stands on."""

    kind: str
    title: str
    address: str


@dataclass(frozen=True)
class Waiting:
    """A comment that waits for an editor: what it is about, and why it was reported."""

    comment: Shown
    about: Subject
    reports: tuple[str, ...]


@dataclass(frozen=True)
class Discussion:
    """What was said of something, and the form that says more: `closed` is why there is none; `fault`, `text` and
    `name` are what was wrong with what was sent, and what was typed.
    """

    on: On
    subject: str
    shown: tuple[Shown, ...]
    count: int
    closed: str = ""
    named: bool = True
    fault: str = ""
    text: str = ""
    name: str = ""
    answers: str = ""
    waiting: bool = False


@dataclass(frozen=True)
class Before:
    """What a comment was before somebody changed it."""

    at: When | None
    by: str
    text: str
    standing: str
    why: str


@dataclass(frozen=True)
class Matter:
    """One comment with everything there is to know and do about it."""

    comment: Shown
    text: str
    on: On
    subject: str
    why: str
    by: str
    standing: str
    before: tuple[Before, ...]
    reports: tuple[tuple[str, When | None], ...]
    fault: str = ""
    reason: str = ""


def shown(threads: Sequence[Thread], reader: User | None) -> tuple[Shown, ...]:
    """The comments in the order in which a page shows them."""
    return tuple(one for thread in threads for one in _flat(thread, reader))


def one(comment: Comment, reader: User | None, deep: int = 0) -> Shown:
    """A comment as a page shows it to that reader."""
    judges = reader is not None and reader.role.covers(UserRole.EDITOR)
    seen = comment.standing is Standing.SHOWN or (judges and comment.standing is not Standing.DELETED)
    note = _GONE.get(comment.standing, "")
    if note and comment.why and comment.standing is Standing.HIDDEN:
        note = f"{note} {harmless(comment.why)}"
    return Shown(
        id=comment.id,
        name=harmless(comment.name),
        at=when.captured(comment.at),
        edited=when.captured(comment.edited),
        blocks=prose.blocks(comment.text) if seen else (),
        note=note,
        deep=deep,
        mine=reader is not None and comment.author == reader.id and comment.standing is Standing.SHOWN,
        judged=judges and comment.standing is not Standing.DELETED,
        reports=comment.reports if judges else 0,
        visitor=comment.author is None,
    )


def matter(comment: Comment, reader: User, history: tuple[Sequence[Trace], Sequence[CommentReport]]) -> Matter:
    """Everything about one comment; what it was before and who reported it is for editors only."""
    traces, reports = history if reader.role.covers(UserRole.EDITOR) else ((), ())
    return Matter(
        one(comment, reader),
        comment.text,
        comment.on,
        comment.subject,
        harmless(comment.why),
        harmless(comment.by),
        comment.standing.value,
        tuple(Before(when.captured(t.at), harmless(t.by), t.text, t.standing.value, harmless(t.why)) for t in traces),
        tuple((harmless(r.why), when.captured(r.at)) for r in reports),
    )


def _flat(thread: Thread, reader: User | None) -> Iterator[Shown]:
    yield one(thread.comment, reader, thread.depth)
    for answer in thread.answers:
        yield from _flat(answer, reader)
