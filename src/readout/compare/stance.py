"""How an article stands to a headline, its own or another's: what in the sentences nearest to it speaks for which.

The relation of a headline to a sentence is that of any two statements; beside it stand words that say that something
told is not so, and words that leave open whether it is. Nothing is decided here: the figures come with their reasons.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readout.compare.relate import relate
from readout.compare.told import Told, listed, telling
from readout.models import Relation

_NEAREST = 4  # sentences that are looked at
_WORD = re.compile(r"[a-z]+")
_LIKE = 0.25  # of a headline's stems, how many a sentence has that speaks of it


@dataclass(frozen=True)
class Stance:
    """`likeness` of the nearest sentence (share of the headline's stems), whether one contradicts or agrees, how many
    of the nearest ones say it is not so where the headline does not (negative: the other way round), and the share of
    all sentences' words that leave it open, in the nearest and in the headline.
    """

    likeness: float
    contradicts: bool
    agrees: bool
    debunks: float
    leaves_open: float
    asks: bool


def stance(headline: Told, body: Sequence[Told]) -> Stance:
    """What an article's sentences say of a headline."""
    ranked = sorted(body, key=lambda one: (-_likeness(headline, one), one.order))
    nearest = ranked[:_NEAREST]
    of_it = [one for one in nearest if _likeness(headline, one) >= _LIKE]
    relations = [relate(headline, one).relation for one in of_it]
    return Stance(
        likeness=_likeness(headline, nearest[0]) if nearest else 0.0,
        contradicts=Relation.CONTRADICT in relations,
        agrees=Relation.AGREE in relations,
        debunks=_share([*nearest, *body[:2]], "debunks") - bool(_words(headline) & listed("debunks")),
        leaves_open=_share([*nearest, *body[:3]], "leaves_open"),
        asks=headline.text.rstrip().endswith("?") or bool(_words(headline) & listed("leaves_open")),
    )


def _likeness(headline: Told, one: Told) -> float:
    stems = headline.stems
    return len(stems & (one.stems | frozenset(telling(one.around)))) / len(stems) if stems else 0.0


def _share(sentences: Sequence[Told], name: str) -> float:
    """The share of sentences that hold a word of a list."""
    distinct = {one.statement.id: one for one in sentences}.values()
    return sum(bool(_words(one) & listed(name)) for one in distinct) / len(distinct) if distinct else 0.0


def _words(one: Told) -> frozenset[str]:
    return frozenset(_WORD.findall(one.around.lower()) or _WORD.findall(one.text.lower()))
