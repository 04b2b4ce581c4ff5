"""What was found → a screen: rows with the words that were looked for marked, what to narrow by, where to go on. Pure.

A mark is a run of characters, never markup. Every address of the search page is a query, which a screen holds as text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple, Protocol

from readout.models import (
    IN_BODY,
    Article,
    Basis,
    Field,
    Findings,
    Moment,
    Page,
    Precision,
    Query,
    Result,
    Share,
    Shelf,
    Sorting,
    Span,
    Term,
)
from readout.present import stories, views
from readout.present.harmless import harmless
from readout.present.screens import Item
from readout.present.setting import clipped
from readout.present.told import Told, told
from readout.present.traced import Traced
from readout.present.when import published
from readout.text import query

_LEAD, _WORDS, _NAME = 280, 600, 80  # characters
_BEFORE = 90  # characters of an excerpt before the first mark in it
_PARAGRAPHS = 300  # that are looked through for the best
_EXTRA = frozenset({"standfirst", "caption"})
_TYPED = 2_000  # characters of a query that are shown again
_HEADINGS = {
    "speaker": ("Who said it", Field.SPEAKER),
    "outlet": ("Outlet", Field.OUTLET),
    "when": ("When", Field.AFTER),
    "act": ("What it does", Field.ACT),
    "kind": ("Kind", Field.KIND),
    "lang": ("Language", Field.LANG),
}


class Marking(Protocol):
    """Where what was looked for stands in a text."""

    def of(self, text: str) -> tuple[Span, ...]:
        """The spans, in order and apart from each other."""

    def count(self, text: str) -> int:
        """How many of the different things looked for stand in the text."""


class Looked(Protocol):
    """What came of looking for something."""

    @property
    def query(self) -> Query:
        """The query as it was understood."""

    @property
    def findings(self) -> Findings:
        """How many answers there are, and how they divide."""

    @property
    def results(self) -> tuple[Result, ...]:
        """The answers of this screen."""

    @property
    def marks(self) -> Marking:
        """What is to be marked."""


class Piece(NamedTuple):
    """Characters, and whether they were looked for."""

    text: str
    on: bool = False


@dataclass(frozen=True)
class Row:
    """An answer. `story` is the id and the headline of the story it belongs to."""

    item: Item
    title: tuple[Piece, ...]
    lead: tuple[Piece, ...]
    others: int
    story: tuple[str, str]
    told: Told | None = None
    words: tuple[tuple[Piece, ...], ...] = ()
    number: int = 0
    edition: str = ""


@dataclass(frozen=True)
class Choice:
    """Something to narrow by, or to leave out: how it is called, how many have it, and the query that does it."""

    name: str
    count: int
    query: str


class Choices(NamedTuple):
    """Choices of one kind."""

    heading: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class SearchScreen:
    """The search page. `typed` is what was typed; `missing` tells that there is no index."""

    typed: str
    shelf: Shelf
    sorting: Sorting
    number: int
    query: str = ""
    wrong: tuple[tuple[str, str], ...] = ()
    asked: tuple[Choice, ...] = ()
    total: int = 0
    rows: tuple[Row, ...] = ()
    narrow: tuple[Choices, ...] = ()
    more: bool = False
    cut: bool = False
    missing: bool = False
    bare: bool = False  # nothing is kept that could be found


def empty(typed: str, shelf: Shelf, sorting: Sorting, number: int) -> SearchScreen:
    """The page before anything is found."""
    return SearchScreen(typed[:_TYPED], shelf, sorting, number)


def screen(asked: SearchScreen, looked: Looked, page: Callable[[str], Page]) -> SearchScreen:
    """The page with what was found; `page` gives the captured page of an id."""
    findings = looked.findings
    read = cache(page)  # a page may hold many of the statements
    rows = (_said(one, looked.marks, read) if one.statement else _read(one, looked.marks) for one in looked.results)
    return replace(
        asked,
        query=query.formatted(looked.query),
        wrong=tuple((harmless(one.part), one.reason) for one in looked.query.misread),
        asked=tuple(_leaving(looked.query)),
        total=findings.total,
        rows=tuple(rows),
        narrow=tuple(_narrowing(looked.query, findings.shares or {})),
        more=findings.more,
        cut=findings.cut,
    )


def _read(one: Result, marks: Marking) -> Row:
    item = views.item(one.article)
    text = excerpt(one.article, marks) or item.lead
    return Row(item, pieces(item.title, marks), pieces(text, marks), one.others, _story(one))


def _said(one: Result, marks: Marking, page: Callable[[str], Page]) -> Row:
    assert one.statement is not None  # noqa: S101 - asked for only where there is one
    found = told(one.statement, Traced(one.article, page(one.article.page)))
    found = replace(found, speaker=clipped(harmless(found.speaker), _NAME))
    words = tuple(pieces(clipped(harmless(part), _WORDS), marks) for part in found.words)
    return Row(
        views.item(one.article),
        pieces(found.speaker, marks),
        (),
        one.others,
        _story(one),
        found,
        words,
        one.number,
        one.article.edition,
    )


def _story(one: Result) -> tuple[str, str]:
    if one.story is None or one.story.articles < 2:  # noqa: PLR2004 - it would only say the same again
        return "", ""
    return one.story.id, stories.row(one.story).title


def excerpt(article: Article, marks: Marking) -> str:
    """The paragraph with the most of what was looked for, from just before it; nothing where none has any."""
    wanted = [one.text for one in article.paragraphs[:_PARAGRAPHS] if one.kind in IN_BODY or one.kind.value in _EXTRA]
    best, most = "", 0
    for text in wanted:
        count = marks.count(text)
        if count > most:
            best, most = text, count
    if not best:
        return ""
    text = " ".join(harmless(best).split())
    first = next(iter(marks.of(text)), Span(0, 0)).start
    if first <= _LEAD - _BEFORE:
        return clipped(text, _LEAD)
    start = text.find(" ", first - _BEFORE, first) + 1
    return f"…{clipped(text[start or first :], _LEAD)}"


def pieces(text: str, marks: Marking) -> tuple[Piece, ...]:
    """The text in pieces; together they are the text."""
    spans = marks.of(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    inside = {span.start for span in spans}
    return tuple(Piece(text[left:right], left in inside) for left, right in pairwise(edges) if left < right)


def _leaving(asked: Query) -> Iterator[Choice]:
    """What every operator says, with the query without it."""
    for number, clause in enumerate(asked.clauses):
        if all(one.field is Field.WORDS for one in clause):
            continue
        rest = Query((*asked.clauses[:number], *asked.clauses[number + 1 :]))
        name = " or ".join(f"{'not ' * one.negated}{one.field.value}: {one.value}" for one in clause)
        yield Choice(clipped(harmless(name), _NAME), 0, query.formatted(rest))


def _narrowing(asked: Query, shares: Mapping[str, Sequence[Share]]) -> Iterator[Choices]:
    """By what the answers divide; what all of them share divides nothing."""
    for name, found in shares.items():
        heading, field = _HEADINGS[name]
        if len(found) > 1:
            choices = (Choice(_called(name, one.value), one.count, _narrowed(asked, field, one.value)) for one in found)
            yield Choices(heading, tuple(choices))


def _called(name: str, value: str) -> str:
    if name != "when":
        return clipped(harmless(value), _NAME)
    first, last = query.bounds(value)
    known = Precision.DAY if last - first == timedelta(days=1) else Precision.MONTH
    when = published(Moment(datetime(first.year, first.month, first.day, tzinfo=UTC), known, Basis.STATED, value))
    return when.day if when else value


def _narrowed(asked: Query, field: Field, value: str) -> str:
    if field is Field.AFTER:
        return f"{query.formatted(asked)} {_time(value)}".strip()
    term = Term(field, value.replace('"', " ").strip())
    return query.formatted(replace(asked, clauses=(*asked.clauses, (term,))))


def _time(value: str) -> str:
    """Listed in that month or on that day, as two operators."""
    first, last = query.bounds(value)
    return f"after:{first.isoformat()} before:{last.isoformat()}"


def missing(asked: SearchScreen) -> SearchScreen:
    """The page where there is no index."""
    return replace(asked, missing=True)
