"""Names, outlets and coverage in SQLite: what is asked of them, inside the connection's transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Executable, Select, bindparam, func, literal, select

from readout.models import (
    Coverage,
    DayCount,
    Dispute,
    EntityId,
    EntityKind,
    Known,
    NameCount,
    OutletId,
    Reprinting,
    RoleTold,
    Saying,
    StoryCount,
    StoryId,
)
from readout.store import lookup
from readout.store.annotation_tables import annotated, entities, named, statements, subjects
from readout.store.annotations import both, known_as, telling_ids
from readout.store.given import ANY_GIVEN, given
from readout.store.grouping_tables import assignments, copy_groups, disputes, stories
from readout.store.naming import LOOKED, RECENT
from readout.store.tables import articles, outlets, sightings

_EPOCH = date(1970, 1, 1)
_DAY = 86_400_000_000  # microseconds
_MOST_DAYS = 20_000
_coverage = msgspec.json.Decoder(Coverage)
_dispute = msgspec.json.Decoder(Dispute)
_COUNT = func.count().label("number")

# What every page asks for is put together once: that takes longer than to answer it.
_COVERAGES = select(stories.c.value).where(stories.c.id.in_(ANY_GIVEN))
_STORY_DAY = (assignments.c.story_id, assignments.c.day)
_STORY_DAYS = (
    select(*_STORY_DAY, _COUNT)
    .where(assignments.c.story_id.in_(ANY_GIVEN), assignments.c.day.is_not(None))
    .group_by(*_STORY_DAY)
    .order_by(*_STORY_DAY)
)
_PLACE = (statements.c.annotation_seq, statements.c.number)
_SAYINGS = (
    select(*_PLACE)
    .where(statements.c.telling_id.in_(ANY_GIVEN))
    .order_by(statements.c.shown_at.desc(), statements.c.annotation_seq.desc(), statements.c.number)
    .limit(bindparam("most"))
    .offset(bindparam("first"))
)
_NUMBER_SAID = select(func.count()).select_from(statements).where(statements.c.telling_id.in_(ANY_GIVEN))
_SPOKEN_OF = (
    select(subjects.c.annotation_seq, subjects.c.number)
    .where(subjects.c.telling_id.in_(ANY_GIVEN))
    .order_by(subjects.c.shown_at.desc(), subjects.c.annotation_seq.desc(), subjects.c.number)
    .limit(bindparam("most"))
)
_EDITIONS = select(annotated.c.seq, annotated.c.edition_id).where(annotated.c.seq.in_(ANY_GIVEN))
_DAYS_NAMED = (
    select(entities.c.day, _COUNT)
    .where(entities.c.telling_id.in_(ANY_GIVEN), entities.c.day.is_not(None))
    .group_by(entities.c.day)
    .order_by(entities.c.day)
    .limit(_MOST_DAYS)
)
_ROLES = (
    select(entities.c.telling_id, _COUNT, func.min(entities.c.day), func.max(entities.c.day))
    .where(entities.c.telling_id.in_(ANY_GIVEN))
    .group_by(entities.c.telling_id)
)
_DISPUTES = select(disputes.c.value).where(disputes.c.story_id.in_(ANY_GIVEN))


class SQLiteNaming(ABC):
    """Keeps `Naming`'s contract in the transactions that a store makes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    def known_as(self, entity_id: str) -> Sequence[Known]:
        """See `Naming.known_as`."""
        if not lookup.is_id(entity_id):
            return ()
        with self._reading() as connection:
            return known_as(connection, entity_id)

    def sayings(self, who: Iterable[Known], *, limit: int = 30, offset: int = 0) -> Sequence[Saying]:
        """See `Naming.sayings`."""
        with self._reading() as connection:
            return sayings(connection, telling_ids(who), lookup.window(limit, offset))

    def count_sayings(self, who: Iterable[Known]) -> int:
        """See `Naming.count_sayings`."""
        with self._reading() as connection:
            return count_sayings(connection, telling_ids(who))

    def spoken_of(self, who: Iterable[Known], *, limit: int = 10) -> Sequence[Saying]:
        """See `Naming.spoken_of`."""
        with self._reading() as connection:
            return spoken_of(connection, telling_ids(who), lookup.window(limit, 0)[0])

    def days_named(self, who: Iterable[Known]) -> Sequence[DayCount]:
        """See `Naming.days_named`."""
        with self._reading() as connection:
            return days_named(connection, telling_ids(who))

    def roles_told(self, who: Iterable[Known]) -> Sequence[RoleTold]:
        """See `Naming.roles_told`."""
        with self._reading() as connection:
            return roles_told(connection, list(who))

    def stories_naming(self, who: Iterable[Known], *, limit: int = 12) -> Sequence[StoryCount]:
        """See `Naming.stories_naming`."""
        with self._reading() as connection:
            return stories_naming(connection, telling_ids(who), lookup.window(limit, 0)[0])

    def most_named(self, kind: EntityKind, *, speaking: bool = False, limit: int = 50) -> Sequence[NameCount]:
        """See `Naming.most_named`."""
        with self._reading() as connection:
            return most_named(connection, kind, speaking=speaking, limit=lookup.window(limit, 0)[0])

    def days_of_outlet(self, outlet: OutletId, *, days: int = 366) -> Sequence[DayCount]:
        """See `Naming.days_of_outlet`."""
        with self._reading() as connection:
            return days_of_outlet(connection, outlet, days)

    def reprints(self, outlet: OutletId) -> tuple[Sequence[Reprinting], Sequence[Reprinting]]:
        """See `Naming.reprints`."""
        with self._reading() as connection:
            return taken_from(connection, outlet), taken_by(connection, outlet)

    def stories_of_outlet(self, outlet: OutletId, *, limit: int = 12) -> Sequence[StoryCount]:
        """See `Naming.stories_of_outlet`."""
        with self._reading() as connection:
            return stories_of_outlet(connection, outlet, lookup.window(limit, 0)[0])

    def days_of_stories(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Sequence[DayCount]]:
        """See `Naming.days_of_stories`."""
        with self._reading() as connection:
            return days_of_stories(connection, list(stories))

    def coverages(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Coverage]:
        """See `Naming.coverages`."""
        with self._reading() as connection:
            return coverages(connection, list(stories))

    def newest_day(self, until: date) -> date | None:
        """See `Naming.newest_day`."""
        with self._reading() as connection:
            return newest_day(connection, until)

    def hot(self, since: date, until: date, *, limit: int = 30) -> Sequence[StoryCount]:
        """See `Naming.hot`."""
        with self._reading() as connection:
            return hot(connection, since, until, lookup.window(limit, 0)[0])

    def disputes(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Dispute]:
        """See `Naming.disputes`."""
        with self._reading() as connection:
            return disputes_of(connection, list(stories))


