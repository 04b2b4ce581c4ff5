"""Quotation state: which quotation marks stand open where, over sentences and paragraphs. No words are read here.

Straight, curly, typewriter and angle marks, doubled or single; marks that are never closed, close nothing, or run
over several paragraphs with an opening mark at the head of each. One pass over the marks, linear.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from readout.annotate.tokens import Tokens

_OPENING = {"“": '"', "„": '"', "``": '"', "«": "«", "‘": "'", "‚": "'", "‹": "‹"}
_CLOSING = {"”": '"', "»": "«", "›": "‹"}
_EITHER = {'"': '"', "''": '"', "＂": '"', "'": "'", "’": "'"}
MARKS = frozenset((*_OPENING, *_CLOSING, *_EITHER))
_BEFORE_OPENING = frozenset("([{—–-/:") | {"--"}
_DOUBLE = frozenset('"«')


@dataclass(frozen=True)
class Quotation:
    """Tokens `first` to `last` (both included, marks too) of one paragraph, between quotation marks.

    `closed` is False where the text never closes it: it then runs to the end of its paragraph, or of its sentence
    where another opens later. `continued` says that it goes on from the paragraph before. `inner` says that it stands
    inside another quotation.
    """

    first: int
    last: int
    double: bool
    closed: bool
    continued: bool = False
    inner: bool = False


@dataclass
class _Walk:
    """What is open while one paragraph is read."""

    tokens: Tokens
    begin: int
    end: int
    carried: str | None
    stack: list[tuple[str, int]] = field(default_factory=list)
    found: list[Quotation] = field(default_factory=list)

    def read(self, marks: list[int], last_single: int) -> str | None:
        """Follow the marks of the paragraph; the kind still open at its end, or None."""
        for place in marks:
            word = self.tokens.words[place]
            if word in _CLOSING:
                self._close(place, _CLOSING[word])
            elif word in _OPENING:
                self._meet_opening(place, _OPENING[word], last_single)
            else:
                self._meet_either(place, _EITHER[word], last_single)
        unclosed = self.stack[0][0] if self.stack else None
        self._abandon(0, self.end - 1)
        return unclosed if unclosed in _DOUBLE else None

    def _meet_opening(self, place: int, kind: str, last_single: int) -> None:
        if kind == "'" and last_single <= place:
            return
        if self.stack and self.tokens.words[self.stack[-1][1]] == "„" and self.tokens.words[place] == "“":
            self._close(place, kind)
            return
        self._open(place, kind)

    def _meet_either(self, place: int, kind: str, last_single: int) -> None:
        opened = any(kind == other for other, _ in self.stack)
        loose_before, loose_after = self._loose_before(place), self._loose_after(place)
        if kind == "'":
            if opened and not loose_before and ends_single(self.tokens, place, self.end):
                self._close(place, kind)
            elif not opened and loose_before and not loose_after and last_single > place:
                self._open(place, kind)
        elif (not loose_before or loose_after) if opened else (self.carried and not loose_before and loose_after):
            self._close(place, kind)
        else:
            self._open(place, kind)

    def _open(self, place: int, kind: str) -> None:
        for depth, (other, start) in enumerate(self.stack):
            if other == kind:
                self._abandon(depth, self._sentence_end(start, place))
                break
        self.stack.append((kind, place))

    def _close(self, place: int, kind: str) -> None:
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth][0] == kind:
                self._abandon(depth + 1, place - 1)
                _, start = self.stack.pop()
                self._add(start, place, kind, closed=True)
                return
        if self.carried == kind and not self.found and not self.stack:
            self._add(self.begin, place, kind, closed=True, continued=True)

    def _abandon(self, depth: int, last: int) -> None:
        """Give up what is open from `depth` inwards: single marks were apostrophes, others run to `last`."""
        while len(self.stack) > depth:
            kind, start = self.stack.pop()
            if kind != "'" and start <= last:
                self._add(start, last, kind, closed=False)

    def _add(self, first: int, last: int, kind: str, *, closed: bool, continued: bool = False) -> None:
        goes_on = continued or (self.carried == kind and first == self.begin)
        self.found.append(Quotation(first, last, kind in _DOUBLE, closed, goes_on, bool(self.stack)))

    def _sentence_end(self, start: int, before: int) -> int:
        """The last token of the sentence that holds `start`, yet before token `before`."""
        number = int(self.tokens.sentence[start])
        return min(before, int(np.searchsorted(self.tokens.sentence, number, side="right"))) - 1

    def _loose_before(self, place: int) -> bool:
        if place == self.begin or self.tokens.edges[0][place] > self.tokens.edges[1][place - 1]:
            return True
        word = self.tokens.words[place - 1]
        return word in _BEFORE_OPENING or word in _OPENING or (word in _EITHER and self._loose_before_mark(place - 1))

    def _loose_before_mark(self, place: int) -> bool:
        return place == self.begin or self.tokens.edges[0][place] > self.tokens.edges[1][place - 1]

    def _loose_after(self, place: int) -> bool:
        return place + 1 >= self.end or self.tokens.edges[0][place + 1] > self.tokens.edges[1][place]


def ends_single(tokens: Tokens, place: int, end: int) -> bool:
    """Whether a single mark at `place` could close a quotation: nothing but a mark or a gap follows it."""
    if place + 1 >= end or tokens.edges[0][place + 1] > tokens.edges[1][place]:
        return True
    return not tokens.words[place + 1][0].isalnum()


def quotations(tokens: Tokens) -> tuple[Quotation, ...]:
    """All quotations of a text, in order of their first tokens."""
    places = list(compress(range(len(tokens)), map(MARKS.__contains__, tokens.words)))
    if not places:
        return ()
    numbers = tokens.paragraph[places].tolist()
    edges = np.searchsorted(tokens.paragraph, np.arange(int(tokens.paragraph[-1]) + 2)).tolist()
    grouped: dict[int, list[int]] = {}
    for place, number in zip(places, numbers, strict=True):
        grouped.setdefault(number, []).append(place)
    found: list[Quotation] = []
    carried: tuple[int, str | None] = (-2, None)
    for number, marks in grouped.items():
        begin, end = edges[number], edges[number + 1]
        walk = _Walk(tokens, begin, end, carried[1] if carried[0] == number - 1 else None)
        carried = (number, walk.read(marks, _last_single(tokens, marks, end)))
        found += sorted(walk.found, key=lambda one: one.first)
    return tuple(found)


def _last_single(tokens: Tokens, marks: list[int], end: int) -> int:
    """The last single mark of a paragraph that could close a quotation, or -1."""
    for place in reversed(marks):
        close = tokens.words[place] in {"'", "’"} and tokens.edges[1][place - 1] == tokens.edges[0][place]
        if close and ends_single(tokens, place, end):
            return place
    return -1


def inside(tokens: Tokens, found: tuple[Quotation, ...]) -> NDArray[np.int8]:
    """For each token 2 within doubled marks (the marks included), 1 within single ones only, else 0."""
    state = np.zeros(len(tokens), dtype=np.int8)
    for one in found:
        part = state[one.first : one.last + 1]
        np.maximum(part, 2 if one.double else 1, out=part)
    return state
