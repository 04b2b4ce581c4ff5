"""Where the archive lives that a command works on: `--data DIR` before everything, else the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readout import engine

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document, for programs.")]


def home(context: typer.Context) -> Path:
    """The folder of the archive. Raises SettingsError."""
    given = chosen(context)
    if given is not None:
        return given
    from readout import config

    return config.settings().home


def chosen(context: typer.Context) -> Path | None:
    """The folder that `--data` names, if it does."""
    return context.obj if isinstance(context.obj, Path) else None


def archive(context: typer.Context) -> engine.Engine:
    """The archive itself, to be closed. Raises SettingsError, StoreError."""
    return engine.open(home(context))


def hoisted(arguments: list[str]) -> list[str]:
    """The arguments with `--data DIR` in front, wherever it stood: it belongs to every command."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument == "--data":
            front += [argument, *(value for value in [next(waiting, None)] if value is not None)]
        else:
            (front if argument.startswith("--data=") else rest).append(argument)
    return front + rest
