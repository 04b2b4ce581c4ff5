"""The words of names.toml and nicknames.toml, read once, in the shapes that look-ups need. No judgement here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Lists:
    """Sets of lower-case words by what they tell; `states` and `demonyms` lead to a state's usual name.

    `families[given name]` is the set of numbers of the families it belongs to, names of one of which may be one
    name; `genders` is "m", "f" or "" by title, office or given name.
    """

    titles: frozenset[str]
    roles: frozenset[str]
    before_roles: frozenset[str]
    bodies: frozenset[str]
    bodies_of: frozenset[str]
    legal: frozenset[str]
    short_bodies: frozenset[str]
    place_nouns: frozenset[str]
    places: frozenset[str]
    states: dict[str, str]
    demonyms: dict[str, str]
    capitals: dict[str, str]
    seats: dict[str, str]
    plain: frozenset[str]
    heads: frozenset[str]
    parties: frozenset[str]
    peoples: frozenset[str]
    departments: frozenset[str]
    works: frozenset[str]
    others: frozenset[str]
    particles: frozenset[str]
    families: dict[str, frozenset[int]]
    genders: dict[str, str]


@cache
def lists() -> Lists:
    """The lists, read once."""
    words, given = _table("names.toml"), _table("nicknames.toml")
    states, demonyms, capitals = _states(words["states"]["table"])
    families, genders = _given(given["families"])
    titles = {word: sex for sex, line in words["titles"].items() for word in line.split()}
    genders.update({word: sex for word, sex in titles.items() if sex in "mf"})
    genders.update(dict.fromkeys(words["roles"]["male"].split(), "m"))
    genders.update(dict.fromkeys(words["roles"]["female"].split(), "f"))
    many = (" ".join(one.split()) for one in words["places"]["many"].split("|"))
    return Lists(
        titles=frozenset(titles),
        roles=frozenset(words["roles"]["words"].split()),
        before_roles=frozenset(words["roles"]["before"].split()),
        bodies=frozenset(words["bodies"]["words"].split()),
        bodies_of=frozenset(words["bodies"]["of"].split()),
        legal=frozenset(words["bodies"]["legal"].split()),
        short_bodies=frozenset(words["bodies"]["short"].split()),
        place_nouns=frozenset(words["places"]["nouns"].split()),
        places=frozenset((*words["places"]["words"].split(), *many)),
        states=states,
        demonyms=demonyms,
        capitals=capitals,
        seats=dict(line.split("|")[::-1] for line in words["states"]["seats"].split()),
        plain=frozenset(f"{words['plain']['time']} {words['plain']['closed']}".split()),
        heads=frozenset(words["plain"]["heads"].split()),
        parties=frozenset(words["bodies"]["parties"].split()),
        peoples=frozenset(words["bodies"]["peoples"].split()),
        departments=frozenset(words["bodies"]["departments"].split()),
        works=frozenset(words["works"]["nouns"].split()),
        others=frozenset(words["works"]["others"].split()),
        particles=frozenset(words["plain"]["particles"].split()),
        families=families,
        genders=genders,
    )


def _table(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("readout.annotate").joinpath(name).read_text(encoding="utf-8"))


def _states(table: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    states: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for line in table.strip().splitlines():
        name, people, capital, others = line.split("|")[:4]
        states.update(dict.fromkeys([name, *(other.strip() for other in others.split(",") if other.strip())], name))
        demonyms.update(dict.fromkeys(people.replace("-", " ").split() if "-" not in people else [], name))
        if capital:
            capitals[capital] = name
    return states, demonyms, capitals


def _given(table: dict[str, str]) -> tuple[dict[str, frozenset[int]], dict[str, str]]:
    families: dict[str, frozenset[int]] = {}
    genders: dict[str, str] = {}
    number = 0
    for sex, lines in table.items():
        for family in (one for line in lines.strip().splitlines() for one in line.split("|")):
            number += 1
            for name in family.split():
                families[name] = families.get(name, frozenset()) | {number}
                genders[name] = sex if genders.get(name, sex) == sex else ""
    return families, genders
