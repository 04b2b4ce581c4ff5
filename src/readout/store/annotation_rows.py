"""Annotations as rows of the tables that say where in them to look. No statement here."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from readout.models import Annotation, Entity, EntityId, EntityKind, Statement
from readout.store import rows
from readout.text import sounds

_DAY = 86_400_000_000  # microseconds
_LEVEL = 1
_encode = msgspec.json.Encoder().encode
told = msgspec.json.Decoder(tuple[EntityKind, str, tuple[str, ...], tuple[str, ...]]).decode


class Telling(NamedTuple):
    """A row of `tellings`."""

    id: int
    entity_id: str
    value: str


class Numbered(NamedTuple):
    """An annotation, its place, and when its article is listed, in microseconds."""

    seq: int
    annotation: Annotation
    listed: int | None


class Counts(NamedTuple):
    """By entity, in how many editions it is named and how many statements are its own."""

    articles: Counter[str]
    statements: Counter[str]


def as_json(values: Sequence[object]) -> str:
    """Many values as one parameter."""
    return _encode(values).decode()


def packed(batch: Iterable[Annotation]) -> list[dict[str, Any]]:
    """The rows of annotations, but for their places in the order: what can be made before the transaction begins."""
    return [
        {"edition_id": one.edition, "annotator": one.annotator, "value": zlib.compress(_encode(one), _LEVEL)}
        for one in batch
    ]


@lru_cache(maxsize=50_000)
def telling(entity: str, kind: str, name: str, forms: tuple[str, ...], roles: tuple[str, ...]) -> Telling:
    """The same for all articles that tell the same of an entity."""
    value = as_json([str(kind), name, sorted(forms), sorted(roles)])
    hashed = hashlib.blake2b(f"{entity} {value}".encode(), digest_size=8).digest()
    return Telling(int.from_bytes(hashed, "big", signed=True), entity, value)


def tellings(one: Annotation) -> list[Telling]:
    """What the annotation tells of each entity, of none twice."""
    return [_of(entity) for entity in {entity.id: entity for entity in one.entities}.values()]


def _of(entity: Entity) -> Telling:
    return telling(entity.id, entity.kind, entity.name, entity.aliases, entity.roles)


def statements(one: Numbered) -> Iterator[dict[str, Any]]:
    """Rows of `statements`."""
    by_entity = _by_entity(one)
    for number, statement in enumerate(one.annotation.statements):
        yield {
            "annotation_seq": one.seq,
            "number": number,
            "telling_id": by_entity.get(statement.speaker.entity or ""),
            "at": rows.micros(statement.said.at) if statement.said else None,
            "shown_at": _shown_at(statement, one.listed),
        }


def entities(one: Numbered) -> Iterator[dict[str, Any]]:
    """Rows of `entities`."""
    day = None if one.listed is None else one.listed // _DAY
    return ({"annotation_seq": one.seq, "telling_id": id_, "day": day} for id_ in _by_entity(one).values())


def subjects(one: Numbered) -> Iterator[dict[str, Any]]:
    """Rows of `subjects`."""
    by_entity = _by_entity(one)
    for number, found in enumerate(named_in(one.annotation)):
        shown = _shown_at(one.annotation.statements[number], one.listed)
        for entity in found:
            yield {"annotation_seq": one.seq, "number": number, "telling_id": by_entity[entity], "shown_at": shown}


def named_in(one: Annotation) -> Iterator[set[EntityId]]:
    """For each statement the entities that its content names, its speaker apart."""
    places = [(mention.span, entity.id) for entity in one.entities for mention in entity.mentions]
    for statement in one.statements:
        spans = statement.content
        found = {id_ for start, end in spans for (first, last), id_ in places if start <= first and last <= end}
        yield found - {statement.speaker.entity}


def events(one: Numbered) -> Iterator[dict[str, Any]]:
    """Rows of `events`."""
    for number, event in enumerate(one.annotation.events):
        starts = rows.micros(event.time.start) if event.time else None
        yield {"annotation_seq": one.seq, "number": number, "starts": starts}


def names(some: Iterable[Telling]) -> list[dict[str, Any]]:
    """Rows of `names`."""
    found = {(word, one.entity_id) for one in some for word in sounding(*told(one.value)[1:3])}
    return [{"word": word, "entity_id": entity} for word, entity in sorted(found)]


def sounding(name: str, forms: Sequence[str]) -> Iterator[str]:
    """How the words of a name and of its other forms sound."""
    return (word for form in (name, *forms) for word in sounds.keys(form))


def counted(batch: Iterable[Annotation]) -> Counts:
    """How often each entity is named, and how much of what is said is its own."""
    counts = Counts(Counter(), Counter())
    for one in batch:
        met = {entity.id for entity in one.entities}
        counts.articles.update(met)
        counts.statements.update(said.speaker.entity for said in one.statements if said.speaker.entity in met)
    return counts


def named(counts: Counts, batch: Iterable[Annotation]) -> list[dict[str, Any]]:
    """Rows of `named`, to be added to those that are there."""
    met = {str(entity.id): entity for one in batch for entity in one.entities}
    changed = {entity for counter in counts for entity, number in counter.items() if number}
    return [
        {
            "entity_id": entity,
            "kind": str(met[entity].kind) if entity in met else "",
            "name": met[entity].name if entity in met else "",
            "articles": counts.articles[entity],
            "statements": counts.statements[entity],
        }
        for entity in sorted(changed)
    ]


def _by_entity(one: Numbered) -> dict[str, int]:
    return {found.entity_id: found.id for found in tellings(one.annotation)}


def _shown_at(statement: Statement, listed: int | None) -> int | None:
    return rows.micros(statement.said.at) if statement.said else listed
