"""Contents cut to what was said: no addressee before it, no turn of the reporter's after it. Regular expressions only.

A content that holds a second cue of the same speaker is cut in two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from readout.annotate import conventions, weak
from readout.annotate.frames import Frame, frame, is_finite
from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.annotate.quotes import MARKS
from readout.models import Span

_TO_SOMEBODY = frozenset(
    "tell inform assure remind warn advise notify convince persuade promise ask urge brief".split()
)
_ADDRESSED = re.compile(
    r"(?:\b(?:Mrs?|Ms|Dr|Gen|Col|Gov|Sen|Rep|[A-Z])\.|(?!\b(?:and|but|if|when|which|who)\b)[^,.;:“”\"]){1,90}?"
    r"(?:,[^,.;:“”\"]{1,60},)?[\s,]+that\s+(?=\S)"
)
# What of an addressee can stand between the cue and where the labeller begins: it takes "US" for a pronoun.
_HEAD_OF_ADDRESSEE = re.compile(r"\s+(?:the\s+)?(?:[A-Z](?:\w|\.(?=\w))*\s+){0,2}")
_PRONOUN = re.compile(r"(?:him|her|them|us|me|reporters|journalists|lawmakers)\s+(?=[\w“\"‘'])")
_AFTER_ADDRESSEE = re.compile(
    r"\s+(?:(?:on|late|early)\s+\w+\s+)?(?=(?:the|a|an|he|she|it|they|there|his|her|its|their|this|that|no|any|we|I|“|\"|‘)\b|[“\"‘])",
)
_TURN = re.compile(
    r",?\s+(?:without\s+(?:giving|providing|elaborating|offering|saying|naming|specifying|going|citing|further)"
    r"|but\s+(?:gave|did\s+not|declined|refused|offered|would\s+not|added|stopped|said|has\s+not|provided)"
    r"|(?:adding|saying|according\s+to|citing|speaking|referring\s+to)\b"
    r"|following\s+(?:an?|the|his|her|their|its)\b"
    r"|against\s+the\s+\S+\s+that\b"
    r"|should\s+the\b"
    r")[^“”\"]*\Z"
)
_SECOND = re.compile(
    r"\b(?:and|but)\s+(?:(?:also|then|later|again)\s+)?(\w+)(?=:|,?\s+[“\"‘]|\s+that\s|\s+(?:of|for)\s)"
    r"|\band\s+(promised|vowed|pledged|threatened|refused|offered|urged)(?=\s+\w)"
    r"|,\s+(?:and\s+)?(saying|adding|noting|warning|insisting|calling|arguing|stressing|declaring|claiming|telling)(?=\s+\S)"
)
_OTHER_DOING = re.compile(r"\s+and\s+(\w+ing)\s+the\b")
_EACH_OTHER = re.compile(r"(?:each\s+other|one\s+another)\s+(?:of|for|over)\s+")
_ONLY = re.compile(r"only\s+that\s+")
_SPOKE = re.compile(r"(?:spoke|spoken|speaks|speaking)\Z", re.IGNORECASE)
_OF = re.compile(r"\s*(?P<of>of)\s+")
DATELINE = re.compile(r"[A-Z][A-Z .’'-]+(?:,[^()–—-]{1,30})?\s*(?:\([^)]{2,20}\)\s*)?(?:--|–|—|-)\s+")
_DOUBLE = frozenset('“”"')
_MARKS = tuple(MARKS)
_APART = re.compile(r",\s+(?:but|and|while|though|although|as)\b")
_CLAUSE_OF = re.compile(r"(?:who|whom|whose|which|where)\s+\S")
_APART_AT_ALL = re.compile(r"[,;:.“”\"\n]|\s[–—-]\s")
_GAP = 80
_LEAD = 140  # characters before a relative clause that it may go on from
_PARTS = 6  # verbs of one speaker in one sentence that are looked for
_PLACE_BEFORE = re.compile(r"\b(?:on|in|at)\s+\Z")
_NEAR = 3
_HANGING = re.compile(r"\s+(?:that|which|who)\Z")  # a relative clause that the cue stands in
_SHORT = 8
_WHICH = re.compile(r"(?:\A|\s)(?:that|which|who)\s*\Z")
_BEHIND = re.compile(
    r"\s+(?P<what>(?:\w+ed|is|are|was|were|has|have|had|will|would|could|should|may|might|took|went|ran)\b"
    r"[^,.;:“”\"\n]{2,150})(?=[,.;]|\s*(?:\n|\Z))"
)


def trimmed(ground: Ground, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with their contents cut; what nothing is left of is dropped."""
    cues = [one.cue for one in found if one.cue is not None]
    return [part for one in found for part in _trimmed(ground, one, cues)]


