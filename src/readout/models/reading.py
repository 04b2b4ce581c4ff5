"""The reading text: an article's title and paragraphs as one text, with the way back to the characters of the page.

Annotators read this text and give offsets in it; `places` turns those into spans of the page, so that whatever is
shown of an article can be found where it was captured.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from readout.models.article import Article, ParagraphKind
from readout.models.page import Span

TITLE = "title"


class Part(NamedTuple):
    """One line of the reading text, `text[start:end]`: the title, or a paragraph of that kind."""

    start: int
    end: int
    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Reading:
    """`text` holds one part a line, the title first; `parts` are in order."""

    text: str
    parts: tuple[Part, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [part.start for part in self.parts]

    def part(self, offset: int) -> Part:
        """The part that holds the character at `offset`, or the last one before it."""
        return self.parts[self.place(offset)]

    def place(self, offset: int) -> int:
        """The number of that part, from 0."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def of(self, kinds: Sequence[str]) -> tuple[Part, ...]:
        """The parts of those kinds."""
        return tuple(part for part in self.parts if part.kind in kinds)


def reading(article: Article) -> Reading:
    """The reading text of an article: its title, then every paragraph but photo credits, in order."""
    lines: list[tuple[str, str, tuple[Span, ...]]] = []
    if article.title:
        lines.append((TITLE, article.title, (article.title_span,) if article.title_span else ()))
    lines += [(p.kind.value, p.text, p.spans) for p in article.paragraphs if p.kind is not ParagraphKind.PHOTO_CREDIT]
    parts = []
    at = 0
    for kind, text, spans in lines:
        parts.append(Part(at, at + len(text), kind, spans))
        at += len(text) + 1
    return Reading("\n".join(text for _, text, _ in lines), tuple(parts))


def places(reading_text: Reading, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans of the page that hold those spans of the reading text, for articles of text captures, whose
    paragraphs are their spans' characters joined by one space. Adjoining pieces are one.
    """
    found: list[Span] = []
    for span in spans:
        for part in reading_text.parts:
            if part.end <= span.start or part.start >= span.end:
                continue
            found += _within(part, max(span.start, part.start) - part.start, min(span.end, part.end) - part.start)
    return tuple(found)


def _within(part: Part, start: int, end: int) -> list[Span]:
    pieces = []
    at = 0
    for span in part.spans:
        length = span.end - span.start
        first, last = max(start, at), min(end, at + length)
        if first < last:
            pieces.append(Span(span.start + first - at, span.start + last - at))
        at += length + 1
    return pieces
