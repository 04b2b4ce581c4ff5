"""What a time's words are read against: the words around, the publication's day, the day last spoken of, the tense.

Nothing is recognised here. `last` changes as a text is read on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from readout.annotate.calendars import Stretch
from readout.annotate.timewords import Lexicon, lexicon
from readout.annotate.tokens import Tokens

AHEAD, OPEN, BEHIND = 1, 0, -1
_REACH_BEFORE, _REACH_AFTER = 12, 8
_NO_VERB = frozenset(
    {"united", "hundred", "need", "indeed", "exceed", "speed", "bed", "red", "fed", "med", "unprecedented"}
)
_HEAD = 400  # words looked at for whether a text is in capitals
_SHORTEST_PAST = 4
_LATER = 3  # words that a cue behind must be nearer
_FAR = 1_000
_WORDS_KEPT = 1 << 14
_IS = frozenset({"is", "are"})  # before "to" and a verb: what is to come
_LIMITS = frozenset({"by", "until", "till"})
_OPENS_CONTENT = frozenset({"that", "“"})  # what follows has a tense of its own
_AGAINST = 6  # how much nearer a date must be to be taken against the tense


class Found(NamedTuple):
    """A reading: the tokens `first` to `last`, both included, what they mean, and how that was worked out."""

    first: int
    last: int
    stretch: Stretch
    kind: str
    basis: str


@dataclass
class Scene:
    """The text's words with the time they were published (`now`, local), the day last spoken of (`spoken`) and the
    beginning of whatever was last named (`named`), both for the paragraph `paragraph` and the next.
    """

    cut: Tokens
    lower: tuple[str, ...]
    sentence: list[int]
    lexicon: Lexicon
    now: datetime | None
    spoken: date | None = None
    named: date | None = None
    paragraph: int = -1

    @property
    def today(self) -> date | None:
        """The publication's local day."""
        return self.now.date() if self.now else None

    @property
    def reference(self) -> date | None:
        """The day last spoken of nearby, else the publication's."""
        return self.spoken or self.today

    def of_unit(self, letter: str) -> date | None:
        """The day that stands for the unit last named, for a unit by its TIMEX3 letter; else the publication's."""
        return self.reference if letter in {"D", "WE"} else self.named or self.today

    def word(self, place: int) -> str:
        """The lower-case word at a place, "" outside the text."""
        return self.lower[place] if 0 <= place < len(self.lower) else ""

    def is_near(self, one: int, other: int) -> bool:
        """Whether both places are in the text and in one sentence."""
        return (
            0 <= one < len(self.lower) and 0 <= other < len(self.lower) and self.sentence[one] == self.sentence[other]
        )

    def touches(self, place: int) -> bool:
        """Whether nothing stands between the token at `place` and the next."""
        starts, ends = self.cut.edges
        return place + 1 < len(self.lower) and ends[place] == starts[place + 1]

    def is_capital(self, place: int) -> bool:
        """Whether the word begins with a capital."""
        return self.cut.words[place][:1].isupper()

    def is_name(self, place: int) -> bool:
        """Whether the next word goes on with a capital, as in "Easter Island", and names no time itself."""
        after = place + 1
        is_next = self.is_near(place, after) and self.is_capital(after) and not self.is_capitals
        return is_next and self.lower[after] not in self.lexicon.triggers

    def ends_name(self, place: int) -> bool:
        """Whether a capital word within a sentence follows another, as in "Russia Today"."""
        is_after = self.is_near(place - 1, place) and self.is_capital(place) and self.is_capital(place - 1)
        return is_after and not self.is_capitals and self.lower[place - 1] not in self.lexicon.triggers

    @cached_property
    def is_capitals(self) -> bool:
        """Whether the text begins in capitals throughout, so that they tell nothing."""
        head = [word for word in self.cut.words[:_HEAD] if word[0].isalpha()]
        return sum(word.isupper() for word in head) * 2 > len(head)

    def is_any(self, place: int, group: str) -> bool:
        """Whether the word at a place belongs to a group of the lexicon's."""
        return self.word(place) in self.lexicon.words[group]

    def direction(self, first: int, last: int) -> int:
        """AHEAD or BEHIND by the nearest cue of the sentence, or OPEN: words before count as nearer than after."""
        if self.word(first - 1) in _LIMITS and not any(self.word(first - back) == "had" for back in range(2, 9)):
            return AHEAD
        before, cue = self._seek(first, -1, _REACH_BEFORE)
        after, other = self._seek(last, 1, min(_REACH_AFTER, before - _LATER))
        return other if after + _LATER < before else cue

    def _seek(self, place: int, step: int, reach: int) -> tuple[int, int]:
        """How far the nearest cue of the sentence is from `place` in one direction, and which; far off for none."""
        lower, sentence, number = self.lower, self.sentence, self.sentence[place]
        for distance in range(1, reach + 1):
            place += step
            if not 0 <= place < len(lower) or sentence[place] != number:
                break
            if step > 0 and lower[place] in _OPENS_CONTENT:
                break
            if lower[place] == "to" and self.word(place - 1) in _IS:
                return distance, AHEAD
            if cue := _cue(lower[place]):
                return distance, AHEAD if self.word(place - 1) == "be" else cue
        return _FAR, OPEN


@lru_cache(maxsize=_WORDS_KEPT)
def _cue(word: str) -> int:
    words = lexicon()
    if word in words.ahead:
        return AHEAD
    is_past = word.endswith("ed") and len(word) >= _SHORTEST_PAST and word not in _NO_VERB
    return BEHIND if is_past or word in words.behind else OPEN


def nearest(options: list[date], today: date, direction: int) -> date | None:
    """The date of `options` that is meant: the nearest to `today`.

    A date against the tense must be six times as near, since a year is stated with what is long ago; without a tense a
    date ahead must be twice as near. None for no options.
    """
    ahead = {AHEAD: 1, OPEN: 2, BEHIND: _AGAINST}[direction]
    behind = _AGAINST if direction == AHEAD else 1
    return min(
        options,
        key=lambda one: (one - today).days * ahead if one > today else (today - one).days * behind,
        default=None,
    )
