"""An outlet: a publisher of news."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from readout.models.article import folded
from readout.models.ids import OutletId, stable_id


@dataclass(frozen=True)
class Outlet:
    """A publisher: newspaper, broadcaster, agency, aggregator. `name` is as the sources write it."""

    name: str
    domain: str | None = None
    country: str | None = None
    language: str | None = None
    kind: str | None = None

    @cached_property
    def id(self) -> OutletId:
        """Hashed from the name without case, spaces, marks and a leading "the"."""
        return outlet_id(self.name)


def outlet_id(name: str) -> OutletId:
    """The id of the outlet of that name: "The Mainichi" and "Mainichi" are one."""
    words = name.split()
    rest = words[1:] if len(words) > 1 and words[0].casefold() == "the" else words
    return OutletId(stable_id("outlet", folded("".join(rest)) or name))
