"""The pictures beside a story or an outlet: coverage over time, and who reprints whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from starlette.requests import Request

from readout.models import Coverage, Outlet, OutletPortrait
from readout.present import pictures, stories
from readout.present.screens import Row
from readout.present.sheaves import Sheaf
from readout.present.web import name
from readout.present.web.glance import glancing

_TIES = 14


@dataclass(frozen=True)
class Drawn:
    """The pictures, those there is something to see in."""

    coverage: pictures.Columns | None
    reprints: pictures.Graph | None


def of_story(request: Request, found: Coverage, together: Sequence[Sheaf]) -> Drawn:
    """The pictures of that story and of its texts with their copies."""
    teller = glancing(request)
    days = teller.coverage([found.id]).get(found.id, ()) if teller else ()
    return Drawn(pictures.columns(days), pictures.graph(_links(together)))


@runtime_checkable
class Portraying(Protocol):
    """The verb of the Engine that is needed here. It may raise StoreError."""

    def outlet_portrait(self, outlet_id: str, /) -> OutletPortrait:
        """What is told of an outlet at a glance."""


@dataclass(frozen=True)
class OutletDrawn:
    """An outlet's articles over time, its latest stories, whom it reprints and who reprints it."""

    coverage: pictures.Columns | None = None
    stories: tuple[tuple[Row, int], ...] = ()
    reprints: pictures.Graph | None = None


def of_outlet(request: Request, outlet: Outlet) -> OutletDrawn:
    """What stands beside an outlet's articles."""
    archive = request.app.state.archive
    if not isinstance(archive, Portraying):
        return OutletDrawn()
    found = archive.outlet_portrait(outlet.id)
    known = name.told(request, found.stories)
    takes, gives = found.takes[:_TIES], found.gives[:_TIES]
    links = [(one.name, outlet.name, one.articles) for one in takes if not _is_own(one.name, outlet.name)]
    links += [(outlet.name, one.name, one.articles) for one in gives]
    rows = [(stories.row(known[one.story]), one.articles) for one in found.stories if one.story in known]
    return OutletDrawn(pictures.columns(found.days), tuple(rows), pictures.graph(links))


def _links(together: Sequence[Sheaf]) -> list[tuple[str, str, int]]:
    """Whose text is printed by whom, and how often; an agency goes before the outlet that printed it first."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in together:
        source = one.agency or one.origin.outlet
        printed = [leaf.article.outlet for leaf in one.copies]
        takers = [one.origin.outlet, *printed] if one.agency else printed
        counts.update((source, taker) for taker in takers if source and taker and not _is_own(source, taker))
    return [(source, taker, number) for (source, taker), number in counts.items()]


def _is_own(agency: str, outlet: str) -> bool:
    """Whether an outlet prints its own text: an agency goes by the first words of its name."""
    return outlet.casefold().startswith(agency.casefold())
