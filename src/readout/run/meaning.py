"""What makes vectors of meaning, as the settings say: loaded once a process, when something is grouped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from readout import config
from readout.group.footprint import Meaning


def encoder() -> Meaning | None:
    """The encoder that the settings name, if they name one. Raises SettingsError, and InputError where it cannot be
    used.
    """
    folder = config.settings().vectors
    return None if folder is None else _loaded(folder.expanduser())


@cache
def _loaded(folder: Path) -> Meaning:
    from readout.annotate import backends

    return backends.load(folder)
