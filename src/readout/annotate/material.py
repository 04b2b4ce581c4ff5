"""What every annotator reads of an article, made once: reading text, tokens, names, times. Nothing is decided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from readout.annotate import entities, quotes, times
from readout.annotate.quotes import Quotation
from readout.annotate.surroundings import Surroundings
from readout.annotate.tokens import Tokens, tokens
from readout.models import Article, Entity, Reading, TimeExpression, reading


@dataclass(frozen=True)
class Material:
    """One edition of an article, read. Every offset is a character of `reading.text`, which is `tokens.text`.

    Paragraph n of `tokens` is part n of `reading`: the title first, where there is one.
    """

    article: Article
    reading: Reading
    tokens: Tokens
    quotations: tuple[Quotation, ...]
    entities: tuple[Entity, ...]
    times: tuple[TimeExpression, ...]

    @cached_property
    def around(self) -> Surroundings:
        """What each sentence names."""
        return Surroundings(self.tokens, self.entities, self.times)


def material(article: Article) -> Material:
    """The article read: its tokens, its entities, and its time expressions resolved against its publication."""
    read = reading(article)
    cut = tokens(read.text, [(part.start, part.end) for part in read.parts])
    quoted = quotes.quotations(cut)
    named = entities.entities(cut, quoted)
    return Material(article, read, cut, quoted, named, times.expressions(cut, article.published))
