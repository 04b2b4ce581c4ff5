"""`readout articles` and `readout article ID`: what there is to read, and one text to read."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby, pairwise
from typing import Annotated, Any

import typer

from readout.engine import Engine
from readout.errors import NotFoundError
from readout.models import Article, ArticleKind, Edition, Moment, Paragraph, ParagraphKind, outlet_id
from readout.present import when
from readout.present.cli import place, speak, values
from readout.present.revision import Fate, Line, count, revision
from readout.present.setting import clipped

_ID = 9  # characters of an id in a list: enough to be the only one among millions
_TITLE = 300
_OUTLET = 20
_NOTES = {ArticleKind.TEASER_LIST: " (teaser list)", ArticleKind.HEADLINE: " (headline only)", ArticleKind.ARTICLE: ""}
_MARKS = {Fate.KEPT: "{}", Fate.GONE: "[-{}-]", Fate.NEW: "{{+{}+}}"}
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
    diff: Annotated[bool, typer.Option("--diff", help="What changed from edition to edition.")] = False,
    as_json: place.AsJson = False,
) -> None:
    """Print one article as clean text."""
    with place.archive(context) as engine:
        article = engine.article(article_id)
        editions = engine.editions(article.id) if diff else ()
    if diff and as_json:
        speak.give(_changed(article, editions))
    elif diff:
        speak.say(*_changes(article, editions))
    elif as_json:
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


def _changed(article: Article, editions: Sequence[Edition]) -> dict[str, Any]:
    changes = [
        {"from": one.number, "to": next_.number, **values.revision(revision(one.article, next_.article))}
        for one, next_ in pairwise(editions)
    ]
    return {"id": article.id, "editions": [values.edition(one) for one in editions], "changes": changes}


def _changes(article: Article, editions: Sequence[Edition]) -> Iterator[str]:
    yield article.title or "(no title)"
    yield f"article {article.id}, {speak.counted(len(editions), 'edition')}"
    for one, following in pairwise(editions):
        found = revision(one.article, following.article)
        lines = (found.title, *found.paragraphs)
        captured = when.captured(following.captured)
        known = f"captured {captured.words}" if captured else "captured nobody knows when"
        gone = speak.counted(count(lines, Fate.GONE), "word")
        yield from ("", f"edition {following.number}, {known}: {gone} gone, {count(lines, Fate.NEW):,} new")
        yield from _marked(lines)


def _marked(lines: Iterable[Line]) -> Iterator[str]:
    """The lines that changed, with what is gone as [-this-] and what is new as {+this+}."""
    for unchanged, together in groupby(lines, key=lambda line: all(run.fate is Fate.KEPT for run in line)):
        held = list(together)
        if unchanged:
            yield f"  ({speak.counted(len(held), 'paragraph')} as before)"
        else:
            yield from ("  " + "".join(_MARKS[run.fate].format(run.text) for run in line) for line in held)


def _published(moment: Moment | None) -> str:
    found = when.published(moment)
    return f"{found.words} ({found.basis})" if found else ""


def _credits(article: Article) -> Iterator[str]:
    return (f"credit: {credit.name}" for credit in article.credits)


def _set(paragraph: Paragraph) -> str:
    if paragraph.kind in _APART:
        return f"[{paragraph.kind}: {paragraph.text}]"
    return f"- {paragraph.text}" if paragraph.kind is ParagraphKind.LIST_ITEM else paragraph.text
