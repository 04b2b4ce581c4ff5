"""Where the index lies and how it is kept whole: opened, added to, made anew, asked. What is in it, `schema` says.

In its folder lie a file that names the index in use and the format it has, and that index. A new one is made beside it
and takes its place in one step, so that whoever asks meanwhile has the old one or the new one, never half of either. An
index of another format, or one that cannot be read, counts as none. Safe for threads, and for several processes: one of
them at a time may write.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

from tantivy import DocAddress, Document, Index, IndexWriter, Occur, Order, Searcher
from tantivy import Query as Asked

from readout.errors import NotIndexedError, StoreError
from readout.models import ArticleId, Findings, Hit, Query, Share, Shelf, Sorting, StatementId
from readout.store.search import asking, schema
from readout.store.search.schema import Entry

FORMAT = "1"  # raised when what is indexed, or how, changes
DEEPEST = 50  # screens that are shown of the answers to one query

_CURRENT = "current.json"
_HEAP = 64 * 2**20  # bytes that a writer holds at most
_FEWEST = 200  # answers that are ranked together, so that ties stand in the same order
_ANSWERS = 10_000  # that one screen is folded from, at most
_ARTICLES = 20_000  # with statements that answer a part of a query, at most
_LISTED = 12  # values of a field that are counted
_DAYS = 31
_SHARES = {
    Shelf.ARTICLES: {"outlet": "outlet_name", "kind": "kind", "lang": "lang"},
    Shelf.STATEMENTS: {"speaker": "speaker_name", "outlet": "outlet_name", "kind": "way", "act": "act"},
}
_ORDERS = {Sorting.NEWEST: ("newest", Order.Desc), Sorting.OLDEST: ("oldest", Order.Asc)}


@dataclass(frozen=True)
class _Held:
    """The two shelves of one index, and what tells whether another process changed them."""

    shelves: dict[Shelf, Index]
    folder: Path | None
    stamp: tuple[int, ...] = ()


class SearchIndex:
    """The index of words in a folder, or in memory where there is none."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._held: _Held | None = None

    def ready(self) -> bool:
        """Whether there is an index that can be used."""
        return self._now() is not None

    def size(self) -> tuple[int, int]:
        """How many articles and statements are in it."""
        articles, statements = (self._searcher(shelf).num_docs for shelf in Shelf)
        return articles, statements

    def put(self, entries: Iterable[Entry], gone: Collection[ArticleId]) -> bool:
        """Put these articles in, in place of what there is of them, and take those out that are gone; False, and
        nothing is changed, where another process is writing. Raises NotIndexedError, StoreError.
        """
        held = self._insist()
        try:
            with _writing(held.shelves) as writers:
                _write(writers, entries, gone)
        except _BusyError:
            return False
        with self._lock:
            self._held = None if held.folder else held
            for one in () if held.folder else held.shelves.values():
                one.reload()
        return True

    def made_anew(self, batches: Iterable[Sequence[Entry]]) -> None:
        """Make the index anew of all these, in place of the one there is. Raises StoreError."""
        folder = self.folder and self.folder / f"{FORMAT}-{token_hex(6)}"
        with _told(self.folder):
            shelves = _opened(folder, new=True)
            with _writing(shelves) as writers:
                for batch in batches:
                    _write(writers, batch, ())
            with self._lock:
                if self.folder and folder:
                    _name(self.folder, folder.name)
                    self._held = None
                else:
                    for one in shelves.values():
                        one.reload()
                    self._held = _Held(shelves, None)

    def find(self, query: Query, shelf: Shelf, sorting: Sorting, *, screen: int = 1, length: int = 20) -> Findings:
        """Screen `screen` of the answers, `length` on each; answers of one text are one. Raises NotIndexedError."""
        self._insist()
        cut: list[bool] = []
        searcher = self._searcher(shelf)
        asked = asking.asked(query, shelf, self._within(cut), _holding(searcher))
        wanted = min(screen, DEEPEST) * length
        ranked = _ranked(searcher, asked, sorting, wanted + 1)
        shown = ranked[wanted - length : wanted] if screen <= DEEPEST else []
        others = _others(searcher, asked, shelf, [text for text, _ in shown])
        counted = searcher.aggregate(asked, _counting(shelf))
        return Findings(
            tuple(_hit(searcher, shelf, at, others.get(text, 1) - 1) for text, at in shown),
            searcher.search(asked, limit=1).count,  # type: ignore[attr-defined]
            _shares(counted, shelf),
            more=len(ranked) > wanted and screen < DEEPEST,
            cut=bool(cut),
        )

    def _within(self, cut: list[bool]) -> asking.Within:
        """In which articles statements are; `cut` is filled where they are more than are looked at."""

        def within(statements: Asked) -> Collection[str]:
            searcher = self._searcher(Shelf.STATEMENTS)
            count = {"in": {"terms": {"field": "article", "size": _ARTICLES}}}
            found = searcher.aggregate(statements, count)["in"]
            if found.get("sum_other_doc_count"):
                cut.append(True)
            return [one["key"] for one in found["buckets"]]

        return within

    def _searcher(self, shelf: Shelf) -> Searcher:
        return self._insist().shelves[shelf].searcher()

    def _insist(self) -> _Held:
        held = self._now()
        if held is None:
            raise NotIndexedError
        return held

    def _now(self) -> _Held | None:
        """The index as it is now, opened again where another process changed it."""
        if self.folder is None:
            return self._held
        with self._lock:
            name = _named(self.folder)
            if name is None:
                self._held = None
                return None
            folder = self.folder / name
            stamp = _stamp(folder)
            if self._held is None or (self._held.folder, self._held.stamp) != (folder, stamp):
                try:
                    self._held = _Held(_opened(folder), folder, stamp)
                except (ValueError, OSError):
                    self._held = None
            return self._held


