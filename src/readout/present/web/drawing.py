"""The pictures beside a story: its coverage over time, and who reprints whom in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from readout.models import Coverage
from readout.present import pictures
from readout.present.sheaves import Sheaf
from readout.present.web.glance import glancing


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


def _links(together: Sequence[Sheaf]) -> list[tuple[str, str, int]]:
    """Whose text is printed by whom, and how often; an agency goes before the outlet that printed it first."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in together:
        source = one.agency or one.origin.outlet
        printed = [leaf.article.outlet for leaf in one.copies]
        takers = [one.origin.outlet, *printed] if one.agency else printed
        counts.update((source, taker) for taker in takers if source and taker)
    return [(source, taker, number) for (source, taker), number in counts.items()]