def _trimmed(ground: Ground, one: Attribution, cues: Sequence[Span]) -> Iterator[Attribution]:
    if one.cue is None:
        yield one
        return
    cue = one.cue
    how = frame(ground.words_of(cue))
    one = _with_antecedent(ground, _from_its_mark(ground, _behind_the_cue(ground, one, cue), cue, cues), cue, cues)
    if not one.content:
        return
    belonging = _led_up_to(ground, one, cue)
    if not belonging.content:
        return
    for divided in _divided(ground, _whole(ground, _together(ground, belonging), cues), cues):
        part = _spoken_of(ground, divided)
        told = _without_addressee(ground, part, how)
        pieces = tuple(cut for piece in told if (cut := _cut(ground, part, how, piece)).end > cut.start)
        if pieces:
            yield conventions.with_kind(ground.text, part if pieces == part.content else part._replace(content=pieces))


def _behind_the_cue(ground: Ground, one: Attribution, cue: Span) -> Attribution:
    """Of "the call, which both sides said lasted an hour" what is behind the cue, where only "which" was found."""
    piece = one.content[-1]
    between = ground.text[piece.end : cue.start]
    if piece.end > cue.start or len(between) > _GAP or _APART_AT_ALL.search(between):
        return one
    behind = _BEHIND.match(ground.text, cue.end) if _WHICH.search(ground.words_of(piece)) else None
    return one._replace(content=(Span(*behind.span("what")),)) if behind else one


def _spoken_of(ground: Ground, one: Attribution) -> Attribution:
    """The attribution with its cue up to "of" where what is spoken of begins there."""
    first = one.content[0]
    if one.cue is None or not _SPOKE.search(ground.text, one.cue.start, one.cue.end):
        return one
    met = _OF.match(ground.text, one.cue.end, first.end)
    if met is None or met.end() == first.end or first.start > met.end():
        return one
    cue = Span(one.cue.start, met.end("of"))
    return one._replace(cue=cue, content=(Span(met.end(), first.end), *one.content[1:]))


def _from_its_mark(ground: Ground, one: Attribution, cue: Span, cues: Sequence[Span]) -> Attribution:
    """The rest of a quotation that a cue ends: “'B said that | we go on,' A said” is all of it A's."""
    piece = one.content[0]
    if len(one.content) > 1 or piece.end > cue.start or ground.text.startswith(_MARKS, piece.start):
        return one
    at = bisect_right(ground.openings, piece.start) - 1
    if at < 0 or ground.ends[ground.quotations[at].last] < piece.end:
        return one
    head = Span(ground.openings[at], piece.start)
    if head.end - head.start > _GAP or any(head.start <= other.start < head.end for other in cues):
        return one
    end = max(piece.end, ground.ends[ground.quotations[at].last])
    return one._replace(content=(Span(head.start, end),)) if end <= cue.start else one


def _with_antecedent(ground: Ground, one: Attribution, cue: Span, cues: Sequence[Span]) -> Attribution:
    """A relative clause is content with what it goes on from alone, and none where that is the source."""
    piece = one.content[0]
    if _CLAUSE_OF.match(ground.text, piece.start, piece.end) is None:
        return one
    if one.source is not None and piece.end <= cue.start and 0 < piece.start - one.source.end <= len(", "):
        return one._replace(content=one.content[1:])
    if not ground.text.endswith(", ", 0, piece.start):
        return one
    sentence = ground.sentence_at(piece.start)
    after = sentence.start <= cue.end <= piece.start
    start = cue.end if after else _undated(ground, Span(sentence.start, piece.start))
    lead = ground.text[start : piece.start - len(", ")]
    told = after and frame(ground.words_of(cue)).verb in _TO_SOMEBODY
    if told or len(lead) > _LEAD or not lead.strip() or _APART_AT_ALL.search(lead):
        return one
    if any(start < other.end and other.start < piece.start for other in cues if other != cue):
        return one
    start += len(lead) - len(lead.lstrip())
    return one._replace(content=(Span(start, piece.end), *one.content[1:]))


def _undated(ground: Ground, span: Span) -> int:
    """Where a sentence begins, its dateline left out."""
    return met.end() if (met := DATELINE.match(ground.text, *span)) else span.start


