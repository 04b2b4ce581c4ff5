"""What a text tells of persons' gender, so that pronouns find them. A help to reading, never shown."""

from __future__ import annotations

from readout.annotate.ground import Ground
from readout.annotate.lists import lists
from readout.models import EntityKind

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
_BEFORE = 2  # tokens before a name that may hold a form of address


def genders(ground: Ground) -> tuple[dict[str, str], dict[str, str]]:
    """What tells of persons' gender: pronouns and forms of address for sure, given names and offices likely."""
    known = lists()
    sure: dict[str, str] = {}
    likely: dict[str, str] = {}
    for entity in ground.read.entities:
        if entity.kind is not EntityKind.PERSON:
            continue
        words = [word.lower() for name in (entity.name, *entity.roles) for word in name.split()]
        likely[entity.id] = next((known.genders[word] for word in words if known.genders.get(word)), "")
        for mention in entity.mentions:
            low = ground.lower[max(0, ground.first(mention.span.start) - _BEFORE) : ground.first(mention.span.end)]
            told = "m" if "mr" in low else "f" if {"mrs", "ms"} & set(low) else ""
            if told:
                sure[entity.id] = told
                break
            if mention.form == "pronoun" and not likely[entity.id]:
                likely[entity.id] = "m" if set(low) & HE else "f" if set(low) & SHE else ""
    return sure, {one: gender for one, gender in likely.items() if gender}
