"""The words of events.toml, read once, and what a single word tells of a happening. No sentence is looked at here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

_WORDS_KEPT = 1 << 14
_SHORTEST_PAST = 4


@dataclass(frozen=True)
class Happenings:
    """`nouns` leads from a noun in lower case to its class ("talk", "force"); `words` are sets by what they tell."""

    nouns: dict[str, str]
    words: dict[str, frozenset[str]]

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The words of `words` that stand as verbs, but for those in the past of something done."""
        return frozenset().union(*(self.words[kind] for kind in ("stative", "modals", "doubt", "says", "would")))

    @cached_property
    def cuts(self) -> frozenset[str]:
        """The words before which a clause may end."""
        return self.words["marks"] | self.words["subordinate"] | {"and", "but", "or"}


@cache
def happenings() -> Happenings:
    """The words, read once."""
    tables = tomllib.loads(resources.files("readout.annotate").joinpath("events.toml").read_text(encoding="utf-8"))
    return Happenings(
        nouns={word: group for group, words in tables["nouns"].items() for word in words.split()},
        words={name: frozenset(words.split()) for name, words in tables["words"].items()},
    )


@lru_cache(maxsize=_WORDS_KEPT)
def is_past(word: str) -> bool:
    """Whether a word in lower case looks like a verb in the past, or a past participle, of something done."""
    known = happenings().words
    if word in known["stative"] or word in known["notverbs"]:
        return False
    return word in known["irregular"] or (word.endswith("ed") and len(word) >= _SHORTEST_PAST and "-" not in word)
