"""Attributions inside attributions: "A said B told C that …" is B's statement, and A passed it on.

What only reports a part of a quotation is kept beside it, as nested.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from readout.annotate import conventions
from readout.annotate.frames import REPORTING, frame, is_finite
from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.annotate.lists import lists
from readout.annotate.trimming import DATELINE
from readout.models import Span

_INNER = frozenset(
    """said says told tells warned insisted stressed replied promised informed assured repeated reiterated asserted
    emphasized emphasised""".split()
)
_OF = frozenset({"spoke", "speaks", "spoken"})
_SPEAKING = _INNER | _OF
_TO_SOMEBODY = frozenset({"told", "tells", "informed", "assured", "warned", "promised"})
_AUXILIARY = frozenset({"had", "has", "have", "also", "once"})
_OWN_VOICE = frozenset(
    {"i", "we", "you", "there", "this", "that", "what", "if", "when", "as", "nobody", "everyone", "anyone"}
)
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_OF_OTHERS = frozenset({"he", "she"})  # in what somebody is quoted with, somebody else
_DONE_TO = frozenset("was were is are been being".split())  # before a verb of telling: it was told to the subject
_OPENING = frozenset({"“", '"', "‘", "'", "``", "that", ","})
_LONGEST = 7
_FEWEST = 3
_PIECES = 2
_OVERLAPPING = 6  # pieces of content before a cue that may hold it
_MOST = 0.55  # of a content that an inner one must hold to stand for it
_CITING = re.compile(
    r"[\w\s]{0,24},?\s+(?:citing|quoting)\s+(?P<source>(?=\S)[^,.;:“”\"]{1,70}?[^\s,.;:“”\"])\s*(?=,|\.|:|\s+that\b|\s+as\b)"
)
_REACH = 120
_TOLD_BEFORE = re.compile(
    r"\s*(?P<source>[^,.;:“”\"]{2,60}?)\s+(?:had\s+|has\s+)?(?P<cue>told|said|warned|assured)(?:\s+[^,.;:“”\"]{2,40})?,\s*"
)
_TOLD_THAT = re.compile(
    r"\s*(?:(?:And|But|Yet)\s+)?(?P<source>[^,.;:“”\"]{2,60}?)(?<!was)(?<!were)(?<!been)\s+(?:had\s+|has\s+)?"
    r"(?P<cue>told|warned|assured|informed)\s+[^.;:“”\"]{2,120}?\s+that\s+"
)
# A claim that another speaks of: he denies it, repeats it or doubts it, and it stays a statement of whose it is.
_OTHERS_CLAIM = re.compile(
    r"(?P<source>[A-Z][^,.;:“”\"\n]{1,50}?)(?:['’]s|(?<=s)['’]) (?:\w+ ){0,2}"
    r"(?P<cue>claims?|allegations?|accusations?|assertions?|suggestions?|charges?|insistence) that (?P<content>.{12,})",
    re.DOTALL,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"‘])")


class Layer(NamedTuple):
    """An attribution with the sources that pass it on, the one nearest the speaker first."""

    one: Attribution
    relays: tuple[Span, ...] = ()
    nested: bool = False


@dataclass
class _Table:
    """The attributions of an article while they are unwrapped."""

    ground: Ground
    found: list[Attribution]
    relays: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    nested: set[int] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)


def unwrapped(ground: Ground, found: Sequence[Attribution]) -> list[Layer]:
    """The attributions with nested ones resolved inwards, in order."""
    table = _Table(ground, list(found))
    _cite(table)
    _parse(table)
    _pair(table)
    table.found += list(_claimed(table))
    layers = [
        Layer(one, table.relays.get(number, ()), number in table.nested)
        for number, one in enumerate(table.found)
        if number not in table.dropped
    ]
    return sorted(layers, key=lambda layer: layer.one.content)


def _cite(table: _Table) -> None:
    """What A reports "citing B" is B's."""
    ground = table.ground
    for number, one in enumerate(table.found):
        if one.cue is None or one.source is None:
            continue
        if (beside := _told_before(ground, one, one.cue) or _told_after(ground, one, one.cue)) is not None:
            table.relays[number] = (one.source,)
            table.found[number] = beside
            continue
        met = _CITING.match(ground.text, one.cue.end, one.cue.end + _REACH)
        if met is not None and not any(
            piece.start < met.end("source") and met.start() < piece.end for piece in one.content
        ):
            table.relays[number] = (one.source,)
            table.found[number] = one._replace(source=Span(*met.span("source")))


