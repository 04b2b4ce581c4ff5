"""What a text tells of an encounter: its day and length, who asked for it, where it was, which of several. Pure.

Each answer is a stretch of the text, with who says it: the speaker in whose words it stands, else the outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from readout.compare import meetings
from readout.compare.meetings import Masked, Met, Sides
from readout.compare.sides import of_land
from readout.models import UNRESOLVED, Detail, DetailKind, EncounterKind, EntityKind, Figure, Span, Statement

REACH = 450  # characters behind a sentence that names an encounter in which statements are of it
_MINUTES = {"second": 1 / 60, "minute": 1.0, "hour": 60.0, "day": 1440.0}
_E = "\ue000\ue001*"
_GAP = "[^\ue000.;:!?\n]"
_SOUGHT = "(?:asked for|requested|initiated|placed|sought|proposed|arranged)"
_WHAT = r"(?:(?:tele)?phone |video )?(?:call|conversation|meeting|summit|talks|negotiations|letter)"
_A_MEETING = rf"(?:the|a|this|that) (?:\w+ )?{_WHAT}"
_WISH = "(?:request|initiative|invitation)"
_HAD = "(?: had| has)?"
_SIDE = "(?:side|government|president|leader|party)"
_ASKED = (
    rf"\bat (?:the )?{_WISH} of the (?P<side>[A-Z]\w+) {_SIDE}",
    rf"\bat (?:the )?{_WISH} of [^\ue000.,;:!?“”\"\n]{{0,40}}?(?P<who>{_E})",
    rf"\bat (?P<who>{_E})['’]s? (?:own )?{_WISH}",
    rf"(?P<who>{_E})(?:['’]s? [^\ue000.;:!?,\n]{{1,30}}?)?(?: who)?{_HAD} {_SOUGHT} {_A_MEETING}",
    rf"{_WHAT}[^\ue000.;:!?\n]{{0,30}}? {_SOUGHT} by {_GAP}{{0,40}}?(?P<who>{_E})",
    rf"\b(?:received|took|taken) an? (?:\w+ )?(?:(?:tele)?phone )?call from {_GAP}{{0,50}}?(?P<who>{_E})",
    rf"(?P<who>{_E}){_HAD} (?:rang|phoned|telephoned) (?:{_E}|him\b|her\b|us\b|them\b)",
    rf"(?P<who>{_E})(?: had| has) called\b(?! (?:for|on|it|the)\b)",
)
_PLACE = re.compile(rf"\A{_GAP}{{0,60}}?\b(?:in|at) (?:the )?(?P<where>{_E})")
_LASTED = re.compile(r"\b(?:last(?:ed|s|ing)?|took|for|spent|gave|ran)\b")
_LONG = re.compile(
    r"[ -](?:long )?(?:(?:tele)?phone )?(?:call|conversation|meeting|summit|talks)\b|-long | of talks\b| long\b"
)
_BEFORE = 40


def mention(read: Masked, told: Met, sides: Sides) -> Detail:
    """The words that tell of the encounter."""
    return _detail(read, DetailKind.DAY, told.when, _trimmed(read, told.span), sides)


def details(read: Masked, told: Met, sides: Sides, family: EncounterKind) -> Iterator[Detail]:
    """What the sentence answers."""
    if told.when:
        for one in read.report.annotation.times:
            if one.value.startswith(told.when) and told.sentence.start <= one.span.start < told.sentence.end:
                yield _detail(read, DetailKind.DAY, told.when, one.span, sides)
                break
    yield from _lengths(read, told, sides, family)
    yield from _asked(read, told, sides)
    yield from _places(read, told, sides)
    for kind, name in ((DetailKind.ORDER, "ordinal"), (DetailKind.TOPIC, "topics")):
        found = meetings.wording(name).search(read.read.text, *told.sentence)
        if found and kind is DetailKind.ORDER and family is _noun(found[0]):
            yield _detail(read, kind, found["which"].lower(), _cut(read, Span(*found.span())), sides)
        elif found and kind is DetailKind.TOPIC:
            span = _cut(read, Span(*found.span("object")))
            yield _detail(read, kind, read.read.text[span.start : span.end].lower(), span, sides)


@cache
def _noun(words: str) -> EncounterKind | None:
    """The family of an encounter that the words name; of "the fifth time" nobody knows."""
    lower = words.lower()
    if re.search(r"\b(?:call|conversation|time|contact)", lower):
        return EncounterKind.CALL
    return EncounterKind.MEETING if re.search(r"\b(?:meeting|summit|talks|round)", lower) else None


def _lengths(read: Masked, told: Met, sides: Sides, family: EncounterKind) -> Iterator[Detail]:
    if not meetings.wording("lasted").search(read.read.text, *told.sentence):
        return
    for one in read.report.annotation.figures:
        minutes = _MINUTES.get(one.unit)
        if minutes is None or not told.sentence.start <= one.span.start < told.sentence.end:
            continue
        if one.unit == "day" and family is not EncounterKind.MEETING:
            continue
        if _tells_length(read, one):
            value = f"{one.modifier or ''} {one.low * minutes:g} {one.high * minutes:g}".strip()
            yield _detail(read, DetailKind.LENGTH, value, _with_modifier(read, one), sides)


def _tells_length(read: Masked, one: Figure) -> bool:
    """Whether "lasted" or "for" stands close before it, or "-long call" behind."""
    before = read.read.text[max(0, one.span.start - _BEFORE) : one.span.end]
    after = read.read.text[one.span.end : one.span.end + _BEFORE]
    return _LASTED.search(before) is not None or _LONG.match(after) is not None


def _with_modifier(read: Masked, one: Figure) -> Span:
    if not one.modifier:
        return one.span
    at = read.read.text.rfind(one.modifier, max(0, one.span.start - len(one.modifier) - 8), one.span.end)
    return Span(min(at, one.span.start), one.span.end) if at >= 0 else one.span


def _asked(read: Masked, told: Met, sides: Sides) -> Iterator[Detail]:
    for pattern in _initiators():
        found = pattern.search(read.text, *told.sentence)
        if not found:
            continue
        groups = found.groupdict()
        side = groups.get("side") or ""
        named = sides(read.entities[found.start("who")].name) if groups.get("who") else ""
        who = named or of_land(side, sides.of.values()) or side
        if who and who != UNRESOLVED:
            yield _detail(read, DetailKind.ASKED, who, Span(*found.span()), sides)
            return


def _places(read: Masked, told: Met, sides: Sides) -> Iterator[Detail]:
    if told.family is EncounterKind.MEETING and told.names:
        found = _PLACE.search(read.text[told.span.end : told.sentence.end])
        if found:
            at = told.span.end + found.start("where")
            one = read.entities[at]
            if one.kind is EntityKind.PLACE:
                yield _detail(read, DetailKind.PLACE, one.name, Span(at, told.span.end + found.end("where")), sides)


def _detail(read: Masked, kind: DetailKind, value: str, span: Span, sides: Sides) -> Detail:
    report = read.report
    said = _said(report.annotation.statements, span)
    name = said.speaker.name if said else report.article.outlet or UNRESOLVED
    return Detail(
        kind,
        value,
        name,
        sides(name) if said and name != UNRESOLVED else "",
        report.article.id,
        report.article.outlet or "",
        report.origin or report.article.id,
        span,
        read.read.text[span.start : span.end],
        said.id if said else None,
    )


def _said(statements: Sequence[Statement], span: Span) -> Statement | None:
    """The statement in whose content it stands; the innermost."""
    held = [
        (sum(end - start for start, end in one.content), one.id, one)
        for one in statements
        if any(start <= span.start and span.end <= end + 1 for start, end in one.content)
    ]
    return min(held)[2] if held else None


def _cut(read: Masked, span: Span) -> Span:
    """Up to where the clause goes on to something else."""
    found = meetings.wording("cut").search(read.read.text, *span)
    return _trimmed(read, Span(span.start, found.start() if found and found.start() > span.start else span.end))


def _trimmed(read: Masked, span: Span) -> Span:
    words = read.read.text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - len(words) + len(words.rstrip(" ,;:-–—\n"))))


@cache
def _initiators() -> Sequence[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in _ASKED]
