"""Finds the copies of each article as it arrives, among all that came before: an index of sketches, and what follows
from it. Decides and remembers; compares texts only through `copies`, and asks for those it needs.

    Text → sketch → Postings: candidates → their texts → copies.relation → Found

Candidates share enough of their sketches; each is then compared exactly. A text with the very same words as an
earlier one stands behind it and is not indexed again, so that ten thousand of them cost no more than one. The whole
can be filled again from kept sketches, without a text. About 0.8 kB of memory an article.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from readout.group import copies
from readout.group.copies import Text
from readout.group.postings import Postings
from readout.models import ArticleId, Copy, folded

Texts = Callable[[ArticleId], Text]

_MOST_HELD = 64  # articles under one fingerprint; what more have is furniture, or found through the others
_MOST_COMPARED = 32  # candidates, those that share most first
_LEAST_SHARED = 2  # fingerprints
_LEAST_SHARE = 0.04  # of the smaller sketch, for another outlet's text
_LEAST_SHARE_OWN = 0.12  # for the same outlet's, which share furniture
_REPEATED = 4  # articles of one outlet that make what they share its furniture
_HEADER = 8  # bytes of the digest before a sketch's fingerprints


@dataclass(frozen=True)
class Sketch:
    """What is kept of a text to find its copies: the digest of its words and its fingerprints, ascending."""

    digest: int
    fingerprints: NDArray[np.uint32]

    @classmethod
    def of(cls, text: Text) -> Self:
        """The sketch of a text."""
        return cls(text.words.digest, text.words.sketch)

    @classmethod
    def decode(cls, packed: bytes) -> Self:
        """What `encode` gave."""
        return cls(int.from_bytes(packed[:_HEADER], "big"), np.frombuffer(packed[_HEADER:], "<u4").astype(np.uint32))

    def encode(self) -> bytes:
        """Some 250 bytes to keep."""
        return self.digest.to_bytes(_HEADER, "big") + self.fingerprints.astype("<u4").tobytes()


@dataclass(frozen=True)
class Found:
    """What one article brought: `copies` of it and by it; `again` are earlier articles whose relations may read
    otherwise now, as what they share turns out to be furniture of their outlet; `sketch` is to be kept.
    """

    copies: tuple[Copy, ...]
    again: tuple[ArticleId, ...]
    sketch: Sketch


class Finder:
    """The index of everything added. `len` counts articles."""

    def __init__(self) -> None:
        self._ids: list[ArticleId] = []
        self._numbers: dict[ArticleId, int] = {}
        self._outlets = array("i")
        self._sizes = array("i")
        self._names: dict[str, int] = {}
        self._partners: dict[int, set[int]] = {}
        self._index = Postings()
        self._digests = Postings()

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, article: ArticleId) -> bool:
        return article in self._numbers

    def add(self, text: Text, texts: Texts) -> Found:
        """Take an article in and find its copies. `texts` gives the text of an earlier article by its id.

        An article that is known already is compared anew and not added again.
        """
        sketch = Sketch.of(text)
        twin = self._twin(text, sketch, texts)
        if twin is not None:
            number = self._number(text.id, text.outlet, 0)
            self._pair(number, twin)
            found = copies.relation(text, texts(self._ids[twin]))
            return Found((found,) if found else (), (), sketch)
        places, numbers = self._index.probe(sketch.fingerprints)
        again = self._again(text.outlet, sketch, places, numbers)
        candidates = self._candidates(text, sketch, numbers)
        self.put(text.id, text.outlet, sketch)
        related = [self._related(text, number, texts) for number in candidates]
        return Found(tuple(one for one in related if one), again, sketch)

    def put(self, article: ArticleId, outlet: str, sketch: Sketch, partners: Iterable[ArticleId] = ()) -> None:
        """Take an article in by its kept sketch alone; `partners` are those it was found to share words with."""
        if article not in self._numbers:
            number = self._number(article, outlet, len(sketch.fingerprints))
            places, _ = self._index.probe(sketch.fingerprints)
            held = np.bincount(places, minlength=len(sketch.fingerprints))
            self._index.add(number, sketch.fingerprints[held < _MOST_HELD])
            self._digests.add(number, _short(sketch.digest))
        for partner in partners:
            if partner in self._numbers:
                self._pair(self._numbers[article], self._numbers[partner])

    def relations(self, article: ArticleId, texts: Texts) -> tuple[Copy, ...]:
        """Every relation of a known article as it reads now, by all that has been added since."""
        number = self._numbers[article]
        mine = texts(article)
        found = (self._related(mine, partner, texts) for partner in sorted(self._partners.get(number, ())))
        return tuple(one for one in found if one)

    def forget(self, articles: Iterable[ArticleId]) -> None:
        """Leave those articles out of the index: nothing that comes later is found to be a copy of them."""
        gone = [self._numbers.pop(article) for article in articles if article in self._numbers]
        self._index.forget(gone)
        self._digests.forget(gone)
        for number in gone:
            for partner in self._partners.pop(number, ()):
                self._partners[partner].discard(number)

    def _number(self, article: ArticleId, outlet: str, size: int) -> int:
        if article in self._numbers:
            return self._numbers[article]
        number = self._numbers[article] = len(self._ids)
        self._ids.append(article)
        self._outlets.append(self._names.setdefault(folded(outlet), len(self._names)))
        self._sizes.append(size)
        return number

    def _pair(self, one: int, other: int) -> None:
        self._partners.setdefault(one, set()).add(other)
        self._partners.setdefault(other, set()).add(one)

    def _twin(self, text: Text, sketch: Sketch, texts: Texts) -> int | None:
        """The first article with the very same words."""
        _, numbers = self._digests.probe(_short(sketch.digest))
        own = self._numbers.get(text.id)
        same = (number for number in sorted(numbers.tolist()) if number != own)
        return next((number for number in same if texts(self._ids[number]).words.digest == sketch.digest), None)

    def _candidates(self, text: Text, sketch: Sketch, numbers: NDArray[np.int64]) -> Sequence[int]:
        """The earlier articles that share enough of the sketch, by how much they share."""
        found, shared = np.unique(numbers, return_counts=True)
        own = found == self._numbers.get(text.id, -1)
        found, shared = found[~own], shared[~own]
        share = shared / np.minimum(np.frombuffer(self._sizes, np.int32)[found], len(sketch.fingerprints))
        least = np.where(self._of(text.outlet, found), _LEAST_SHARE_OWN, _LEAST_SHARE)
        enough = np.flatnonzero((shared >= _LEAST_SHARED) & (share >= least))
        most = enough[np.argsort(-share[enough], kind="stable")[:_MOST_COMPARED]]
        chosen: list[int] = found[most].tolist()
        return chosen

    def _related(self, text: Text, number: int, texts: Texts) -> Copy | None:
        other = texts(self._ids[number])
        copy = copies.relation(text, other, self._furniture(text, other))
        if copy:
            self._pair(self._numbers[text.id], number)
        return copy

    def _furniture(self, text: Text, other: Text) -> NDArray[np.uint32]:
        """What the two texts share that their outlet, where it is one, repeats in other articles."""
        if folded(text.outlet) != folded(other.outlet):
            return np.zeros(0, np.uint32)
        common = np.intersect1d(text.words.sketch, other.words.sketch, assume_unique=True)
        places, numbers = self._index.probe(common)
        held = np.bincount(places[self._of(text.outlet, numbers)], minlength=len(common))
        furniture: NDArray[np.uint32] = common[held >= _REPEATED]
        return furniture

    def _again(
        self, outlet: str, sketch: Sketch, places: NDArray[np.int64], numbers: NDArray[np.int64]
    ) -> tuple[ArticleId, ...]:
        """Those whose relations to articles of their outlet share a fingerprint that becomes furniture just now."""
        own = self._of(outlet, numbers)
        held = np.bincount(places[own], minlength=len(sketch.fingerprints))
        turned = held[places] == _REPEATED - 1
        touched = np.unique(numbers[own & turned]).tolist()
        return tuple(self._ids[number] for number in touched if self._partners.get(number))

    def _of(self, outlet: str, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of those articles are of that outlet."""
        same: NDArray[np.bool_] = np.frombuffer(self._outlets, np.int32)[numbers] == self._names.get(folded(outlet), -1)
        return same


def _short(digest: int) -> NDArray[np.uint32]:
    return np.array([digest & 0xFFFFFFFF], np.uint32)
