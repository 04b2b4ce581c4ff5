"""Whether one text is taken from another, how, and why: a table of facts about two texts, and of kinds that need some
facts and exclude others. No single threshold decides, and every fact that was found goes to the screen.

    two Texts → overlap (what they share) → facts → the first kind of the table whose facts hold → Copy

Facts are measured on the words alone, credits and times decide only which of the two is the original. Headlines do
not matter: nearly every reprint has its own.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from readout.group import origins
from readout.group.overlap import Overlap, Side, common, overlap
from readout.group.passages import missing, quoted
from readout.group.sketches import WIDTH, Words, among, words
from readout.models import WHOLE, Article, ArticleId, Copy, CopyKind, Precision

_LEAD = 50  # words
_ALIKE = 0.7  # of both texts
_FEW = 30  # words: a note, a line that stands where a text should be
_LEAST_CONTAINED = 0.1  # of the word 8-grams of one text; less is shared by chance or by theme
_LEAST_BLOCK = 40  # words in a row that count however long the texts are
_LEAST_STRETCH = 150  # words
_GAP = 30  # words that may differ inside a stretch
_DENSE = 0.9  # of the shared words lie in it
_GIVE = {
    Precision.SECOND: timedelta(0),
    Precision.MINUTE: timedelta(0),
    Precision.HOUR: timedelta(hours=1),
    Precision.DAY: timedelta(days=1),
    Precision.MONTH: timedelta(days=31),
    Precision.YEAR: timedelta(days=366),
}
_NONE = np.zeros(0, np.uint32)


@dataclass(frozen=True)
class Text:
    """What is needed of an article to compare it: `body` has a paragraph a line; for the rest see `origins.Member`."""

    id: ArticleId
    outlet: str
    published: datetime | None
    body: str
    credits: tuple[str, ...] = ()
    give: timedelta = timedelta(0)
    modified: datetime | None = None

    @cached_property
    def words(self) -> Words:
        """The words of the body."""
        return words(self.body)

    @cached_property
    def quoted(self) -> NDArray[np.bool_]:
        """Which of the words stand inside quotation marks."""
        return quoted(self.words)

    @property
    def member(self) -> origins.Member:
        """What is needed to find an origin."""
        words = len(self.words)
        return origins.Member(self.id, self.outlet, self.published, self.credits, words, self.give, self.modified)


@dataclass(frozen=True)
class Kind:
    """A row of the table: a pair is of this kind when all of `needs` hold and none of `bars`."""

    kind: CopyKind
    needs: frozenset[str]
    bars: frozenset[str]


def _row(kind: CopyKind, needs: str = "", bars: str = "") -> Kind:
    return Kind(kind, frozenset(filter(None, needs.split(", "))), frozenset(filter(None, bars.split(", "))))


# Each fact holds where that measure of the pair is at least so much; see `_measures`.
FACTS = {
    "same outlet": ("same outlet", 1),
    "few words": ("brevity", 1),
    "every word of one shared": ("grams of the fuller", 0.93),
    "word order of both kept": ("grams of the lesser", 0.85),
    "nearly all of both shared": ("words of the lesser", 0.85),
    "most of both shared": ("words of the lesser", 0.7),
    "more than half of both shared": ("words of the lesser", 0.55),
    "a third of both shared": ("words of the lesser", 0.33),
    "half of one shared": ("words of the fuller", 0.5),
    "nearly all of the copy shared": ("words of the copy", 0.85),
    "leads share words": ("lead of either", 0.1),
    "copy opens with shared words": ("lead of the copy", 0.1),
    "mostly quotation": ("inside quotation marks", 0.75),
    "repeated by the outlet": ("repeated", 0.5),
    "one stretch away from both leads": ("one stretch", 1),
    "months apart": ("days apart", 30),
}

KINDS = (
    _row(CopyKind.BOILERPLATE, "same outlet, few words"),
    _row(CopyKind.EXCERPT, "few words"),
    _row(CopyKind.UPDATE, "same outlet, nearly all of both shared"),
    _row(CopyKind.UPDATE, "same outlet, half of one shared, leads share words", "months apart, repeated by the outlet"),
    _row(CopyKind.BOILERPLATE, "same outlet, repeated by the outlet", "mostly quotation"),
    _row(CopyKind.BOILERPLATE, "same outlet, one stretch away from both leads", "mostly quotation"),
    _row(CopyKind.EXCERPT, "same outlet"),
    _row(CopyKind.REPRINT, "every word of one shared, word order of both kept"),
    _row(CopyKind.EDITED, "most of both shared"),
    _row(CopyKind.PARTIAL, "nearly all of the copy shared", "mostly quotation"),
    _row(CopyKind.PARTIAL, "more than half of both shared", "mostly quotation"),
    _row(
        CopyKind.PARTIAL, "half of one shared, a third of both shared, copy opens with shared words", "mostly quotation"
    ),
    _row(CopyKind.EXCERPT),
)


def text(article: Article) -> Text:
    """What is compared of an article."""
    return Text(
        id=article.id,
        outlet=article.outlet or "",
        published=article.published.at if article.published else None,
        body=article.body,
        credits=tuple(credit.name for credit in article.credits),
        give=_GIVE[article.published.precision] if article.published else timedelta(0),
        modified=article.modified.at if article.modified else None,
    )


def relation(one: Text, other: Text, furniture: NDArray[np.uint32] = _NONE) -> Copy | None:
    """How one of the two texts is taken from the other, whichever way round; None where they share too little.

    `furniture` are fingerprints of word 8-grams (as in `sketches`) that the outlet, when it is the same, repeats in
    other articles. The same two texts give the same relation in either order.
    """
    original, _, basis = origins.ordered(one.member, other.member)
    first, second = (one, other) if original.id == one.id else (other, one)
    if first.words.digest == second.words.digest:
        return _same(first, second, basis) if len(first.words) >= WIDTH else None
    both = common(first.words, second.words)
    if len(both) < min(_LEAST_BLOCK - WIDTH, _LEAST_CONTAINED * min(len(first.words), len(second.words)) - WIDTH):
        return None
    found = overlap(first.words, second.words, both)
    if not _enough(found):
        return None
    facts = _facts(first, second, found, furniture)
    kind = _kind(facts)
    return Copy(
        original=first.id,
        copy=second.id,
        kind=kind,
        share=found.other.covered,
        kept=found.one.covered,
        block=found.longest[2],
        reasons=(*sorted(facts), basis),
        left_out=missing(found.one) if kind in WHOLE else (),
        added=missing(found.other) if kind in WHOLE else (),
    )


def _same(original: Text, copy: Text, basis: str) -> Copy:
    """The relation of two texts with the very same words."""
    facts = {"every word of one shared", "word order of both kept", "nearly all of both shared"}
    if origins.same_outlet(original.outlet, copy.outlet):
        facts.add("same outlet")
    if len(original.words) < _FEW:
        facts.add("few words")
    reasons = (*sorted(facts), basis)
    return Copy(original.id, copy.id, _kind(facts), 1.0, 1.0, len(original.words), reasons, identical=True)


def _kind(facts: AbstractSet[str]) -> CopyKind:
    return next(row.kind for row in KINDS if row.needs <= facts and not row.bars & facts)


def _enough(found: Overlap) -> bool:
    contained = max(found.one.contained, found.other.contained)
    return contained >= _LEAST_CONTAINED or found.longest[2] >= _LEAST_BLOCK


def _facts(original: Text, copy: Text, found: Overlap, furniture: NDArray[np.uint32]) -> AbstractSet[str]:
    """Every fact that holds of the pair."""
    measured = _measures(original, copy, found, furniture)
    return {fact for fact, (measure, least) in FACTS.items() if measured[measure] >= least}


def _measures(original: Text, copy: Text, found: Overlap, furniture: NDArray[np.uint32]) -> dict[str, float]:
    """What facts rest on: shares in 0..1, days, and 1 or 0 for what is or is not."""
    one, other = found.one, found.other
    return {
        "same outlet": origins.same_outlet(original.outlet, copy.outlet),
        "brevity": max(len(one.words), len(other.words)) < _FEW,
        "grams of the fuller": max(one.contained, other.contained),
        "grams of the lesser": min(one.contained, other.contained),
        "words of the fuller": max(one.covered, other.covered),
        "words of the lesser": min(one.covered, other.covered),
        "words of the copy": other.covered,
        "lead of either": max(one.within(_LEAD), other.within(_LEAD)),
        "lead of the copy": other.within(_LEAD),
        "inside quotation marks": _quotation(original, copy, found),
        "repeated": _repeated(found, furniture),
        "one stretch": _one_stretch(one) and _one_stretch(other),
        "days apart": _apart(original, copy) / timedelta(days=1),
    }


def _quotation(original: Text, copy: Text, found: Overlap) -> float:
    """How much of what is shared stands inside quotation marks, in the text where more does; 0 where both texts are
    the same but for little, whatever they quote.
    """
    if min(found.one.covered, found.other.covered) >= _ALIKE:
        return 0.0
    sides = (found.one, original.quoted), (found.other, copy.quoted)
    return max(np.count_nonzero(side.shared & marked) / np.count_nonzero(side.shared) for side, marked in sides)


def _repeated(found: Overlap, furniture: NDArray[np.uint32]) -> float:
    """How much of what is shared the outlet repeats elsewhere, by the sketches."""
    mine = found.one.words.sketch
    sampled = mine[among(mine, found.other.words.sketch)]
    return float(among(sampled, furniture).mean()) if len(sampled) else 0.0


def _one_stretch(side: Side) -> bool:
    """Whether the shared words are one stretch well inside the text: a box, a list, a gallery."""
    places = np.flatnonzero(side.shared)
    if len(places) < _LEAST_STRETCH or side.within(_LEAD):
        return False
    edges = np.concatenate(([0], np.flatnonzero(places[1:] - places[:-1] > _GAP) + 1, [len(places)]))
    longest = int((edges[1:] - edges[:-1]).max())
    return longest >= max(_LEAST_STRETCH, _DENSE * len(places))


def _apart(original: Text, copy: Text) -> timedelta:
    if original.published is None or copy.published is None:
        return timedelta(0)
    return abs(copy.published - original.published)
