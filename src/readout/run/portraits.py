"""Who an id of a name means today, and what the archive tells of them at a glance: worked out when somebody asks, and
good for the longer the more there is of them, as then one article more changes little.

It holds names and counts, no text; what it was made from is in the store. A ruling on names counts at once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from time import monotonic

from readout.annotate import archive_names
from readout.annotate.names import fold
from readout.errors import NotFoundError
from readout.models import EntityId, EntityKind, Known, OutletId, OutletPortrait, Portrait, Ruling, Who
from readout.store.base import Store

TIMES = 10_000  # as long as it took, what was worked out is good enough,
LEAST, MOST = 5.0, 600.0  # and for so many seconds at least and at most
_HELD = 512
_ONE_BY_ONE = frozenset({EntityKind.BODY, EntityKind.PLACE, EntityKind.WORK})  # no other name leads to these
_NAMESAKES = 12


class Portraits:
    """The portraits of one store. Safe for threads."""

    def __init__(self, store: Store, clock: Callable[[], float] = monotonic) -> None:
        self._store = store
        self._clock = clock
        self._lock = Lock()
        self._held: OrderedDict[tuple[str, int], tuple[float, int, Portrait]] = OrderedDict()  # good until then
        self._outlets: OrderedDict[OutletId, tuple[float, OutletPortrait]] = OrderedDict()

    def of(self, entity_id: str, which: int = 1) -> Portrait:
        """The portrait of whom that id means; of several namesakes the `which`th, the most named first. Raises
        NotFoundError, StoreError.
        """
        rulings, now, key = self._store.rulings(), self._clock(), (entity_id, which)
        with self._lock:
            until, ruled, found = self._held.get(key, (now, -1, None))
        if found is None or ruled != len(rulings) or now >= until:
            found = self._made(entity_id, which, rulings)
            self._keep(key, (self._until(now), len(rulings), found))
        return found

    def _until(self, began: float) -> float:
        """When what was begun then, and is there now, is too old."""
        done = self._clock()
        return done + min(MOST, max(LEAST, TIMES * (done - began)))

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
