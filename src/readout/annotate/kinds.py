"""The words of speakers.toml, read once. A list, no judgement."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Kinds:
    """Lower-case nouns by what kind of source they name; `agencies` are names of outlets as written."""

    documents: frozenset[str]
    words_of_somebody: frozenset[str]
    bodies: frozenset[str]
    outlets: frozenset[str]
    agencies: frozenset[str]
    small: frozenset[str]
    second_names: frozenset[str]
    not_outlets: frozenset[str]


@cache
def kinds() -> Kinds:
    """The lists, read once."""
    table = tomllib.loads(resources.files("readout.annotate").joinpath("speakers.toml").read_text(encoding="utf-8"))
    return Kinds(
        documents=frozenset(table["documents"].split()),
        words_of_somebody=frozenset(table["words_of_somebody"].split()),
        bodies=frozenset(table["bodies"].split()),
        outlets=frozenset(table["outlets"].split()),
        agencies=frozenset(table["agencies"]),
        small=frozenset(table["small"].split()),
        not_outlets=frozenset(table["not_outlets"].split()),
        second_names=frozenset(table["second_names"].split()),
    )
