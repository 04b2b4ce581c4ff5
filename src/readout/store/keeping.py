"""Keeping harvests in SQLite: one transaction's reading and writing. Opening and committing it is `sqlite.py`'s.

The order of work: which pages are new, which articles are on them (`joining.py`), which sighting is now shown for each
of these. Only the articles at hand are looked at, so that a batch costs the same however much is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Executable, delete, exists, func, select
from sqlalchemy.dialects.sqlite import insert

from readout.models import Article, Kept, Page, Rejection, RejectionId, Sighting, outlet_id, shown
from readout.store import joining, lookup, noting, rows, shards
from readout.store.given import ANY_GIVEN, given
from readout.store.identity import Likeness
from readout.store.intake import Taken
from readout.store.joining import Placed
from readout.store.reading import MET, SHOWN, VALUE
from readout.store.tables import articles, outlets, pages, rejections, sightings

_outlet_id = lru_cache(maxsize=4_096)(outlet_id)  # a batch names few outlets, many times


_SHOWN = select(pages.c.seq, pages.c.captured, *VALUE).select_from(SHOWN)
_SHOWN = _SHOWN.where(articles.c.id.in_(ANY_GIVEN))
_MET = select(pages.c.seq, pages.c.captured, *VALUE).select_from(MET)
_MET = _MET.where(sightings.c.article_id.in_(ANY_GIVEN))
_EMPTIED = delete(articles).where(
    articles.c.id.in_(ANY_GIVEN), ~exists().where(sightings.c.article_id == articles.c.id)
)
_NAMED = insert(outlets)
_NAME_OUTLET = _NAMED.on_conflict_do_update(
    index_elements=[outlets.c.id], set_={"name": _NAMED.excluded.name}, where=_NAMED.excluded.name < outlets.c.name
)
_LISTED = insert(articles)
_LIST_ARTICLE = _LISTED.on_conflict_do_update(
    index_elements=[articles.c.id],
    set_={name: getattr(_LISTED.excluded, name) for name in ("outlet_id", "listed_at", "page_seq", "position")},
)


@dataclass(frozen=True)
class _Kept:
    """A sighting that is kept, and the place of its page in the order of keeping."""

    seq: int
    sighting: Sighting

    @property
    def article(self) -> Article:
        return self.sighting.article


@dataclass(frozen=True)
class Met(_Kept):
    """A sighting to be kept, packed, with what it is recognised by."""

    value: bytes
    likeness: Likeness


def keep(connection: Connection, batch: Sequence[Taken]) -> Kept:
    """Keep the batch, by statements inside the connection's transaction, and say what was new."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # sightings and articles point at each other
    unseen = _unseen(connection, batch)
    placed = keep_met(connection, _keep_pages(connection, unseen))
    own = {article.own for taken in batch for article in taken.harvest.articles}
    shards.keep(connection, [taken.harvest.finished for taken in batch if taken.harvest.finished])
    return Kept(
        pages_new=sum(1 for taken in unseen if taken.harvest.page),
        pages_known=len(batch) - len(unseen),
        articles_new=placed.growth.articles,
        articles_known=len(joining.of_own(connection, own) - placed.growth.new),
        editions_new=placed.growth.editions,
        rejections_new=_keep_rejections(connection, [one for taken in unseen for one in taken.harvest.rejections]),
        articles_joined=placed.growth.joined,
    )


def keep_met(connection: Connection, met: Sequence[Met]) -> Placed:
    """Keep what was met on pages, and let each article show the right one of its sightings. Foreign keys may be broken
    meanwhile.
    """
    placed = joining.place(
        connection, [(one.article.edition, one.likeness, rows.micros(one.sighting.captured)) for one in met]
    )
    _execute(connection, _NAME_OUTLET, _outlet_rows(met))
    _execute(connection, insert(sightings), [_sighting_row(one, placed) for one in met])
    _keep_articles(connection, met, placed)
    return placed


def _there(connection: Connection, column: Column[Any], ids: Collection[str]) -> set[str]:
    """Those of the ids that the column holds."""
    if not ids:
        return set()
    return set(connection.scalars(select(column).where(column.in_(ANY_GIVEN)), given(list(ids))))


def _unseen(connection: Connection, batch: Sequence[Taken]) -> list[Taken]:
    """The harvests whose page is not kept yet, each page once, and those without a page."""
    seen = _there(connection, pages.c.id, {taken.harvest.page.id for taken in batch if taken.harvest.page})
    unseen = []
    for taken in batch:
        page = taken.harvest.page
        if page and page.id in seen:
            continue
        if page:
            seen.add(page.id)
        unseen.append(taken)
    return unseen


