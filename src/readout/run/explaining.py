"""Why an article is in a story, or is not: worked out when it is asked for, from the texts themselves."""

from __future__ import annotations

import numpy as np

from readout.group import footprint, score
from readout.group.features import features
from readout.models import Article, Coverage, Footprint, Placement, Verdict
from readout.store.base import Store

_LOOKED_AT = 400  # articles of a story


def why(store: Store, article: Article, story: Coverage) -> Placement | None:
    """How an article and the one of that story most like it are alike, each fact with what it adds to the log-odds.
    None where there is nothing to compare.
    """
    mine = features(article, store.annotation(article.edition))
    seats = store.assignments([article.id])
    others = [one for one in store.members(story.id, limit=_LOOKED_AT) if one != article.id]
    prints = [one for one in store.footprints(others) if one.features]
    if not seats or not prints:
        return None
    nearest, odds = _nearest(footprint.footprint(article, store.annotation(article.edition)), prints)
    reasons = score.reasons(mine, score.stacked([footprint.seen(nearest)]), score.scale())
    here = seats[0].story == story.id
    sure = 1 / (1 + float(np.exp(-odds)))
    return Placement(article.id, story.id, seats[0].verdict if here else Verdict.STARTS, sure, reasons, nearest.article)


def _nearest(mine: Footprint, prints: list[Footprint]) -> tuple[Footprint, float]:
    """The one of those that is most like it, and the log-odds."""
    seen = footprint.seen(mine)
    sides = (score.aligned(score.stacked(one), seen.ids) for one in ([seen], [footprint.seen(one) for one in prints]))
    odds = score.scale().pairs(score.pairs(*sides))[0]
    best = int(odds.argmax())
    return prints[best], float(odds[best])
