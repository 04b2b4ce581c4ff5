"""What is known of outlets beyond their names: what their feeds tell, and what a person said of those."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from readout.models import Followed, Outlet, OutletCount, OutletId


def described(outlets: Iterable[OutletCount], feeds: Iterable[Followed]) -> list[OutletCount]:
    """The outlets with what is known of them from the feeds that are followed; what a person set goes first."""
    known: dict[OutletId, Outlet] = {}
    for feed in sorted((one.feed for one in feeds), key=lambda one: -len(one.corrected)):
        known.setdefault(feed.outlet.id, feed.outlet)
    return [_described(one, known.get(one.outlet.id)) for one in outlets]


def _described(count: OutletCount, known: Outlet | None) -> OutletCount:
    return replace(count, outlet=replace(known, name=count.outlet.name)) if known else count
