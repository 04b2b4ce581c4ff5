"""The verbs of the Engine that are about names, outlets and coverage at a glance. They wire parts together, no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from readout.models import (
    Coverage,
    DayCount,
    Dispute,
    EntityKind,
    NameCount,
    OutletId,
    OutletPortrait,
    Portrait,
    Saying,
    StoryId,
    Who,
)
from readout.store.base import Store

if TYPE_CHECKING:
    from readout.run.portraits import Portraits

_ONE_DAY = timedelta(days=1)


class Naming:
    """Names, outlets and coverage of an archive."""

    store: Store

    @cached_property
    def _portraits(self) -> Portraits:
        from readout.run.portraits import Portraits

        return Portraits(self.store)

    def portrait(self, entity_id: str, *, which: int = 1) -> Portrait:
        """Whom that id of a name means, with what is told of them at a glance; of several namesakes the `which`th, the
        most named first. It may be some minutes old where there is much. Raises NotFoundError.
        """
        return self._portraits.of(entity_id, which)

    def tend(self, seconds: float = 0.5) -> None:
        """Work on portraits of names that somebody will want to see, for about so long. Raises StoreError."""
        self._portraits.tend(seconds)

    def sayings(self, who: Who, *, limit: int = 30, offset: int = 0) -> Sequence[Saying]:
        """What that entity said, the latest first."""
        return self.store.sayings(who.known, limit=limit, offset=offset)

    def spoken_of(self, who: Who, *, limit: int = 10) -> Sequence[Saying]:
        """What others said that names that entity, the latest first."""
        return self.store.spoken_of(who.known, limit=limit)

    def most_named(self, kind: EntityKind, *, speaking: bool = False, limit: int = 50) -> Sequence[NameCount]:
        """The entities of that kind that most texts name, or that most statements are of, each by its name and with the
        counts of its portrait, as far as there is one or it can be made in a moment; else by the first of its ids.
        """
        return self._portraits.listed(self.store.most_named(kind, speaking=speaking, limit=limit), speaking=speaking)

    def outlet_portrait(self, outlet_id: str) -> OutletPortrait:
        """What is told of an outlet at a glance: how much when, its stories, whom it reprints and who reprints it. It
        may be some minutes old where there is much.
        """
        return self._portraits.of_outlet(OutletId(outlet_id))

    def coverage(self, story_ids: Iterable[StoryId]) -> Mapping[StoryId, Sequence[DayCount]]:
        """How many articles of each of those stories each day has, the earliest first."""
        return self.store.days_of_stories(story_ids)

    def coverages(self, story_ids: Iterable[StoryId]) -> Mapping[StoryId, Coverage]:
        """Those of the stories that are there, by their ids of today."""
        return self.store.coverages(story_ids)

    def hot(self, *, limit: int = 30) -> Sequence[tuple[Coverage, int]]:
        """The stories that most articles of the last day are in, and how many are: the last two days by the calendar
        that anything came.
        """
        until = self.store.newest_day(datetime.now(UTC).date())
        if until is None:
            return ()
        counted = self.store.hot(until - _ONE_DAY, until, limit=limit)
        known = self.store.coverages(one.story for one in counted)
        return [(known[one.story], one.articles) for one in counted if one.story in known]

    def disputes(self, story_ids: Iterable[StoryId]) -> Mapping[StoryId, Dispute]:
        """The foremost disputed points of those of the stories that were compared."""
        return self.store.disputes(story_ids)
