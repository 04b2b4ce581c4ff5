"""The part of the contract that is about the index of words; `tests/store/indexing.py` is its one suite.

What changes an article, its annotation or its copies takes the article down in the same transaction. Whoever keeps the
index reads what is taken down, and crosses it out when the index has it: a crash in between costs doing it once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from readout.models import Annotation, Article, ArticleId, EditionId


class Note(NamedTuple):
    """An article that was taken down. Later notes have higher numbers; an article has one note, the last."""

    number: int
    article: ArticleId


class Indexing(Protocol):
    """What an index needs to be kept up to date. Every verb is one transaction."""

    def notes(self, *, limit: int = 256) -> Sequence[Note]:
        """Articles that are taken down, the earliest first; some may be gone, or be one with another."""

    def count_notes(self) -> int:
        """How many those are."""

    def last_note(self) -> int:
        """The highest number that a note was ever given, 0 before the first."""

    def cross_out(self, number: int) -> None:
        """Forget the notes up to that number. An article that was taken down again meanwhile has a later one."""

    def listed_after(self, after: str = "", *, limit: int = 256) -> Sequence[Article]:
        """Articles, as they are shown, in the order of their ids, from the first after `after`."""

    def listed_times(self, articles: Iterable[ArticleId]) -> Mapping[ArticleId, datetime]:
        """The moments by which those of the articles that have one are listed: when published, or captured."""

    def annotations(self, editions: Iterable[EditionId]) -> Mapping[EditionId, Annotation]:
        """The annotations of those of the editions that have one."""
