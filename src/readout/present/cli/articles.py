"""`readout articles` and `readout article ID`: what there is to read, and one text to read."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated

import typer

from readout.engine import Engine
from readout.errors import NotFoundError
from readout.models import Article, ArticleKind, Moment, Paragraph, ParagraphKind, outlet_id
from readout.present import when
from readout.present.cli import place, speak, values
from readout.present.setting import clipped

_ID = 9  # characters of an id in a list: enough to be the only one among millions
_TITLE = 300
_OUTLET = 20
_NOTES = {ArticleKind.TEASER_LIST: " (teaser list)", ArticleKind.HEADLINE: " (headline only)", ArticleKind.ARTICLE: ""}
_APART = frozenset({ParagraphKind.CAPTION, ParagraphKind.PHOTO_CREDIT})

OutletName = Annotated[str | None, typer.Option(metavar="NAME", help="Only this outlet's articles (its name or id).")]


def list_all(
    context: typer.Context,
    outlet: OutletName = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most this many.")] = 50,
    as_json: place.AsJson = False,
) -> None:
    """List articles, the latest published first."""
    with place.archive(context) as engine:
        found = engine.articles(outlet=_outlet(engine, outlet) if outlet else None, limit=limit)
    if as_json:
        speak.give([values.listed(article) for article in found])
    elif found:
        speak.say(*map(_line, found))
    else:
        speak.note("There are no articles yet: `readout import PATH...` brings some in, `readout demo` shows a sample.")


def show(
    context: typer.Context,
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The article's id, or how it begins.")],
    as_json: place.AsJson = False,
) -> None:
    """Print one article as clean text."""
    with place.archive(context) as engine:
        article = engine.article(article_id)
    if as_json:
        speak.give(values.article(article))
    else:
        speak.say(*_text(article))


def _outlet(engine: Engine, asked: str) -> str:
    with suppress(NotFoundError):
        return engine.outlet(outlet_id(asked)).outlet.id
    return engine.outlet(asked).outlet.id


def _line(article: Article) -> str:
    day = article.published.at.date().isoformat() if article.published else "          "
    outlet = clipped(article.outlet or "-", _OUTLET - 1)
    title = clipped(" ".join(article.title.split()), _TITLE)
    line = f"{article.id[:_ID]}  {day}  {outlet:{_OUTLET}}  {title}{_NOTES[article.kind]}"
    return clipped(line, shutil.get_terminal_size().columns) if sys.stdout.isatty() else line


def _text(article: Article) -> Iterator[str]:
    yield article.title or "(no title)"
    known = (article.outlet, _published(article.published), ", ".join(article.authors), *_credits(article))
    yield " · ".join(filter(None, known)) or "(nothing is known about its outlet or time)"
    yield f"article {article.id}, {article.role} on page {article.page[:12]}"
    for paragraph in article.paragraphs:
        yield from ("", _set(paragraph))


def _published(moment: Moment | None) -> str:
    found = when.published(moment)
    return f"{found.words} ({found.basis})" if found else ""


def _credits(article: Article) -> Iterator[str]:
    return (f"credit: {credit.name}" for credit in article.credits)


def _set(paragraph: Paragraph) -> str:
    if paragraph.kind in _APART:
        return f"[{paragraph.kind}: {paragraph.text}]"
    return f"- {paragraph.text}" if paragraph.kind is ParagraphKind.LIST_ITEM else paragraph.text
