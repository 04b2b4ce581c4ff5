"""A text → the numbers of its pieces, as uncased BERT models were taught them (WordPiece, Wu and others 2016).

Words in lower case without accents, signs by themselves; a word is the longest pieces of the vocabulary in a row. No
model, no vectors.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from readout.errors import InputError

BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_INSIDE = "##"
_LONGEST = 100  # letters of a word that is looked up
_CACHED = 50_000
_LOST = "\ufffd"  # what stands for a letter that could not be read
_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))


class Pieces:
    """A vocabulary: a piece a line, its number that of the line. Raises InputError where the three signs are missing
    that every text begins, ends and fails with.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._numbers: Mapping[str, int] = {piece: number for number, piece in enumerate(lines)}
        missing = [sign for sign in (BEGIN, END, UNKNOWN) if sign not in self._numbers]
        if missing:
            raise InputError("vocab.txt", f"{', '.join(missing)} is not in it")
        self._begin, self._end, self._unknown = (self._numbers[sign] for sign in (BEGIN, END, UNKNOWN))
        self._of = lru_cache(_CACHED)(self._looked_up)

    def numbers(self, text: str, most: int) -> list[int]:
        """The numbers of a text's first pieces, `most` with the signs around them."""
        found = [self._begin]
        for word in words(text):
            found += self._of(word)
            if len(found) >= most:
                break
        return [*found[: most - 1], self._end]

    def _looked_up(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST:
            return (self._unknown,)
        found: list[int] = []
        at = 0
        while at < len(word):
            before = _INSIDE if at else ""
            ends = (end for end in range(len(word), at, -1) if before + word[at:end] in self._numbers)
            end = next(ends, 0)
            if not end:
                return (self._unknown,)
            found.append(self._numbers[before + word[at:end]])
            at = end
        return tuple(found)


def words(text: str) -> Iterator[str]:
    """The words and signs of a text, in lower case and without accents."""
    word = ""
    for letter in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(letter)
        if kind == "Mn" or letter == _LOST or (kind[0] == "C" and not letter.isspace()):
            continue
        alone = _is_sign(letter, kind) or _is_ideograph(letter)
        if not alone and not letter.isspace():
            word += letter
            continue
        if word:
            yield word
            word = ""
        if alone:
            yield letter
    if word:
        yield word


def _is_sign(letter: str, kind: str) -> bool:
    return kind[0] == "P" or (letter.isascii() and letter.isprintable() and not letter.isalnum() and letter != " ")


def _is_ideograph(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _IDEOGRAPHS)
