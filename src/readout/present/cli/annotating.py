"""`readout annotate`: understand what is kept and not understood yet; `import` and `update` do it for what is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from readout.engine import Engine
from readout.models import AnnotationReport
from readout.present.cli import place, speak
from readout.present.cli.outcome import Outcome
from readout.present.cli.progress import bar


def run(
    context: typer.Context,
    stale: Annotated[bool, typer.Option("--stale", help="Also what an older version understood.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=256, metavar="N", help="Processes to work in.")] = 1,
    as_json: place.AsJson = False,
) -> None:
    """Find names, times, statements, events and figures in every article that has not been looked at yet."""
    with place.archive(context) as engine:
        report = annotated(engine, stale=stale, jobs=jobs)
    if as_json:
        speak.give(asdict(report))
    else:
        speak.say(*summary(report) or ("Everything is annotated.",))
    if report.failed:
        raise typer.Exit(Outcome.PARTLY)


def annotated(engine: Engine, *, stale: bool = False, jobs: int = 1) -> AnnotationReport:
    """Annotate what is new, with a bar where somebody watches."""
    with bar("Annotating") as progress:
        return engine.annotate(stale=stale, jobs=jobs, progress=progress)


def summary(report: AnnotationReport) -> tuple[str, ...]:
    """What was found, in lines; none where there was nothing to do."""
    return tuple(_lines(report)) if report.articles else ()


def _lines(report: AnnotationReport) -> Iterator[str]:
    found = f"{speak.counted(report.statements, 'statement')}, {speak.counted(report.events, 'event')}"
    yield f"Annotated: {speak.counted(report.articles, 'edition')} with {found}."
    if report.failed:
        yield f"{speak.counted(report.failed, 'edition')} could not be: `readout losses` says why."
