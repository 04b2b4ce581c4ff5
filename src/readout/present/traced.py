"""From the words of an article's reading text to the characters of the page that holds them. Pure.

For a text capture the way back is exact arithmetic. For HTML, where the page's characters are source with tags and
entities between, the words are looked up in their paragraph's source, character by character; where they are not found
so, the whole paragraph's span stands for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from readout.models import Article, Media, Page, Reading, Span, places, reading
from readout.models.reading import Part
from readout.text import source

OPENING = frozenset("\"“„«‹‘'‚‟「『＂”")  # a mark may be turned the wrong way


@dataclass(frozen=True)
class Traced:
    """One article on one page."""

    article: Article
    page: Page

    @cached_property
    def reading(self) -> Reading:
        """The reading text."""
        return reading(self.article)

    def words(self, span: Span) -> str:
        """The words of the reading text there."""
        return self.reading.text[span.start : span.end]

    def spans(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Where on the page those words of the reading text are."""
        if self.page.media is not Media.HTML:
            return places(self.reading, spans)
        return tuple(found for span in spans for found in self._in_source(span))

    def quoted(self, span: Span) -> bool:
        """Whether the page holds those very words, with a quotation mark right before or at their beginning."""
        words = self.words(span).lstrip()
        before = self.reading.text[: span.start].rstrip()
        return (words[:1] in OPENING or before[-1:] in OPENING) and self.verified(span)

    def verified(self, span: Span) -> bool:
        """Whether the characters of the page that those words are traced to spell them, white space aside."""
        if self.page.media is Media.HTML:
            touched = [part for part in self.reading.parts if part.start < span.end and span.start < part.end]
            return bool(touched) and all(self._places.get(part.start) is not None for part in touched)
        held = "".join(self.page.text[place.start : place.end] for place in self.spans([span]))
        return _solid(held) == _solid(self.words(span)) != ""

    def _in_source(self, span: Span) -> list[Span]:
        found = []
        for part in self.reading.parts:
            if part.spans and part.start < span.end and span.start < part.end:
                within = Span(max(span.start, part.start) - part.start, min(span.end, part.end) - part.start)
                found.append(self._in_part(part, within))
        return found

    def _in_part(self, part: Part, within: Span) -> Span:
        first, last = min(span.start for span in part.spans), max(span.end for span in part.spans)
        found = self._places.get(part.start)
        if found is None or within.start >= within.end:
            return Span(first, last)
        return Span(first + found[within.start].start, first + found[within.end - 1].end)

    @cached_property
    def _places(self) -> dict[int, list[Span] | None]:
        """For each part of the reading text, by its start, where its characters are in its source."""
        return {part.start: self._places_of(part) for part in self.reading.parts if part.spans}

    def _places_of(self, part: Part) -> list[Span] | None:
        first, last = min(span.start for span in part.spans), max(span.end for span in part.spans)
        return source.places(self.page.text[first:last], self.reading.text[part.start : part.end])


def _solid(text: str) -> str:
    return "".join(text.split())
