"""What a name names by its own words alone: a person, a body, a place, a work. No text around it is read here."""

from __future__ import annotations

from functools import lru_cache

from readout.annotate.lists import Lists, lists
from readout.models import EntityKind

_SHORT = 2
_LETTERS = 5  # letters that stand for a longer name, at the most
_PARTS_OF_PLACES = frozenset(
    "north south east west northern southern eastern western central nazi soviet mainland upper lower middle".split()
)
_WORDS_KEPT = 1 << 14


@lru_cache(maxsize=_WORDS_KEPT)
def kind_of(low: tuple[str, ...], shown: tuple[str, ...]) -> EntityKind | None:
    """What its own words tell that a name names; None where they do not."""
    words = lists()
    joined = " ".join(low)
    if low[-1].rpartition("-")[2] in words.demonyms or low[-1] in words.peoples:
        return EntityKind.OTHER
    if "." in joined:
        joined = joined.replace(".", "").strip()
    if joined in words.states or joined in words.capitals or joined in words.places:
        return EntityKind.PLACE
    if low[0] in _PARTS_OF_PLACES and (low[-1] in words.states or low[-1] in words.places):
        return EntityKind.PLACE
    if any(any(map(str.isdigit, one)) for one in low):
        return EntityKind.WORK
    return _kind_of_one(low[0], shown[0], words) if len(low) == 1 else _kind_of_many(low, shown, words)


def _kind_of_one(low: str, shown: str, words: Lists) -> EntityKind | None:
    if low in words.families:
        return EntityKind.PERSON
    if low in words.bodies or low in words.parties or (shown.isupper() and _SHORT <= len(shown) <= _LETTERS):
        return EntityKind.BODY
    return EntityKind.WORK if shown[0].islower() and shown[1:2].isupper() else None


def _kind_of_many(low: tuple[str, ...], shown: tuple[str, ...], words: Lists) -> EntityKind | None:
    if low[0] in words.families and low[-1] not in words.bodies:
        return EntityKind.PERSON
    if low[-1] in words.legal or "&" in low or any(one in words.bodies for one in low):
        return EntityKind.BODY
    if "of" in low and any(one in words.bodies_of for one in low[:-1]):
        return EntityKind.BODY
    if low[-1] in words.works or low[-1] in words.others:
        return EntityKind.WORK if low[-1] in words.works else EntityKind.OTHER
    if low[-1] in words.place_nouns or low[0] in {"lake", "mount", "fort", "port", "cape"}:
        return EntityKind.PLACE
    return EntityKind.WORK if shown[0][0].islower() and shown[0][1:2].isupper() else None