def sayings(connection: Connection, told: Sequence[int], window: tuple[int, int]) -> list[Saying]:
    """See `Naming.sayings`."""
    asked = {**given(told), "most": window[0], "first": window[1]}
    return _said(connection, [(row[0], row[1]) for row in connection.execute(_SAYINGS, asked)])


def count_sayings(connection: Connection, told: Sequence[int]) -> int:
    """See `Naming.count_sayings`."""
    return connection.scalar(_NUMBER_SAID, given(told)) or 0


def spoken_of(connection: Connection, told: Sequence[int], limit: int) -> list[Saying]:
    """See `Naming.spoken_of`."""
    asked = {**given(told), "most": limit}
    return _said(connection, [(row[0], row[1]) for row in connection.execute(_SPOKEN_OF, asked)])


def _said(connection: Connection, places: Sequence[tuple[int, int]]) -> list[Saying]:
    """The statements at those places, in their order; without those whose article is not kept any more."""
    found = connection.execute(_EDITIONS, given(sorted({seq for seq, _ in places}))).all()
    editions = {row.seq: row.edition_id for row in found}
    read, texts = both(connection, found)
    met = [(editions[seq], number) for seq, number in places if editions.get(seq) in texts]
    return [Saying(texts[edition], read[edition].statements[number], number + 1) for edition, number in met]


def days_named(connection: Connection, told: Sequence[int]) -> list[DayCount]:
    """See `Naming.days_named`."""
    return _days(connection, _DAYS_NAMED, given(told))


