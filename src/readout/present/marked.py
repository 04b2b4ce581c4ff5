"""An article's text with what was understood of it marked: runs of characters, and what each mark leads to. Pure.

Marks overlap; what comes out is flat, as in `marks`. Of statements inside one another the innermost is marked, and a
statement is marked even where a name or a time stands in it. What is not asked for is neither marked nor listed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Generic, TypeVar

from readout.models import Annotation, Article, EntityKind, ParagraphKind, Span, Statement, TimeExpression
from readout.present.screens import KINDS, NAMES, NOTHING, STATEMENTS, TIMES, Block, Marked, Named, Run, Timed
from readout.present.setting import clipped
from readout.present.told import Told, told
from readout.present.traced import Traced
from readout.present.when import length, span_of_time

T = TypeVar("T")

_LISTED = 200  # statements, names and times that one screen lists
_SHOWN = frozenset({EntityKind.PERSON, EntityKind.BODY, EntityKind.PLACE, EntityKind.WORK})
_NAME, _WORDS = 120, 600  # characters
_TABLE = "table row"


def marked(traced: Traced, annotation: Annotation | None, blocks: Iterable[Block], asked: Sequence[str]) -> Marked:
    """An article's marks of the kinds that are asked for, in the blocks that its screen shows. Tables have none."""
    if annotation is None:
        return NOTHING
    layer = _Layer(traced, annotation, tuple(kind for kind in KINDS if kind in asked))
    starts = dict(_starts(traced.article))
    runs = {}
    for piece in (piece for block in blocks if block.kind != _TABLE for piece in block.pieces):
        begin = starts.get(piece.number)
        for place, stretch in enumerate(piece.stretches):
            if begin is not None and stretch.text:
                runs[piece.number, place] = tuple(layer.runs(begin, begin + len(stretch.text)))
                begin += len(stretch.text)
    return layer.marked(runs)


def _starts(article: Article) -> Iterator[tuple[int, int]]:
    """Where each paragraph, counted from 1, begins in the reading text; see `models.reading`."""
    at = len(article.title) + 1 if article.title else 0
    for number, paragraph in enumerate(article.paragraphs, 1):
        if paragraph.kind is not ParagraphKind.PHOTO_CREDIT:
            yield number, at
            at += len(paragraph.text) + 1


class _Layer:
    """The marks of one article, ready to be cut to the stretches of a screen."""

    def __init__(self, traced: Traced, annotation: Annotation, asked: tuple[str, ...]) -> None:
        self._traced = traced
        self._asked = asked
        self._statements = annotation.statements[:_LISTED]
        self._entities = [one for one in annotation.entities if one.kind in _SHOWN and one.mentions][:_LISTED]
        self._times = [one for one in annotation.times if one.start or one.value][:_LISTED]
        said = list(_said(self._statements)) if STATEMENTS in asked else []
        named = [(mention.span, number) for number, one in enumerate(self._entities, 1) for mention in one.mentions]
        timed = [(one.span, number) for number, one in enumerate(self._times, 1)]
        self._said = _Spans((span, (number, part)) for span, number, part in said)
        self._named = _Spans(named if NAMES in asked else ())
        self._timed = _Spans(timed if TIMES in asked else ())
        self._begins, self._ends = _numbered(self._statements if STATEMENTS in asked else ())
        self.edges = sorted({edge for held in (self._said, self._named, self._timed) for edge in held.edges})

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """The runs of the reading text there."""
        inside = self.edges[bisect_right(self.edges, start) : bisect_right(self.edges, end - 1)]
        for left, right in pairwise([start, *inside, end]):
            yield self._run(left, right)

    def _run(self, left: int, right: int) -> Run:
        text = self._traced.reading.text[left:right]
        number, part = self._said.at(left) or (0, "")
        return Run(
            text,
            number,
            part,
            weak=bool(number and self._statements[number - 1].weak),
            begins=tuple(self._begins[left]),
            ends=tuple(self._ends[right]),
            name=self._named.at(left) or 0,
            time=self._timed.at(left) or 0,
        )

    def marked(self, runs: Mapping[tuple[int, int], tuple[Run, ...]]) -> Marked:
        """Everything together."""
        counts = {STATEMENTS: len(self._statements), NAMES: len(self._entities), TIMES: len(self._times)}
        numbered = enumerate(self._statements, 1) if STATEMENTS in self._asked else ()
        return Marked(
            self._asked,
            counts,
            tuple(_clipped(told(one, self._traced, number)) for number, one in numbered),
            tuple(self._names()) if NAMES in self._asked else (),
            tuple(self._time(number, one) for number, one in enumerate(self._times, 1) if TIMES in self._asked),
            runs,
            frozenset(number for held in runs.values() for run in held for number in run.begins),
        )

    def _names(self) -> Iterator[Named]:
        for number, one in enumerate(self._entities, 1):
            roles, forms = clipped(", ".join(one.roles), _NAME), clipped(", ".join(one.aliases), _NAME)
            yield Named(number, str(one.kind), clipped(one.name, _NAME), roles, forms, len(one.mentions), one.id)

    def _time(self, number: int, one: TimeExpression) -> Timed:
        words = clipped(" ".join(self._traced.words(one.span).split()), _NAME)
        return Timed(number, words, span_of_time(one), length(one.value) or one.value, one.basis)


class _Spans(Generic[T]):
    """Spans that may overlap, each with a meaning; where several hold a character the shortest counts."""

    def __init__(self, held: Iterable[tuple[Span, T]]) -> None:
        whole = sorted((one for one in held if one[0].start < one[0].end), key=_shortest)
        self.edges = sorted({edge for span, _ in whole for edge in span})
        self._meaning: list[T | None] = [None] * len(self.edges)
        for span, meaning in reversed(whole):
            first, last = bisect_left(self.edges, span.start), bisect_left(self.edges, span.end)
            self._meaning[first:last] = [meaning] * (last - first)

    def at(self, character: int) -> T | None:
        """What the character means."""
        place = bisect_right(self.edges, character) - 1
        return self._meaning[place] if place >= 0 else None


def _shortest(held: tuple[Span, object]) -> tuple[int, Span]:
    return held[0].end - held[0].start, held[0]


def _said(statements: Sequence[Statement]) -> Iterator[tuple[Span, int, str]]:
    """The spans of statements with what they are; a cue or source inside a content is not told apart from it."""
    for number, one in enumerate(statements, 1):
        yield from ((span, number, "content") for span in one.content)
        if one.cue:
            yield one.cue, number, "cue"
        if one.source:
            yield one.source, number, "source"


def _numbered(statements: Sequence[Statement]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The numbers of the statements whose content begins, and ends, at a character."""
    begins: dict[int, list[int]] = defaultdict(list)
    ends: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(statements, 1):
        begins[one.content[0].start].append(number)
        ends[one.content[-1].end].append(number)
    return begins, ends


def _clipped(one: Told) -> Told:
    return replace(one, speaker=clipped(one.speaker, _NAME), words=tuple(clipped(text, _WORDS) for text in one.words))
