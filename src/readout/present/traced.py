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

    def _in_source(self, span: Span) -> list[Span]:
        found = []
        for part in self.reading.parts:
            if part.spans and part.start < span.end and span.start < part.end:
                within = Span(max(span.start, part.start) - part.start, min(span.end, part.end) - part.start)
                found.append(self._in_part(part, within))
        return found

    def _in_part(self, part: Part, within: Span) -> Span:
        first, last = min(span.start for span in part.spans), max(span.end for span in part.spans)
        text = self.reading.text[part.start : part.end]
        places = source.places(self.page.text[first:last], text)
        if places is None or within.start >= within.end:
            return Span(first, last)
        return Span(first + places[within.start].start, first + places[within.end - 1].end)