def roles_told(connection: Connection, who: Sequence[Known]) -> list[RoleTold]:
    """See `Naming.roles_told`."""
    by_id = {telling_ids([one])[0]: one for one in who if one.roles}
    held: dict[str, RoleTold] = {}
    for telling, number, first, last in connection.execute(_ROLES, given(list(by_id))):
        for role in by_id[telling].roles:
            told = RoleTold(role, number, _date(first), _date(last))
            held[role] = _joined(held[role], told) if role in held else told
    return sorted(held.values(), key=lambda one: (-one.articles, one.role))


def _joined(one: RoleTold, other: RoleTold) -> RoleTold:
    first = min((day for day in (one.first, other.first) if day), default=None)
    last = max((day for day in (one.last, other.last) if day), default=None)
    return RoleTold(one.role, one.articles + other.articles, first, last)


def stories_naming(connection: Connection, told: Sequence[int], limit: int) -> list[StoryCount]:
    """See `Naming.stories_naming`."""
    return _stories(connection, _STORIES_NAMING, {**given(told), "most": limit})


def stories_of_outlet(connection: Connection, outlet: OutletId, limit: int) -> list[StoryCount]:
    """See `Naming.stories_of_outlet`."""
    return _stories(connection, _counted(_latest_of(outlet, RECENT)), {"most": limit})


def _stories(connection: Connection, counted: Select[Any], asked: Mapping[str, Any]) -> list[StoryCount]:
    return [StoryCount(StoryId(row[0]), row[1]) for row in connection.execute(counted, asked)]


def _counted(members: Select[Any]) -> Select[Any]:
    """The stories that most of those articles are in lately."""
    latest = func.max(assignments.c.day)
    return (
        select(assignments.c.story_id, _COUNT)
        .where(assignments.c.article_id.in_(members))
        .group_by(assignments.c.story_id)
        .order_by(latest.desc(), _COUNT.desc(), assignments.c.story_id)
        .limit(bindparam("most"))
    )


_LATEST_NAMING = (
    select(entities.c.annotation_seq)
    .where(entities.c.telling_id.in_(ANY_GIVEN))
    .order_by(entities.c.day.desc(), entities.c.annotation_seq.desc())
    .limit(RECENT)
)
_STORIES_NAMING = _counted(
    select(sightings.c.article_id)
    .join(annotated, annotated.c.edition_id == sightings.c.edition_id)
    .where(annotated.c.seq.in_(_LATEST_NAMING))
    .distinct()
)


def most_named(connection: Connection, kind: EntityKind, *, speaking: bool, limit: int) -> list[NameCount]:
    """See `Naming.most_named`."""
    number = named.c.statements if speaking else named.c.articles
    asked = select(named).where(named.c.kind == str(kind), number > 0).order_by(number.desc(), named.c.entity_id)
    return [
        NameCount(EntityId(row.entity_id), EntityKind(row.kind), row.name, row.articles, row.statements)
        for row in connection.execute(asked.limit(limit))
    ]


