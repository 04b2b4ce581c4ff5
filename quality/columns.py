"""Under which party a right account stands: under its own, under nobody's, or under another's name.

Nothing here knows where answers come from: a scorer says which planted party each found one is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where an account stands: under the party that its words are planted under; under none that is planted, or a
    lesser piece of its own, so that its side is not known; or under another's name, be it one statement of it only.
    """

    RIGHT = "right"
    APART = "apart"
    WRONG = "wrong"


@dataclass(frozen=True)
class Columns:
    """The found parties: the planted one that each is, and those of them that are only a piece of it."""

    whom: Mapping[str, str]
    pieces: frozenset[str] = frozenset()

    @classmethod
    def by_most(cls, named: Mapping[str, str], held: Sequence[tuple[str, Iterable[str]]]) -> Columns:
        """A found party is the planted one that its name is of (`named`), else that under which most of its words are
        planted; `held` has for each of its statements these planted parties. Of several that are one planted party
        that with its name is it, else that with most of its words; the rest are pieces.
        """
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for party, wanted in held:
            counted[party].update(wanted)
        whom = {
            party: named.get(party) or min(words, key=lambda one: (-words[one], one))
            for party, words in counted.items()
        }
        ranked = sorted(whom, key=lambda party: (party not in named, -counted[party][whom[party]], party))
        chief = {whom[party]: party for party in reversed(ranked)}
        return cls(whom, frozenset(party for party in whom if chief[whom[party]] != party))

    def standing(self, party: str, wanted: Iterable[Iterable[str]]) -> Standing:
        """Where an account stands under a found party; `wanted` has the planted parties of each of its statements."""
        whom = self.whom.get(party)
        if whom is None:
            return Standing.APART
        if any(whom not in parties for parties in wanted):
            return Standing.WRONG
        return Standing.APART if party in self.pieces else Standing.RIGHT


def plain(name: str) -> str:
    """A name without article, case and kind of apostrophe."""
    return re.sub(r"\A(?:the|an?) ", "", name.replace("’", "'").strip().lower())


def holds(name: str, other: str) -> bool:
    """Whether a name has all words of the other in a row: "Tariq Union of Nurses" that of "union"."""
    return f" {plain(other)} " in f" {' '.join(re.findall(r'[a-z0-9à-ÿ]+', plain(name)))} "
