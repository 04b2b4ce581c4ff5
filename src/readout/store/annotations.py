"""Annotations in SQLite: what is asked of them and what is kept, inside the connection's transaction."""

from __future__ import annotations

import hashlib
import zlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Connection,
    Executable,
    Row,
    Select,
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
    Entity,
    EntityId,
    EntityKind,
    Happening,
    Known,
    Ruling,
    Said,
    Sighting,
    shown,
)
from readout.store import lookup, noting, reading, rows
from readout.store.annotation_tables import annotated, entities, events, names, rulings, statements, tellings
from readout.store.tables import articles, pages, sightings
from readout.text import sounds

_CHUNK = 256  # editions looked for in one transaction by `unannotated`
_LEVEL = 1
_MOST_KNOWN = 5_000  # different tellings of entities that one question looks at
_encode = msgspec.json.Encoder().encode
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
_LISTED_AT = (
    select(func.max(articles.c.listed_at))
    .join(sightings, sightings.c.article_id == articles.c.id)
    .where(sightings.c.edition_id == annotated.c.edition_id)
    .scalar_subquery()
)
_IS_KEPT = exists().where(sightings.c.edition_id == annotated.c.edition_id)
_SAID_AT = func.coalesce(statements.c.at, _LISTED_AT)


class SQLiteAnnotations(ABC):
    """Keeps `Annotating`'s contract in the transactions that a store makes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def annotated(self, annotations: Iterable[Annotation]) -> None:
        """See `Annotating.annotated`."""
        batch = {one.edition: one for one in annotations}
        ready = packed(batch.values())
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
        place: reading.Place | None = reading.BEFORE_ALL
        while place:
            with self._reading() as connection:
                found, place = unannotated_after(connection, place, annotator)
            yield from found

    def count_unannotated(self, annotator: str | None = None) -> int:
        """See `Annotating.count_unannotated`."""
        counted = select(func.count()).select_from(_WITH_ANNOTATION).where(_IS_FIRST, _is_due(annotator))
        with self._reading() as connection:
            return connection.scalar(counted) or 0

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
            found = connection.execute(select(rulings).order_by(rulings.c.seq)).all()
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
    counted = (len(one.statements), len(_tellings(one)), len(one.events))
    return "" if counted == (row.statements, row.entities, row.events) else "not all of it can be found"


def packed(batch: Iterable[Annotation]) -> list[dict[str, Any]]:
    """The rows of annotations, but for their places in the order: what can be made before the transaction begins."""
    return [_row(one) for one in batch]


def keep(connection: Connection, batch: Sequence[Annotation], ready: Sequence[Mapping[str, Any]]) -> None:
    """Keep annotations, with what `packed` made of them; see `Annotating.annotated`."""
    gone = delete(annotated).where(annotated.c.edition_id.in_(select(_given("editions").c.value)))
    connection.execute(gone, {"editions": _json([one.edition for one in batch])})
    seq = connection.scalar(select(func.coalesce(func.max(annotated.c.seq), 0))) or 0
    numbered = list(enumerate(batch, seq + 1))
    told = {telling.id: telling for one in batch for telling in _tellings(one)}
    unseen = _unseen(connection, told)
    kept: tuple[tuple[Executable, Sequence[Mapping[str, Any]]], ...] = (
        (insert(annotated), [{"seq": number, **row} for (number, _), row in zip(numbered, ready, strict=True)]),
        (insert(statements), [row for number, one in numbered for row in _statement_rows(number, one)]),
        (insert(entities), [row for number, one in numbered for row in _entity_rows(number, one)]),
        (insert(events), [row for number, one in numbered for row in _event_rows(number, one)]),
        (insert(tellings), [one._asdict() for one in unseen]),
        (insert_or(names).on_conflict_do_nothing(), _name_rows(unseen)),
    )
    for statement, values in kept:
        if values:
            connection.execute(statement, values)
    noting.note_editions(connection, [one.edition for one in batch])


class _Telling(NamedTuple):
    """A row of `tellings`."""

    id: int
    entity_id: str
    value: str


@lru_cache(maxsize=50_000)
def _telling(entity: str, kind: str, name: str, forms: tuple[str, ...], roles: tuple[str, ...]) -> _Telling:
    """The same for all articles that tell the same of an entity."""
    value = _json([str(kind), name, sorted(forms), sorted(roles)])
    hashed = hashlib.blake2b(f"{entity} {value}".encode(), digest_size=8).digest()
    return _Telling(int.from_bytes(hashed, "big", signed=True), entity, value)


def _told_of(entity: Entity) -> _Telling:
    return _telling(entity.id, entity.kind, entity.name, entity.aliases, entity.roles)


def _tellings(one: Annotation) -> list[_Telling]:
    """What the annotation tells of each entity, of none twice."""
    return [_told_of(entity) for entity in {entity.id: entity for entity in one.entities}.values()]


def _unseen(connection: Connection, told: Mapping[int, _Telling]) -> list[_Telling]:
    asked = select(tellings.c.id).where(tellings.c.id.in_(select(_given("ids").c.value)))
    seen = set(connection.scalars(asked, {"ids": _json(list(told))}))
    return [one for one in told.values() if one.id not in seen]


def _row(one: Annotation) -> dict[str, Any]:
    return {
        "edition_id": one.edition,
        "annotator": one.annotator,
        "value": zlib.compress(_encode(one), _LEVEL),
    }


def _statement_rows(seq: int, one: Annotation) -> Iterator[dict[str, Any]]:
    told = {telling.entity_id: telling.id for telling in _tellings(one)}
    for number, statement in enumerate(one.statements):
        yield {
            "annotation_seq": seq,
            "number": number,
            "telling_id": told.get(statement.speaker.entity or ""),
            "at": rows.micros(statement.said.at) if statement.said else None,
        }


def _entity_rows(seq: int, one: Annotation) -> Iterator[dict[str, Any]]:
    return ({"annotation_seq": seq, "telling_id": telling.id} for telling in _tellings(one))


def _event_rows(seq: int, one: Annotation) -> Iterator[dict[str, Any]]:
    for number, event in enumerate(one.events):
        starts = rows.micros(event.time.start) if event.time else None
        yield {"annotation_seq": seq, "number": number, "starts": starts}


def _name_rows(told: Iterable[_Telling]) -> list[dict[str, Any]]:
    found = {(word, one.entity_id) for one in told for word in _sounds(*_told.decode(one.value)[1:3])}
    return [{"word": word, "entity_id": entity} for word, entity in sorted(found)]


def _sounds(name: str, forms: Sequence[str]) -> Iterator[str]:
    return (word for form in (name, *forms) for word in sounds.keys(form))


def _is_due(annotator: str | None) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    missing = annotated.c.edition_id.is_(None)
    return missing if annotator is None else or_(missing, annotated.c.annotator != annotator)


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
    met = (
        select(pages.c.seq, *reading.VALUE, pages.c.captured)
        .select_from(reading.MET)
        .where(sightings.c.edition_id.in_(select(_given("editions").c.value)))
        .order_by(pages.c.seq, sightings.c.position)
    )
    found = connection.execute(met, {"editions": _json(sorted(editions))}).all()
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
    asked = select(annotated.c.edition_id, annotated.c.value)
    asked = asked.where(annotated.c.edition_id.in_(select(_given("editions").c.value)))
    found = connection.execute(asked, {"editions": _json(sorted(editions))})
    return {row.edition_id: _annotation.decode(zlib.decompress(row.value)) for row in found}


def known(connection: Connection, words: Sequence[str]) -> list[Known]:
    """See `Annotating.known`; `words` are keys of `text.sounds`."""
    number = func.count().label("number")
    named = select(names.c.entity_id).where(names.c.word.in_(select(_given("words").c.value)))
    counted = (
        select(tellings.c.entity_id, tellings.c.value, number)
        .join(entities, entities.c.telling_id == tellings.c.id)
        .where(tellings.c.entity_id.in_(named))
        .group_by(tellings.c.id)
        .order_by(number.desc(), tellings.c.entity_id, tellings.c.value)
        .limit(_MOST_KNOWN)
    )
    found = connection.execute(counted, {"words": _json(words)})
    every = [Known(EntityId(row.entity_id), *_told.decode(row.value), row.number) for row in found]
    sounding = {one.entity for one in every if any(map(set(words).__contains__, _sounds(one.name, one.forms)))}
    return sorted(one for one in every if one.entity in sounding)  # names may know words of annotations now replaced


def said(
    connection: Connection,
    who: Sequence[Known],
    between: tuple[datetime | None, datetime | None],
    window: tuple[int, int],
) -> list[Said]:
    """See `Annotating.said`."""
    told = sorted({_telling(one.entity, one.kind, one.name, one.forms, one.roles).id for one in who})
    asked = (
        select(annotated.c.edition_id, statements.c.number)
        .join(annotated, annotated.c.seq == statements.c.annotation_seq)
        .where(statements.c.telling_id.in_(select(_given("told").c.value)), _IS_KEPT)
        .order_by(_SAID_AT.desc().nulls_last(), annotated.c.edition_id, statements.c.number)
    )
    found = connection.execute(_within(asked, _SAID_AT, between, window), {"told": _json(told)}).all()
    read, texts = _both(connection, found)
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
    read, texts = _both(connection, found)
    return [Happening(texts[row.edition_id], read[row.edition_id].events[row.number]) for row in found]


def _both(
    connection: Connection, found: Sequence[Row[*tuple[Any, ...]]]
) -> tuple[dict[str, Annotation], dict[str, Article]]:
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


def _json(values: Sequence[object]) -> str:
    return msgspec.json.encode(values).decode()


def _at(micros: int) -> datetime:
    found = rows.moment(micros)
    assert found is not None  # noqa: S101 - the column cannot be empty
    return found
