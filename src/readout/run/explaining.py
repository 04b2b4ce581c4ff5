"""Why an article is in a story, or is not: worked out when it is asked for, from the texts themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from readout.group import footprint, score
from readout.group.features import Features, features
from readout.models import Article, ArticleId, Coverage, Footprint, Placement, Reason, Verdict
from readout.store.base import Store

_LOOKED_AT = 400  # articles of a story


def why(store: Store, article: Article, story: Coverage) -> Placement | None:
    """How an article and the one of that story most like it are alike, each fact with what it adds to the log-odds.
    None where there is nothing to compare.
    """
    seats = store.assignments([article.id])
    others = [one for one in store.members(story.id, limit=_LOOKED_AT) if one != article.id]
    prints = [one for one in store.footprints(others) if one.features]
    if not seats or not prints:
        return None
    understood, kept = store.annotation(article.edition), _kept(store, article)
    nearest, odds = _nearest(kept or footprint.seen(footprint.footprint(article, understood)), prints)
    reasons = _reasons(features(article, understood), kept, nearest)
    here = seats[0].story == story.id
    sure = 1 / (1 + float(np.exp(-odds)))
    return Placement(article.id, story.id, seats[0].verdict if here else Verdict.STARTS, sure, reasons, nearest.article)


def alike(store: Store, article: Article, other: ArticleId) -> tuple[Reason, ...]:
    """Why that article does or does not belong with the other, what tells most first; nothing as long as the other is
    not grouped.
    """
    prints = [one for one in store.footprints([other]) if one.features]
    if not prints:
        return ()
    return _reasons(features(article, store.annotation(article.edition)), _kept(store, article), prints[0])


def _reasons(mine: Features, kept: Features | None, other: Footprint) -> tuple[Reason, ...]:
    """The words of the one as they are read now, its day and meaning as they are kept."""
    mine = replace(mine, meaning=kept.meaning, day=kept.day) if kept else mine
    rows = score.stacked([footprint.seen(other)])
    return score.reasons(mine, rows, score.scale_for(rows))


def _kept(store: Store, article: Article) -> Features | None:
    """What is kept of it for being compared."""
    kept = [one for one in store.footprints([article.id]) if one.features]
    return footprint.seen(kept[0]) if kept else None


def _nearest(mine: Features, prints: list[Footprint]) -> tuple[Footprint, float]:
    """The one of those that is most like it, and the log-odds."""
    rows = score.stacked([footprint.seen(one) for one in prints])
    sides = (score.aligned(one, mine.ids) for one in (score.stacked([mine]), rows))
    odds = score.scale_for(rows).pairs(score.pairs(*sides))[0]
    best = int(odds.argmax())
    return prints[best], float(odds[best])
