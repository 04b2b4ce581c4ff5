"""What the labeller sees of a text: words' rows and traits, and facts about each token's place.

Words are looked up once each by hash; facts about places are array operations. Nothing is decided here, and no word
is kept: tables are addressed by hash only.
"""

from __future__ import annotations

import re
from binascii import crc32
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from readout.annotate.cues import lexicon
from readout.annotate.quotes import MARKS, Quotation, inside, quotations
from readout.annotate.tokens import Tokens

SUFFIXES = 2048
UNKNOWN = 512  # rows kept at the head of the word table for words it does not hold
_DIGIT = re.compile(r"\d")
_SHAPES = 8
_SAYING = ("say", "tell", "announce", "claim")
_PARAGRAPH_LENGTHS = (9, 25, 60)
_SINCE_SENTENCE = (4, 10, 25)
_SINCE_OPENING = (2, 6)
_SINCE_CLOSING = (2, 4, 10)
_LONG_QUOTATION = 6
_DOUBLED = 2
_CACHED_WORDS = 200_000
_BOOLS = NDArray[np.bool_]


@dataclass(frozen=True)
class Features:
    """A text of n tokens and u distinct words.

    For each word `rows` and `suffixes` (u,) in the tables, and `traits` (u, j) of zeros and ones; for each token
    `places` (n,), the number of its word, and `facts` (n, k) of zeros and ones.
    """

    rows: NDArray[np.int64]
    suffixes: NDArray[np.int64]
    traits: NDArray[np.float32]
    places: NDArray[np.int64]
    facts: NDArray[np.float32]

    def part(self, tokens: slice) -> Features:
        """The features of some of the tokens."""
        used, places = np.unique(self.places[tokens], return_inverse=True)
        return Features(self.rows[used], self.suffixes[used], self.traits[used], places, self.facts[tokens])


def word_hash(word: str) -> int:
    """The 32-bit hash by which a word is known to the word table: lower case, digits alike, one apostrophe."""
    folded = word.lower().replace("’", "'")
    if not folded.isalpha():
        folded = _DIGIT.sub("0", folded)
    return crc32(folded.encode("utf-8", "surrogatepass"))


