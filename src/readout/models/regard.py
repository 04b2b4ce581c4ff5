"""How a user regards something: what they follow, saved, have read, and want to see no more. Nobody else sees it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

from readout.errors import InputError

LONGEST = 300  # characters of what is regarded, and of what it is called
MOST = 5_000  # that one user may follow, save or mute of one kind


class How(StrEnum):
    """What a user wants of it."""

    FOLLOWED = "followed"
    SAVED = "saved"
    READ = "read"
    MUTED = "muted"


class Matter(StrEnum):
    """What can be regarded."""

    STORY = "story"
    ARTICLE = "article"
    NAME = "name"
    TAG = "tag"
    OUTLET = "outlet"
    SEARCH = "search"
    WORD = "word"


WAYS: MappingProxyType[How, tuple[Matter, ...]] = MappingProxyType(
    {
        How.FOLLOWED: (Matter.STORY, Matter.NAME, Matter.TAG, Matter.OUTLET),
        How.SAVED: (Matter.ARTICLE, Matter.SEARCH),
        How.READ: (Matter.ARTICLE,),
        How.MUTED: (Matter.STORY, Matter.NAME, Matter.TAG, Matter.OUTLET, Matter.WORD),
    }
)
"""What can be regarded in which way."""


@dataclass(frozen=True)
class Regard:
    """One thing that a user follows, saved, read or muted: an id, a hashtag, a query or a word, with what it was called
    then and since when (UTC). Built by `regard`, which checks it.
    """

    how: How
    what: Matter
    value: str
    name: str
    at: datetime


def regard(how: str, what: str, value: str, name: str, at: datetime) -> Regard:
    """That regard, its words tidied. Raises InputError where there is no such thing."""
    try:
        way, matter = How(how), Matter(what)
    except ValueError:
        raise InputError("regard", "it is neither followed, saved, read nor muted") from None
    if matter not in WAYS[way]:
        raise InputError("regard", f"what is a {matter} cannot be {way}")
    tidied = _tidied(value)
    if not tidied:
        raise InputError("word" if matter is Matter.WORD else "regard", "it is empty")
    if len(tidied) > LONGEST:
        raise InputError("word" if matter is Matter.WORD else "regard", f"it is longer than {LONGEST} characters")
    key = tidied.casefold() if matter is Matter.WORD else tidied
    return Regard(way, matter, key, _tidied(name)[:LONGEST] or tidied, at.astimezone(UTC))


def _tidied(text: str) -> str:
    plain = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return re.sub(r" +", " ", unicodedata.normalize("NFC", plain)).strip()
