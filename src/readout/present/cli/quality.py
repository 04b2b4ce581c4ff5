"""`readout quality`: how well each stage does on public data. The scorers live in a checkout, not in the package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import typer

from readout.present.cli import place, speak
from readout.present.cli.outcome import Outcome

_ROOT = Path(__file__).resolve().parents[4]
_HOW = (
    "Quality is measured from a checkout of the project, where the scorers and their floors are:\n"
    "clone it, and type `make quality` there."
)


def run(as_json: place.AsJson = False) -> None:
    """Score every stage and print the misses."""
    if not (_ROOT / "quality" / "__main__.py").is_file():
        speak.note(_HOW)
        raise typer.Exit(Outcome.PARTLY)
    asked = [sys.executable, "-m", "quality", *(["--json"] if as_json else [])]
    raise typer.Exit(subprocess.run(asked, cwd=_ROOT, check=False).returncode)  # noqa: S603 - our own command
