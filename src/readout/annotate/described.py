"""Whom a description means who has a name elsewhere in the text: "the girl" for "Maya Rell, 14", and "a fisherman" who
is "the fisherman, Tom Ardle" later on.

By ages, genders and the noun of the description alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from readout.annotate.ground import Ground
from readout.models import Entity, EntityKind, Speaker, SpeakerType

_BEFORE_HEAD = re.compile(
    r"\b(?:of|for|at|in|from|by|with|to|on|about|near|behind|under|familiar|close|who|which|that)\b"
)
_YEARS = re.compile(r"\b(\d{1,3})[ -]years?[ -]old\b")
_AGE_AFTER = re.compile(r",\s+(?:aged\s+|then\s+)?(\d{1,3})(?=[,.;])")
_AGE_BEFORE = re.compile(r"\b(\d{1,3})-year-old(?:\s+[a-z]+){0,3}\s+\Z")
_BEFORE = 60  # characters before a name among which an age is looked for
_GROWN = 18
_LAST_TEEN = 19
_SHORT = 3
_GENDERS = {"girl": "f", "woman": "f", "boy": "m", "man": "m"}
_AGES = {
    "girl": range(_GROWN),
    "boy": range(_GROWN),
    "child": range(_GROWN),
    "teenager": range(13, _LAST_TEEN + 1),
    "teen": range(13, _LAST_TEEN + 1),
}


def head(words: str) -> str:
    """The noun of a description: its last word before a preposition, a comma or a clause."""
    cut = _BEFORE_HEAD.split(words.split(",", maxsplit=1)[0].lower())[0].split()
    return cut[-1] if cut else ""


def belongs(words: str) -> bool:
    """Whether words before a name make it a part of what is described: "the head of | the bank"."""
    return bool(_BEFORE_HEAD.search(words))


class Described:
    """The persons of one article who are described, too."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._later: dict[str, Speaker] = {}

    def aged(self, words: str, genders: Mapping[str, str]) -> Speaker | None:
        """The only person of that age, or of an age that "the girl" can have. `genders` are known ones, by entity."""
        noun, low = head(words), words.lower()
        met = _YEARS.search(low)
        is_short = low.startswith("the ") and len(low.split()) <= _SHORT
        if not met and not (is_short and noun in _AGES):
            return None
        fitting = range(int(met[1]), int(met[1]) + 1) if met else _AGES[noun]
        gender = _GENDERS.get(noun, "")
        found = {
            entity.id: entity
            for age, entity in self._ages
            if age in fitting and not (gender and genders.get(entity.id, gender) != gender)
        }
        if len(found) != 1:
            return None
        (entity,) = found.values()
        return Speaker(entity.name, SpeakerType.PERSON, entity.id, 0.6, (f"“{words}” is of the age of {entity.name}",))

    def introduced(self, role: str, speaker: Speaker) -> None:
        """Keep who "the fisherman, Tom Ardle" is."""
        if role.lower().startswith("the ") and len(role.split()) <= _SHORT:
            self._later.setdefault(head(role), speaker)

    def settled(self, speaker: Speaker) -> Speaker:
        """Who a speaker is whom the text names further on; the speaker himself where it does not."""
        words = speaker.name.lower().split()
        if speaker.type is not SpeakerType.ANONYMOUS or words[0] not in {"a", "an"} or len(words) > _SHORT:
            return speaker
        later = self._later.get(words[-1])
        return replace(later, confidence=0.6, reasons=(f"“{speaker.name}” is named later",)) if later else speaker

    @cached_property
    def _ages(self) -> list[tuple[int, Entity]]:
        text = self._ground.text
        found = []
        for mention, entity in self._ground.mentions:
            if entity.kind is EntityKind.WORK or mention.form != "name":
                continue
            start, end = mention.span
            met = _AGE_AFTER.match(text, end) or _AGE_BEFORE.search(text, max(0, start - _BEFORE), start)
            if met:
                found.append((int(met[1]), entity))
        return found
