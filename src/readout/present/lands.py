"""Countries by their names, for readers, from `lands.toml`. What has none there goes by what it is called."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


def name(code: str) -> str:
    """The country of that code (ISO 3166-1, two letters) as English calls it, else what was given."""
    return _names().get(code.upper(), code)


@cache
def _names() -> dict[str, str]:
    return tomllib.loads(files("readout.present").joinpath("lands.toml").read_text("utf-8"))