def _told_before(ground: Ground, one: Attribution, cue: Span) -> Attribution | None:
    """What is X's in "X told Y, according to Z, that …", where the labeller took Z for the source."""
    if not ground.words_of(cue).lower().startswith("according") or one.content[0].start < cue.end:
        return None
    sentence = ground.sentence_at(cue.start)
    met = _TOLD_BEFORE.fullmatch(ground.text, sentence.start, cue.start)
    return None if met is None else one._replace(source=Span(*met.span("source")), cue=Span(*met.span("cue")))


def _told_after(ground: Ground, one: Attribution, cue: Span) -> Attribution | None:
    """What is X's in "X told Y that …, his office said", where the labeller took the office for the source."""
    first = one.content[0]
    if one.kind == "direct" or first.end > cue.start or not ground.text.endswith("that ", 0, first.start):
        return None
    sentence = ground.sentence_at(first.start)
    dateline = DATELINE.match(ground.text, sentence.start, first.start)
    met = _TOLD_THAT.fullmatch(ground.text, dateline.end() if dateline else sentence.start, first.start)
    if met is None or cue.start >= sentence.end:
        return None
    before = tuple(piece for piece in one.content if piece.end <= cue.start)
    return one._replace(content=before, source=Span(*met.span("source")), cue=Span(*met.span("cue")))


def _parse(table: _Table) -> None:
    """Contents that begin with a source and a verb of saying of their own."""
    for number, one in enumerate(list(table.found)):
        if one.source is None or len(one.content) > _PIECES:
            continue
        for piece in one.content:
            inner = list(_inner(table.ground, piece, quoted=one.kind == "direct"))
            if not inner:
                continue
            for source, cue, content in inner:
                made = _made(table, one, source, cue, content)
                if made is not None:
                    table.dropped |= {at for at, other in enumerate(table.found) if at != number and other.cue == cue}
                    table.relays[len(table.found)] = (one.source,)
                    table.found.append(made)
                    _without(table, number, piece)


def _made(table: _Table, outer: Attribution, source: Span, cue: Span, content: Span) -> Attribution | None:
    kind = outer.kind
    one = Attribution((content,), cue, source, kind, outer.confidence)
    fitted = conventions.to_statement_spans(table.ground.text, one)
    return fitted._replace(kind="direct") if fitted is not None and kind == "direct" else fitted


def _without(table: _Table, number: int, piece: Span) -> None:
    rest = tuple(one for one in table.found[number].content if one != piece)
    if rest:
        table.found[number] = table.found[number]._replace(content=rest)
    else:
        table.dropped.add(number)


def _inner(ground: Ground, piece: Span, *, quoted: bool) -> Iterator[tuple[Span, Span, Span]]:
    """Source, cue and content of each sentence of a piece; nothing unless every sentence has them."""
    begin = ground.first(piece.start)
    if _SPEAKING.isdisjoint(ground.lower[begin : begin + _LONGEST + 3]):
        return
    start = piece.start
    found: list[tuple[Span, Span, Span]] = []
    text = ground.words_of(piece)
    for sentence in [*_SENTENCE.finditer(text), None]:
        end = piece.start + sentence.start() if sentence else piece.end
        read = _reading(ground, Span(start, end), first=not found, quoted=quoted)
        if read is None:
            return
        found.append(read)
        start = piece.start + sentence.end() if sentence else end
    yield from found


def _reading(ground: Ground, sentence: Span, *, first: bool, quoted: bool) -> tuple[Span, Span, Span] | None:
    places = ground.tokens(sentence)
    at = places.start
    while at < places.stop and ground.lower[at] in _OPENING:
        at += 1
    if at >= places.stop or ground.lower[at] in _OWN_VOICE:
        return None
    for verb in range(at + 1, min(places.stop, at + _LONGEST)):
        word = ground.lower[verb]
        if not word[0].isalnum() and word not in {"'s", "’s", "."}:
            return None
        if word in _INNER or (word in _OF and verb + 1 < places.stop and ground.lower[verb + 1] == "of"):
            last = verb - 1
            while last > at and ground.lower[last] in _AUXILIARY:
                last -= 1
            own = _PRONOUNS - _OF_OTHERS if quoted else _PRONOUNS
            if (first and at == last and ground.lower[at] in own) or not _is_source(ground, at, last):
                return None
            begin = _content(ground, verb, places.stop)
            end = places.stop - 1
            if end - begin + 1 < _FEWEST:
                return None
            content = Span(ground.starts[begin], _unmarked(ground, ground.starts[begin], sentence.end))
            return ground.span(at, last), ground.span(verb, verb), content
    return None