def _led_up_to(ground: Ground, one: Attribution, cue: Span) -> Attribution:
    """Without what follows the cue but does not belong to it: "…, both sides said, but their accounts …"."""
    if one.kind == "direct":
        return one
    if one.source is not None and cue.start > one.source.start and one.content[0].start > cue.end:
        lead = ground.text[max(0, one.source.start - 2) : one.source.start]
        gap = ground.text[cue.end : one.content[0].start]
        told = ground.text[ground.sentence_at(one.source.start).start : one.source.start]
        if lead == ", " and weak.has_clause(told) and "," in gap and not re.search(r"\bthat\b|[“”\"]", gap):
            return one._replace(content=())
    held = tuple(
        piece for piece in one.content if piece.start < cue.end or not _is_apart(ground.text[cue.end : piece.start])
    )
    return one if held == one.content else one._replace(content=held)


def _is_apart(gap: str) -> bool:
    return len(gap) <= _GAP and _DOUBLE.isdisjoint(gap) and bool(_APART.search(gap))


def _together(ground: Ground, one: Attribution) -> Attribution:
    """Without the pieces in plain words that stand in another sentence than the cue, where one stands in its own."""
    if one.cue is None or len(one.content) == 1:
        return one
    sentence = ground.sentence_at(one.cue.start)
    held = tuple(
        piece
        for piece in one.content
        if sentence.start <= piece.start < sentence.end or ground.text.startswith(("“", '"', "‘", "'"), piece.start)
    )
    return one._replace(content=held) if held and held != one.content else one


def _whole(ground: Ground, one: Attribution, cues: Sequence[Span]) -> Attribution:
    """A sentence that a cue ends is content from its head on: "…, the ministry said."."""
    if one.cue is None or one.kind == "direct" or one.content[-1].end > one.cue.start:
        return one
    sentence = ground.sentence_at(one.content[-1].start)
    lead = Span(sentence.start, one.content[0].start)
    source = one.source or one.cue
    gap = ground.text[one.content[-1].end : min(source.start, one.cue.start)]
    if one.content[0].start < sentence.start or gap.strip() not in {",", "”,", ",”"} or not lead.end - lead.start:
        return one
    words = ground.text[lead.start : lead.end]
    if not _DOUBLE.isdisjoint(words) or (
        any(lead.start <= cue.start < lead.end for cue in cues) and not _ends(ground, one.cue, sentence)
    ):
        return one
    start = _undated(ground, lead)
    return one._replace(content=(Span(start, one.content[-1].end),)) if _plain(ground, one) else one


def _ends(ground: Ground, cue: Span, sentence: Span) -> bool:
    """Whether a verb of saying ends its sentence, but for a day."""
    return frame(ground.words_of(cue)).is_any("say") and sentence.end - cue.end < _GAP // 3


def _plain(ground: Ground, one: Attribution) -> bool:
    """Whether nothing but words stands between the pieces."""
    between = ground.text[one.content[0].end : one.content[-1].start] if len(one.content) > 1 else ""
    return _DOUBLE.isdisjoint(between)


def _divided(ground: Ground, one: Attribution, cues: Sequence[Span]) -> Iterator[Attribution]:
    """The attribution, cut where a second verb of the same speaker begins: "said X and asked: “Y”"."""
    for _ in range(_PARTS):
        first, rest = _split(ground, one, cues)
        if first is None:
            break
        yield first
        if rest is None:
            return
        one = rest
    yield one


def _split(
    ground: Ground, one: Attribution, cues: Sequence[Span]
) -> tuple[Attribution, Attribution | None] | tuple[None, None]:
    """What comes before the second verb and what comes after it, where there is one and the labeller has not met it."""
    for number, piece in enumerate(one.content):
        if one.cue is None or one.cue.end > piece.start or ground.words_of(piece).startswith(("“", '"', "‘")):
            continue
        met = _second_verb(ground, piece)
        if met is None:
            continue
        end = piece.start + len(ground.text[piece.start : met.start()].rstrip(" ,"))
        if end <= piece.start:
            continue
        first = one._replace(content=(*one.content[:number], Span(piece.start, end)))
        if any(met.start() < cue.start < piece.end for cue in cues):
            return conventions.with_kind(ground.text, first), None
        cue = Span(*met.span(met.lastindex or 1))
        second = one._replace(content=(Span(cue.end, piece.end), *one.content[number + 1 :]), cue=cue)
        return conventions.with_kind(ground.text, first), conventions.to_statement_spans(ground.text, second)
    return None, None


