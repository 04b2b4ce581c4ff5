"""Articles, statements, events → rows of a table for spreadsheets. Pure.

A cell that begins as a formula does would be run when the file is opened, and its text comes from outside: such a cell
gets an apostrophe in front, which spreadsheets take as "this is text" and do not show.
Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from readout.models import Annotation, Article, Event, Statement
from readout.present.traced import Traced

COLUMNS = (
    "id",
    "edition",
    "page",
    "position",
    "role",
    "kind",
    "title",
    "outlet",
    "published",
    "published_basis",
    "age",
    "authors",
    "credits",
    "dateline",
    "section",
    "tags",
    "language",
    "address",
    "body",
)
_WHERE = ("article", "edition", "page", "position", "title", "outlet", "published")
STATEMENT_COLUMNS = (
    "id",
    "speaker",
    "speaker_type",
    "kind",
    "act",
    "words",
    "cue",
    "source",
    "via",
    "channel",
    "said",
    "negated",
    "weak",
    "confidence",
    *_WHERE,
)
EVENT_COLUMNS = ("id", "what", "participants", "place", "time", "start", "end", "precision", "status", *_WHERE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}")
_FORMULA_TOO = ("\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")


def cells(article: Article) -> tuple[str, ...]:
    """The article's cells in the order of COLUMNS; lists are joined by "; "."""
    moment = article.published
    values = (
        article.id,
        article.edition,
        article.page,
        str(article.position),
        article.role,
        article.kind,
        article.title,
        article.outlet,
        moment and moment.at.isoformat(),
        moment and moment.basis,
        article.age,
        "; ".join(article.authors),
        "; ".join(credit.name for credit in article.credits),
        article.dateline,
        article.section,
        "; ".join(article.tags),
        article.language,
        article.address,
        article.body,
    )
    return tuple(safe(value or "") for value in values)


def statements(traced: Traced, annotation: Annotation) -> Iterator[tuple[str, ...]]:
    """The cells of an article's statements in the order of STATEMENT_COLUMNS."""
    return (_cells(_statement(one, traced), traced) for one in annotation.statements)


def events(traced: Traced, annotation: Annotation) -> Iterator[tuple[str, ...]]:
    """The cells of an article's events in the order of EVENT_COLUMNS."""
    return (_cells(_event(one, traced), traced) for one in annotation.events)


def _statement(statement: Statement, traced: Traced) -> tuple[str | None, ...]:
    return (
        statement.id,
        statement.speaker.name,
        statement.speaker.type,
        statement.kind,
        statement.act,
        " … ".join(map(traced.words, statement.content)),
        statement.cue and traced.words(statement.cue),
        statement.source and traced.words(statement.source),
        "; ".join(statement.via),
        statement.channel,
        _instant(statement.said.at) if statement.said else None,
        "yes" if statement.negated else "",
        statement.weak,
        f"{statement.confidence:.2f}",
    )


def _event(event: Event, traced: Traced) -> tuple[str | None, ...]:
    time = event.time
    return (
        event.id,
        event.what,
        "; ".join(event.participants),
        event.place,
        traced.words(time.span) if time else None,
        _instant(time.start) if time else None,
        _instant(time.end) if time else None,
        time.precision if time else None,
        event.status,
    )


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _cells(values: tuple[str | None, ...], traced: Traced) -> tuple[str, ...]:
    article, moment = traced.article, traced.article.published
    where = (
        article.id,
        article.edition,
        article.page,
        str(article.position),
        article.title,
        article.outlet,
        moment and moment.at.isoformat(),
    )
    return tuple(safe(value or "") for value in (*values, *where))


def safe(cell: str) -> str:
    """The cell as text and nothing else. A spreadsheet looks past spaces in front, so this does too."""
    starts = (cell.lstrip(" \u00a0\ufeff"), cell.lstrip())
    return f"'{cell}" if any(start.startswith((*_FORMULA, *_FORMULA_TOO)) for start in starts) else cell
