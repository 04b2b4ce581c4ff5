"""The token array: an article's text cut once into words and marks, which every annotator then reads. No judgement.

A token is a word (with its inner apostrophes, hyphens and stops: "Okell's" is "Okell" and "'s", "U.S." is one), a
number with its marks, or one other mark. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from readout.text import sentences

_SPACE = np.array([chr(code).isspace() for code in range(0x3001)] + [False])  # all of Unicode's, and one for the rest
_TOKEN = re.compile(
    r"[A-Za-z]++(?=[ ,])"  # most words, found at once
    r"|(?:[A-Za-z]\.){2,}"  # U.S.
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])"  # 1,200  16:15  21st
    r"|''|``"  # typewriter quotation marks
    r"|['’](?:s|S|re|ve|ll|d|m|t)\b"  # 's of Okell's
    r"|[^\W_]+(?:[-‐‑&][^\W_]+)*(?:['’](?!(?:s|S|re|ve|ll|d|m)\b)[^\W\d_]+)*"
    r"|--+|\.\.\.|\S"
)


@dataclass(frozen=True)
class Tokens:
    """Tokens of `text`, in order: `words[i] == text[starts[i]:ends[i]]`.

    `sentence` and `paragraph` number the sentence and the paragraph of each token from 0; `bounds` are the sentences'
    (start, end) characters.
    """

    text: str
    words: tuple[str, ...]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    sentence: NDArray[np.int32]
    paragraph: NDArray[np.int32]
    bounds: tuple[tuple[int, int], ...]

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """The words in lower case."""
        return tuple(map(str.lower, self.words))

    @cached_property
    def edges(self) -> tuple[list[int], list[int]]:
        """`starts` and `ends` as plain numbers."""
        return self.starts.tolist(), self.ends.tolist()

    @cached_property
    def sentences(self) -> list[int]:
        """`sentence` as plain numbers."""
        numbers: list[int] = self.sentence.tolist()
        return numbers

    @cached_property
    def paragraphs(self) -> list[int]:
        """`paragraph` as plain numbers."""
        numbers: list[int] = self.paragraph.tolist()
        return numbers

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters from token `first` to token `last`, both included."""
        starts, ends = self.edges
        return starts[first], ends[last]


def tokens(text: str, paragraphs: Sequence[tuple[int, int]] | None = None) -> Tokens:
    """The token array of a text; `paragraphs` are (start, end) characters, by default the text's lines."""
    ranges = list(paragraphs) if paragraphs is not None else _lines(text)
    bounds: list[tuple[int, int]] = []
    owners: list[int] = []
    for number, (start, end) in enumerate(ranges):
        begin = start
        for stop in sentences.ends(text[start:end]):
            bounds.append((begin, start + stop))
            owners.append(number)
            begin = start + stop
    opens = [start for start, _ in bounds]
    words = tuple([word for start, end in ranges for word in _TOKEN.findall(text, start, end)])
    starts, ends = _places(text, ranges, words)
    sentence = np.maximum(np.searchsorted(np.array(opens, dtype=np.int32), starts, side="right") - 1, 0).astype(
        np.int32
    )
    paragraph = np.array(owners, dtype=np.int32)[sentence] if words else np.zeros(0, dtype=np.int32)
    return Tokens(text, words, starts, ends, sentence, paragraph, tuple(bounds))


def _places(
    text: str, ranges: Sequence[tuple[int, int]], words: Sequence[str]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Where each word starts and ends: words hold no space, and between them there is nothing else."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    told = np.zeros(len(codes), dtype=bool)
    for start, end in ranges:
        told[start:end] = True
    told &= ~_SPACE[np.minimum(codes, len(_SPACE) - 1)]
    characters = np.flatnonzero(told).astype(np.int32)
    lengths = np.fromiter(map(len, words), dtype=np.int32, count=len(words))
    starts = characters[np.cumsum(lengths) - lengths]
    return starts, starts + lengths


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
