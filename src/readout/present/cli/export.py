"""`readout export`: what is kept, for other programs. Streams: an archive of any size needs little memory."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from readout.engine import Engine
from readout.errors import InputError
from readout.models import Article
from readout.present.cli import gold, place, sheet, speak, values

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class Format(StrEnum):
    """What an export is written as."""

    GOLD = "gold"
    JSONL = "jsonl"
    CSV = "csv"


@app.callback()
def _shared() -> None:
    """Write what is kept for other programs."""


@app.command("articles")
def articles(
    context: typer.Context,
    form: Annotated[Format, typer.Option("--as", help="gold: the fields that answers are scored with.")] = Format.JSONL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to, not the output.")
    ] = None,
) -> None:
    """Write every article, once for each page it was found on, in the order the pages were kept."""
    with place.archive(context) as engine, _writing(output) as stream:
        _WRITERS[form](engine, stream)


def _write_gold(engine: Engine, stream: TextIO) -> None:
    _write_lines(stream, _gold(engine))


def _write_jsonl(engine: Engine, stream: TextIO) -> None:
    _write_lines(stream, map(values.article, engine.every_article()))


def _write_csv(engine: Engine, stream: TextIO) -> None:
    import csv

    writer = csv.writer(stream)
    writer.writerow(sheet.COLUMNS)
    writer.writerows(map(sheet.cells, engine.every_article()))


_WRITERS: dict[Format, Callable[[Engine, TextIO], None]] = {
    Format.GOLD: _write_gold,
    Format.JSONL: _write_jsonl,
    Format.CSV: _write_csv,
}


def _write_lines(stream: TextIO, rows: Iterator[dict[str, Any]]) -> None:
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
