"""`readout losses`: what was dropped, how often and why."""

from __future__ import annotations

from typing import Annotated

import typer

from readout.models import Rejection
from readout.present.cli import place, speak, values
from readout.present.cli.importing import reason


def show(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="List at most this many, the latest first.")] = 50,
    as_json: place.AsJson = False,
) -> None:
    """Count what was dropped by reason, and list it."""
    with place.archive(context) as engine:
        losses, rejections = engine.losses(), engine.rejections(limit=limit)
    if as_json:
        speak.give({"counts": list(map(values.loss, losses)), "rejections": list(map(values.rejection, rejections))})
        return
    if not losses:
        speak.say("Nothing was dropped.")
        return
    speak.say(*(f"{loss.count:8,}  {loss.stage:8} {loss.reason}" for loss in losses))
    speak.say(*(["", *map(_line, rejections)] if rejections else []))
    left = sum(loss.count for loss in losses) - len(rejections)
    if rejections and left:
        speak.say(f"and {left:,} more; --limit says how many to list")


def _line(rejection: Rejection) -> str:
    return f"{reason(rejection)}{f', page {rejection.page[:12]}' if rejection.page else ''}"
