"""`readout update`: one look at the feeds that are due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from readout.models import UpdateReport
from readout.present.cli import annotating, grouping, indexing, place, speak, values
from readout.present.cli.outcome import Outcome
from readout.present.cli.progress import bar


def run(
    context: typer.Context,
    feed_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Only these feeds, due or not.", show_default=False)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All feeds, due or not.")] = False,
    as_json: place.AsJson = False,
) -> None:
    """Look at the feeds that are due once, and keep what is new."""
    with place.archive(context) as engine:
        with bar("Updating") as progress:
            report = engine.update(feed_ids or (), everything=everything, progress=progress)
        found = annotating.annotated(engine)
        placed = grouping.grouped(engine)
        indexing.indexed(engine)
    speak.note(*_complaints(report))
    if as_json:
        speak.give({**values.update(report), "annotated": asdict(found), "grouped": asdict(placed)})
    else:
        speak.say(*summary(report), *annotating.summary(found), *grouping.summary(placed))
    if report.failed:
        raise typer.Exit(Outcome.PARTLY)


def summary(report: UpdateReport) -> Iterator[str]:
    """What an update brought."""
    if not report.feeds:
        yield "No feed is due."
        return
    parts = [
        speak.counted(report.feeds, "feed"),
        f"{report.pages:,} new {'page' if report.pages == 1 else 'pages'}",
        f"{report.articles:,} new {'article' if report.articles == 1 else 'articles'}",
        *([f"{report.editions:,} changed"] if report.editions else []),
        *([f"{report.dropped:,} dropped"] if report.dropped else []),
        *([f"{report.left:,} left for the next time"] if report.left else []),
    ]
    yield ", ".join(parts)


def _complaints(report: UpdateReport) -> Iterator[str]:
    for one in report.failed:
        yield f"readout: {one.feed.address}: {one.state.last.outcome if one.state.last else 'failed'}"
