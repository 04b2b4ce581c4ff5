"""To whom a text is credited, and where it was filed: agency credits at the end, datelines in front, republication
lines, an author's few lines about himself. Knows the forms, and no agency's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from readout.models import Credit, Span

_NAME = r"[A-ZÀ-Þ][\w.&'’-]*(?: (?:of|de|the|and|[A-ZÀ-Þ0-9][\w.&'’-]*)){0,4}"
_NAMES = rf"{_NAME}(?:(?: ?/ ?|, ?| and ){_NAME}){{0,3}}"
_AFTER_STOP = r"(?:\A|(?P<stop>[.!?…][\"'”’»)\]]*))\s*"
_INPUTS = r"(?:[Ww]ith (?:inputs?|reporting|files|additional reporting|material) (?:from|by) |[Ss]ource: |[Vv]ia )?"

_BRACKETED = re.compile(rf"{_AFTER_STOP}[(\[]{_INPUTS}(?P<names>(?:the )?{_NAMES}(?: agencies)?)[)\]][.\s]*\Z")
_DASHED = re.compile(rf"{_AFTER_STOP}(?:—|–|--|-) ?{_INPUTS}(?P<names>{_NAMES})[.\s]*\Z")
_BARE = re.compile(rf"(?P<stop>[.!?…][\"'”’»)\]]*)\s+(?P<names>{_NAMES})\Z")
_INPUTS_LINE = re.compile(
    rf"{_AFTER_STOP}(?:With (?:inputs?|reporting|files|material) from|Source:) (?P<names>{_NAMES}?)"
    r"(?:,? and (?:news |other )?agencies)?[.\s]*\Z"
)
_REPUBLISHED = re.compile(
    r"\s*\b(?:This|The) (?:article|story|piece|report|text)(?: \w+)? (?:is|was|has been|first)(?: \w+){0,2}"
    r" (?:re)?(?:published|printed|posted|appeared)(?: with permission)? (?:from|by|in|on|courtesy of) "
    rf"(?P<names>{_NAME})(?=[ ,.]|\Z)[^\n]{{0,200}}\Z"
)
_STAFF = re.compile(
    rf"{_AFTER_STOP}\(?(?:(?:Additional )?[Rr]eporting|Writing|Editing|Edited) by [^.]{{3,200}}[.)\s]*\Z"
)
_CONTRIBUTED = re.compile(rf"{_AFTER_STOP}[A-ZÀ-Þ][^.!?]{{3,150}} contributed to this (?:report|story|article)[.\s]*\Z")
_BIOGRAPHY = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w.'’-]*){1,3})(?:,| is| was)(?: an?| the)? ?[^.!?]{0,160}"
    r"\b(?:professor|lecturer|fellow|researcher|reporter|correspondent|editor|journalist|columnist|author|analyst|"
    r"director|writer|scholar|scientist|candidate|student|historian|economist)\b[^!?]{0,200}\Z"
)
_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:(?:[ /]|, )[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,4}"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})(?:,? ?(?P<region>[A-ZÀ-Þ][\w.'’ -]{{2,25}}))??(?:,? (?P<day>{_DAY}))?"
    rf"(?: ?[(\[](?P<names>{_NAMES})[)\]])?,? ?(?:--|—|–|-|:)(?: |\Z)"
)
_AGENCY_FIRST = re.compile(rf"[(\[](?P<names>{_NAMES})[)\]] ?(?:--|—|–|-|:) ")
_LONGEST_DATELINE = 110
_LONGEST_ENDING = 600
_SEPARATOR = re.compile(r" ?/ ?|, ?| and ")


@dataclass(frozen=True)
class Ending:
    """What stands after a body's last word: where it starts, what it credits, whom it names as author."""

    start: int
    credits: tuple[Credit, ...] = ()
    author: str | None = None


@dataclass(frozen=True)
class Opening:
    """What a dateline in front of a body says: the place, the day as written, the agency."""

    place: str | None
    day: str | None
    credits: tuple[Credit, ...]


def ending(text: str, offset: int = 0) -> Ending:
    """Where the body ends in `text` and what stands after it. Spans count from `offset`.

    Takes one thing off the end after another: republication line, staff line, agency credit, then, where a
    republication line stood, the author's biography before it.
    """
    end = len(text.rstrip())
    found: list[Credit] = []
    author = None
    while True:
        start = max(0, end - _LONGEST_ENDING)
        match = _last_ending(text[start:end])
        if match is None:
            return Ending(end, tuple(found), author)
        if "names" in match.re.groupindex:
            found[:0] = names(match["names"], match.start("names") + start + offset)
        end = len(text[: start + _stop(match)].rstrip())
        if match.re is _REPUBLISHED:
            author, end = _biography(text, end)


def _last_ending(tail: str) -> re.Match[str] | None:
    """The ending that closes a text whose last characters are `tail`; a word of each is looked for first."""
    for pattern, hints, reach in _ENDINGS:
        begin = max(0, len(tail) - reach)
        for hint in hints:
            if tail.find(hint, begin) >= 0:
                match = pattern.search(tail, begin)
                if match:
                    return match
                break
    return None


def opening(text: str, offset: int = 0) -> Opening | None:
    """The dateline that `text` begins with, or None. It stays part of the body. Spans count from `offset`."""
    match = _DATELINE.match(text[:_LONGEST_DATELINE]) or _AGENCY_FIRST.match(text[:_LONGEST_DATELINE])
    if match is None:
        return None
    groups = match.groupdict()
    credited = names(match["names"], match.start("names") + offset) if match["names"] else []
    return Opening(groups.get("place"), groups.get("day"), tuple(credited))


def names(text: str, start: int) -> list[Credit]:
    """Each name of a list such as "AFP/Reuters", with its span."""
    found = []
    at = 0
    for piece in _SEPARATOR.split(text):
        at = text.index(piece, at)
        name = piece.removeprefix("the ").removesuffix(" agencies").strip()
        if name:
            found.append(Credit(name, Span(start + at, start + at + len(piece))))
        at += len(piece)
    return found


def _stop(match: re.Match[str]) -> int:
    """Where an ending begins: after the stop that it needs before it."""
    stop = match.groupdict().get("stop")
    return match.end("stop") if stop else match.start()


def _biography(text: str, end: int) -> tuple[str | None, int]:
    """An author's biography that closes the text, as republished articles have it: its name, and where it starts."""
    start = max((text.rfind(mark, 0, end) for mark in (". ", "? ", "! ", '." ', ".” ", "\n")), default=-1)
    start = start + 2 if start >= 0 else 0
    match = _BIOGRAPHY.fullmatch(text[start:end].strip())
    return (match["name"], len(text[:start].rstrip())) if match else (None, end)


_ENDINGS = (
    (_REPUBLISHED, ("ublished", "rinted", "posted", "ppeared"), _LONGEST_ENDING),
    (_STAFF, ("porting by", "riting by", "diting by", "dited by"), 300),
    (_CONTRIBUTED, ("contributed to this",), 240),
    (_INPUTS_LINE, ("With ", "Source:"), 120),
    (_BRACKETED, (")", "]"), 120),
    (_DASHED, ("—", "–", "-"), 100),
    (_BARE, (". ", "! ", "? ", '" ', "” ", "’ ", "' "), 60),
)
