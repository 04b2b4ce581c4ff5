"""From the labeller's spans, which follow its training data's habits, to the spans a statement has. No finding here.

A quotation keeps its outer marks; indirect content leaves out the word that joins it to its cue, and its final stop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from readout.annotate.labeller import Attribution, Kind
from readout.annotate.quotes import MARKS, Quotation, quotations
from readout.annotate.tokens import Tokens
from readout.models import Span

_MARK = "|".join(sorted(map(re.escape, MARKS), key=len, reverse=True))
_OPENS_BEFORE = re.compile(rf"(?:(?<=\s)|(?<=[(\[—–-])|\A)(?:{_MARK})\Z")
_CLOSES_AFTER = re.compile(rf"[.,!?…;:]{{0,3}}(?:{_MARK})(?!\w)")
_OPENING = re.compile(rf"\s*(?:{_MARK})")
_JOINING = re.compile(r"[\s,:;—–-]*(?:that\b(?!\s+(?:is|was|'s|’s|would|will|are)\b)[\s,:—–]*)?", re.IGNORECASE)
_TORN = re.compile(r"\b[Aa]t\s(?:(?P<rest>least|most)|all)\b")  # idioms, whole or not at all
_STOPS = frozenset(".,;:—–")
_ABBREVIATED = re.compile(r"\b(?:[A-Za-z]\.){2,}\Z")
_MARKS = tuple(MARKS)
_DOUBLE = ("“", "„", "«", "``", "''", '"')
_OPENED = re.compile(r"[\"“”„«»‘'’`](?:(?<=[\"“”„«»‘])|(?<=')'|(?<=`)`|(?<=['’])(?<!\w.)\w)")
_CLOSED = re.compile(r"['’](?<=\w.)(?<!s.)(?=[\s.,])")
_LONGEST_MARK = 3
_INITIALS = 12  # characters of letters with stops that end a content
_FEWEST_TOKENS = 5
_UNCUED = 0.5  # the confidence of a quotation known by its marks alone


def to_statement_spans(text: str, attribution: Attribution) -> Attribution | None:
    """The attribution with spans as statements have them; None where nothing is left of its content."""
    pieces = tuple(piece for piece in (_fitted(text, span) for span in attribution.content) if piece is not None)
    return attribution._replace(content=pieces, kind=_kind(text, pieces)) if pieces else None


def with_kind(text: str, attribution: Attribution) -> Attribution:
    """The attribution with the kind that the marks of its content tell."""
    kind = _kind(text, attribution.content)
    return attribution if kind == attribution.kind else attribution._replace(kind=kind)


def _kind(text: str, pieces: tuple[Span, ...]) -> Kind:
    """Direct where every piece is a quotation, mixed where one holds marks, else indirect."""
    if all(_is_whole(text[start:end]) for start, end in pieces):
        return "direct"
    marked = any(_OPENED.search(text, start, end) or _CLOSED.search(text, start + 1, end) for start, end in pieces)
    return "mixed" if marked else "indirect"


def _is_whole(words: str) -> bool:
    """Whether words open with a double mark, or stand between marks."""
    if words.startswith(_DOUBLE):
        return True
    bare = words[:-1] if words.endswith((".", ",", ";")) else words
    return words.startswith(_MARKS) and bare.endswith(_MARKS) and len(bare) > 1


def uncued(
    tokens: Tokens, found: Sequence[Attribution], marked: Sequence[Quotation] | None = None
) -> tuple[Attribution, ...]:
    """Quotations that fill a paragraph and that no attribution in `found` touches: each one of its own, without a cue.

    They are taken to go on with what the speaker before them was saying.
    """
    held = np.zeros(len(tokens.text) + 1, dtype=bool)
    for one in found:
        for start, end in one.content:
            held[start:end] = True
    left = []
    for quotation in quotations(tokens) if marked is None else marked:
        span = Span(*tokens.span(quotation.first, quotation.last))
        if _fills_paragraph(tokens, quotation) and not held[span.start : span.end].any():
            left.append(Attribution((span,), None, None, "direct", _UNCUED, continues=True))
    return tuple(left)


def _fills_paragraph(tokens: Tokens, one: Quotation) -> bool:
    numbers = tokens.paragraphs
    begins = one.first == 0 or numbers[one.first - 1] != numbers[one.first]
    ends = one.last + 1 == len(tokens) or numbers[one.last + 1] != numbers[one.first]
    return one.double and begins and ends and one.last - one.first > _FEWEST_TOKENS


def _fitted(text: str, span: Span) -> Span | None:
    start, end = span
    if (torn := _TORN.match(text, max(0, start - len("at ")))) and torn["rest"]:
        start = torn.start()
    elif torn:
        start = torn.end()
    if _OPENING.match(text, start, end) is None:
        before = _OPENS_BEFORE.search(text[max(0, start - _LONGEST_MARK) : start])
        start = start - len(before[0]) if before else _after(_JOINING, text, start, end)
    after = _CLOSES_AFTER.match(text, end)
    if after and _within_marks(text, start, end):
        end = after.end()
    elif not text[start:end].endswith(_MARKS) and not (
        text.endswith(".", start, end) and _ABBREVIATED.search(text, max(start, end - _INITIALS), end)
    ):
        while end > start and (text[end - 1] in _STOPS or text[end - 1].isspace()):
            end -= 1
    return Span(start, end) if start < end else None


def _after(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = pattern.match(text, start, end)
    return found.end() if found else start


def _within_marks(text: str, start: int, end: int) -> bool:
    """Whether a quotation opened in the span is still open at its end."""
    piece = text[start:end]
    doubled = piece.count("“") - piece.count("”")
    return doubled > 0 or piece.count('"') % 2 == 1 or piece.count("''") % 2 == 1