class WordTable:
    """Finds (row, suffix, classes) of words; remembers those met, up to a bound."""

    def __init__(self, hashes: NDArray[np.uint32]) -> None:
        """Take the table's hashes, sorted; row `UNKNOWN + i` belongs to `hashes[i]`."""
        self._rows = {value: UNKNOWN + place for place, value in enumerate(hashes.tolist())}
        self._met: dict[str, tuple[int, int, int]] = {}
        self._bits = lexicon().bits

    def row(self, word: str) -> int | None:
        """The row of a word, None where the table does not hold it."""
        row = (self._met.get(word) or self._meet(word))[0]
        return row if row >= UNKNOWN else None

    def look_up(self, words: tuple[str, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each distinct word its row, suffix row and trait bits (u, 3), and for each word its number (n,)."""
        if len(self._met) > _CACHED_WORDS:
            self._met.clear()
        distinct = list(dict.fromkeys(words))
        numbers = dict(zip(distinct, range(len(distinct)), strict=True))
        places = np.fromiter(map(numbers.__getitem__, words), dtype=np.int64, count=len(words))
        met = self._met
        known = [met.get(word) or self._meet(word) for word in distinct]
        flat = np.fromiter(chain.from_iterable(known), dtype=np.int64, count=3 * len(known))
        return flat.reshape(-1, 3), places

    def _meet(self, word: str) -> tuple[int, int, int]:
        folded = word.lower().replace("’", "'")
        digest = crc32(folded[-3:].encode("utf-8", "surrogatepass"))
        shape = _shape(word)
        row = self._rows.get(word_hash(word), digest % (UNKNOWN // 4) * 4 + shape % 4)
        entry = (row, digest % SUFFIXES, self._bits.get(folded, 0) << _SHAPES | 1 << shape)
        self._met[word] = entry
        return entry


def _shape(word: str) -> int:
    if word[0].isalpha():
        if word.islower():
            return 0
        if word.isupper():
            return 2 if len(word) > 1 else 3
        return 1 if word[0].isupper() else 3
    if word[0].isdigit():
        return 4
    if word in MARKS:
        return 5
    return 6 if word in ",.;:!?" else 7


def extract(tokens: Tokens, table: WordTable, found: tuple[Quotation, ...] | None = None) -> Features:
    """The features of a text's tokens; `found` are its quotations, where they are known already."""
    found = quotations(tokens) if found is None else found
    looked, places = table.look_up(tokens.words)
    bits = looked[:, 2, None] >> np.arange(len(lexicon().classes) + _SHAPES) & 1
    saying = sum(1 << _SHAPES + lexicon().classes.index(name) for name in _SAYING)
    cue = np.asarray(looked[:, 2] & saying > 0)[places]
    facts = [*_place_facts(tokens, cue), *_quotation_facts(tokens, found)]
    columns = np.concatenate(facts).astype(np.float32).reshape(len(facts), len(tokens))
    return Features(looked[:, 0], looked[:, 1], bits.astype(np.float32), places, columns.T)


def _place_facts(tokens: Tokens, cue: _BOOLS) -> list[_BOOLS]:
    """Where a token stands in its sentence, its paragraph and the text."""
    size = len(tokens)
    sentence, paragraph = tokens.sentence, tokens.paragraph
    starts_sentence = _changes(sentence)
    starts_paragraph = _changes(paragraph)
    spaced = np.ones(size, dtype=bool)
    spaced[1:] = tokens.starts[1:] > tokens.ends[:-1]
    lengths = np.bincount(paragraph, minlength=1)[paragraph] if size else np.zeros(0, dtype=int)
    has_cue = np.bincount(sentence, weights=cue, minlength=1)[sentence] > 0 if size else cue
    return [
        starts_sentence,
        np.append(starts_sentence[1:], True)[:size],
        starts_paragraph,
        np.append(starts_paragraph[1:], True)[:size],
        spaced,
        paragraph == 0,
        paragraph == 1,
        paragraph == (paragraph[-1] if size else 0),
        *_under(lengths, _PARAGRAPH_LENGTHS),
        has_cue,
        *_under(since_last(starts_sentence), _SINCE_SENTENCE),
    ]


def _quotation_facts(tokens: Tokens, found: tuple[Quotation, ...]) -> list[_BOOLS]:
    """Where a token stands towards the quotation marks of its paragraph and its neighbours."""
    size = len(tokens)
    outer = [one for one in found if not one.inner and (one.double or one.last - one.first > 1)]
    state = inside(tokens, found)
    opens, closes = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    inner_open, inner_close = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    flags = np.zeros((size, 5), dtype=bool)  # long, heads its paragraph, ends it, never closed, goes on
    if outer:
        first = np.array([one.first for one in outer])
        last = np.array([one.last for one in outer])
        opens[first], closes[last] = True, True
        spread = np.repeat(np.arange(len(outer)), last - first + 1)
        within = np.concatenate([np.arange(one.first, one.last + 1) for one in outer])
        paragraph = tokens.paragraph
        heads = np.append(-1, paragraph)[first] != paragraph[first]
        tails = np.append(paragraph, -1)[last + 1] != paragraph[last]
        traits = np.stack(
            [
                last - first > _LONG_QUOTATION,
                heads,
                tails,
                np.array([not one.closed for one in outer]),
                np.array([one.continued for one in outer]),
            ],
            axis=1,
        )
        flags[within] = traits[spread]
    for one in found:
        if one.inner:
            inner_open[one.first], inner_close[one.last] = True, True
    marks = np.fromiter(map(MARKS.__contains__, tokens.words), dtype=bool, count=size)
    doubled = state == _DOUBLED
    quoted_paragraph = _any_in(tokens.paragraph, doubled)
    quoted_sentence = _any_in(tokens.sentence, doubled)
    before, after = _neighbours(tokens, opens, closes)
    return [
        doubled,
        state == 1,
        opens,
        closes,
        inner_open,
        inner_close,
        marks & ~opens & ~closes,
        *flags.T,
        *_under(since_last(opens), _SINCE_OPENING),
        *_under(since_last(closes), _SINCE_CLOSING),
        *_under(since_last(opens[::-1])[::-1], _SINCE_CLOSING),
        *_under(since_last(closes[::-1])[::-1], _SINCE_OPENING),
        quoted_paragraph,
        quoted_sentence,
        before,
        after,
    ]


def _neighbours(tokens: Tokens, opens: _BOOLS, closes: _BOOLS) -> tuple[_BOOLS, _BOOLS]:
    """Whether the paragraph before ends with a quotation, and whether the one after begins with one."""
    paragraph = tokens.paragraph
    if not len(tokens):
        return opens, closes
    begins = np.zeros(int(paragraph[-1]) + 3, dtype=bool)
    ends = np.zeros(int(paragraph[-1]) + 3, dtype=bool)
    first = np.flatnonzero(_changes(paragraph))
    last = np.append(first[1:], len(tokens)) - 1
    begins[paragraph[first] + 1] = opens[first]
    ends[paragraph[last] + 1] = closes[last]
    return ends[paragraph], begins[paragraph + 2]


def since_last(happens: _BOOLS) -> NDArray[np.int64]:
    """How many tokens ago `happens` was last true, 0 where it is; large where it never was."""
    place = np.arange(len(happens))
    latest = np.maximum.accumulate(np.where(happens, place, -10_000)) if len(happens) else place
    return place - latest


def _under(distances: NDArray[np.int64], bounds: tuple[int, ...]) -> list[_BOOLS]:
    return [distances < bound for bound in bounds]


def _changes(numbers: NDArray[np.int32]) -> _BOOLS:
    changes = np.ones(len(numbers), dtype=bool)
    changes[1:] = numbers[1:] != numbers[:-1]
    return changes


def _any_in(groups: NDArray[np.int32], holds: _BOOLS) -> _BOOLS:
    if not len(groups):
        return holds
    held = np.bincount(groups, weights=holds) > 0
    return held[groups]
