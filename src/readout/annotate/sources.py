"""The words that name a source, put right: where a labeller took the end of what stands between commas, or too much.

No speaker is resolved here.
"""

from __future__ import annotations

import re

from readout.annotate import weak
from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.models import Span

_BETWEEN = re.compile(r"\b(?:is|was|are|were|be)\b|\b(?:of|by|to)\s+which\b")
_LED_BY = re.compile(r"\b(?:as|by|to|of|in|with|from|shown|seen|obtained|published|known)\b")
_RELATIVE = re.compile(r",?\s+(?:who|whom|which|whose|when|after|speaking|as)\b.*", re.DOTALL)
_LEADING = re.compile(
    r"[\s,;:–—-]*(?:(?:and|but|while|though|although|as|when|because|so|that)\s+)?"
    r"(?:it\s+(?:is|was)\s+(?:\w+\s+)?\w+ed\s+that\s+)?",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\s+in\s+\d{4}\b.*\Z"
    r"|\s+(?:(?:late|early|earlier)\s+)?(?:on|in|late|early|earlier|last|this)?\s*"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d+|week|month|year)\b.*\Z",
    re.DOTALL,
)
_TRAILING = re.compile(r"[\s,;:–—-]*(?:\s(?:in|has|have|had|also|later|then|then|on))?[\s,;:]*\Z")
_MARKS = frozenset("“”\"’'")
_OPENING_MARKS = "“\"‘'`«„ "
_TAIL = 16
_LONGEST = 8  # words of a subject at the head of its sentence
_CITED = re.compile(r"(?P<source>[^,.;:“”\"]{3,60}),?\s+that\s+")
_TOLD_BY = re.compile(
    r"(?:\w+ )?(?:was|were|been|being) (?:\w+ly )?"
    r"(?:(?:told|informed|assured|warned)|(?:accused|blamed|criticised|criticized)(?: (?:of|for))?)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s*by\s+(?P<source>[^,.;:“”\"]{2,60}?),?\s+(?:on\s+\w+\s+)?(?:that|for|of(?!\s+(?:his|her|the|their|its|all|those|these)\b))\s+(?=\S)"
)
_SAID = frozenset({"said", "says"})
_SAID_BY = re.compile(
    r"\s+(?P<source>(?:(?:the|an?|his|her|its|their|two|three|four|five|several|some)\s+[a-z][^,.;:“”\"\n]{1,70}?"
    r"|[A-Z][\w’'-]*(?:\s+(?:of\s+|and\s+|the\s+)?[A-Z][\w’'-]*){0,5}))"
    r"(?=[,.;]|\s+(?:on|in|late|early)\s|\n|\Z)"
)
_IF = re.compile(r",\s+(?=(?:if|unless|when|once|provided|because|and|but)\b)")
_REACH = 90
_APART = re.compile(r"[,;:–—“”\"()]|\s-\s|\b(?:and|but|while|that|when)\s")


def sourced(ground: Ground, one: Attribution) -> Attribution:
    """The attribution with its source put right."""
    if one.cue is not None and _TOLD_BY.fullmatch(ground.words_of(one.cue)):
        return _told_by(ground, one, one.cue)
    one = _inverted(ground, _swapped(ground, one))
    if one.source is None and one.cue is not None:
        one = one._replace(source=_subject(ground, one.cue))
    if one.source is None:
        return one
    source = _in_one_sentence(ground, one.source, one)
    if one.cue is None or one.cue.start > source.start:
        source = _before_comma(ground, source) or source
    source = _stripped(ground, source)
    if source == one.source:
        return one
    return one._replace(source=source if source.end > source.start else None)


def _told_by(ground: Ground, one: Attribution, cue: Span) -> Attribution:
    """Who told it to the subject of "X was told by Y that …": nobody whom the text names, where it does not say."""
    last = one.content[-1]
    met = _BY.match(ground.text, cue.end, last.end)
    if met is None or met.end() >= last.end:
        return one._replace(source=None)
    held = tuple(Span(max(piece.start, met.end()), piece.end) for piece in one.content if piece.end > met.end())
    return one._replace(source=Span(*met.span("source")), content=held)


def _subject(ground: Ground, cue: Span) -> Span | None:
    """The subject at the head of the sentence before an insertion: "The president, in an interview, | said"."""
    at = ground.first(cue.start)
    if at < 1 or at >= len(ground.words) or not ground.is_verb(at) or ground.words[at - 1] != ",":
        return None
    sentence = ground.sentence_at(cue.start)
    head = ground.text[sentence.start : cue.start].split(",")[0]
    within = ground.tokens(Span(sentence.start, sentence.start + len(head)))
    if not 0 < len(head.split()) <= _LONGEST or any(map(ground.is_verb, within)):
        return None
    start = sentence.start + len(head) - len(head.lstrip())
    return Span(start, start + len(head.strip()))


