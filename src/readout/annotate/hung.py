"""Patterns that hang on words: searched for only where one of the words stands. No pattern and no text of its own.

`HEADS` are the words with which what rules look for begins, found in an article in a single pass.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from readout.text.occurrences import Finder, Occurrences

HEADS = {
    "as saying": "as",
    "citing": "quote quoting cite citing",
    "for": "For In According",
    "according": "According",
    "mutual": "traded accused blamed exchanged",
    "nominal": """claim allegation assertion statement promise pledge warning announcement suggestion insistence
        argument remark""",
    "silence": "no gave respond reply replied answer comment declined refused would",
    "put": "put value estimate",
    "pact": "agreed",
    "spoke": "spoke speaks",
    "relative": "which who",
    "second verb": "and but ,",
    "turn": "without but adding saying according citing speaking referring following against should",
    "passed on": "according as quoted cited reported in",
}


class Hung(NamedTuple):
    """A pattern that never matches but where one of `words` stands."""

    pattern: re.Pattern[str]
    words: frozenset[str]

    def search(self, text: str, words: AbstractSet[str]) -> re.Match[str] | None:
        """The first match in a text, whose words are among `words`."""
        return None if self.words.isdisjoint(words) else self.pattern.search(text)

    def match(self, text: str, words: AbstractSet[str]) -> re.Match[str] | None:
        """The match at the head of a text, whose words are among `words`."""
        return None if self.words.isdisjoint(words) else self.pattern.match(text)


def hung(words: str, pattern: str) -> Hung:
    """The pattern, hung on the words that are separated by spaces."""
    return Hung(re.compile(pattern), frozenset(words.split()))


def heads(text: str) -> dict[str, Occurrences]:
    """Where the words of each group of HEADS begin, inside longer words too."""
    finder, owners = _finder()
    found: dict[str, list[int]] = {group: [] for group in HEADS}
    for number, start, _ in finder.places(text):
        for group in owners[number]:
            found[group].append(start)
    return {group: Occurrences(tuple(sorted(set(starts)))) for group, starts in found.items()}


@cache
def _finder() -> tuple[Finder, list[list[str]]]:
    """What finds all words of HEADS, and for each of them its groups."""
    owners: dict[str, list[str]] = defaultdict(list)
    for group, words in HEADS.items():
        for word in words.split():
            owners[word].append(group)
    return Finder(owners), list(owners.values())