class _BusyError(Exception):
    """Another process is writing."""


@contextmanager
def _told(folder: Path | None) -> Iterator[None]:
    """Turns what the disk does to the index into StoreError."""
    try:
        yield
    except (OSError, ValueError) as error:
        message = f"{folder}: the index of words cannot be written ({error})"
        raise StoreError(message) from error


@contextmanager
def _writing(shelves: dict[Shelf, Index]) -> Iterator[dict[Shelf, IndexWriter]]:
    """A writer for each shelf; what they were given is kept at the end. Statements go before their articles."""
    writers: dict[Shelf, IndexWriter] = {}
    try:
        for shelf in (Shelf.STATEMENTS, Shelf.ARTICLES):
            writers[shelf] = shelves[shelf].writer(_HEAP, 1)
    except ValueError as error:
        if "LockBusy" not in str(error):
            raise
        raise _BusyError from error
    yield writers
    for writer in writers.values():
        writer.commit()
        writer.wait_merging_threads()


def _write(writers: dict[Shelf, IndexWriter], entries: Iterable[Entry], gone: Collection[ArticleId]) -> None:
    """In place of what there was, so that to write the same again changes nothing."""
    written = {one.article.id: one for one in entries}
    for id_ in {*gone, *written}:
        for writer in writers.values():
            writer.delete_documents_by_term("article", id_)
    for one in written.values():
        writers[Shelf.ARTICLES].add_document(schema.document(one))
        for made in schema.statements(one):
            writers[Shelf.STATEMENTS].add_document(made)


def _opened(folder: Path | None, *, new: bool = False) -> dict[Shelf, Index]:
    shelves = {}
    for shelf in Shelf:
        made = schema.of(shelf)
        place = folder and folder / shelf.value
        if place and new:
            place.mkdir(parents=True)
        shelves[shelf] = schema.prepared(Index(made, path=str(place)) if place else Index(made))
    return shelves


