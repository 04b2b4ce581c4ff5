"""The words of figures.toml, read once, in the shapes that look-ups need. No judgement here."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Measures:
    """`units`, `signs` and `fates` lead from words in lower case (joined by hyphens) and signs to the usual name;
    `bases` leads from a unit to another one and how many of that it holds; `words` are sets by what they tell;
    `modifier` finds the modifiers that a piece of text ends with, whose last words are `modifier_ends`.
    """

    units: dict[str, str]
    signs: dict[str, str]
    bases: dict[str, tuple[str, float]]
    fates: dict[str, str]
    words: dict[str, frozenset[str]]
    modifier: re.Pattern[str]
    modifier_ends: frozenset[str]


@cache
def measures() -> Measures:
    """The words, read once."""
    tables = tomllib.loads(resources.files("readout.annotate").joinpath("figures.toml").read_text(encoding="utf-8"))
    modifiers = " ".join(tables["modifiers"]["before"].split()).split(", ")
    return Measures(
        units={word: unit for unit, words in tables["units"].items() for word in words.split()},
        signs=dict(tables["signs"]),
        bases={unit: (base, float(holds)) for unit, (base, holds) in tables["bases"].items()},
        fates={word: fate for fate, words in tables["fates"].items() for word in words.split()},
        words={name: frozenset(words.split()) for name, words in tables["words"].items()},
        modifier=_ending(modifiers),
        modifier_ends=frozenset(one.rpartition(" ")[2] for one in modifiers),
    )


def _ending(phrases: list[str]) -> re.Pattern[str]:
    spaced = "|".join(phrase.replace(" ", "[ ]+") for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"\b(?:(?:{spaced})[ ]+)+$", re.IGNORECASE)


def in_base(value: float, unit: str) -> tuple[float, str]:
    """A value in the unit that others of its kind are compared in: two hours are 120 minutes."""
    base, holds = measures().bases.get(unit, (unit, 1.0))
    return value * holds, base
