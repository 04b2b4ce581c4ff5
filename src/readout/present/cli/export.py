"""`readout export`: what is kept, for other programs. Streams: an archive of any size needs little memory."""

from __future__ import annotations

import sys
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO, TypeVar

import typer

from readout.engine import Engine
from readout.errors import InputError
from readout.models import Annotated, Annotation, Article
from readout.present import accounts, compared
from readout.present.cli import gold, place, sheet, speak, values
from readout.present.traced import Traced

T = TypeVar("T")

_STORIES = 100  # asked for at once

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class Format(StrEnum):
    """What an export is written as."""

    GOLD = "gold"
    JSONL = "jsonl"
    CSV = "csv"


@app.callback()
def _shared() -> None:
    """Write what is kept for other programs."""


Form = typing.Annotated[Format, typer.Option("--as", help="gold: the fields that answers are scored with.")]
Output = typing.Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to, not the output.")]


@app.command("articles")
def articles(context: typer.Context, form: Form = Format.JSONL, output: Output = None) -> None:
    """Write every article, once for each page it was found on, in the order the pages were kept."""
    with place.archive(context) as engine, _writing(output) as stream:
        if form is Format.CSV:
            _write_table(stream, sheet.COLUMNS, map(sheet.cells, engine.every_article()))
        else:
            rows = _gold(engine) if form is Format.GOLD else map(values.article, engine.every_article())
            _write_lines(stream, rows)


@app.command("statements")
def statements(context: typer.Context, form: Form = Format.JSONL, output: Output = None) -> None:
    """Write every statement, once for each page its article was found on; as gold, core statements only."""
    with place.archive(context) as engine, _writing(output) as stream:
        if form is Format.CSV:
            _write_table(stream, sheet.STATEMENT_COLUMNS, _each(engine, sheet.statements))
        else:
            _write_lines(stream, _each(engine, gold.statements if form is Format.GOLD else values.statements))


@app.command("events")
def events(context: typer.Context, form: Form = Format.JSONL, output: Output = None) -> None:
    """Write every event, once for each page its article was found on; as gold, those with a time only."""
    with place.archive(context) as engine, _writing(output) as stream:
        if form is Format.CSV:
            _write_table(stream, sheet.EVENT_COLUMNS, _each(engine, sheet.events))
        else:
            _write_lines(stream, _each(engine, gold.events if form is Format.GOLD else values.events))


@app.command("points")
def points(context: typer.Context, form: Form = Format.JSONL, output: Output = None) -> None:
    """Write the points of every story on which accounts can be set side by side."""
    if form is Format.CSV:
        raise InputError("--as csv", "points are no table: jsonl or gold")
    with place.archive(context) as engine, _writing(output) as stream:
        _write_lines(stream, _points(engine, form))


def _points(engine: Engine, form: Format) -> Iterator[dict[str, Any]]:
    """The points of every story, the stories in the order in which they are listed."""
    for at in range(0, engine.count_stories(), _STORIES):
        for story in engine.stories(limit=_STORIES, offset=at):
            for row in accounts.rows(engine.compare(story.id)):
                if form is Format.GOLD:
                    yield gold.point(row, {one.page: engine.page(one.page) for one in _held(row)})
                else:
                    yield {"story": story.id, **compared.point(row)}


def _held(row: accounts.Row) -> Iterator[Article]:
    return (one.article for cell in row.cells for one in cell.told)


def _write_table(stream: TextIO, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    import csv

    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows(rows)


def _each(engine: Engine, rows: Callable[[Traced, Annotation], Iterable[T]]) -> Iterator[T]:
    """What is written of each annotation, page by page."""
    for page_id, found in groupby(engine.every_annotation(), key=_page_of):
        page = engine.page(page_id)
        for article, annotation in found:
            yield from rows(Traced(article, page), annotation)


def _page_of(annotated: Annotated) -> str:
    return annotated.article.page


def _write_lines(stream: TextIO, rows: Iterable[dict[str, Any]]) -> None:
    stream.writelines(speak.as_json(row) + "\n" for row in rows)


def _gold(engine: Engine) -> Iterator[dict[str, Any]]:
    for page_id, found in groupby(engine.every_article(), key=_page):
        page = engine.page(page_id)
        yield from (gold.row(article, page) for article in found)


def _page(article: Article) -> str:
    return article.page


@contextmanager
def _writing(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is there whole or not at all. Raises InputError where it cannot be written."""
    if output is None:
        yield sys.stdout
        return
    unfinished = output.with_name(f".{output.name}.unfinished")
    try:
        try:
            with unfinished.open("w", encoding="utf-8", newline="") as stream:
                yield stream
            unfinished.replace(output)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(str(output), f"cannot be written: {error.strerror or error}") from error
