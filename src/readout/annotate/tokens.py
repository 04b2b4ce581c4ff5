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

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S.
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

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters from token `first` to token `last`, both included."""
        return int(self.starts[first]), int(self.ends[last])


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
    found = [m.span() for start, end in ranges for m in _TOKEN.finditer(text, start, end)]
    starts, ends = np.array(found, dtype=np.int32).reshape(-1, 2).T.copy()
    sentence = np.maximum(np.searchsorted(np.array(opens, dtype=np.int32), starts, side="right") - 1, 0).astype(
        np.int32
    )
    paragraph = np.array(owners, dtype=np.int32)[sentence] if found else np.zeros(0, dtype=np.int32)
    return Tokens(
        text,
        tuple([text[start:end] for start, end in found]),
        starts,
        ends,
        sentence,
        paragraph,
        tuple(bounds),
    )


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