def _named(folder: Path) -> str | None:
    """The folder of the index in use, where it has our format."""
    try:
        said: Any = json.loads((folder / _CURRENT).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(said, dict) or said.get("format") != FORMAT or not isinstance(said.get("folder"), str):
        return None
    name = str(said["folder"])
    return name if Path(name).name == name and (folder / name).is_dir() else None


def _name(folder: Path, name: str) -> None:
    """Let the index of that name be in use, and forget all others."""
    written = folder / f"{_CURRENT}.{name}"
    with written.open("w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, "folder": name}, file)
        file.flush()
        os.fsync(file.fileno())
    written.replace(folder / _CURRENT)
    for other in folder.iterdir():
        if other.name not in {name, _CURRENT}:
            shutil.rmtree(other, ignore_errors=True) if other.is_dir() else other.unlink(missing_ok=True)


def _stamp(folder: Path) -> tuple[int, ...]:
    with suppress(OSError):
        return tuple((folder / shelf.value / "meta.json").stat().st_mtime_ns for shelf in Shelf)
    return ()


def _holding(searcher: Searcher) -> Callable[[str, str], bool]:
    return lambda field, value: searcher.doc_freq(field, value) > 0


def _ranked(searcher: Searcher, asked: Asked, sorting: Sorting, wanted: int) -> list[tuple[int, DocAddress]]:
    """The first answers, one of each text, with the number of the text."""
    limit = max(_FEWEST, 2 * wanted)
    while True:
        found = _ordered(searcher, asked, sorting, limit)
        texts = searcher.fast_field_values("text", found)
        first: dict[int, DocAddress] = {}
        for text, at in zip(texts, found, strict=True):
            first.setdefault(int(text or 0), at)
        if len(first) >= wanted or len(found) < limit or limit >= _ANSWERS:
            return list(first.items())[:wanted]
        limit = min(4 * limit, _ANSWERS)


def _ordered(searcher: Searcher, asked: Asked, sorting: Sorting, limit: int) -> list[DocAddress]:
    if sorting in _ORDERS:
        field, order = _ORDERS[sorting]
        return [at for _, at in searcher.search(asked, limit, count=False, order_by_field=field, order=order).hits]
    found = searcher.search(asked, limit, count=False).hits
    places = [at for _, at in found]
    times = searcher.fast_field_values("newest", places)
    ranked = sorted(zip(found, times, strict=True), key=lambda one: (-round(one[0][0], 3), -int(one[1] or 0)))
    return [at for (_, at), _ in ranked]


def _others(searcher: Searcher, asked: Asked, shelf: Shelf, texts: Sequence[int]) -> dict[int, int]:
    """How many answers have each of these texts."""
    if not texts:
        return {}
    same = Asked.term_set_query(schema.of(shelf), "text", list(texts))
    both = Asked.boolean_query([(Occur.Must, asked), (Occur.Must, same)])
    counted = searcher.aggregate(both, {"of": {"terms": {"field": "text", "size": len(texts)}}})
    return {int(one["key"]): int(one["doc_count"]) for one in counted["of"]["buckets"]}


def _hit(searcher: Searcher, shelf: Shelf, at: DocAddress, others: int) -> Hit:
    kept: Document = searcher.doc(at)
    statement = kept.get_first("statement") if shelf is Shelf.STATEMENTS else None
    return Hit(ArticleId(str(kept.get_first("article"))), StatementId(str(statement)) if statement else None, others)


def _counting(shelf: Shelf) -> dict[str, Any]:
    fields = {name: {"terms": {"field": field, "size": _LISTED}} for name, field in _SHARES[shelf].items()}
    late = {"_key": "desc"}
    return {
        **fields,
        "month": {"terms": {"field": "month", "size": _LISTED, "order": late}},
        "day": {"terms": {"field": "day", "size": _DAYS, "order": late}},
    }


def _shares(counted: dict[str, Any], shelf: Shelf) -> dict[str, tuple[Share, ...]]:
    """How many answers have each value; of the times the months, or the days where all are of one month."""
    found = {name: _counted(counted[name]) for name in _SHARES[shelf]}
    months, days = _counted(counted["month"]), _counted(counted["day"])
    name, held = (schema.month, months) if len(months) > 1 else (schema.day, days)
    return {**found, "when": tuple(Share(name(int(one.value)), one.count) for one in held)}


def _counted(found: dict[str, Any]) -> tuple[Share, ...]:
    return tuple(Share(str(_plain(one["key"])), int(one["doc_count"])) for one in found["buckets"])


def _plain(key: object) -> object:
    return int(key) if isinstance(key, float) else key
