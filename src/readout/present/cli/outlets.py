"""`readout outlets`: whose articles there are."""

from __future__ import annotations

import typer

from readout.present.cli import place, speak, values


def list_all(context: typer.Context, as_json: place.AsJson = False) -> None:
    """List the outlets by number of articles."""
    with place.archive(context) as engine:
        counts = engine.outlets()
    if as_json:
        speak.give(list(map(values.outlet, counts)))
    elif counts:
        speak.say(*(f"{count.articles:8,}  {count.outlet.id[:9]}  {count.outlet.name:.200}" for count in counts))
    else:
        speak.note("There are no outlets yet.")
