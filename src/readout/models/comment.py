"""A comment on a story, an article or a statement, what became of it, and the trace that every change leaves."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from readout.errors import InputError
from readout.models.ids import stable_id
from readout.models.user import UserId

CommentId = NewType("CommentId", str)

LONGEST = 5_000  # characters of a comment
LONGEST_NAME = 60
_KEPT = frozenset("\n\t")


class On(StrEnum):
    """What is commented on."""

    STORY = "story"
    ARTICLE = "article"
    STATEMENT = "statement"


class Standing(StrEnum):
    """Whether a comment is to be seen."""

    SHOWN = "shown"
    WAITING = "waiting"  # until an editor has seen it
    HIDDEN = "hidden"  # by an editor
    DELETED = "deleted"  # by whoever wrote it


@dataclass(frozen=True)
class Comment:
    """What somebody said of something. `author` is None for a visitor, `name` what was shown then; `parent` is what it
    answers. `by` and `why` tell of its standing; `reports` counts those that nobody has looked at yet.
    """

    id: CommentId
    on: On
    subject: str
    parent: CommentId | None
    author: UserId | None
    name: str
    text: str
    at: datetime
    edited: datetime | None = None
    standing: Standing = Standing.SHOWN
    by: str = ""
    why: str = ""
    reports: int = 0


@dataclass(frozen=True)
class Draft:
    """What a form said: the words, what they answer, and what a visitor is to be called."""

    text: str
    parent: str = ""
    name: str = ""


@dataclass(frozen=True)
class Trace:
    """What a comment was before a change: who changed it when, from what."""

    comment: CommentId
    at: datetime
    by: str
    text: str
    standing: Standing
    why: str = ""


@dataclass(frozen=True)
class CommentReport:
    """Somebody's word that a comment should not be there."""

    comment: CommentId
    by: str
    at: datetime
    why: str


def comment_id(on: On, subject: str, author: str, at: datetime, text: str) -> CommentId:
    """The id of a comment: what it is on, who said it when, and what."""
    return CommentId(stable_id("c", on.value, subject, author, at.isoformat(), text))


def worded(text: str, what: str = "comment", longest: int = LONGEST) -> str:
    """The words of a form as they are kept: no character that hides or reorders, no line of blanks at either end.
    Raises InputError where none are left, or too many.
    """
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = "".join(one for one in lines if one in _KEPT or unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co"})
    if not plain.strip():
        raise InputError(what, "it is empty")
    if len(plain) > longest:
        raise InputError(what, f"it has {len(plain):,} characters, and may have {longest:,}")
    return plain.strip()
