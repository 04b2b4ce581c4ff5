"""Annotations in SQLite: what is asked of them and what is kept, inside the connection's transaction."""

from __future__ import annotations

import zlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Executable,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.sqlite import insert as insert_or

from readout.models import (
    Annotation,
    Article,
    EditionId,
    EntityId,
    EntityKind,
    Happening,
    Known,
    Ruling,
    Said,
    Sighting,
    shown,
)
from readout.store import annotation_rows, lookup, noting, reading, rows
from readout.store.annotation_rows import Numbered, Telling, as_json
from readout.store.annotation_tables import (
    annotated,
    entities,
    events,
    named,
    names,
    rulings,
    statements,
    subjects,
    tellings,
)
from readout.store.tables import articles, pages, sightings
from readout.text import sounds

_CHUNK = 256  # editions looked for in one transaction by `unannotated`
_LEVEL = 1
DAY = 86_400_000_000  # microseconds
_MOST_KNOWN = 5_000  # different tellings of entities that one question looks at
_annotation = msgspec.json.Decoder(Annotation)
_told = msgspec.json.Decoder(tuple[EntityKind, str, tuple[str, ...], tuple[str, ...]])

_EARLIER = sightings.alias("earlier")
_IS_FIRST = ~exists().where(
    and_(
        _EARLIER.c.edition_id == sightings.c.edition_id,
        tuple_(_EARLIER.c.page_seq, _EARLIER.c.position) < tuple_(sightings.c.page_seq, sightings.c.position),
    )
)
_WITH_ANNOTATION = sightings.outerjoin(annotated, annotated.c.edition_id == sightings.c.edition_id)
_MISSING = select(sightings.c.edition_id).except_(select(annotated.c.edition_id))  # two indexes are merged
_NUMBER_MISSING = select(func.count()).select_from(_MISSING.subquery())
_FIRST_MISSING = select(func.min(sightings.c.page_seq)).where(sightings.c.edition_id.in_(_MISSING))
_LISTED_AT = (
    select(func.max(articles.c.listed_at))
    .join(sightings, sightings.c.article_id == articles.c.id)
    .where(sightings.c.edition_id == annotated.c.edition_id)
    .scalar_subquery()
)
_IS_KEPT = exists().where(sightings.c.edition_id == annotated.c.edition_id)
_SAID_AT = func.coalesce(statements.c.at, _LISTED_AT)


_OF_EDITIONS = annotated.c.edition_id.in_(select(func.json_each(bindparam("editions")).table_valued("value").c.value))
_LISTED = (
    select(sightings.c.edition_id, func.max(articles.c.listed_at))
    .join(articles, articles.c.id == sightings.c.article_id)
    .where(sightings.c.edition_id.in_(select(func.json_each(bindparam("editions")).table_valued("value").c.value)))
    .group_by(sightings.c.edition_id)
)
_VALUES = select(annotated.c.edition_id, annotated.c.value).where(_OF_EDITIONS)
_RULINGS = select(rulings).order_by(rulings.c.seq)
_SIGHTED = (
    select(pages.c.seq, *reading.VALUE, pages.c.captured)
    .select_from(reading.MET)
    .where(sightings.c.edition_id.in_(select(func.json_each(bindparam("editions")).table_valued("value").c.value)))
    .order_by(pages.c.seq, sightings.c.position)
)
_TELLING_COUNT = func.count().label("number")
_COUNTED_TELLINGS = (
    select(tellings.c.entity_id, tellings.c.value, _TELLING_COUNT)
    .join(entities, entities.c.telling_id == tellings.c.id)
    .group_by(tellings.c.id)
    .order_by(_TELLING_COUNT.desc(), tellings.c.entity_id, tellings.c.value)
    .limit(_MOST_KNOWN)
)
_NAMED_SO = select(names.c.entity_id).where(
    names.c.word.in_(select(func.json_each(bindparam("words")).table_valued("value", name="words").c.value))
)
_KNOWN = _COUNTED_TELLINGS.where(tellings.c.entity_id.in_(_NAMED_SO))
_KNOWN_AS = _COUNTED_TELLINGS.where(tellings.c.entity_id == bindparam("entity"))
_NEW = insert_or(named)
_COUNTED = _NEW.on_conflict_do_update(
    index_elements=["entity_id"],
    set_={
        "articles": named.c.articles + _NEW.excluded.articles,
        "statements": named.c.statements + _NEW.excluded.statements,
    },
)


