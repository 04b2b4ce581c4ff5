"""Cues right beside quotations: `“…,” she said`, `“…,” said X of Y`, `He asked: “…”`. No meaning is read here.

What stands beside a quotation owns it, whatever a labeller made of its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.annotate.quotes import MARKS
from readout.models import Span

_REACH = 16  # tokens after a quotation among which its verb is looked for
_STOPS = frozenset('.;:“"”‘()') | {"``", "''", "--", "–", "—", "«", "»"}
_NO_SUBJECT = frozenset(
    """and but or so yet that which who whom as in on at by for from to of with about into while although though because
    than after before during if when where whether is was are were has had have""".split()
)
_RELATIVE = frozenset("who which that whose".split())
_SUBJECT_PRONOUNS = frozenset("he she they it i we who".split())
_ADVERBS = frozenset("also then later again simply only once".split())
_ENDS_SOURCE = frozenset(',.;:()“"”—–') | {"in", "on", "at", "after", "during", "as", "when", "while", "to", "told"}
_LONGEST_SOURCE = 12
_CUT_SHORT = (",", "?", "!", "…", "-", "–", "—")


_MARKS = tuple(MARKS)
_SINGLE_MARKS = "".join(mark for mark in MARKS if len(mark) == 1)


class Beside(NamedTuple):
    """The cue and the source that stand beside a quotation."""

    cue: Span
    source: Span | None


def is_quoted(ground: Ground, span: Span) -> bool:
    """Whether a span begins and ends with a quotation mark."""
    text = ground.words_of(span).rstrip(".,")
    return text.startswith(_MARKS) and text.endswith(_MARKS) and len(text) > 1


def after(ground: Ground, quotation: Span) -> Beside | None:
    """The cue that follows a quotation which a comma, a question or an exclamation ends."""
    inner = ground.words_of(quotation).rstrip(_SINGLE_MARKS)
    at = ground.first(quotation.end)
    if at >= len(ground.words) or not at or ground.paragraph[at] != ground.paragraph[at - 1]:
        return None
    if ground.words[at] == ",":
        at += 1
    elif not inner.endswith(_CUT_SHORT):
        return None
    if at >= len(ground.words) or ground.lower[at] in _NO_SUBJECT:
        return None
    start = at + (ground.lower[at] in _ADVERBS)
    if start < len(ground.words) and ground.is_verb(start):
        return Beside(ground.span(start, start), _inverted(ground, start + 1))
    return _straight(ground, at)


def _inverted(ground: Ground, at: int) -> Span | None:
    """The source after its verb: up to a mark, or a word that goes on with something else."""
    if at < len(ground.words) and ground.lower[at] in _SUBJECT_PRONOUNS:
        return ground.span(at, at)
    last = at
    while last < min(len(ground.words), at + _LONGEST_SOURCE) and ground.lower[last] not in _ENDS_SOURCE:
        last += 1
    return ground.span(at, last - 1) if last > at else None


def _straight(ground: Ground, at: int) -> Beside | None:
    """The source and then its verb, with nothing but an apposition between them."""
    number = ground.paragraph[at]
    for place in range(at, min(len(ground.words), at + _REACH)):
        if ground.paragraph[place] != number or ground.words[place] in _STOPS:
            return None
        if place > at and ground.is_verb(place) and ground.lower[place - 1] not in _RELATIVE:
            last = place - 1
            while last > at and (ground.lower[last] in _ADVERBS or ground.words[last] == ","):
                last -= 1
            return Beside(ground.span(place, place), ground.span(at, last))
    return None


def before(ground: Ground, start: int) -> Beside | None:
    """The cue that leads right up to a quotation or a clause: `X asked: “`, `X said that `, `X said, “`."""
    at = ground.first(start) - 1
    while at >= 0 and (ground.lower[at] == "that" or ground.words[at] in {",", ":"}):
        at -= 1
    if at < 0 or not ground.is_verb(at) or ground.paragraph[at] != ground.paragraph[ground.first(start)]:
        return None
    return Beside(ground.span(at, at), None)


def resettled(ground: Ground, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with each quotation given to the cue that follows it."""
    kept: list[Attribution] = []
    moved: list[tuple[Beside, Span, Attribution]] = []
    for one in found:
        pieces = []
        for whole in one.content:
            piece = _without_tail(ground, whole)
            beside = after(ground, piece) if is_quoted(ground, piece) else None
            if beside is None or (one.cue is not None and _meet(one.cue, beside.cue)):
                pieces.append(piece)
            else:
                moved.append((beside, piece, one))
        if pieces:
            kept.append(one if tuple(pieces) == one.content else one._replace(content=tuple(pieces)))
    for beside, piece, one in moved:
        _settle(kept, beside, piece, one)
    return _continued(ground, kept)


def _without_tail(ground: Ground, piece: Span) -> Span:
    """A quotation without the cue that a content goes on with: `“…,” X told Y`."""
    text = ground.words_of(piece)
    if not text.startswith(tuple(MARKS)) or is_quoted(ground, piece):
        return piece
    end = max(text.rfind(mark) for mark in ("”", '"', "’", "'"))
    quotation = Span(piece.start, piece.start + end + 1)
    beside = after(ground, quotation) if end > 1 else None
    return quotation if beside is not None and beside.cue.end <= piece.end else piece


def _continued(ground: Ground, found: Sequence[Attribution]) -> list[Attribution]:
    """A quotation right after the sentence of a cue goes on with that cue's, unless its own cue leads up to it."""
    kept = list(found)
    cues = [(one.cue, at) for at, one in enumerate(kept) if one.cue is not None and is_quoted(ground, one.content[0])]
    for number, one in enumerate(found):
        for piece in one.content:
            if one.cue is not None and (one.cue.start < piece.start or after(ground, piece) is not None):
                continue
            owner = _owner(ground, piece, cues)
            if owner is not None and owner != number and is_quoted(ground, piece):
                kept[number] = kept[number]._replace(content=tuple(p for p in kept[number].content if p != piece))
                kept[owner] = kept[owner]._replace(content=tuple(sorted((*kept[owner].content, piece))))
    return [one for one in kept if one.content]


def _owner(ground: Ground, piece: Span, cues: Sequence[tuple[Span, int]]) -> int | None:
    at = ground.first(piece.start)
    if not at or ground.paragraph[at - 1] != ground.paragraph[min(at, len(ground.words) - 1)]:
        return None
    before = ground.sentence_at(ground.starts[at - 1])
    if ground.words[at - 1] not in {".", ":"} or before.end < ground.ends[at - 1]:
        return None
    fitting = [number for cue, number in cues if before.start <= cue.start < before.end]
    return fitting[-1] if fitting else None


def _settle(kept: list[Attribution], beside: Beside, piece: Span, one: Attribution) -> None:
    for at, other in enumerate(kept):
        if other.cue is not None and _meet(other.cue, beside.cue):
            kept[at] = other._replace(content=tuple(sorted((*other.content, piece))))
            return
    source = one.source if one.cue is None and one.source is not None else beside.source
    kept.append(Attribution((piece,), beside.cue, source, "direct", one.confidence))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
