"""Articles → rows of a table for spreadsheets. Pure.

A cell that begins as a formula does would be run when the file is opened, and its text comes from outside: such a cell
gets an apostrophe in front, which spreadsheets take as "this is text" and do not show.
Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

from readout.models import Article

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


def safe(cell: str) -> str:
    """The cell as text and nothing else. A spreadsheet looks past spaces in front, so this does too."""
    starts = (cell.lstrip(" \u00a0\ufeff"), cell.lstrip())
    return f"'{cell}" if any(start.startswith((*_FORMULA, *_FORMULA_TOO)) for start in starts) else cell
