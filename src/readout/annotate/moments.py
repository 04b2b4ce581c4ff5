"""When something was said: the time expression beside the cue. Nothing is resolved here that `times` did not."""

from __future__ import annotations

from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.models import Basis, Moment, Precision, Span, TimeExpression

_REACH = 60  # characters between a cue and its time
_COARSE = frozenset({Precision.MONTH, Precision.YEAR})
_KINDS = frozenset({"DATE", "TIME"})


def said(ground: Ground, one: Attribution) -> Moment | None:
    """The moment of saying, where the sentence of the cue names one outside of what was said."""
    if one.cue is None:
        return None
    cue, sentence = one.cue, ground.sentence_at(one.cue.start)
    near = [
        (_gap(time.span, cue), time)
        for time in ground.times_in(sentence)
        if time.start is not None and time.kind in _KINDS and time.precision not in _COARSE
    ]
    fitting = [(gap, time) for gap, time in near if gap <= _REACH and _is_beside(ground, one, time)]
    return _moment(ground, min(fitting, key=lambda pair: pair[0])[1]) if fitting else None


def _gap(span: Span, cue: Span) -> int:
    return max(span.start - cue.end, cue.start - span.end, 0)


def _is_beside(ground: Ground, one: Attribution, time: TimeExpression) -> bool:
    """Whether a time stands outside the content, and does not lie ahead of publication."""
    if any(piece.start < time.span.end and time.span.start < piece.end for piece in one.content):
        return False
    published = ground.read.article.published
    return published is None or time.start is None or time.start <= published.at


def _moment(ground: Ground, time: TimeExpression) -> Moment | None:
    if time.start is None:
        return None
    return Moment(time.start, time.precision or Precision.DAY, Basis.INFERRED, ground.words_of(time.span))
