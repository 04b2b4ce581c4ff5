"""The English words that name times, from `times.toml`, read once. Lookups only; nothing is resolved here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

DayPart = tuple[str, int, int]  # TIMEX3 code, first hour, hour after the last


@dataclass(frozen=True)
class Lexicon:
    """Every table of the file, keyed by the lower-case word; `triggers` names the class of each word that can start a
    reading, and `words` are sets of words by what they do.
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    centuries: dict[str, int]
    seasons: dict[str, str]
    dayparts: dict[str, DayPart]
    days: dict[str, tuple[int, str]]
    references: dict[str, str]
    stretches: dict[str, tuple[str, str]]
    sets: dict[str, str]
    zones: dict[str, int]
    datelines: dict[str, int]
    holidays: dict[str, Any]
    ahead: frozenset[str]
    behind: frozenset[str]
    words: dict[str, frozenset[str]]
    triggers: dict[str, str]


_CLASSES = {
    "references": "reference",
    "stretches": "stretch",
    "sets": "set",
    "days": "day",
    "dayparts": "daypart",
    "seasons": "season",
    "units": "unit",
    "weekdays": "weekday",
    "months": "month",
}


@cache
def lexicon() -> Lexicon:
    """The words, read once."""
    tables = tomllib.loads(resources.files("readout.annotate").joinpath("times.toml").read_text(encoding="utf-8"))
    cues = tables.pop("cues")
    triggers = {word: kind for table, kind in _CLASSES.items() for word in tables[table]}
    triggers.update({name.split()[0]: "holiday" for name in tables["holidays"] if name.split()[0] not in triggers})
    triggers.update(dict.fromkeys(("midnight", "noon", "a.m.", "p.m.", "am", "pm"), "clock"))
    triggers["0s"] = "decade"
    words = {name: frozenset(group) for name, group in tables.pop("words").items()}
    return Lexicon(
        **tables, ahead=frozenset(cues["ahead"]), behind=frozenset(cues["behind"]), words=words, triggers=triggers
    )
