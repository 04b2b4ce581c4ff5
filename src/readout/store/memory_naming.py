"""Names, outlets and coverage in memory: the part of `memory.py` about them. All of it is worked out anew."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from readout.models import (
    Annotation,
    Article,
    ArticleId,
    Assignment,
    CopyGroup,
    Coverage,
    DayCount,
    Dispute,
    EditionId,
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
    outlet_id,
)
from readout.store import annotation_rows, lookup
from readout.store.naming import LOOKED, RECENT

_EPOCH = date(1970, 1, 1)
_NEVER = datetime.min.replace(tzinfo=UTC)


class MemoryNaming(ABC):
    """Keeps `Naming`'s contract, durability apart."""

    _annotations: dict[EditionId, Annotation]
    _assignments: dict[ArticleId, Assignment]
    _stories: dict[StoryId, Coverage]
    _groups: dict[ArticleId, CopyGroup]

    def __init__(self) -> None:
        super().__init__()
        self._disputing = threading.RLock()
        self._disputes: dict[StoryId, Dispute] = {}

    @abstractmethod
    def _texts(self) -> dict[EditionId, Article]:
        """The sighting that stands for each edition."""

    @abstractmethod
    def _listed(self) -> dict[str, datetime | None]:
        """When each article is listed."""

    @abstractmethod
    def articles(self, *, outlet: OutletId | None = None, limit: int = 50, offset: int = 0) -> Sequence[Article]:
        """See `Store.articles`."""

    def known_as(self, entity_id: str) -> Sequence[Known]:
        """See `Naming.known_as`."""
        counts = Counter(told for one in self._annotations.values() for told in annotation_rows.tellings(one))
        mine = [(one, number) for one, number in counts.items() if one.entity_id == entity_id]
        return sorted(Known(EntityId(entity_id), *annotation_rows.told(one.value), number) for one, number in mine)

    def sayings(self, who: Iterable[Known], *, limit: int = 30, offset: int = 0) -> Sequence[Saying]:
        """See `Naming.sayings`."""
        wanted = _ids(who)
        found = self._found(lambda one, number: one.statements[number].speaker.entity in _mine(one, wanted))
        most, first = lookup.window(limit, offset)
        return found[first : first + most]

    def count_sayings(self, who: Iterable[Known]) -> int:
        """See `Naming.count_sayings`."""
        return len(self.sayings(who, limit=2**53))

    def spoken_of(self, who: Iterable[Known], *, limit: int = 10) -> Sequence[Saying]:
        """See `Naming.spoken_of`."""
        wanted = _ids(who)
        subjects = {one.edition: list(annotation_rows.named_in(one)) for one in self._annotations.values()}
        found = self._found(lambda one, number: bool(subjects[one.edition][number] & _mine(one, wanted)))
        return found[: lookup.window(limit, 0)[0]]

    def days_named(self, who: Iterable[Known]) -> Sequence[DayCount]:
        """See `Naming.days_named`."""
        return _counted(day for _, day, mine in self._naming(who) for _ in mine)

    def roles_told(self, who: Iterable[Known]) -> Sequence[RoleTold]:
        """See `Naming.roles_told`."""
        known = {annotation_rows.telling(one.entity, one.kind, one.name, one.forms, one.roles).id: one for one in who}
        days: dict[str, list[date | None]] = {}
        for _, day, mine in self._naming(known.values()):
            for role in (role for telling in mine for role in known[telling].roles):
                days.setdefault(role, []).append(day)
        told = [RoleTold(role, len(met), *_ends(met)) for role, met in days.items()]
        return sorted(told, key=lambda one: (-one.articles, one.role))

    def stories_naming(self, who: Iterable[Known], *, limit: int = 12) -> Sequence[StoryCount]:
        """See `Naming.stories_naming`."""
        order = {edition: place for place, edition in enumerate(self._annotations)}
        met = [(day or date.min, order[edition], edition) for edition, day, mine in self._naming(who) if mine]
        texts = self._texts()
        latest = [texts[edition].id for _, _, edition in sorted(met, reverse=True)[:RECENT]]
        return self._latest_stories(latest, limit)

    def most_named(self, kind: EntityKind, *, speaking: bool = False, limit: int = 50) -> Sequence[NameCount]:
        """See `Naming.most_named`."""
        counts = annotation_rows.counted(self._annotations.values())
        names = {entity.id: entity for one in self._annotations.values() for entity in one.entities}
        found = [
            NameCount(id_, one.kind, one.name, counts.articles[id_], counts.statements[id_])
            for id_, one in names.items()
            if one.kind is kind
        ]
        some = [(one.statements if speaking else one.articles, one) for one in found]
        ordered = sorted((held for held in some if held[0]), key=lambda held: (-held[0], held[1].entity))
        return [one for _, one in ordered[: lookup.window(limit, 0)[0]]]

    def days_of_outlet(self, outlet: OutletId, *, days: int = 366) -> Sequence[DayCount]:
        """See `Naming.days_of_outlet`."""
        listed = self._listed()
        found = _counted(_day(listed.get(one.id)) for one in self.articles(outlet=outlet, limit=2**53))
        return [one for one in found if one.day > found[-1].day - timedelta(days=days)]

    def reprints(self, outlet: OutletId) -> tuple[Sequence[Reprinting], Sequence[Reprinting]]:
        """See `Naming.reprints`."""
        mine = {one.id for one in self.articles(outlet=outlet, limit=LOOKED)}
        names = {one.id: one.outlet for one in self.articles(limit=2**53)}
        pairs = [(one, group) for one, group in self._groups.items() if one != group.origin]
        source = [(group.agency, names.get(group.origin)) for one, group in pairs if one in mine]
        takers = [(None, names.get(one)) for one, group in pairs if group.origin in mine]
        return _reprinting(source, outlet), _reprinting(takers, outlet)

    def stories_of_outlet(self, outlet: OutletId, *, limit: int = 12) -> Sequence[StoryCount]:
        """See `Naming.stories_of_outlet`."""
        return self._latest_stories([one.id for one in self.articles(outlet=outlet, limit=RECENT)], limit)

    def days_of_stories(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Sequence[DayCount]]:
        """See `Naming.days_of_stories`."""
        seats = list(self._assignments.values())
        found = {
            story: tuple(_counted(_dated(one.day) for one in seats if one.story == story)) for story in set(stories)
        }
        return {story: days for story, days in found.items() if days}

    def coverages(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Coverage]:
        """See `Naming.coverages`."""
        return {story: self._stories[story] for story in stories if story in self._stories}

    def newest_day(self, until: date) -> date | None:
        """See `Naming.newest_day`."""
        days = [day for one in self._assignments.values() if (day := _dated(one.day))]
        return max((day for day in days if day <= until), default=max(days, default=None))

    def hot(self, since: date, until: date, *, limit: int = 30) -> Sequence[StoryCount]:
        """See `Naming.hot`."""
        dated = [(one.story, _dated(one.day)) for one in self._assignments.values()]
        counts = Counter(story for story, day in dated if day and since <= day <= until)
        ordered = sorted(counts.items(), key=lambda held: (-held[1], held[0]))
        return [StoryCount(*held) for held in ordered[: lookup.window(limit, 0)[0]]]

    def disputes(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Dispute]:
        """See `Naming.disputes`."""
        with self._disputing:
            return {story: self._disputes[story] for story in stories if story in self._disputes}

    def _found(self, fits: Callable[[Annotation, int], bool]) -> list[Saying]:
        texts, listed = self._texts(), self._listed()
        found = []
        for place, one in enumerate(self._annotations.values()):
            for number, statement in enumerate(one.statements):
                if one.edition in texts and fits(one, number):
                    at = statement.said.at if statement.said else listed.get(texts[one.edition].id)
                    key = (_NEVER - at if at else timedelta.max, -place, number)
                    found.append((key, Saying(texts[one.edition], statement, number + 1)))
        return [saying for _, saying in sorted(found, key=lambda held: held[0])]

    def _naming(self, who: Iterable[Known]) -> Iterator[tuple[EditionId, date | None, set[int]]]:
        """Each edition that is kept, its day, and what of those it tells."""
        wanted, texts, listed = _ids(who), self._texts(), self._listed()
        for one in self._annotations.values():
            if one.edition in texts:
                told = {telling.id for telling in annotation_rows.tellings(one)} & wanted
                yield one.edition, _day(listed.get(texts[one.edition].id)), told

    def _latest_stories(self, members: Sequence[ArticleId], limit: int) -> list[StoryCount]:
        seats = [self._assignments[one] for one in dict.fromkeys(members) if one in self._assignments]
        counts = Counter(one.story for one in seats)
        last = {story: max(one.day or -(2**40) for one in seats if one.story == story) for story in counts}
        ordered = sorted(counts, key=lambda story: (-last[story], -counts[story], story))
        return [StoryCount(story, counts[story]) for story in ordered[: lookup.window(limit, 0)[0]]]


