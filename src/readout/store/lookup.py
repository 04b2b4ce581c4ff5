"""How things are asked for and in which order they are listed, the same in every store. No database here.

Ids and numbers come from outside and are hostile: an id is letters and digits or it fits nothing, so that no wildcard,
NUL or lone surrogate ever reaches a statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from readout.errors import AmbiguousIdError, NotFoundError
from readout.models import Article
from readout.store.base import MIN_PREFIX

T = TypeVar("T")

AFTER_ANY = "{"  # follows every letter and digit: ids that begin with p are those from p up to p + AFTER_ANY

_ID_MOST = 64
MOST = 2**53
_ID = re.compile("[0-9a-z]+")


def is_id(text: str) -> bool:
    """Whether anything could have that id, or an id that begins so."""
    return len(text) <= _ID_MOST and _ID.fullmatch(text) is not None


def insist_on_prefix(kind: str, asked: str) -> None:
    """Raises NotFoundError unless `asked` is an id or long enough a beginning of one."""
    if len(asked) < MIN_PREFIX or not is_id(asked):
        raise NotFoundError(kind, asked)


def only(found: Sequence[T], kind: str, asked: str) -> T:
    """The one thing found. Raises NotFoundError, AmbiguousIdError."""
    if not found:
        raise NotFoundError(kind, asked)
    if len(found) > 1:
        raise AmbiguousIdError(kind, asked)
    return found[0]


def window(limit: int, offset: int) -> tuple[int, int]:
    """Both numbers within what a database can count; less than nothing is nothing."""
    return min(max(limit, 0), MOST), min(max(offset, 0), MOST)


def listed_at(article: Article, captured: datetime | None) -> datetime | None:
    """The moment an article is listed by: when it was published, else when its page was captured, else None."""
    return article.published.at if article.published else captured
