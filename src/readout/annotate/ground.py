"""Look-ups that the makers of statements share: tokens, sentences and names by character. Nothing is decided here."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

from readout.annotate import hung, quotes
from readout.annotate.frames import is_finite
from readout.annotate.material import Material
from readout.annotate.quotes import Quotation
from readout.models import Entity, Mention, Part, Span, TimeExpression
from readout.text.occurrences import Occurrences


class Ground:
    """One article's tokens and names, by character and by token."""

    def __init__(self, read: Material) -> None:
        self.read = read
        self.text = read.reading.text
        self.words = read.tokens.words
        self.lower = read.tokens.lower
        self.starts, self.ends = read.tokens.edges
        self.sentence = read.tokens.sentences
        self.paragraph = read.tokens.paragraphs

    def words_of(self, span: Span) -> str:
        """The characters of a span."""
        return self.text[span.start : span.end]

    def first(self, offset: int) -> int:
        """The first token that begins at a character or after it."""
        return bisect_left(self.starts, offset)

    def tokens(self, span: Span) -> range:
        """The tokens that begin within a span."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def is_verb(self, at: int) -> bool:
        """Whether a token is a verb of saying that a sentence can have for its own, and no part of a name."""
        return is_finite(self.lower[at]) and self.words[at] == self.lower[at]

    def span(self, first: int, last: int) -> Span:
        """The characters from token `first` to token `last`, both included."""
        return Span(self.starts[first], self.ends[last])

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds a character."""
        at = bisect_right(self._openings, offset) - 1
        return self._sentences[max(0, at)] if self._sentences else Span(0, len(self.text))

    def heads(self, group: str) -> Occurrences:
        """Where one of a group of `hung.HEADS` begins."""
        return self._heads[group]

    def part(self, offset: int) -> Part:
        """The line of the reading text that holds a character."""
        return self.read.reading.part(offset)

    def named_in(self, span: Span) -> list[tuple[Mention, Entity]]:
        """The mentions that begin within a span, in order."""
        low, high = bisect_left(self._named_at, span.start), bisect_left(self._named_at, span.end)
        return self.mentions[low:high]

    def named_before(self, offset: int, most: int) -> list[tuple[Mention, Entity]]:
        """The last mentions that begin before a character, the nearest first."""
        high = bisect_left(self._named_at, offset)
        return self.mentions[max(0, high - most) : high][::-1]

    def times_in(self, span: Span) -> tuple[TimeExpression, ...]:
        """The time expressions that begin within a span."""
        low, high = bisect_left(self._timed_at, span.start), bisect_left(self._timed_at, span.end)
        return self.read.times[low:high]

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations of the text."""
        return self.read.quotations

    @cached_property
    def openings(self) -> list[int]:
        """Where each of the quotations begins."""
        return [self.starts[one.first] for one in self.quotations]

    @cached_property
    def quoted(self) -> list[bool]:
        """For each token whether it stands within quotation marks."""
        flags: list[bool] = (quotes.inside(self.read.tokens, self.quotations) > 0).tolist()
        return flags

    @cached_property
    def mentions(self) -> list[tuple[Mention, Entity]]:
        """Every mention with its entity, in order."""
        entities = self.read.entities
        pairs = sorted((mention, number) for number, one in enumerate(entities) for mention in one.mentions)
        return [(mention, entities[number]) for mention, number in pairs]

    @cached_property
    def _named_at(self) -> list[int]:
        return [mention.span.start for mention, _ in self.mentions]

    @cached_property
    def _timed_at(self) -> list[int]:
        return [time.span.start for time in self.read.times]

    @cached_property
    def _heads(self) -> dict[str, Occurrences]:
        return hung.heads(self.text)

    @cached_property
    def _sentences(self) -> list[Span]:
        return [Span(*bounds) for bounds in self.read.tokens.bounds]

    @cached_property
    def _openings(self) -> list[int]:
        return [start for start, _ in self.read.tokens.bounds]