def _ids(who: Iterable[Known]) -> set[int]:
    return {annotation_rows.telling(one.entity, one.kind, one.name, one.forms, one.roles).id for one in who}


def _mine(one: Annotation, wanted: set[int]) -> set[str]:
    return {telling.entity_id for telling in annotation_rows.tellings(one) if telling.id in wanted}


def _reprinting(found: Iterable[tuple[str | None, str | None]], outlet: OutletId) -> list[Reprinting]:
    counts: Counter[tuple[OutletId | None, str, bool]] = Counter()
    for agency, name in found:
        if (agency or name) and not (name and outlet_id(name) == outlet):
            counts[(None, agency, True) if agency else (outlet_id(name or ""), name or "", False)] += 1
    met = [Reprinting(id_, name, number, credited) for (id_, name, credited), number in counts.items()]
    return sorted(met, key=lambda one: (-one.articles, one.name))


def _counted(days: Iterable[date | None]) -> list[DayCount]:
    return [DayCount(*held) for held in sorted(Counter(day for day in days if day).items())]


def _ends(days: Iterable[date | None]) -> tuple[date | None, date | None]:
    known = [day for day in days if day]
    return min(known, default=None), max(known, default=None)


def _day(at: datetime | None) -> date | None:
    return at.astimezone(UTC).date() if at else None


def _dated(day: int | None) -> date | None:
    return None if day is None else _EPOCH + timedelta(days=day)
