"""`readout import`: captures from files, folders and standard input into the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from readout.capture.instant import instant
from readout.capture.rows import fields
from readout.models import ImportReport, Rejection
from readout.present.cli import annotating, grouping, indexing, place, speak, values
from readout.present.cli.outcome import Outcome
from readout.present.cli.progress import bar

_LISTED = 20  # rejections named one by one


def _moment(text: str) -> datetime:
    found = instant(text)
    if found is None:
        raise typer.BadParameter(f"{text!r} is no time; write it as 2025-06-05 or 2025-06-05T14:00+02:00")
    return found


Captured = Annotated[
    datetime | None,
    typer.Option(parser=_moment, metavar="TIME", help="When all of it was captured (ISO 8601)."),
]


def _fields(text: str) -> str:
    try:
        fields(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    return text


Map = Annotated[
    str,
    typer.Option(
        "--map",
        callback=_fields,
        metavar="FIELDS",
        help="What the fields of rows are called: text=body,captured=seen_at.",
    ),
]


def run(  # noqa: PLR0917 - typer's way
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")],
    captured: Captured = None,
    mapped: Map = "",
    again: Annotated[bool, typer.Option("--again", help="Read files again that were imported before.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=256, metavar="N", help="Processes to work in.")] = 1,
    as_json: place.AsJson = False,
) -> None:
    """Import pages, captures, messages and archives: HTML, WARC, WACZ, JSON lines, Parquet, mail, tarballs, zips."""
    with place.archive(context) as engine:
        with bar("Importing") as progress:
            report = engine.import_paths(
                paths, captured=captured, fields=mapped, again=again, progress=progress, jobs=jobs
            )
        speak.note(*_complaints(report))
        if not as_json:
            speak.say(*summary(report, place.home(context)))
        found = annotating.annotated(engine, jobs=jobs)
        if not as_json:
            speak.say(*annotating.summary(found))
        placed = grouping.grouped(engine)
        indexing.indexed(engine)
    if as_json:
        speak.give({**values.report(report), "annotated": asdict(found), "grouped": asdict(placed)})
    else:
        speak.say(*grouping.summary(placed))
    if report.lost or report.unusable:
        raise typer.Exit(Outcome.PARTLY)


def summary(report: ImportReport, home: Path) -> Iterator[str]:
    """What an import found, what of it was new, and where it can be read."""
    yield (
        f"{speak.counted(report.pages, 'page')}, {speak.counted(report.articles, 'article')}{_kinds(report)},"
        f" {report.dropped:,} dropped"
    )
    if report.passed:
        were, them = ("file was", "it") if report.passed == 1 else ("files were", "them")
        yield f"{report.passed:,} {were} imported before; --again reads {them} anyway."
    new = f"{speak.counted(report.kept.pages_new, 'page')} and {speak.counted(report.kept.articles_new, 'article')}"
    yield f"New: {new}. Kept in {home}; read with `readout articles` or `readout serve`."


def _kinds(report: ImportReport) -> str:
    counts = ((report.teaser_lists, "teaser list"), (report.headlines, "bare headline"))
    named = ", ".join(speak.counted(number, word) for number, word in counts if number)
    return f" ({named})" if named else ""


def _complaints(report: ImportReport) -> Iterator[str]:
    yield from (f"readout: {error}" for error in report.unusable)
    yield from map(_complaint, report.rejected[:_LISTED])
    if report.dropped > _LISTED:
        yield f"readout: and {report.dropped - _LISTED:,} more; `readout losses` lists them"


def _complaint(rejection: Rejection) -> str:
    return f"readout: {reason(rejection)}"


def reason(rejection: Rejection) -> str:
    """What was dropped and why, on one line."""
    detail = f" ({rejection.detail:.300})" if rejection.detail not in {"", rejection.subject} else ""
    return f"{rejection.subject:.200}: {rejection.reason}{detail}"