class SQLiteAnnotations(ABC):
    """Keeps `Annotating`'s contract in the transactions that a store makes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def annotated(self, annotations: Iterable[Annotation]) -> None:
        """See `Annotating.annotated`."""
        batch = {one.edition: one for one in annotations}
        ready = annotation_rows.packed(batch.values())
        with self._writing() as connection:
            keep(connection, list(batch.values()), ready)

    def annotation(self, edition: EditionId) -> Annotation | None:
        """See `Annotating.annotation`."""
        if not lookup.is_id(edition):
            return None
        with self._reading() as connection:
            return of_editions(connection, [edition]).get(edition)

    def unannotated(self, annotator: str | None = None) -> Iterator[Article]:
        """See `Annotating.unannotated`."""
        with self._reading() as connection:
            place = reading.BEFORE_ALL if annotator else first_unannotated(connection)
        while place:
            with self._reading() as connection:
                found, place = unannotated_after(connection, place, annotator)
            yield from found

    def count_unannotated(self, annotator: str | None = None) -> int:
        """See `Annotating.count_unannotated`."""
        counted = select(func.count()).select_from(_WITH_ANNOTATION).where(_IS_FIRST, _is_due(annotator))
        with self._reading() as connection:
            return connection.scalar(counted if annotator else _NUMBER_MISSING) or 0

    def known(self, words: Iterable[str]) -> Sequence[Known]:
        """See `Annotating.known`."""
        asked = sorted({key for word in words for key in sounds.keys(word)})
        with self._reading() as connection:
            return known(connection, asked)

    def said(
        self,
        who: Iterable[Known],
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> Sequence[Said]:
        """See `Annotating.said`."""
        with self._reading() as connection:
            return said(connection, list(who), (since, until), lookup.window(limit, offset))

    def events(
        self, *, since: datetime | None = None, until: datetime | None = None, limit: int = 50, offset: int = 0
    ) -> Sequence[Happening]:
        """See `Annotating.events`."""
        with self._reading() as connection:
            return happenings(connection, (since, until), lookup.window(limit, offset))

    def rule(self, ruling: Ruling) -> None:
        """See `Annotating.rule`."""
        row = {"one": ruling.one, "other": ruling.other, "same": int(ruling.same), "at": rows.micros(ruling.at)}
        with self._writing() as connection:
            connection.execute(insert(rulings), row)

    def rulings(self) -> Sequence[Ruling]:
        """See `Annotating.rulings`."""
        with self._reading() as connection:
            found = connection.execute(_RULINGS).all()
        return [Ruling(row.one, row.other, bool(row.same), _at(row.at)) for row in found]


def faults(connection: Connection) -> Iterator[str]:
    """What is wrong with the annotations, one line each: one that cannot be read, one that cannot be found in."""
    parts = (statements, entities, events)
    held = [
        select(func.count()).where(part.c.annotation_seq == annotated.c.seq).scalar_subquery().label(part.name)
        for part in parts
    ]
    asked = select(annotated.c.edition_id, annotated.c.annotator, annotated.c.value, *held)
    for row in connection.execute(asked.execution_options(yield_per=_CHUNK)):
        fault = _fault(row)
        if fault:
            yield f"annotation of edition {row.edition_id}: {fault}"


def _fault(row: Row[*tuple[Any, ...]]) -> str:
    try:
        one = _annotation.decode(zlib.decompress(row.value))
    except rows.BROKEN as error:
        return f"it cannot be read ({error})"
    if (one.edition, one.annotator) != (row.edition_id, row.annotator):
        return "what is kept under its id is another annotation"
    counted = (len(one.statements), len(annotation_rows.tellings(one)), len(one.events))
    return "" if counted == (row.statements, row.entities, row.events) else "not all of it can be found"


def keep(connection: Connection, batch: Sequence[Annotation], ready: Sequence[Mapping[str, Any]]) -> None:
    """Keep annotations, with what `annotation_rows.packed` made of them; see `Annotating.annotated`."""
    editions = {"editions": as_json([one.edition for one in batch])}
    counts = annotation_rows.counted(batch)
    for table, counter in ((entities, counts.articles), (statements, counts.statements)):
        counter.subtract(dict(_pairs(connection, _gone(table), editions)))
    connection.execute(delete(annotated).where(_OF_EDITIONS), editions)
    seq = connection.scalar(select(func.coalesce(func.max(annotated.c.seq), 0))) or 0
    listed = dict(_pairs(connection, _LISTED, editions))
    numbered = [Numbered(number, one, listed.get(one.edition)) for number, one in enumerate(batch, seq + 1)]
    unseen = _unseen(connection, {told.id: told for one in batch for told in annotation_rows.tellings(one)})
    kept: tuple[tuple[Executable, Sequence[Mapping[str, Any]]], ...] = (
        (insert(annotated), [{"seq": one.seq, **row} for one, row in zip(numbered, ready, strict=True)]),
        (insert(statements), [row for one in numbered for row in annotation_rows.statements(one)]),
        (insert(entities), [row for one in numbered for row in annotation_rows.entities(one)]),
        (insert(subjects), [row for one in numbered for row in annotation_rows.subjects(one)]),
        (insert(events), [row for one in numbered for row in annotation_rows.events(one)]),
        (insert(tellings), [one._asdict() for one in unseen]),
        (insert_or(names).on_conflict_do_nothing(), annotation_rows.names(unseen)),
        (_COUNTED, annotation_rows.named(counts, batch)),
    )
    for statement, values in kept:
        if values:
            connection.execute(statement, values)
    noting.note_editions(connection, [one.edition for one in batch])


def _pairs(connection: Connection, asked: Select[Any], given: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    return ((row[0], row[1]) for row in connection.execute(asked, given))


def _gone(table: Table) -> Select[Any]:
    """How many rows of a table about each entity go with the annotations of the editions."""
    counted = select(tellings.c.entity_id, func.count()).select_from(annotated)
    joined = counted.join(table, table.c.annotation_seq == annotated.c.seq)
    joined = joined.join(tellings, tellings.c.id == table.c.telling_id)
    return joined.where(_OF_EDITIONS).group_by(tellings.c.entity_id)


def _unseen(connection: Connection, told: Mapping[int, Telling]) -> list[Telling]:
    asked = select(tellings.c.id).where(tellings.c.id.in_(select(_given("ids").c.value)))
    seen = set(connection.scalars(asked, {"ids": as_json(list(told))}))
    return [one for one in told.values() if one.id not in seen]


def _is_due(annotator: str | None) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    missing = annotated.c.edition_id.is_(None)
    return missing if annotator is None else or_(missing, annotated.c.annotator != annotator)


def first_unannotated(connection: Connection) -> reading.Place | None:
    """Where to begin to look for what has no annotation; None where there is nothing."""
    page = connection.scalar(_FIRST_MISSING)
    return None if page is None else reading.Place(page, -1)


def unannotated_after(
    connection: Connection, place: reading.Place, annotator: str | None
) -> tuple[list[Article], reading.Place | None]:
    """The next of `Annotating.unannotated`, and where the last of them is; None after the last of all."""
    here = (sightings.c.page_seq, sightings.c.position)
    due = (
        select(*here, sightings.c.edition_id)
        .select_from(_WITH_ANNOTATION)
        .where(tuple_(*here) > tuple_(*place), _is_due(annotator), _IS_FIRST)
        .order_by(*here)
        .limit(_CHUNK)
    )
    found = connection.execute(due).all()
    texts = _texts(connection, {row.edition_id for row in found})
    last = reading.Place(found[-1].page_seq, found[-1].position) if found else None
    return [texts[row.edition_id] for row in found if row.edition_id in texts], last


def _texts(connection: Connection, editions: Collection[str]) -> dict[str, Article]:
    """The sighting that stands for each edition."""
    found = connection.execute(_SIGHTED, {"editions": as_json(sorted(editions))}).all()
    grouped: dict[str, list[Sighting]] = {}
    for _, on_one_page in groupby(found, key=lambda row: row.seq):
        together = list(on_one_page)
        dictionary = rows.stored_dictionary(together[0].dictionary)
        for row in together:
            article = rows.article(row.value, dictionary, row.article_id)
            grouped.setdefault(article.edition, []).append(Sighting(article, rows.moment(row.captured)))
    return {edition: shown(group) for edition, group in grouped.items()}


def of_editions(connection: Connection, editions: Collection[str]) -> dict[str, Annotation]:
    """The annotations of those of the editions that have one."""
    found = connection.execute(_VALUES, {"editions": as_json(sorted(editions))})
    return {row.edition_id: _annotation.decode(zlib.decompress(row.value)) for row in found}


def known(connection: Connection, words: Sequence[str]) -> list[Known]:
    """See `Annotating.known`; `words` are keys of `text.sounds`."""
    every = _known(connection, _KNOWN, {"words": as_json(words)})
    sounding = {
        one.entity for one in every if any(map(set(words).__contains__, annotation_rows.sounding(one.name, one.forms)))
    }
    return sorted(one for one in every if one.entity in sounding)  # names may know words of annotations now replaced


def known_as(connection: Connection, entity: str) -> list[Known]:
    """See `Naming.known_as`."""
    return sorted(_known(connection, _KNOWN_AS, {"entity": entity}))


def _known(connection: Connection, asked: Select[Any], given: Mapping[str, str]) -> list[Known]:
    found = connection.execute(asked, given)
    return [Known(EntityId(row.entity_id), *annotation_rows.told(row.value), row.number) for row in found]


def telling_ids(who: Iterable[Known]) -> list[int]:
    """What articles tell of those entities, by the ids it is kept under."""
    told = {annotation_rows.telling(one.entity, one.kind, one.name, one.forms, one.roles) for one in who}
    return sorted(one.id for one in told)


def said(
    connection: Connection,
    who: Sequence[Known],
    between: tuple[datetime | None, datetime | None],
    window: tuple[int, int],
) -> list[Said]:
    """See `Annotating.said`."""
    told = telling_ids(who)
    asked = (
        select(annotated.c.edition_id, statements.c.number)
        .join(annotated, annotated.c.seq == statements.c.annotation_seq)
        .where(statements.c.telling_id.in_(select(_given("told").c.value)), _IS_KEPT)
        .order_by(_SAID_AT.desc().nulls_last(), annotated.c.edition_id, statements.c.number)
    )
    found = connection.execute(_within(asked, _SAID_AT, between, window), {"told": as_json(told)}).all()
    read, texts = both(connection, found)
    return [Said(texts[row.edition_id], read[row.edition_id].statements[row.number]) for row in found]


def happenings(
    connection: Connection, between: tuple[datetime | None, datetime | None], window: tuple[int, int]
) -> list[Happening]:
    """See `Annotating.events`."""
    asked = (
        select(annotated.c.edition_id, events.c.number)
        .join(annotated, annotated.c.seq == events.c.annotation_seq)
        .where(events.c.starts.is_not(None), _IS_KEPT)
        .order_by(events.c.starts, annotated.c.edition_id, events.c.number)
    )
    found = connection.execute(_within(asked, events.c.starts, between, window)).all()
    read, texts = both(connection, found)
    return [Happening(texts[row.edition_id], read[row.edition_id].events[row.number]) for row in found]


def both(
    connection: Connection, found: Sequence[Row[*tuple[Any, ...]]]
) -> tuple[dict[str, Annotation], dict[str, Article]]:
    """The annotations and the articles of the editions in those rows, by edition."""
    editions = {row.edition_id for row in found}
    return of_editions(connection, editions), _texts(connection, editions)


def _within(
    asked: Select[Any],
    at: Any,  # noqa: ANN401 - a column or a function of some
    between: tuple[datetime | None, datetime | None],
    window: tuple[int, int],
) -> Select[Any]:
    since, until = map(rows.micros, between)
    if since is not None:
        asked = asked.where(at >= since)
    if until is not None:
        asked = asked.where(at < until)
    return asked.limit(window[0]).offset(window[1])


def _given(name: str) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    return func.json_each(bindparam(name)).table_valued("value", name=name)


def _at(micros: int) -> datetime:
    found = rows.moment(micros)
    assert found is not None  # noqa: S101 - the column cannot be empty
    return found
