"""Going on from an archive: what is known of articles is recalled when it matters, some at once, and each once.

It decides nothing, and knows no database: an archive is whoever can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from readout.group.features import Features
from readout.group.kept import Kept
from readout.models import ArticleId, Linkage

Restore = Callable[[Linkage, int], None]


class Archive(Protocol):
    """What was kept of the articles that were placed before."""

    def features(self, articles: Sequence[ArticleId]) -> Iterable[tuple[ArticleId, Features]]:
        """The features of those of the articles that are known."""

    def linkages(self, articles: Iterable[ArticleId]) -> Sequence[Linkage]:
        """What is remembered of those articles, and of all that one of them stands for."""

    def filed(self, days: tuple[int, int] | None) -> Sequence[tuple[ArticleId, int | None, bytes]]:
        """What can be found by its features, with its day and these, from the one day to the other; or without one."""

    def latest_filed(self, before: int | None = None) -> int | None:
        """The latest day, before that one, of what can be found by its features."""


class Recall:
    """What was recalled so far. `restore` is told each article's linkage once, with its row in `kept`."""

    def __init__(self, archive: Archive, kept: Kept, restore: Restore) -> None:
        self._archive = archive
        self._kept = kept
        self._restore = restore
        self._done = bytearray()  # of each row, whether it was recalled

    def __contains__(self, row: int) -> bool:
        return row < len(self._done) and bool(self._done[row])

    def row(self, row: int) -> None:
        """Recall a row, and as somebody will ask, those that it is linked with."""
        if row not in self:
            for one in self.rows([row]):
                self.articles([other for other, _ in one.links])

    def rows(self, rows: Iterable[int]) -> Sequence[Linkage]:
        """Recall rows."""
        return self._recalled([self._kept.articles[row] for row in rows if row not in self])

    def articles(self, articles: Iterable[ArticleId]) -> Sequence[Linkage]:
        """Recall articles, those that are known."""
        known = [one for one in articles if one not in self._kept or self._kept.row(one) not in self]
        return self._recalled(known)

    def filed(self, days: tuple[int, int] | None) -> tuple[Sequence[int], Sequence[bytes]]:
        """See `candidates.Stock`."""
        found = self._archive.filed(days)
        return [self._kept.know(article, day) for article, day, _ in found], [filed for _, _, filed in found]

    def latest_filed(self, before: int | None = None) -> int | None:
        """See `candidates.Stock`."""
        return self._archive.latest_filed(before)

    def _recalled(self, articles: Sequence[ArticleId]) -> Sequence[Linkage]:
        """The linkages of those articles, restored; who stands for one of them comes with all that it stands for."""
        if not articles:
            return ()
        found = self._archive.linkages(articles)
        firsts = [one.first for one in found if one.first and self._is_new(one.first)]
        found = [*found, *(self._archive.linkages(firsts) if firsts else ())]
        for one in found:
            row = self._kept.know(one.article, one.day)
            if row not in self:
                self._mark(row)
                self._restore(one, row)
        for article in articles:
            if article in self._kept:
                self._mark(self._kept.row(article))
        return found

    def _is_new(self, article: ArticleId) -> bool:
        return article not in self._kept or self._kept.row(article) not in self

    def met(self, rows: Iterable[int]) -> None:
        """There is nothing to recall of those rows: they are new."""
        for row in rows:
            self._mark(row)

    def _mark(self, row: int) -> None:
        if row >= len(self._done):
            self._done.extend(bytes(row + 1 - len(self._done) + 1024))
        self._done[row] = 1
