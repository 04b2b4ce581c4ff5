"""Keeping harvests in SQLite: one transaction's reading and writing. Opening and committing it is `sqlite.py`'s.

The order of work: which pages are new, which of their articles and editions are, which sighting is now shown for each
article they hold; then the rows, in the order that the foreign keys ask for. Only the articles at hand are looked at,
so that a batch costs the same however much is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Executable, and_, bindparam, exists, func, select
from sqlalchemy.dialects.sqlite import insert

from readout.models import Article, Kept, Page, Rejection, RejectionId, Sighting, outlet_id, shown
from readout.store import lookup, rows, shards
from readout.store.intake import Taken
from readout.store.reading import SHOWN, VALUE
from readout.store.tables import articles, outlets, pages, rejections, sightings

_outlet_id = lru_cache(maxsize=4_096)(outlet_id)  # a batch names few outlets, many times

_GIVEN = func.json_each(bindparam("given")).table_valued("key", "value")

_KNOWN_EDITIONS = select(_GIVEN.c.key).where(
    exists().where(and_(sightings.c.article_id == _GIVEN.c.value, sightings.c.edition_id == _GIVEN.c.key))
)
_SHOWN = select(articles.c.id, articles.c.page_seq, pages.c.captured, *VALUE).select_from(SHOWN)
_SHOWN = _SHOWN.where(articles.c.id.in_(select(_GIVEN.c.value)))
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
class _Met:
    """A sighting, the place of its page in the order of keeping, and its packed value, none if it is kept already."""

    seq: int
    sighting: Sighting
    value: bytes | None

    @property
    def article(self) -> Article:
        return self.sighting.article


def keep(connection: Connection, batch: Sequence[Taken]) -> Kept:
    """Keep the batch, by statements inside the connection's transaction, and say what was new."""
    unseen = _unseen(connection, batch)
    known = _there(connection, articles.c.id, {article.id for taken in batch for article in taken.harvest.articles})
    met = _keep_pages(connection, unseen)
    editions_new = _count_new_editions(connection, met)
    articles_new = len({one.article.id for one in met} - known)
    _keep_articles(connection, met, known)
    _execute(connection, insert(sightings), [_sighting_row(one) for one in met])
    shards.keep(connection, [taken.harvest.finished for taken in batch if taken.harvest.finished])
    return Kept(
        pages_new=sum(1 for taken in unseen if taken.harvest.page),
        pages_known=len(batch) - len(unseen),
        articles_new=articles_new,
        articles_known=len(known),
        editions_new=editions_new - articles_new,
        rejections_new=_keep_rejections(connection, [one for taken in unseen for one in taken.harvest.rejections]),
    )


def _there(connection: Connection, column: Column[Any], ids: Collection[str]) -> set[str]:
    """Those of the ids that the column holds."""
    if not ids:
        return set()
    return set(connection.scalars(select(column).where(column.in_(select(_GIVEN.c.value))), _given(list(ids))))


def _given(values: Sequence[str] | Mapping[str, str]) -> dict[str, str]:
    return {"given": msgspec.json.encode(values).decode()}


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


def _keep_pages(connection: Connection, unseen: Iterable[Taken]) -> list[_Met]:
    """Keep the pages; what was met on them."""
    seq = connection.scalar(select(func.coalesce(func.max(pages.c.seq), 0))) or 0
    kept: list[dict[str, object]] = []
    met: list[_Met] = []
    for taken in unseen:
        page = taken.harvest.page
        if page:
            seq += 1
            kept.append(rows.page_row(page, seq))
            met.extend(_on_page(page, seq, taken))
    _execute(connection, insert(pages), kept)
    return met


def _on_page(page: Page, seq: int, taken: Taken) -> Iterator[_Met]:
    packed = rows.packer(rows.dictionary(page.content))
    for article, value in zip(taken.harvest.articles, taken.values, strict=True):
        yield _Met(seq, Sighting(article, page.captured), packed(value))


def _count_new_editions(connection: Connection, met: Iterable[_Met]) -> int:
    editions: dict[str, str] = {one.article.edition: one.article.id for one in met}
    return len(editions) - len(connection.scalars(_KNOWN_EDITIONS, _given(editions)).all()) if editions else 0


def _keep_articles(connection: Connection, met: Sequence[_Met], known: Collection[str]) -> None:
    """Let each article that was met show the right one of its sightings, old and new; name the outlets."""
    candidates: dict[str, list[_Met]] = defaultdict(list)
    for one in met:
        candidates[one.article.id].append(one)
    for article_id, one in _shown_now(connection, known & candidates.keys()):
        candidates[article_id].append(one)
    chosen = (_chosen(group) for group in candidates.values())
    _execute(connection, _NAME_OUTLET, _outlet_rows(met))
    _execute(connection, _LIST_ARTICLE, [_article_row(one) for one in chosen if one.value])


def _shown_now(connection: Connection, ids: Collection[str]) -> Iterator[tuple[str, _Met]]:
    if not ids:
        return
    for article_id, seq, captured, value, compressed in connection.execute(_SHOWN, _given(list(ids))):
        article = rows.article(value, rows.stored_dictionary(compressed))
        yield article_id, _Met(seq, Sighting(article, rows.moment(captured)), None)


def _chosen(group: Sequence[_Met]) -> _Met:
    if len(group) == 1:
        return group[0]
    article = shown(one.sighting for one in group)
    return next(one for one in group if one.article is article)


def _article_row(one: _Met) -> dict[str, object]:
    return {
        "id": one.article.id,
        "outlet_id": _outlet_id(one.article.outlet) if one.article.outlet else None,
        "listed_at": rows.micros(lookup.listed_at(one.article, one.sighting.captured)),
        "page_seq": one.seq,
        "position": one.article.position,
    }


def _outlet_rows(met: Iterable[_Met]) -> list[dict[str, object]]:
    """The outlets by the first of their names in the order of characters: the same whichever came first."""
    names = sorted({one.article.outlet for one in met if one.article.outlet}, reverse=True)
    return [{"id": id_, "name": name} for id_, name in {_outlet_id(name): name for name in names}.items()]


def _sighting_row(one: _Met) -> dict[str, object]:
    return {
        "page_seq": one.seq,
        "position": one.article.position,
        "article_id": one.article.id,
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
