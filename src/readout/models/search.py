"""What is looked for and what is found: a query as it was understood, and articles and statements that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from readout.models.article import Article
from readout.models.grouping import Coverage
from readout.models.ids import ArticleId, StatementId
from readout.models.statement import Statement


class Field(StrEnum):
    """What a term is about: words of the text, or what its operator names."""

    WORDS = "words"
    SPEAKER = "speaker"
    ABOUT = "about"
    OUTLET = "outlet"
    WIRE = "wire"
    SAID = "said"
    BEFORE = "before"
    AFTER = "after"
    KIND = "kind"
    ACT = "act"
    LANG = "lang"


@dataclass(frozen=True)
class Term:
    """One thing asked for. `value` is as it was written; `phrase` where the words must stand side by side.

    Of a time, `since` is the first day and `until` the first day after it, None where it is open.
    """

    field: Field
    value: str
    negated: bool = False
    phrase: bool = False
    since: date | None = None
    until: date | None = None


class Misread(NamedTuple):
    """A part of a query that could not be understood, and what would be."""

    part: str
    reason: str


@dataclass(frozen=True)
class Query:
    """A query as it was understood: all of `clauses` are asked for, and of each clause any of its terms.

    `misread` are the parts that were left out, or read as words.
    """

    clauses: tuple[tuple[Term, ...], ...] = ()
    misread: tuple[Misread, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, in order."""
        return tuple(term for clause in self.clauses for term in clause)


class Shelf(StrEnum):
    """What is looked for."""

    ARTICLES = "articles"
    STATEMENTS = "statements"


class Sorting(StrEnum):
    """Which comes first."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"


class Hit(NamedTuple):
    """An article, or a statement in it, that answers; `others` are those that answer with the same text."""

    article: ArticleId
    statement: StatementId | None = None
    others: int = 0


@dataclass(frozen=True)
class Share:
    """How many answers have `value` in the field."""

    value: str
    count: int


@dataclass(frozen=True)
class Findings:
    """The answers of one screen, and of how many in all.

    `shares` tell how the answers divide, by outlet, kind, act, language, speaker and month or day ("when"). `more` says
    that a further screen can be shown; `cut` that a part of the query fits more than was looked at.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    shares: dict[str, tuple[Share, ...]] | None = None
    more: bool = False
    cut: bool = False


class Result(NamedTuple):
    """An answer with what is kept of it: the article, the statement where one was looked for and its number among those
    of the article, from 1; how many more have the same text; and the story it belongs to, if it is in one.
    """

    article: Article
    statement: Statement | None = None
    number: int = 0
    others: int = 0
    story: Coverage | None = None
