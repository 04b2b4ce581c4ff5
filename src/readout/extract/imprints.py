"""Imprints: lines that say when something was published and by whom, in one piece: "Harbour Post · 3 hours ago",
"RTHK13 hours ago", "By Ana Poe, Harbour Post, 5 June 2025". Knows the forms, and no outlet's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readout.extract import ages, writers

_LONGEST = 160
_SENTENCE = 70  # characters from which what ends as a sentence is one
_STOPS = (".", "?", "!", '."', ".”", '"', "”", "'", "’")
_LONGEST_OUTLET = 60
_OUTLET_WORDS = 7
_SEPARATOR = re.compile(r"\s*[·•|｜∙]\s*|\s+[–—/-]\s+|\t+")
_SEPARATES = re.compile(r"[·•|｜∙–—/\t-]")
_READING = re.compile(
    r"\d{1,3}[ -]?min(?:ute)?s?(?:\.| to)? read|(?:reading time|lesezeit|temps de lecture):? ?\d{1,3} ?min\w*",
    re.IGNORECASE,
)
_READ_ENDS = "dD)"
_READING_AFTER = re.compile(r"\s*[,(·|]?\s*\d{1,3}[ -]?min(?:ute)?s? read\)?\Z", re.IGNORECASE)
_BY = re.compile(r"(?<=\w) by (?=\w)")
_SOURCE = re.compile(r"Source: ?|\bEditor: ?\S+")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\b")
_MARKS = " ·|,•–—-("

# Glued: no space between the name and the age. Two digits are taken where both fit the unit (59 minutes, 23 hours, 31
# days), because sites switch to the next unit there; so "News2413 hours ago" is News24, 13 hours.
_GLUED = re.compile(
    r"(?:(?:[1-5]\d|\d)\s+(?:second|minute)s?|(?:1\d|2[0-3]|\d)\s+hours?|(?:[12]\d|3[01]|\d)\s+days?|\d\s+weeks?"
    r"|(?:1[01]|\d)\s+months?|\d{1,2}\s+years?|an?\s+(?:second|minute|hour|day|week|month|year)"
    r"|a\s+few\s+(?:seconds|minutes|hours|days))\s+ago\Z"
    r"|(?:yesterday|just now)\Z"
    r"|(?:0[1-9]|[12]\d|3[01])(?P<dmy>[-/.])(?:0[1-9]|1[0-2])(?P=dmy)(?:19|20)\d{2}\Z"
    r"|(?:19|20)\d{2}(?P<ymd>[-/.])(?:0[1-9]|1[0-2])(?P=ymd)\d{2}\Z",
    re.IGNORECASE,
)
_LONGEST_GLUED = 24
_GLUED_ENDS = (*"0123456789", "ago", "day", "now", "AGO", "DAY", "NOW")
_PART_WORDS = 14  # of one part between marks, several authors included
_PIECES = 8  # of a line split at commas or spaces


@dataclass(frozen=True)
class Imprint:
    """What an imprint says; `age` as written, without a label."""

    age: str
    outlet: str | None = None
    authors: tuple[str, ...] = ()


def imprint(line: str) -> Imprint | None:
    """The imprint that is all there is to a line, or None, for a sentence that happens to end so too."""
    if not 1 < len(line) <= _LONGEST or (len(line) > _SENTENCE and line.endswith(_STOPS)) or not ages.may_hold(line):
        return None
    if line.count("\t") > 1:  # a row of a table
        return None
    if line[-1] in _READ_ENDS:
        line = _READING_AFTER.sub("", line)
    if line.startswith("Source:"):
        line = " ".join(_SOURCE.sub(" ", line).split())
    parts = [part for part in _SEPARATOR.split(line) if part] if _SEPARATES.search(line) else [line]
    ends = ages.may_end(line)
    if not ends and len(parts) < 2:  # noqa: PLR2004 - an age may stand first only where a mark closes it
        return None
    age = ages.alone(line)
    if age:
        return Imprint(age)
    joined = _joined(parts) if len(parts) > 1 else None
    if joined or not ends:
        return joined
    return _glued(line) or _with_commas(line) or _spaced(line)


def _joined(parts: Sequence[str]) -> Imprint | None:
    """The imprint whose parts these are: an age, and beside it names, a byline, a reading time."""
    if any(part.count(" ") > _PART_WORDS for part in parts):
        return None
    age = outlet = None
    authors: tuple[str, ...] = ()
    for part in parts:
        when = ages.alone(part)
        named, house = _named(part)
        if when:
            age = age or when
        elif named or house:
            authors, outlet = authors + named, outlet or house
        elif not (_READING.fullmatch(part) or _CLOCK.match(part) or ages.is_label(part)):
            return None
    return Imprint(age, outlet, authors) if age else None


def _named(part: str) -> tuple[tuple[str, ...], str | None]:
    """The authors and the outlet that a part names: a byline, a name, or a name with a byline behind it."""
    named, house = writers.read(part)
    if named:
        return named, house
    between = _BY.search(part)
    behind = writers.read(part[between.start() :].lstrip())[0] if between else ()
    name = part[: between.start()] if between and behind else part
    return behind, name if _is_name(name) and not _CLOCK.match(name) else None


def _glued(line: str) -> Imprint | None:
    if not line.endswith(_GLUED_ENDS):
        return None
    for start in range(max(1, len(line) - _LONGEST_GLUED), len(line)):
        if _GLUED.match(line, start):
            outlet = line[:start].rstrip(_MARKS)
            named, house = writers.read(outlet)
            if named:
                return Imprint(line[start:], house, named)
            fits = (
                _is_strict_name(outlet) if line[start - 1] == " " and outlet == line[: start - 1] else _is_name(outlet)
            )
            return Imprint(line[start:], outlet) if fits else None
    return None


def _with_commas(line: str) -> Imprint | None:
    """Names and a date with commas between them, the date last; its own commas belong to it."""
    pieces = line.split(", ", _PIECES)
    for i in range(1, len(pieces)):
        age = ages.alone(", ".join(pieces[i:]))
        if not age:
            continue
        named, outlet = writers.read(", ".join(pieces[:i]))
        if named:
            return Imprint(age, outlet, named)
        return Imprint(age, pieces[0]) if i == 1 and _is_strict_name(pieces[0]) else None
    return None


def _spaced(line: str) -> Imprint | None:
    """A name and a date with nothing but a space between them."""
    pieces = line.split(" ", _PIECES + _OUTLET_WORDS)
    for i in range(1, min(len(pieces), _OUTLET_WORDS + 1)):
        age = ages.alone(" ".join(pieces[i:]))
        if age:
            outlet = " ".join(pieces[:i])
            named, house = writers.read(outlet)
            if named:
                return Imprint(age, house, named)
            return Imprint(age, outlet) if _is_strict_name(outlet) and any(map(str.isdigit, age)) else None
    return None


def _is_name(outlet: str) -> bool:
    return (
        0 < outlet.count(" ") + 1 <= _OUTLET_WORDS
        and 0 < len(outlet) <= _LONGEST_OUTLET
        and outlet[0].isalnum()
        and outlet[-1] not in ".?!:"
        and not ages.is_label(outlet)
    )


def _is_strict_name(outlet: str) -> bool:
    return _is_name(outlet) and writers.is_name(outlet) and not outlet[0].isdigit()
