"""`readout check`: whether what is kept agrees with itself."""

from __future__ import annotations

from dataclasses import asdict

import typer

from readout.present.cli import place, speak
from readout.present.cli.outcome import Outcome


def run(context: typer.Context, as_json: place.AsJson = False) -> None:
    """Look for faults in the database."""
    with place.archive(context) as engine:
        faults, totals = engine.check(), engine.totals()
    if as_json:
        speak.give({"faults": list(faults), "totals": asdict(totals)})
    elif faults:
        speak.say(*faults)
    else:
        kept = ", ".join(speak.counted(number, word[:-1]) for word, number in asdict(totals).items())
        speak.say(f"No faults: {kept}.")
    if faults:
        raise typer.Exit(Outcome.STORE)
