"""Credits and dateline of an article in paragraphs: what `credits` finds in words, put back into the page's source.

The dateline stays part of the body; what stands after the body's last word is taken off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from readout.extract import credits as crediting
from readout.models import IN_BODY, Credit, Paragraph, ParagraphKind, Span
from readout.text.html import end_of, plain

_FILED = re.compile(r"(?P<place>[^\W\d_a-z]{4,}(?:/[^\W\d_a-z]{4,})*)\. (?=[^\W\d_a-z][^\W\d_A-Z])")  # "BERLIN. Die …"
_LONGEST_INITIALS = 4
_MOST_ENDINGS = 4  # paragraphs at the end that may be nothing but credits


class Signed(NamedTuple):
    """Paragraphs without what is signed below them, to whom they are credited, where filed, by whom written."""

    paragraphs: list[Paragraph]
    credits: tuple[Credit, ...]
    dateline: str | None
    author: str | None


def signed(paragraphs: Sequence[Paragraph], source: str) -> Signed:
    """The paragraphs of an article with credits read and the ending taken off. Spans point into `source`."""
    kept = list(paragraphs)
    found: list[Credit] = []
    author = None
    for _ in range(_MOST_ENDINGS):
        at = next((i for i in range(len(kept) - 1, -1, -1) if kept[i].kind is ParagraphKind.BODY), None)
        if at is None:
            break
        ending = crediting.ending(kept[at].text)
        found = [*_placed(ending.credits, kept[at], source), *found]
        author = author or ending.author
        if ending.start >= len(kept[at].text):
            break
        cut = _cut(kept[at], ending.start, source)
        kept[at : at + 1] = [cut] if cut else []
        if cut:
            break
    first = next((one for one in kept if one.kind in IN_BODY), None)
    opening = crediting.opening(first.text) if first else None
    filed = _FILED.match(first.text) if first and not opening else None
    if first and opening:
        opened = _placed(opening.credits, first, source)
        found = [*opened, *(one for one in found if not any(is_short_for(one.name, other.name) for other in opened))]
    place = opening.place if opening else filed["place"] if filed else None
    return Signed(kept, tuple(dict.fromkeys(found)), place, author)


def is_short_for(short: str, name: str) -> bool:
    """Whether a credit at the end can be the initials of the one in front: "(MW)" of "(Meridian)"."""
    return short.isupper() and len(short) <= _LONGEST_INITIALS and short[0] == name[0] and not name.isupper()


def _placed(credited: Sequence[Credit], paragraph: Paragraph, source: str) -> list[Credit]:
    """Credits whose spans count in a paragraph's text, with spans in the source instead."""
    if not credited:
        return []
    if len(paragraph.spans) > 1:
        return [replace(credit, span=None) for credit in credited]
    _, offsets = plain(source, *paragraph.spans[0])
    return [replace(credit, span=credit.span and _span(credit.span, offsets, source)) for credit in credited]


def _span(span: Span, offsets: Sequence[int], source: str) -> Span:
    return Span(offsets[span.start], end_of(source, offsets[span.end - 1]))


def _cut(paragraph: Paragraph, end: int, source: str) -> Paragraph | None:
    """The first `end` characters of a paragraph; None where that is nothing."""
    if not paragraph.text[:end].strip():
        return None
    if len(paragraph.spans) > 1:
        return paragraph
    start = paragraph.spans[0].start
    _, offsets = plain(source, *paragraph.spans[0])
    span = Span(start, end_of(source, offsets[len(paragraph.text[:end].rstrip()) - 1]))
    return replace(paragraph, text=plain(source, *span)[0], spans=(span,))
