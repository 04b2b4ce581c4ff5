"""Who an id of a name means today, and what the archive tells of them at a glance: worked out when somebody asks, and
good for the longer the more there is of them, as then one article more changes little. Where somebody tends them, those
named most are there before anybody asks, and what is too old is made anew while it is shown once more.

It holds names and counts, no text; what it was made from is in the store. A ruling on names counts at once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from threading import Lock
from time import monotonic, sleep

from readout.annotate import archive_names
from readout.annotate.names import fold
from readout.errors import NotFoundError
from readout.models import EntityId, EntityKind, Known, NameCount, OutletId, OutletPortrait, Portrait, Ruling, Who
from readout.store.base import Store

TIMES = 10_000  # as long as it took, what was worked out is good enough,
LEAST, MOST = 5.0, 600.0  # and for so many seconds at least and at most
_HELD = 512
_FOREMOST = 40  # names of each kind that are made before anybody asks,
_KINDS = (EntityKind.PERSON, EntityKind.BODY, EntityKind.PLACE)
_AGAIN = 600.0  # and looked up again after so many seconds
_ATTENDED = 30.0  # seconds after which nobody tends them any more
_REST = 3.0  # times as long as one took, before the next, so that others have the processor
_ONE_BY_ONE = frozenset({EntityKind.BODY, EntityKind.PLACE, EntityKind.WORK})  # no other name leads to these
_NAMESAKES = 12
_MOMENT = 0.2  # seconds that a list of names may wait for portraits


class Portraits:
    """The portraits of one store. Safe for threads."""

    def __init__(self, store: Store, clock: Callable[[], float] = monotonic) -> None:
        self._store = store
        self._clock = clock
        self._lock = Lock()
        self._held: OrderedDict[tuple[str, int], tuple[float, int, Portrait]] = OrderedDict()  # good until then
        self._outlets: OrderedDict[OutletId, tuple[float, OutletPortrait]] = OrderedDict()
        self._wanted: dict[tuple[str, int], None] = {}  # to be made when somebody tends them
        self._tended = self._listed = float("-inf")

    def of(self, entity_id: str, which: int = 1) -> Portrait:
        """The portrait of whom that id means; of several namesakes the `which`th, the most named first. Raises
        NotFoundError, StoreError.
        """
        rulings, now, key = self._store.rulings(), self._clock(), (entity_id, which)
        with self._lock:
            until, ruled, found = self._held.get(key, (now, -1, None))
        if found is None or ruled != len(rulings) or (now >= until and now - self._tended > _ATTENDED):
            return self._anew(key, rulings, now)
        if now >= until:
            with self._lock:
                self._wanted[key] = None
        return found

    def _anew(self, key: tuple[str, int], rulings: Sequence[Ruling], began: float) -> Portrait:
        found = self._made(*key, rulings)
        self._keep(key, (self._until(began), len(rulings), found))
        return found

    def tend(self, seconds: float, rest: Callable[[float], None] = sleep) -> None:
        """Make what was asked for when it was too old, and who is named most, for about so many seconds at a time.
        Raises StoreError.
        """
        ends = self._clock() + seconds
        self._tended = self._clock()
        if self._tended - self._listed >= _AGAIN:
            self._listed = self._tended
            foremost = {(one, 1): None for one in self._foremost()}
            with self._lock:
                self._wanted |= foremost
        while (began := self._clock()) < ends and (key := self._next()):
            with suppress(NotFoundError):
                self._anew(key, self._store.rulings(), began)
            rest(_REST * (self._clock() - began))

    def _next(self) -> tuple[str, int] | None:
        with self._lock:
            return self._wanted.popitem()[0] if self._wanted else None

    def _foremost(self) -> Iterator[str]:
        for kind in _KINDS:
            for speaking in (False, True):
                yield from (one.entity for one in self._store.most_named(kind, speaking=speaking, limit=_FOREMOST))

    def _until(self, began: float) -> float:
        """When what was begun then, and is there now, is too old."""
        done = self._clock()
        return done + min(MOST, max(LEAST, TIMES * (done - began)))

    def listed(self, counts: Iterable[NameCount], *, speaking: bool, seconds: float = _MOMENT) -> list[NameCount]:
        """Those names as their portraits tell them, whom two ids lead to once, the most met first; namesakes together.
        Portraits that are not there are made for about so many seconds. Raises StoreError.
        """
        ends = self._clock() + seconds
        told: dict[EntityId, NameCount] = {}
        for one in counts:
            found = self._now(one.entity, make=self._clock() < ends)
            if found and found.who.kind is one.kind and not found.namesakes[1:]:
                told[found.id] = NameCount(found.id, one.kind, found.who.name, found.who.articles, found.statements)
            else:
                told.setdefault(one.entity, one)
        return sorted(told.values(), key=lambda one: (-(one.statements if speaking else one.articles), one.entity))

    def _now(self, entity_id: EntityId, *, make: bool) -> Portrait | None:
        with suppress(NotFoundError):
            if make:
                return self.of(entity_id)
        with self._lock:
            held = self._held.get((entity_id, 1))
        return held[2] if held else None

    def of_outlet(self, outlet: OutletId) -> OutletPortrait:
        """The portrait of an outlet. Raises StoreError."""
        now = self._clock()
        with self._lock:
            until, found = self._outlets.get(outlet, (now, None))
        if found is None or now >= until:
            takes, gives = self._store.reprints(outlet)
            days, stories = self._store.days_of_outlet(outlet), self._store.stories_of_outlet(outlet)
            found = OutletPortrait(tuple(days), tuple(stories), tuple(takes), tuple(gives))
            with self._lock:
                self._outlets[outlet] = (self._until(now), found)
                while len(self._outlets) > _HELD:
                    self._outlets.popitem(last=False)
        return found

    def _keep(self, key: tuple[str, int], made: tuple[float, int, Portrait]) -> None:
        with self._lock:
            self._held[key] = made
            self._held.move_to_end(key)
            while len(self._held) > _HELD:
                self._held.popitem(last=False)

    def _made(self, entity_id: str, which: int, rulings: Sequence[Ruling]) -> Portrait:
        known = self._store.known_as(entity_id)
        if not known:
            raise NotFoundError("name", entity_id)
        around = whos(self._store, known, rulings)
        mine = [one for one in around if any(each.entity == entity_id for each in one.known)]
        if not 1 <= which <= len(mine):
            raise NotFoundError("name", entity_id)
        who = mine[which - 1]
        return Portrait(
            id=principal(who),
            who=who,
            statements=self._store.count_sayings(who.known),
            days=tuple(self._store.days_named(who.known)),
            roles=tuple(self._store.roles_told(who.known)),
            stories=tuple(self._store.stories_naming(who.known)),
            which=which,
            namesakes=tuple(mine),
            others=tuple(_others(who, [one for one in around if one not in mine]))[:_NAMESAKES],
        )


def whos(store: Store, known: Sequence[Known], rulings: Sequence[Ruling]) -> tuple[Who, ...]:
    """The entities of the archive that those, all of one entity, may be one with, themselves among them."""
    names = dict.fromkeys((known[0].name, *archive_names.other_names(known[0].name, rulings)))
    if known[0].kind in _ONE_BY_ONE and len(names) == 1:
        return archive_names.whos(known, rulings)
    around = store.known({word for name in names for word in name.split()[-1:]})
    found = archive_names.whos(around, rulings)
    there = any(one.entity == known[0].entity for who in found for one in who.known)
    return found if there else archive_names.whos(known, rulings)


def principal(who: Who) -> EntityId:
    """The id that stands for all that is known of an entity: that of its name."""
    named = [one for one in who.known if one.name == who.name] or who.known
    return min(named, key=lambda one: (-one.articles, one.entity)).entity


def _others(who: Who, around: Iterable[Who]) -> list[Who]:
    """Others of the same name, or whom a last name alone may mean too."""
    name = fold(who.name)
    ends = f" {name}"
    return [one for one in around if fold(one.name) == name or (" " not in name and fold(one.name).endswith(ends))]
