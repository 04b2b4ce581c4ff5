"""The accounts of a story as a table: a row a point, a cell what one party says of it, in words of the page. Pure.

Shared by the command line, the exports and the web site; no markup, no addresses. Every cell's words are those that its
statements' spans spell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from readout.models import Account, Article, Compared, Point, Relation, Statement, StatementId, reading
from readout.present import cues

SIGNS = {Relation.CONTRADICT: "≠", Relation.DIFFER: "~", Relation.AGREE: "=", Relation.ONE_SIDED: "·"}
_JOINT = " … "  # between the pieces of a statement's content


@dataclass(frozen=True)
class Words:
    """One statement: the words of its content and those of telling before it, who said it, and the article it is in."""

    statement: Statement
    article: Article
    words: str
    lead: str

    @property
    def source(self) -> str:
        """Who said it, through whom, in which outlet."""
        via = f", by {' and '.join(self.statement.via)}" if self.statement.via else ""
        return f"{self.statement.speaker.name}{via}; {self.article.outlet or 'outlet not shown'}"


@dataclass(frozen=True)
class Cell:
    """What one party says on a point."""

    account: Account
    told: tuple[Words, ...]

    @property
    def count(self) -> str:
        """How many independent texts carry it, and how many copies these have."""
        copies = f" · {self.account.copies} copies" if self.account.copies else ""
        return f"{self.account.origins} independent{copies}"


@dataclass(frozen=True)
class Row:
    """A point with its cells, in the order of its accounts, and in words why they relate as they do."""

    point: Point
    cells: tuple[Cell, ...]
    why: tuple[str, ...]

    @property
    def sign(self) -> str:
        """The relation as one character."""
        return SIGNS[self.point.relation]


def rows(compared: Compared) -> tuple[Row, ...]:
    """The points of a comparison, the most disputed first."""
    found = told(compared)
    return tuple(
        Row(
            point,
            tuple(Cell(one, tuple(found[each] for each in one.statements)) for one in point.accounts),
            tuple(dict.fromkeys(_why(one.kind, one.words) for one in point.evidence)),
        )
        for point in compared.comparison.points
    )


def told(compared: Compared) -> Mapping[StatementId, Words]:
    """Every statement that a comparison can cite, in its words."""
    found = {}
    for article, annotation in (*compared.articles, *compared.earlier):
        text = reading(article).text
        for one in annotation.statements:
            found[one.id] = _words(article, one, text)
    return found


def words(article: Article, statement: Statement) -> Words:
    """One statement in its words."""
    return _words(article, statement, reading(article).text)


def _words(article: Article, one: Statement, text: str) -> Words:
    return Words(one, article, _spelled(one, text), cues.before(one, text))


def _spelled(one: Statement, text: str) -> str:
    return _JOINT.join(text[span.start : span.end] for span in one.content)


def _why(kind: str, words: Sequence[str]) -> str:
    shown = [f"“{word}”" for word in words if word]
    return f"{kind}: {', '.join(shown)}" if shown else kind
