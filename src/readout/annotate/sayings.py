"""Every attribution of an article with its spans as statements have them: the labeller's, repaired and completed.

No speaker is resolved here, and nothing is judged core or weak.
"""

from __future__ import annotations

import re

from readout.annotate import conventions, labeller, overlooked, quoting, sources, trimming
from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.annotate.weak import is_said
from readout.models import Span

_ABBREVIATED = re.compile(r"\b(?:(?:[A-Z]\.)*[A-Z]|Mrs?|Ms|Dr|Sen|Rep|Gen|Gov|Col|Lt|Sgt|St|Jr|vs?)\Z")
_CLAUSE_END = re.compile(r"[,;:“”\"\n]")
_ABBREVIATION = 6  # characters at most
_LETTERS = 2  # capitals that a dateline begins with


def sayings(ground: Ground) -> list[Attribution]:
    """The attributions of an article, in order of their first words."""
    read = ground.read
    fitted = [
        conventions.to_statement_spans(ground.text, one) for one in labeller.attributions(read.tokens, read.quotations)
    ]
    found = quoting.resettled(ground, [one for one in fitted if one is not None])
    found = [sources.sourced(ground, one) for one in found]
    found = [one for one in trimming.trimmed(ground, found) if is_said(ground, one)]
    found = overlooked.completed(ground, found)
    found += conventions.uncued(read.tokens, found, ground.quotations)
    tight = [_tight(ground, _past_abbreviation(ground, one)) for one in found]
    return sorted((one for one in tight if one.content), key=lambda one: one.content)


def _past_abbreviation(ground: Ground, one: Attribution) -> Attribution:
    """A content that ends with an abbreviation's stop goes on to the end of its clause: "most of the U.S. | fleet"."""
    start, end = one.content[-1]
    if not ground.text.startswith(". ", end) or (one.cue is not None and one.cue.start >= end):
        return one
    sentence = ground.sentence_at(start)
    known = _ABBREVIATED.search(ground.text, max(start, end - _ABBREVIATION), end)
    if known is None or sentence.end <= end + len(". "):
        return one
    met = _CLAUSE_END.search(ground.text, end, sentence.end)
    words = ground.text[start : met.start() if met else sentence.end].rstrip(" .")
    return one._replace(content=(*one.content[:-1], Span(start, start + len(words))))


def _tight(ground: Ground, one: Attribution) -> Attribution:
    """The attribution with no space at the ends of its spans."""
    if not any(ground.text[span.start].isspace() or ground.text[span.end - 1].isspace() for span in _spans(one)):
        return one
    content = tuple(span for piece in one.content if (span := _bare(ground.text, piece)) is not None)
    cue, source = (None if span is None else _bare(ground.text, span) for span in (one.cue, one.source))
    return one._replace(content=content, cue=cue, source=source)


def undated(ground: Ground, one: Attribution) -> Attribution:
    """The attribution without the dateline that opens its line: "HALMAR, May 5 (Meridian) -- …"."""
    if not one.content or not ground.text[one.content[0].start : one.content[0].start + _LETTERS].isupper():
        return one
    head = one.content[0]
    met = trimming.DATELINE.match(ground.text, head.start, head.end)
    if met is None or met.end() >= head.end or ground.part(head.start).start != head.start:
        return one
    return one._replace(content=(Span(met.end(), head.end), *one.content[1:]))


def _spans(one: Attribution) -> list[Span]:
    return [*one.content, *(span for span in (one.cue, one.source) if span is not None)]


def _bare(text: str, span: Span) -> Span | None:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None
