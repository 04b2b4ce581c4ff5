"""How the relation of a point came to be: what stood between its accounts as each statement was published. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from readout.compare.guards import Verdict
from readout.compare.told import Told
from readout.models import Phase, Relation

Judged = tuple[Told, Told, Verdict]


def phases(
    verdicts: Sequence[Judged], told_by: Mapping[str, Sequence[Told]], overall: Callable[[Sequence[Verdict]], Relation]
) -> tuple[Phase, ...]:
    """The relation at first and whenever it or who has spoken changed, the earliest first. `overall` makes one relation
    of several verdicts. What has no time is left out.
    """
    first = {party: min((one.at for one in held if one.at), default=None) for party, held in told_by.items()}
    known = [(max(a.at, b.at), a, b, verdict) for a, b, verdict in verdicts if a.at and b.at]
    known.sort(key=lambda each: (each[0], each[1].statement.id, each[2].statement.id))
    found: list[Phase] = []
    best: dict[Relation, Verdict] = {}
    for number, (at, a, b, verdict) in enumerate(known):
        held = best.get(verdict.relation)
        best[verdict.relation] = verdict if held is None or held.confidence < verdict.confidence else held
        if number + 1 < len(known) and known[number + 1][0] == at:
            continue
        relation, spoken = overall(list(best.values())), _spoken(first, at)
        if not found or (found[-1].relation, found[-1].parties) != (relation, spoken):
            kind = best[relation].kind if relation in best else verdict.kind
            ordered = sorted((a, b), key=lambda one: (one.at or at, one.order))
            found.append(Phase(at, relation, kind, spoken, tuple(dict.fromkeys(one.statement.id for one in ordered))))
    return tuple(found)


def _spoken(first: Mapping[str, datetime | None], at: datetime) -> tuple[str, ...]:
    return tuple(sorted(party for party, since in first.items() if since and since <= at))