def days_of_outlet(connection: Connection, outlet: OutletId, days: int) -> list[DayCount]:
    """See `Naming.days_of_outlet`."""
    mine = articles.c.outlet_id == outlet
    newest = connection.scalar(
        select(articles.c.listed_at)
        .where(mine, articles.c.listed_at.is_not(None))
        .order_by(articles.c.listed_at.desc())
        .limit(1)
    )
    if newest is None:
        return []
    day = func.floor(articles.c.listed_at * 1.0 / _DAY)
    since = (newest // _DAY - days + 1) * _DAY
    asked = select(day, _COUNT).where(mine, articles.c.listed_at >= since).group_by(day).order_by(day)
    return _days(connection, asked, {})


def taken_from(connection: Connection, outlet: OutletId) -> list[Reprinting]:
    """See `Naming.reprints`: whom its articles are taken from."""
    origins = articles.alias("origins")
    met = (
        select(origins.c.outlet_id, outlets.c.name, copy_groups.c.agency, _COUNT)
        .select_from(copy_groups)
        .join(origins, origins.c.id == copy_groups.c.origin_id)
        .outerjoin(outlets, outlets.c.id == origins.c.outlet_id)
        .where(copy_groups.c.article_id.in_(_latest_of(outlet, LOOKED)), copy_groups.c.place >= 0)
        .group_by(origins.c.outlet_id, copy_groups.c.agency)
    )
    return _reprinting(connection.execute(met).all(), outlet)


def taken_by(connection: Connection, outlet: OutletId) -> list[Reprinting]:
    """See `Naming.reprints`: who took from its articles."""
    takers = articles.alias("takers")
    taken = copy_groups.alias("taken")
    met = (
        select(takers.c.outlet_id, outlets.c.name, literal(None), _COUNT)
        .select_from(taken)
        .join(takers, takers.c.id == taken.c.article_id)
        .outerjoin(outlets, outlets.c.id == takers.c.outlet_id)
        .where(taken.c.origin_id.in_(_latest_of(outlet, LOOKED)), taken.c.place >= 0)
        .group_by(takers.c.outlet_id)
    )
    return _reprinting(connection.execute(met).all(), outlet)


def _reprinting(found: Iterable[Any], outlet: OutletId) -> list[Reprinting]:
    counts: dict[tuple[OutletId | None, str, bool], int] = {}
    for id_, name, agency, number in found:
        if id_ != outlet and (agency or name):
            key = (None, agency, True) if agency else (OutletId(id_), name, False)
            counts[key] = counts.get(key, 0) + number
    met = [Reprinting(id_, name, number, credited) for (id_, name, credited), number in counts.items()]
    return sorted(met, key=lambda one: (-one.articles, one.name))


def _latest_of(outlet: OutletId, limit: int) -> Select[Any]:
    latest = select(articles.c.id).where(articles.c.outlet_id == outlet)
    return latest.order_by(articles.c.listed_at.desc(), articles.c.id).limit(limit)


def days_of_stories(connection: Connection, stories: Sequence[StoryId]) -> dict[StoryId, Sequence[DayCount]]:
    """See `Naming.days_of_stories`."""
    held: dict[StoryId, list[DayCount]] = {}
    for story, day, number in connection.execute(_STORY_DAYS, given(stories)):
        held.setdefault(StoryId(story), []).append(DayCount(_EPOCH + timedelta(days=day), number))
    return {story: tuple(days) for story, days in held.items()}


def coverages(connection: Connection, ids: Sequence[StoryId]) -> dict[StoryId, Coverage]:
    """See `Naming.coverages`."""
    found = connection.scalars(_COVERAGES, given(ids))
    return {one.id: one for one in map(_coverage.decode, found)}


def newest_day(connection: Connection, until: date) -> date | None:
    """See `Naming.newest_day`."""
    newest = select(func.max(assignments.c.day))
    found = connection.scalar(newest.where(assignments.c.day <= (until - _EPOCH).days))
    return _date(connection.scalar(newest) if found is None else found)


def hot(connection: Connection, since: date, until: date, limit: int) -> list[StoryCount]:
    """See `Naming.hot`."""
    days = assignments.c.day.between((since - _EPOCH).days, (until - _EPOCH).days)
    counted = select(assignments.c.story_id, _COUNT).where(days).group_by(assignments.c.story_id)
    ordered = counted.order_by(_COUNT.desc(), assignments.c.story_id).limit(limit)
    return [StoryCount(StoryId(row[0]), row[1]) for row in connection.execute(ordered)]


def disputes_of(connection: Connection, stories: Sequence[StoryId]) -> dict[StoryId, Dispute]:
    """See `Naming.disputes`."""
    found = connection.scalars(_DISPUTES, given(stories))
    return {one.story: one for one in map(_dispute.decode, found)}


def _days(connection: Connection, asked: Executable, values: Mapping[str, Any]) -> list[DayCount]:
    epoch = _EPOCH.toordinal()
    found = connection.execute(asked, values).all()
    return [DayCount(date.fromordinal(epoch + int(day)), number) for day, number in found]


def _date(day: int | None) -> date | None:
    return None if day is None else _EPOCH + timedelta(days=day)