def _swapped(ground: Ground, one: Attribution) -> Attribution:
    """Words right before the cue are its source, not what it says: "Two of them | told | X that …"; so are those
    after "citing".
    """
    if one.cue is not None and ground.words_of(one.cue).lower() in {"citing", "quoting"}:
        return _cited(ground, one)
    if one.cue is None or len(one.content) == 1 or one.kind == "direct":
        return one
    for piece in one.content:
        gap = ground.text[piece.end : one.cue.start]
        if piece.end <= one.cue.start and gap == " " and not ground.words_of(piece).endswith(("”", '"', ",")):
            rest = tuple(other for other in one.content if other != piece)
            return one._replace(content=rest, source=piece)
    return one


def _inverted(ground: Ground, one: Attribution) -> Attribution:
    """Whose it is in "It will rain, says X, if …", where the labeller met only the end of what X says."""
    cue = one.cue
    if cue is None or one.kind == "direct" or ground.text[cue.start - len(", ") : cue.start] != ", ":
        return one
    head = Span(ground.sentence_at(cue.start).start, cue.start - len(", "))
    met = said_by(ground, cue)
    if met is None or (one.source is not None and one.source.end != head.end):
        return one
    rest = _IF.match(ground.text, met.end(), max(met.end(), one.content[-1].end))
    pieces = (head, Span(rest.end(), one.content[-1].end)) if rest else (head,)
    quoted = tuple(piece for piece in one.content if ground.text.startswith(tuple(_MARKS), piece.start))
    return one._replace(source=Span(*met.span("source")), content=tuple(sorted({*pieces, *quoted})))


def said_by(ground: Ground, cue: Span) -> re.Match[str] | None:
    """The source that follows the cue of a plain sentence: "It will rain, said | the mayor |, who …"."""
    head = ground.text[ground.sentence_at(cue.start).start : cue.start]
    if not _MARKS.isdisjoint(head) or ground.words_of(cue).lower() not in _SAID or not weak.has_clause(head):
        return None
    met = _SAID_BY.match(ground.text, cue.end)
    return None if met is None or weak.has_clause(met["source"]) else met


def _cited(ground: Ground, one: Attribution) -> Attribution:
    """Whom "A reported, citing B, that …" cites."""
    first = one.content[0]
    met = _CITED.match(ground.text, first.start, first.end)
    if met is not None:
        source = Span(first.start, first.start + len(met["source"]))
        return one._replace(content=(Span(met.end(), first.end), *one.content[1:]), source=source)
    return one._replace(content=one.content[1:], source=first) if len(one.content) > 1 else one


def _in_one_sentence(ground: Ground, source: Span, one: Attribution) -> Span:
    """The part of the source in the sentence that ends it, or that begins it where the cue stands before."""
    if one.cue is not None and one.cue.start < source.start:
        sentence = ground.sentence_at(source.start)
        return Span(source.start, min(source.end, max(sentence.end, source.start + 1)))
    sentence = ground.sentence_at(max(source.start, source.end - 1))
    return Span(max(source.start, sentence.start), source.end)


def _before_comma(ground: Ground, source: Span) -> Span | None:
    """The name before an insertion whose end was taken for the source: "X, as the office is known, | said"."""
    words = ground.words_of(source)
    sentence = ground.sentence_at(source.start)
    low = max(sentence.start, source.start - _REACH)
    before = ground.text[low : source.start]
    comma = before.rfind(",")
    if before[comma + 1 : comma + 2] in _MARKS:
        return None
    closed = words.rstrip().endswith(",") and (_BETWEEN.search(words) or _LED_BY.search(before, max(comma, 0)))
    known_as = _BETWEEN.search(words) and before[comma + 1 :].strip() in {"", "as"}
    if comma < 0 or not (closed or known_as):
        return None
    head = before[:comma]
    cuts = [met.end() for met in _APART.finditer(head)]
    start = cuts[-1] if cuts else 0
    name = head[start:].strip()
    if not name:
        return None
    begin = low + start + (len(head[start:]) - len(head[start:].lstrip()))
    said = re.match(r"(?:said|says|wrote|added|told)\s+", name)
    begin += said.end() if said else 0
    return Span(begin, low + comma) if begin < low + comma else None


def _stripped(ground: Ground, source: Span) -> Span:
    start, end = source
    met = _LEADING.match(ground.text, start, end)
    start = met.end() if met else start
    start += len(ground.text[start:end]) - len(ground.text[start:end].lstrip(_OPENING_MARKS))
    words = ground.text[start:end]
    relative = _RELATIVE.search(words)
    if relative is not None and "," in relative[0][:1]:
        words = words[: relative.start()]
    when = _WHEN.search(words)
    words = words[: when.start()] if when else words
    trailing = _TRAILING.search(words, max(0, len(words) - _TAIL))
    words = words[: trailing.start()] if trailing else words
    return Span(start, start + len(words))