def _second_verb(ground: Ground, piece: Span) -> re.Match[str] | None:
    passed = piece.start
    for at in ground.heads("second verb").between(piece.start, piece.end):
        met = _SECOND.match(ground.text, at, piece.end) if at >= passed else None
        if met is None:
            continue
        passed = met.end()
        if (not met[1] or is_finite(met[1].lower())) and passed < piece.end:
            return met
    return None


def _cut(ground: Ground, one: Attribution, how: Frame, piece: Span) -> Span:
    start, end = piece
    text = ground.text
    for pattern in (_EACH_OTHER, _ONLY):
        start = met.end() if (met := pattern.match(text, start, end)) else start
    if not text.startswith(("“", '"', "‘"), start):
        if ground.heads("turn").within(start, end) and (met := _TURN.search(text, start, end)):
            end = met.start()
        if how.words and how.words[-1].endswith("ing") and (met := _OTHER_DOING.search(text, start, end)):
            end = met.start() if not is_finite(met[1].lower()) else end
    if one.kind != "direct" and how.words:
        end = _sentences_end(ground, Span(start, end))
    if one.cue is not None and end <= one.cue.start and (met := _HANGING.search(text, max(start, end - _SHORT), end)):
        end = met.start()
    return Span(start, end)


def _sentences_end(ground: Ground, piece: Span) -> int:
    """Where a piece ends at the latest: with its sentence, but that quotation marks hold several together."""
    end = ground.sentence_at(piece.start).end
    while end < piece.end:
        at = ground.first(end)
        if at >= len(ground.words) or ground.starts[at] >= piece.end:
            break
        if not ground.quoted[at] and not ground.words_of(piece).startswith(_MARKS):
            return piece.start + len(ground.text[piece.start : end].rstrip(" .\n"))
        end = max(ground.sentence_at(ground.starts[at]).end, end + 1)
    return piece.end


def _without_addressee(ground: Ground, one: Attribution, how: Frame) -> tuple[Span, ...]:
    """The content without whom it was said to, where that stands at its head or is its first piece: "told the envoy,
    X, | that …". Where the labeller begins amid the addressee, it is read from the cue on.
    """
    at = next((at for at, piece in enumerate(one.content) if one.cue is not None and piece.start >= one.cue.end), None)
    if at is None or one.cue is None:
        return one.content
    begin, cue = one.content[at].start, one.cue.end
    if begin - cue > _NEAR:
        amid = how.verb in _TO_SOMEBODY and not ground.text.startswith(_MARKS, begin)
        if not amid or not _HEAD_OF_ADDRESSEE.fullmatch(ground.text, cue, begin):
            return one.content
        begin = cue + len(" ")
    last = min(at + (how.verb in _TO_SOMEBODY), len(one.content) - 1)
    start = _after_addressee(ground, how, Span(begin, one.content[last].end))
    after = tuple(Span(max(piece.start, start), piece.end) for piece in one.content[at:] if piece.end > start)
    return (*one.content[:at], *after)


def _after_addressee(ground: Ground, how: Frame, piece: Span) -> int:
    """Where the content begins after whom it was said to: "told X (that) …", "claims by X that …"."""
    start, end = piece
    text = ground.text
    if how.verb in _TO_SOMEBODY or (how.noun and not how.is_any("say")):
        met = _ADDRESSED.match(text, start, end)
        if met and not weak.has_clause(met[0].rpartition("that")[0]):
            return met.end()
    placed = _ADDRESSED.match(text, start, end) if _PLACE_BEFORE.search(text, max(0, start - 4), start) else None
    if placed is not None and not weak.has_clause(placed[0].rpartition("that")[0]):
        return placed.end()
    if how.verb == "tell":
        if met := _PRONOUN.match(text, start, end):
            return met.end()
        named = ground.named_in(Span(start, min(end, start + 60)))[:2]
        if (
            len(named) > 1
            and named[0][0].span.start == start
            and text[named[0][0].span.end : named[1][0].span.start] == " "
        ):
            return named[1][0].span.start
        for mention, _ in named:
            if text[start : mention.span.start].strip(" ").lower() in {"", "the"}:
                after = _AFTER_ADDRESSEE.match(text, mention.span.end, end)
                if after:
                    return after.end()
    return start
