"""`readout search QUERY`: articles and statements that have what is looked for."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer

from readout.engine import Engine
from readout.models import Result, Shelf, Sorting
from readout.present import found
from readout.present.cli import place, said, speak, values
from readout.present.setting import clipped
from readout.present.told import told
from readout.present.traced import Traced
from readout.run.searching import Looked

_ID = 9
_TITLE, _WIDEST = 300, 100
_MOST = 1_000

Asked = Annotated[list[str], typer.Argument(metavar="QUERY...", help='Words, "phrases", -not, OR, speaker:NAME ...')]
Limit = Annotated[int, typer.Option(min=1, max=_MOST, metavar="N", help="At most this many.")]


def run(  # noqa: PLR0917 - typer's way
    context: typer.Context,
    query: Asked,
    statements: Annotated[bool, typer.Option("--statements", help="Statements instead of articles.")] = False,
    sort: Annotated[Sorting, typer.Option(help="Which comes first.")] = Sorting.BEST,
    limit: Limit = 20,
    as_json: place.AsJson = False,
) -> None:
    """Look for articles or statements: words, "phrases", -not, OR, and speaker:, about:, outlet:, wire:, said:,
    before:, after:, kind:, act:, lang: with what follows them.
    """
    shelf = Shelf.STATEMENTS if statements else Shelf.ARTICLES
    with place.archive(context) as engine:
        looked = engine.search(" ".join(query), shelf=shelf, sorting=sort, length=limit)
        if as_json:
            speak.give(_value(engine, looked))
        else:
            speak.say(*(line for one in looked.results for line in ("", *_shown(engine, one, looked))))
    for part, reason in looked.query.misread:
        speak.note(f"readout: {f'{part}: ' if part else ''}{reason}")
    if not as_json:
        speak.note(_summary(looked, "statement" if statements else "article"))


def _summary(looked: Looked, noun: str) -> str:
    total = looked.findings.total
    if not total:
        return "Nothing has all of that."
    more = f", of which these are the first {len(looked.results):,}" if looked.findings.more else ""
    return f"{speak.counted(total, noun)}, those of one text folded together{more}."


def _shown(engine: Engine, one: Result, looked: Looked) -> Iterator[str]:
    if one.statement:
        yield from said.report(told(one.statement, _traced(engine, one)))
    else:
        article = one.article
        day = article.published.at.date().isoformat() if article.published else "time not known"
        yield f"{article.id[:_ID]}  {clipped(' '.join(article.title.split()), _TITLE) or '(no title)'}"
        yield f"{'':{_ID}}  {article.outlet or 'outlet not shown'} · {day}{_beside(one)}"
        yield from textwrap.wrap(
            found.excerpt(article, looked.marks), _WIDEST, initial_indent=" " * 11, subsequent_indent=" " * 11
        )
        return
    if one.others:
        yield f"  {_beside(one).removeprefix(' · ')}"


def _beside(one: Result) -> str:
    noun = "more with the same words" if one.statement else "copy" if one.others == 1 else "copies"
    return f" · + {one.others:,} {noun}" if one.others else ""


def _traced(engine: Engine, one: Result) -> Traced:
    return Traced(one.article, engine.page(one.article.page))


def _value(engine: Engine, looked: Looked) -> dict[str, Any]:
    findings = looked.findings
    return {
        "misread": [one._asdict() for one in looked.query.misread],
        "total": findings.total,
        "more": findings.more,
        "shares": {name: [asdict(one) for one in held] for name, held in (findings.shares or {}).items()},
        "results": [_result(engine, one) for one in looked.results],
    }


def _result(engine: Engine, one: Result) -> dict[str, Any]:
    beside = {"others": one.others, "story": one.story and one.story.id}
    if one.statement:
        return {**values.statement(one.statement, _traced(engine, one)), **beside}
    return {**values.listed(one.article), **beside}
