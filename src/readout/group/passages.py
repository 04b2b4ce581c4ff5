"""Where words stand in their text: in which paragraph, inside quotation marks or not. Counts; judges nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from readout.group.overlap import Side
from readout.group.sketches import WIDTH, Words
from readout.models import Span

_OPENING = "“«„"
_CLOSING = "”»"
_LACKING = 0.2  # a paragraph with less of its words than that in the other text is its own


def quoted(words: Words) -> NDArray[np.bool_]:
    """Whether each word stands inside quotation marks, curly, angular or straight double ones.

    Every line begins outside, as each paragraph of a long quotation opens its own marks.
    """
    codes = np.frombuffer(words.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    lines = np.concatenate(([0], np.flatnonzero(codes == ord("\n")) + 1))
    line = np.searchsorted(lines, words.starts, "right") - 1
    straight = _passed(codes, '"')
    depth = _passed(codes, _OPENING) - _passed(codes, _CLOSING)
    begins = lines[line]
    odd = (straight[words.starts] - straight[begins]) & 1
    inside: NDArray[np.bool_] = (odd == 1) | (depth[words.starts] > depth[begins])
    return inside


def missing(side: Side) -> tuple[Span, ...]:
    """The paragraphs whose words the other text lacks, as characters; neighbours are one span. Shorter ones than 8
    words are never missed by themselves.
    """
    words = side.words
    ranges = _paragraphs(words.text)
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


def _passed(codes: NDArray[np.uint32], marks: str) -> NDArray[np.int64]:
    """How many of the marks stand before each character."""
    found = np.zeros(len(codes), np.bool_)
    for mark in marks:
        found |= codes == ord(mark)
    return np.concatenate(([0], np.cumsum(found)))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """The lines that hold more than white space, without what surrounds their words."""
    ranges = []
    at = 0
    for line in text.split("\n"):
        if words := line.strip():
            start = at + line.index(words)
            ranges.append((start, start + len(words)))
        at += len(line) + 1
    return ranges
