"""Where words stand in their text: in which sentence, inside quotation marks or not. Counts; judges nothing."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from readout.group.overlap import Side
from readout.group.sketches import WIDTH, Words
from readout.models import Span
from readout.text import sentences

_LINE, _STRAIGHT, _OPENS, _CLOSES = 1, 2, 3, 4
_LACKING = 0.2  # a sentence with less of its words than that in the other text is its own


def quoted(words: Words) -> NDArray[np.bool_]:
    """Whether each word stands inside quotation marks, curly, angular or straight double ones.

    Every line begins outside, as each paragraph of a long quotation opens its own marks.
    """
    codes = np.frombuffer(words.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _marks().take(codes, mode="clip")
    marks = np.flatnonzero(classes)
    kinds = classes[marks]
    before = np.searchsorted(marks, words.starts)
    line = _summed(kinds == _LINE)
    opens = np.concatenate(([0], np.flatnonzero(kinds == _LINE) + 1))[line[before]]
    straight = _summed(kinds == _STRAIGHT)
    depth = _summed(kinds == _OPENS) - _summed(kinds == _CLOSES)
    inside: NDArray[np.bool_] = ((straight[before] - straight[opens]) & 1 == 1) | (depth[before] > depth[opens])
    return inside


def missing(side: Side) -> tuple[Span, ...]:
    """The sentences whose words the other text lacks, as characters; neighbours are one span. Shorter ones than 8
    words are never missed by themselves.
    """
    words = side.words
    if side.shared.all():
        return ()
    ranges = _sentences(words.text)
    bounds = np.searchsorted(words.starts, [edge for pair in ranges for edge in pair]).reshape(-1, 2)
    held = np.concatenate(([0], np.cumsum(side.shared)))
    spans: list[Span] = []
    joined = False
    for (start, end), (first, last) in zip(ranges, bounds.tolist(), strict=True):
        count = last - first
        lacks = count > 0 and held[last] - held[first] < _LACKING * count
        if lacks and joined:
            spans[-1] = Span(spans[-1].start, end)
        elif lacks and count >= WIDTH:
            spans.append(Span(start, end))
        joined = bool(spans) and lacks and spans[-1].end == end
    return tuple(spans)


def _summed(marks: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many of the marks stand before each, and last of all how many there are."""
    return np.concatenate(([0], np.cumsum(marks)))


@cache
def _marks() -> NDArray[np.uint8]:
    """For each code point what kind of mark it is; 0 for none."""
    table = np.zeros(ord("„") + 2, np.uint8)
    for kind, marks in ((_LINE, "\n"), (_STRAIGHT, '"'), (_OPENS, "“«„"), (_CLOSES, "”»")):
        table[[ord(mark) for mark in marks]] = kind
    return table


def _sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of each line, without the white space around them."""
    ranges = []
    at = 0
    for line in text.split("\n"):
        begin = 0
        for end in sentences.ends(line):
            words = line[begin:end].strip()
            start = at + line.index(words, begin)
            ranges.append((start, start + len(words)))
            begin = end
        at += len(line) + 1
    return ranges