def _unmarked(ground: Ground, start: int, end: int) -> int:
    """The end without a closing mark that nothing opens."""
    words = ground.text[start:end]
    if words.endswith(("”", '"', "’", "'")) and not words.startswith(("“", '"', "‘", "'")) and "“" not in words:
        return start + len(words[:-1].rstrip(",. "))
    return end


def _is_source(ground: Ground, first: int, last: int) -> bool:
    if first == last and ground.lower[first] in _PRONOUNS:
        return True
    span = ground.span(first, last)
    if ground.lower[last] in _DONE_TO or any(is_finite(ground.lower[at]) for at in range(first, last + 1)):
        return False
    return bool(ground.named_in(span)) or ground.lower[last] in lists().roles


def _content(ground: Ground, verb: int, stop: int) -> int:
    at = verb + 1
    word = ground.lower[verb]
    if word in _OF:
        return at + 1
    if word in _TO_SOMEBODY and at < stop:
        that = next((place for place in range(at, min(stop, at + _LONGEST)) if ground.lower[place] == "that"), None)
        if that is not None:
            return that + 1
        for mention, _ in ground.named_in(ground.span(at, min(stop, at + 3) - 1))[:1]:
            at = ground.first(mention.span.end)
        if at < stop and ground.lower[at] in {"him", "her", "them", "reporters", "us", "me"}:
            at += 1
    return at + (at < stop and ground.lower[at] == "that")


def _pair(table: _Table) -> None:
    """Attributions whose cue stands in another's content."""
    pieces = sorted((piece, number) for number, one in enumerate(table.found) for piece in one.content)
    starts = [piece.start for piece, _ in pieces]
    for number, inner in enumerate(table.found):
        if inner.cue is None or number in table.dropped:
            continue
        at = bisect_right(starts, inner.cue.start)
        for piece, other in reversed(pieces[max(0, at - _OVERLAPPING) : at]):
            outer = table.found[other]
            if inner.cue.end > piece.end or other == number or other in table.dropped or outer.cue == inner.cue:
                continue
            if piece in outer.content:
                _settle(table, number, other)
                break


def _settle(table: _Table, number: int, other: int) -> None:
    inner, outer = table.found[number], table.found[other]
    how = frame(table.ground.words_of(inner.cue)) if inner.cue else None
    speaks = how is not None and how.is_any(*REPORTING) and inner.source is not None
    if not speaks or inner.source == outer.source or _is_own(table.ground, inner, outer):
        table.dropped.add(number)
        return
    relay = (outer.source,) if outer.source is not None else ()
    begins = inner.source.start if inner.source is not None else inner.content[0].start
    covered = (inner.content[-1].end - min(begins, inner.content[0].start)) / max(1, _size(outer.content))
    if outer.kind != "direct" and covered >= _MOST and how is not None and set(how.words) & _INNER:
        table.dropped.add(other)
        table.relays[number] = (*table.relays.get(number, ()), *relay, *table.relays.get(other, ()))
    else:
        table.nested.add(number)
        table.relays[number] = (*table.relays.get(number, ()), *relay)


def _is_own(ground: Ground, inner: Attribution, outer: Attribution) -> bool:
    """Whether a pronoun at the head of what is reported stands for who reports it: "X said it had warned …"."""
    if inner.source is not None and ground.words_of(inner.source).lower() in {"i", "we"}:
        return True
    if inner.source is None or outer.kind == "direct" or inner.source.start - outer.content[0].start > _FEWEST:
        return False
    return ground.words_of(inner.source).lower() in _PRONOUNS


def _claimed(table: _Table) -> Iterator[Attribution]:
    """The claims of others of which contents speak: "Norholt's earlier claims that …"."""
    for number, one in enumerate(table.found):
        if number in table.dropped or one.kind == "direct" or one.cue is None or len(one.content) > 1:
            continue
        start = one.content[0].start
        met = _OTHERS_CLAIM.fullmatch(table.ground.words_of(one.content[0]))
        if met is None:
            continue
        source, cue, content = (Span(*(start + at for at in met.span(name))) for name in ("source", "cue", "content"))
        made = _made(table, one, source, cue, content) if table.ground.named_in(source) else None
        if made is not None:
            yield made


def _size(content: Sequence[Span]) -> int:
    return sum(piece.end - piece.start for piece in content)
