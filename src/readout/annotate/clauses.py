"""The clause of a sentence that holds a word: from mark to mark, or from a word that opens a clause to the next.

No parser: marks, subordinating words, and "and" before a verb or a pronoun. Token numbers throughout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from readout.annotate.happenings import happenings, is_past

_LONGEST = 120  # tokens of a clause: what goes on without marks is no sentence, and is read in pieces


class Clause(NamedTuple):
    """The tokens `first` up to but not including `after`."""

    first: int
    after: int

    def __contains__(self, place: object) -> bool:
        return isinstance(place, int) and self.first <= place < self.after


def clauses(lower: Sequence[str], first: int, after: int, whole: Sequence[range] = ()) -> list[Clause]:
    """The clauses of the tokens from `first` up to `after`, in order, marks left out.

    No clause ends inside the tokens of `whole`, which are the times: "on Thursday, June 5".
    """
    kept = {place for tokens in whole for place in tokens}
    may_cut = happenings().cuts
    cuts = [
        place
        for place in range(first, after)
        if lower[place] in may_cut and place not in kept and _cuts(lower, place, after)
    ]
    return list(_between(first, after, cuts))


def _cuts(lower: Sequence[str], place: int, after: int) -> bool:
    known, word = happenings().words, lower[place]
    if word not in {"and", "but", "or"}:
        return word in happenings().cuts
    if place + 1 >= after:
        return False
    return lower[place + 1] in known["pronouns"] or is_past(lower[place + 1]) or lower[place + 1] in known["modals"]


def _between(first: int, after: int, cuts: Sequence[int]) -> Iterator[Clause]:
    begin = first
    for cut in [*cuts, after]:
        while cut - begin > _LONGEST:
            yield Clause(begin, begin + _LONGEST)
            begin += _LONGEST
        if begin < cut:
            yield Clause(begin, cut)
        begin = cut + 1
