"""Finds the copies of each article as it arrives, among all that came before: an index of sketches, and what follows
from it. Decides and remembers; compares texts only through `copies`, and asks for those it needs.

    Text → sketch → Postings: candidates → their texts → copies.relation → Found

Candidates share enough of their sketches; each is then compared exactly. A text with the very same words as an
earlier one stands behind it and is not indexed again, so that ten thousand of them cost no more than one. The whole
can be filled again from kept sketches, without a text; or asks for those that share something with what comes. About
0.8 kB of memory an article held.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from readout.group import copies, origins
from readout.group.copies import Text
from readout.group.postings import Arrival, Postings
from readout.models import ArticleId, Copy, OutletId
from readout.text.sketched import HEADER, MOST, keys

Texts = Callable[[ArticleId], Text]
Partners = Callable[[ArticleId], Iterable[ArticleId]]
Kept = tuple[ArticleId, str, bytes]  # with the name of its outlet, and what `Sketch.encode` gave

_MOST_COMPARED = 32  # candidates, those that share most first
_LEAST_SHARED = 2  # fingerprints
_LEAST_SHARE = 0.04  # of the smaller sketch, for another outlet's text
_LEAST_SHARE_OWN = 0.12  # for the same outlet's, which share furniture
_REPEATED = 4  # articles of one outlet that make what they share its furniture
_TOGETHER = 256  # articles that are looked up at once
_NOTHING = np.zeros(0, np.uint32)


class Shelf(Protocol):
    """Where sketches are kept, for a finder that asks for those that matter: the first published first."""

    def holding(self, fingerprints: Iterable[int]) -> Iterable[Kept]:
        """All that hold one of these, and perhaps others."""

    def footed(self, articles: Iterable[ArticleId]) -> Iterable[Kept]:
        """Those of the articles that have a sketch."""


@dataclass(frozen=True)
class Sketch:
    """What is kept of a text to find its copies: the digest of its words and its fingerprints, ascending."""

    digest: int
    fingerprints: NDArray[np.uint32]

    @cached_property
    def keys(self) -> NDArray[np.uint32]:
        """What it is indexed by: its fingerprints, and half of its digest."""
        return np.append(self.fingerprints, np.uint32(self.digest & 0xFFFFFFFF))

    @classmethod
    def of(cls, text: Text) -> Self:
        """The sketch of a text."""
        return cls(text.words.digest, text.words.sketch)

    @classmethod
    def decode(cls, packed: bytes) -> Self:
        """What `encode` gave."""
        return cls(int.from_bytes(packed[:HEADER], "big"), np.frombuffer(packed[HEADER:], "<u4").astype(np.uint32))

    def encode(self) -> bytes:
        """Some 250 bytes to keep."""
        return self.digest.to_bytes(HEADER, "big") + self.fingerprints.astype("<u4").tobytes()


@dataclass(frozen=True)
class Found:
    """What one article brought: `copies` of it and by it; `again` are earlier articles whose relations may read
    otherwise now, as what they share turns out to be furniture of their outlet; `sketch` is to be kept.
    """

    copies: tuple[Copy, ...]
    again: tuple[ArticleId, ...]
    sketch: Sketch


class Finder:
    """The index of everything added. `len` counts articles.

    Texts of the very same words are one entry: the first to come is indexed, and the first to be published, the
    entry's head, is the one that others are compared with. `partners` tells, of an article taken in by its sketch,
    which were found to share words with it. With a `shelf` only those are held that share something with what came.
    """

    def __init__(self, partners: Partners | None = None, shelf: Shelf | None = None) -> None:
        self._known = partners
        self._shelf = shelf
        self._asked: set[int] = set()  # fingerprints
        self._ids: list[ArticleId] = []
        self._numbers: dict[ArticleId, int] = {}
        self._outlets = array("i", [0])  # one before the first: no array is empty
        self._sizes = array("i", [0])
        self._names: dict[OutletId, int] = {}
        self._entries: dict[int, list[int]] = {}  # of texts that came more than once, by who came first: head first
        self._firsts: dict[int, int] = {}
        self._partners: dict[int, set[int]] = {}
        self._index = Postings()

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, article: ArticleId) -> bool:
        return article in self._numbers

    @property
    def size(self) -> int:
        """Bytes of the sorted part of the index."""
        return self._index.size

    def add(self, text: Text, texts: Texts) -> Found:
        """Take an article in and find its copies: see `take`."""
        (found,) = self.take([(text, Sketch.of(text))], texts)
        return found

    def take(self, some: Sequence[tuple[Text, Sketch]], texts: Texts) -> Iterator[Found]:
        """Take articles in, one after the other, and find the copies of each among all that came before. `texts` gives
        the text of an earlier article by its id.

        An article that is known already with another text is taken in anew; with the same, nothing changes.
        """
        for first in range(0, len(some), _TOGETHER):
            batch = some[first : first + _TOGETHER]
            self._ask([sketch for _, sketch in batch])
            arriving = self._index.arriving([sketch.keys for _, sketch in batch])
            try:
                for at, (text, sketch) in enumerate(batch):
                    yield self._taken(text, sketch, arriving.one(at), texts)
            finally:
                self._index.settle()

    def _taken(self, text: Text, sketch: Sketch, arrival: Arrival, texts: Texts) -> Found:
        grams = arrival.places < len(sketch.fingerprints)
        first = self._same_words(sketch, arrival.numbers[~grams])
        if first is not None and self._is_held(text.id, first):
            return Found(self.relations(text.id, texts), (), sketch)
        if first is not None:
            return self._again_the_same(text, first, sketch, texts)
        places, numbers = arrival.places[grams], arrival.numbers[grams]
        own = self._of(text.outlet, numbers)
        repeated = np.bincount(places[own], minlength=len(sketch.fingerprints))
        again = self._again(repeated, places[own], numbers[own])
        candidates = self._candidates(text, sketch, numbers)
        number = self._number(text.id, text.outlet, len(sketch.fingerprints))
        if len(sketch.fingerprints):
            kept = np.bincount(places, minlength=len(sketch.keys)) < MOST
            arrival.hold(number, kept)
            repeated += kept[:-1]
        furniture = sketch.fingerprints[repeated >= _REPEATED]
        return Found(self._related(text, candidates, texts, furniture), again, sketch)

    def restore(self, kept: Iterable[Kept]) -> None:
        """Take in many articles by their kept sketches alone, the first published first. Microseconds an article, where
        `add` takes hundreds.
        """
        firsts: dict[bytes, int] = {}
        numbers: list[int] = []
        indexed: list[bytes] = []
        for article, outlet, packed in kept:
            number = self._number(article, outlet, (len(packed) - HEADER) // 4)
            first = firsts.setdefault(packed[:HEADER], number)
            if first != number:
                self._entries.setdefault(first, [first]).append(number)
                self._firsts[number] = first
            elif len(packed) > HEADER:
                numbers.append(number)
                indexed.append(packed)
        self._index.fill(*keys(numbers, indexed), MOST)

    def relations(self, article: ArticleId, texts: Texts) -> tuple[Copy, ...]:
        """Every relation of a known article as it reads now, by all that has been added since."""
        number = self._numbers[article]
        mine = texts(article)
        self._ask([Sketch.of(mine)])
        entry = self._entry(self._firsts.get(number, number))
        same = entry[1:] if entry[0] == number else entry[:1]
        others = self._shares(number) if entry[0] == number else ()
        return self._related(mine, [*same, *sorted(others)], texts)

    def forget(self, articles: Iterable[ArticleId]) -> None:
        """Leave those articles out of the index: nothing that comes later is found to be a copy of them."""
        gone = [self._numbers.pop(article) for article in articles if article in self._numbers]
        self._index.forget(gone)

    def _ask(self, sketches: Iterable[Sketch]) -> None:
        """Take in from the shelf what shares a fingerprint with one of those, where nobody asked for that yet."""
        if self._shelf:
            new = {key for sketch in sketches for key in sketch.keys.tolist()} - self._asked
            self._asked |= new
            self._take_down(self._shelf.holding(new) if new else ())

    def _fetch(self, articles: Sequence[ArticleId]) -> None:
        """Take in those articles from the shelf."""
        if self._shelf and articles:
            self._take_down(self._shelf.footed(articles))

    def _take_down(self, found: Iterable[Kept]) -> None:
        self.restore([one for one in found if one[0] not in self._numbers])

    def _number(self, article: ArticleId, outlet: str, size: int) -> int:
        """A new number for the article; one it had before is dead."""
        article = ArticleId(sys.intern(article))
        number = self._numbers[article] = len(self._ids)
        self._ids.append(article)
        self._outlets.append(self._names.setdefault(origins.key(outlet), len(self._names)))
        self._sizes.append(size)
        return number

    def _alive(self, number: int) -> bool:
        return self._numbers.get(self._ids[number]) == number

    def _pair(self, one: int, other: int) -> None:
        for here, there in ((one, other), (other, one)):
            self._partners.setdefault(here, self._shares(here)).add(there)

    def _shares(self, number: int) -> set[int]:
        """Those that share words with an article."""
        held = self._partners.get(number)
        if held is None:
            told = self._known(self._ids[number]) if self._known and self._alive(number) else ()
            self._fetch([one for one in told if one not in self._numbers])
            held = {self._numbers[one] for one in told if one in self._numbers}
            if held:
                self._partners[number] = held
        return held

    def _same_words(self, sketch: Sketch, numbers: NDArray[np.int64]) -> int | None:
        """The first article that came with the very same words, among those kept under half of the digest: one of as
        many fingerprints. That another text has both is less likely than one in a million articles.
        """
        same = (n for n in sorted(numbers.tolist()) if self._sizes[n + 1] == len(sketch.fingerprints))
        return next((n for n in same if self._alive(self._entry(n)[0])), None)

    def _entry(self, first: int) -> list[int]:
        """Those with the very same words as the first that came with them, the head first. A head that has another
        text now, or is forgotten, makes room.
        """
        entry = self._entries.get(first, [first])
        while len(entry) > 1 and not self._alive(entry[0]):
            entry.pop(0)
        return entry

    def _is_held(self, article: ArticleId, first: int) -> bool:
        """Whether the article is known with the words that came first with that one."""
        number = self._numbers.get(article)
        return number is not None and first in {number, self._firsts.get(number)}

    def _again_the_same(self, text: Text, first: int, sketch: Sketch, texts: Texts) -> Found:
        """A text that is known: it stands behind the entry's head, or, published before it, takes its place."""
        number = self._number(text.id, text.outlet, 0)
        entry = self._entries.setdefault(first, [first])
        self._firsts[number] = first
        head = texts(self._ids[entry[0]])
        if origins.rank(head.member) <= origins.rank(text.member):
            entry.append(number)
            return Found(self._related(text, entry[:1], texts), (), sketch)
        entry.insert(0, number)
        others = sorted(self._shares(entry[1]))
        self._partners[entry[1]] = set()
        for other in others:
            self._shares(other).discard(entry[1])
        return Found(
            self._related(text, [entry[1], *others], texts),
            tuple(self._ids[n] for n in others if self._alive(n)),
            sketch,
        )

    def _candidates(self, text: Text, sketch: Sketch, numbers: NDArray[np.int64]) -> list[int]:
        """The heads of entries that share enough of the sketch, by how much they share."""
        if not len(numbers):
            return []
        found, shared = _counted(numbers)
        share = shared / np.minimum(np.frombuffer(self._sizes, np.int32)[found + 1], len(sketch.fingerprints))
        least = np.where(self._of(text.outlet, found), _LEAST_SHARE_OWN, _LEAST_SHARE)
        enough = np.flatnonzero((shared >= _LEAST_SHARED) & (share >= least))
        most = enough[np.argsort(-share[enough], kind="stable")[:_MOST_COMPARED]]
        heads = [self._entry(number)[0] for number in found[most].tolist()]
        return [number for number in heads if self._ids[number] != text.id]

    def _related(
        self, text: Text, numbers: Iterable[int], texts: Texts, furniture: NDArray[np.uint32] | None = None
    ) -> tuple[Copy, ...]:
        """The relations of a known article to those that are taken from it or it from them."""
        found = []
        for number in filter(self._alive, numbers):
            other, repeated = texts(self._ids[number]), _NOTHING
            if origins.same_outlet(text.outlet, other.outlet):
                repeated = furniture = self.furniture(text) if furniture is None else furniture
            copy = copies.relation(text, other, repeated)
            if copy and not copy.identical:
                self._pair(self._numbers[text.id], number)
            if copy:
                found.append(copy)
        return tuple(found)

    def furniture(self, text: Text) -> NDArray[np.uint32]:
        """What of a text its outlet repeats in other articles, by its sketch."""
        places, numbers = self._index.probe(text.words.sketch)
        held = np.bincount(places[self._of(text.outlet, numbers)], minlength=len(text.words.sketch))
        return text.words.sketch[held >= _REPEATED]

    def _again(
        self, repeated: NDArray[np.int64], places: NDArray[np.int64], numbers: NDArray[np.int64]
    ) -> tuple[ArticleId, ...]:
        """Those with relations to articles of their outlet that hold what becomes its furniture just now: `repeated`
        are how many of the outlet hold each fingerprint, at those places those articles.
        """
        if not len(numbers):
            return ()
        touched = np.unique(numbers[repeated[places] == _REPEATED - 1]).tolist()
        heads = sorted({self._entry(number)[0] for number in touched})
        return tuple(self._ids[number] for number in heads if self._alive(number) and self._shares(number))

    def _of(self, outlet: str, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of those articles are of that outlet; none where it is unknown."""
        name = self._names.get(origins.key(outlet), -1) if outlet else -1
        same: NDArray[np.bool_] = np.frombuffer(self._outlets, np.int32)[numbers + 1] == name
        return same


def _counted(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each of some numbers once, ascending, and how often it stands there."""
    ordered = np.sort(numbers)
    edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    firsts = np.concatenate(([0], edges, [len(ordered)]))
    return ordered[firsts[:-1]], firsts[1:] - firsts[:-1]
