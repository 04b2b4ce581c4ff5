"""The verbs of the Engine that are about looking for something. They wire the parts together and decide nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from readout.models import ArticleId, Coverage, EditionId, Findings, Hit, Query, Result, Shelf, Sorting, Statement
from readout.run.base import Progress, silent
from readout.store.base import Store

if TYPE_CHECKING:
    from readout.store.search.index import SearchIndex
    from readout.store.search.marking import Marks

LENGTH = 20  # answers on a screen


@dataclass(frozen=True)
class Looked:
    """What came of looking for something: the query as it was understood, one screen of answers, and what to mark."""

    query: Query
    findings: Findings
    results: tuple[Result, ...]
    marks: Marks


class Searching:
    """Looking for articles and statements. Where `index_at` names no folder, the index is kept in memory."""

    store: Store
    index_at: Path | None

    @cached_property
    def _words(self) -> SearchIndex:
        from readout.store.search.index import SearchIndex

        return SearchIndex(self.index_at)

    def search(
        self,
        text: str,
        *,
        shelf: Shelf = Shelf.ARTICLES,
        sorting: Sorting = Sorting.BEST,
        screen: int = 1,
        length: int = LENGTH,
    ) -> Looked:
        """What answers a query as people type it; see `text.query`. Texts that many print are one answer. Raises
        NotIndexedError, StoreError.
        """
        from readout.run import indexing
        from readout.store.search.marking import Marks
        from readout.text import query

        if self.index_at is None:
            indexing.brought(self.store, self._words, silent)
        asked = query.parse(text, datetime.now(UTC).date())
        found = self._words.find(asked, shelf, sorting, screen=screen, length=length) if asked.clauses else Findings()
        return Looked(asked, found, self._results(found.hits), Marks(asked, shelf))

    def index(self, *, anew: bool = False, progress: Progress = silent) -> int:
        """Bring the index of words up to date, or make it `anew` of everything that is kept; how many articles went
        into it. Raises StoreError.
        """
        from readout.run import indexing

        return (indexing.made_anew if anew else indexing.brought)(self.store, self._words, progress)

    def _results(self, hits: Sequence[Hit]) -> tuple[Result, ...]:
        """What is kept of these answers; without what is gone since the index was made."""
        articles = {one.id: one for one in self.store.chosen(dict.fromkeys(one.article for one in hits))}
        quoting = [one.article for one in hits if one.statement and one.article in articles]
        statements = self._statements([articles[one].edition for one in quoting]) if quoting else {}
        stories = self._stories(list(articles))
        found = []
        for one in hits:
            said, number = statements.get(one.statement or "", (None, 0))
            if one.article in articles and (said or one.statement is None):
                found.append(Result(articles[one.article], said, number, one.others, stories.get(one.article)))
        return tuple(found)

    def _statements(self, editions: Sequence[EditionId]) -> dict[str, tuple[Statement, int]]:
        """The statements of those editions with their numbers, by id."""
        held = self.store.annotations(editions)
        return {said.id: (said, number) for one in held.values() for number, said in enumerate(one.statements, 1)}

    def _stories(self, articles: Sequence[ArticleId]) -> dict[ArticleId, Coverage]:
        seats = self.store.assignments(articles)
        known = self.store.coverages({seat.story for seat in seats})
        return {seat.article: known[seat.story] for seat in seats if seat.story in known}
