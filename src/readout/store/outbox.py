"""The outbox in SQLite: what is asked of the articles that the index of words has yet to hear of; see `noting.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, text

from readout.models import Annotation, Article, ArticleId, EditionId
from readout.store import lookup, reading, rows
from readout.store.annotations import of_editions
from readout.store.given import ANY_GIVEN, given
from readout.store.indexing import Note
from readout.store.tables import articles as kept
from readout.store.tables import outbox

_LISTED = select(kept.c.id, kept.c.listed_at).where(kept.c.id.in_(ANY_GIVEN))
_LAST = text("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")


class SQLiteIndexing(ABC):
    """Keeps `Indexing`'s contract in the transactions that a store makes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def notes(self, *, limit: int = 256) -> Sequence[Note]:
        """See `Indexing.notes`."""
        asked = select(outbox.c.seq, outbox.c.article_id).order_by(outbox.c.seq).limit(lookup.window(limit, 0)[0])
        with self._reading() as connection:
            return [Note(row.seq, ArticleId(row.article_id)) for row in connection.execute(asked)]

    def count_notes(self) -> int:
        """See `Indexing.count_notes`."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(outbox)) or 0

    def last_note(self) -> int:
        """See `Indexing.last_note`."""
        with self._reading() as connection:
            return connection.scalar(_LAST) or 0

    def cross_out(self, number: int) -> None:
        """See `Indexing.cross_out`."""
        with self._writing() as connection:
            connection.execute(delete(outbox).where(outbox.c.seq <= number))

    def listed_after(self, after: str = "", *, limit: int = 256) -> Sequence[Article]:
        """See `Indexing.listed_after`."""
        ids = select(kept.c.id).where(kept.c.id > after).order_by(kept.c.id)
        shown = select(kept.c.page_seq, *reading.VALUE).select_from(reading.SHOWN).order_by(kept.c.id)
        asked = shown.where(kept.c.id.in_(ids.limit(lookup.window(limit, 0)[0])))
        with self._reading() as connection:
            return list(reading.values(connection.execute(asked)))

    def listed_times(self, articles: Iterable[ArticleId]) -> Mapping[ArticleId, datetime]:
        """See `Indexing.listed_times`."""
        with self._reading() as connection:
            found = {row.id: rows.moment(row.listed_at) for row in connection.execute(_LISTED, given(list(articles)))}
        return {ArticleId(one): at for one, at in found.items() if at}

    def annotations(self, editions: Iterable[EditionId]) -> Mapping[EditionId, Annotation]:
        """See `Indexing.annotations`."""
        wanted = [one for one in editions if lookup.is_id(one)]
        with self._reading() as connection:
            return {EditionId(name): one for name, one in of_editions(connection, wanted).items()}
