"""Patterns that hang on words: searched for only where one of the words stands. No pattern and no text of its own."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import NamedTuple


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
