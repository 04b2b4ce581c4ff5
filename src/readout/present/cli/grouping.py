"""`readout group`: place what is kept and not placed yet; `import` and `update` do it for what they bring."""

from __future__ import annotations

from dataclasses import asdict

import typer

from readout.engine import Engine
from readout.models import GroupingReport
from readout.present.cli import place, speak
from readout.present.cli.progress import bar


def run(context: typer.Context, as_json: place.AsJson = False) -> None:
    """Put every article that is not in a story yet into one, and find whose text is whose."""
    with place.archive(context) as engine:
        report = grouped(engine)
    if as_json:
        speak.give(asdict(report))
    else:
        speak.say(*summary(report) or ("Everything is grouped.",))


def grouped(engine: Engine) -> GroupingReport:
    """Group what is new, with a bar where somebody watches."""
    with bar("Grouping") as progress:
        return engine.group(progress=progress)


def summary(report: GroupingReport) -> tuple[str, ...]:
    """What came of it, in lines; none where there was nothing to do."""
    if not report.articles:
        return ()
    stories = f"{report.stories:,} {'story' if report.stories == 1 else 'stories'}"
    copies = f", {report.copies:,} {'copy' if report.copies == 1 else 'copies'} among them" if report.copies else ""
    return (f"Grouped: {speak.counted(report.articles, 'article')}{copies}; {stories} in all.",)