def _keep_pages(connection: Connection, unseen: Iterable[Taken]) -> list[Met]:
    """Keep the pages; what was met on them."""
    seq = connection.scalar(select(func.coalesce(func.max(pages.c.seq), 0))) or 0
    kept: list[dict[str, object]] = []
    met: list[Met] = []
    for taken in unseen:
        page = taken.harvest.page
        if page:
            seq += 1
            kept.append(rows.page_row(page, seq))
            met.extend(_on_page(page, seq, taken))
    _execute(connection, insert(pages), kept)
    return met


def _on_page(page: Page, seq: int, taken: Taken) -> Iterator[Met]:
    packed = rows.packer(rows.dictionary(page.content))
    for article, value, likeness in zip(taken.harvest.articles, taken.values, taken.likenesses, strict=True):
        yield Met(seq, Sighting(article, page.captured), packed(value), likeness)


def _keep_articles(connection: Connection, met: Sequence[Met], placed: Placed) -> None:
    """Let each article that was met, or that won or lost editions, show the right one of its sightings, old and new."""
    candidates: dict[str, list[_Kept]] = defaultdict(list)
    for one in met:
        candidates[placed.articles[one.article.edition]].append(one)
    calm = candidates.keys() - placed.stirred
    for shown_now in _kept(connection, _SHOWN, calm):
        candidates[shown_now.article.id].append(shown_now)
    for article_id in placed.stirred:
        candidates.pop(article_id, None)
    for sighted in _kept(connection, _MET, placed.stirred):
        candidates[sighted.article.id].append(sighted)
    chosen = {article_id: _chosen(group) for article_id, group in candidates.items()}
    changed = [
        _article_row(article_id, one)
        for article_id, one in chosen.items()
        if isinstance(one, Met) or article_id in placed.stirred
    ]
    _execute(connection, _LIST_ARTICLE, changed)
    if placed.stirred:
        connection.execute(_EMPTIED, given(list(placed.stirred)))
    noting.note_changed(connection, {str(row["id"]) for row in changed} | placed.stirred)


def _kept(connection: Connection, asked: Executable, ids: Collection[str]) -> Iterator[_Kept]:
    if not ids:
        return
    for seq, captured, value, compressed, article_id in connection.execute(asked, given(list(ids))):
        article = rows.article(value, rows.stored_dictionary(compressed), article_id)
        yield _Kept(seq, Sighting(article, rows.moment(captured)))


def _chosen(group: Sequence[_Kept]) -> _Kept:
    if len(group) == 1:
        return group[0]
    article = shown(one.sighting for one in group)
    return next(one for one in group if one.article is article)


def _article_row(article_id: str, one: _Kept) -> dict[str, object]:
    return {
        "id": article_id,
        "outlet_id": _outlet_id(one.article.outlet) if one.article.outlet else None,
        "listed_at": rows.micros(lookup.listed_at(one.article, one.sighting.captured)),
        "page_seq": one.seq,
        "position": one.article.position,
    }


def _outlet_rows(met: Iterable[Met]) -> list[dict[str, object]]:
    """The outlets by the first of their names in the order of characters: the same whichever came first."""
    names = sorted({one.article.outlet for one in met if one.article.outlet}, reverse=True)
    return [{"id": id_, "name": name} for id_, name in {_outlet_id(name): name for name in names}.items()]


def _sighting_row(one: Met, placed: Placed) -> dict[str, object]:
    return {
        "page_seq": one.seq,
        "position": one.article.position,
        "article_id": placed.articles[one.article.edition],
        "edition_id": one.article.edition,
        "value": one.value,
    }


def _keep_rejections(connection: Connection, met: Iterable[Rejection]) -> int:
    """Keep those that are not kept yet, in their order; how many."""
    first: dict[RejectionId, Rejection] = {}
    for rejection in met:
        first.setdefault(rejection.id, rejection)
    known = _there(connection, rejections.c.id, first.keys())
    unseen = [rows.rejection_row(rejection) for rejection in first.values() if rejection.id not in known]
    _execute(connection, insert(rejections), unseen)
    return len(unseen)


def _execute(connection: Connection, statement: Executable, values: Sequence[dict[str, object]]) -> None:
    if values:
        connection.execute(statement, values)
