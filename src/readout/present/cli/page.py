"""`readout page ID`: what was captured, and what became of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from readout.models import Article, Page, Rejection
from readout.present import when
from readout.present.cli import place, speak, values


def show(
    context: typer.Context,
    page_id: Annotated[str, typer.Argument(metavar="ID", help="The page's id, or how it begins.")],
    raw: Annotated[bool, typer.Option("--raw", help="Print the page itself, byte for byte.")] = False,
    as_json: place.AsJson = False,
) -> None:
    """Print what is known about a captured page, or the page itself."""
    with place.archive(context) as engine:
        page = engine.page(page_id)
        articles, rejections = engine.on_page(page.id), engine.rejections(page=page.id)
    if raw:
        _pour(page)
    elif as_json:
        found = list(map(values.listed, articles))
        speak.give({**values.page(page), "articles": found, "rejections": list(map(values.rejection, rejections))})
    else:
        speak.say(*_lines(page, articles, rejections))


def _pour(page: Page) -> None:
    """A terminal would obey the bytes of a page, so it gets their text; a file or a program gets the bytes."""
    if sys.stdout.isatty():
        speak.say(page.text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(page.content)


def _lines(page: Page, articles: Sequence[Article], rejections: Sequence[Rejection]) -> Iterator[str]:
    captured = when.captured(page.captured, page.captured_basis)
    yield f"page      {page.id}"
    yield f"name      {page.name}"
    yield f"address   {page.address or 'unknown'}"
    yield f"captured  {f'{captured.words} ({captured.basis})' if captured else 'unknown'}"
    yield f"content   {page.media}, {len(page.content):,} bytes in {page.encoding}"
    yield ""
    for article in articles:
        body = f"characters {article.body_span.start}-{article.body_span.end}" if article.body_span else "no body"
        yield f"{article.id}  {article.role:8} {body}: {article.title:.200}"
    for rejection in rejections:
        yield f"dropped   {rejection.subject:.200}: {rejection.reason}"
