"""What lists of stories tell at a glance: coverage over time, what is disputed; nothing where the archive cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from starlette.requests import Request

from readout.models import Coverage, DayCount, Dispute, OutletCount, StoryId
from readout.present.stories import Glance


@runtime_checkable
class Glancing(Protocol):
    """The verbs of the Engine that are needed here. Each may raise StoreError."""

    def coverage(self, story_ids: Iterable[StoryId], /) -> Mapping[StoryId, Sequence[DayCount]]:
        """How many articles of stories each day has."""

    def disputes(self, story_ids: Iterable[StoryId], /) -> Mapping[StoryId, Dispute]:
        """The foremost disputed points of stories."""

    def hot(self, *, limit: int = 30) -> Sequence[tuple[Coverage, int]]:
        """The stories that most articles of the last day are in, and how many are."""


def glancing(request: Request) -> Glancing | None:
    """Who can tell, if anybody can."""
    archive = request.app.state.archive
    return archive if isinstance(archive, Glancing) else None


def glance(
    request: Request,
    shown: Sequence[Coverage],
    outlets: Iterable[OutletCount] = (),
    now: Mapping[StoryId, int] | None = None,
) -> Glance:
    """What is told of those stories."""
    teller = glancing(request)
    countries = {one.outlet.name: one.outlet.country for one in outlets if one.outlet.country}
    if teller is None:
        return Glance(countries=countries)
    ids = [one.id for one in shown]
    return Glance(teller.coverage(ids), teller.disputes(ids), now or {}, countries)
