"""When a text was published, worked out from the days that it speaks of.

A dateline's day is the day of filing. Otherwise news names a day by weekday and date together ("on Thursday, June 5")
when it is about now, and the weekday fixes the year. A day that is announced, or that another year is named with, says
nothing about publication, nor does a bare "May 30": such dates are mostly older than a week, or to come. Saying less is
better than saying it wrong. Every look into the text is a plain search or stays within a few words: linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from readout.extract import almanac
from readout.extract.clocks import a_day, last_before
from readout.models import Basis, Moment, Precision
from readout.text.occurrences import Finder

_DAY_AFTER = re.compile(
    r"\.?\s{1,2}(?P<d>\d{1,2})(?:st|nd|rd|th)?(?![\d%]|[:.,]\d)(?:,?\s{1,2}(?P<y>(?:19|20)\d\d)(?!\d))?"
)
_DAY_BEFORE = re.compile(r"(?<![\d.,:])(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s{1,2}(?:of\s|de\s)?\Z")
_YEAR_AFTER = re.compile(r"\.?,?\s{1,2}(?:de\s|del\s)?(?P<y>(?:19|20)\d\d)(?!\d)")
_WEEKDAY_BEFORE = re.compile(
    r"(?<!\w)(?P<w>[^\W\d_]+(?:-feira)?)\.?,?\s{1,2}(?:(?:morning|afternoon|evening|night|the|den|le),?\s{1,2})?\(?\Z"
)
_NOT_NOW = re.compile(
    r"\b(?:after|until|till|by|before|from|since|through|to|than|for|starting|beginning|due|next|between|last|every"
    r"|deadline|of)\s{1,2}(?:on\s{1,2}|the\s{1,2})?\Z",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|would|shall|may|scheduled|slated|plans?|planned|planning|expected|expects|upcoming|ahead of|to be held"
    r"|is set|are set|is to|are to|set for|take place|takes place|anniversary)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?][\"'”’)]*\s")
_AFTER_DATELINE = re.compile(r",?\s{0,2}(?:\([^()]{2,40}\)|/[^/\n]{2,30}/)?,?\s{0,2}(?:—|–|--|-\s|:\s|/\s)")
_BEFORE_DATELINE = re.compile(r"(?>(?:[^\W\d_a-z][\w.'’-]*+[\s,(/]{1,3}+){0,8})(?:[^\W\d_a-z][\w.'’]*+)?[—–-]{0,2}\s?")
_DATELINE_REACH = 90
_REACH = 30  # characters before a date in which its weekday and preposition stand
_SENTENCE = 120
_RECENT = timedelta(days=31)
_WEEKDAY_YEARS = 12  # a weekday and a date agree again within this many years


class Clue(NamedTuple):
    """A day that a text speaks of: where, and which as far as the words say. `weekday` counts from Monday = 0."""

    start: int
    end: int
    month: int
    day: int
    year: int | None
    weekday: int | None


def inferred(text: str, bound: datetime | None, *, trusted: bool = True, language: str | None = None) -> Moment | None:
    """The day a text was published, from the days that it speaks of as past or present; None where none is good enough.

    `bound` (UTC) is when the page was captured; `trusted` says whether that is known, or only that it was not later.
    """
    found = _clues(text, language or "en")
    latest = bound.date() + timedelta(days=1) if bound else None
    dateline = next((clue for clue in found if _is_dateline(clue, text)), None)
    if dateline and (day := _dateline_day(dateline, found, latest, trusted=trusted)):
        return _moment(day, dateline, text) if latest is None or day <= latest else None
    dated = [(day, clue) for clue in found if (day := _now(clue, text, latest, trusted=trusted))]
    if not dated:
        return None
    day, clue = max(dated)
    return _moment(day, clue, text)


def _moment(day: date, clue: Clue, text: str) -> Moment:
    wording = " ".join(text[clue.start : clue.end].split())
    return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC), Precision.DAY, Basis.INFERRED, wording)


def _now(clue: Clue, text: str, latest: date | None, *, trusted: bool) -> date | None:
    """The day of a clue that may be the day of publication."""
    if clue.weekday is None and clue.year is None:
        return None
    day = _fixed(clue, latest)
    if day is None or (latest and day > latest) or _is_elsewhere(clue, text):
        return None
    if clue.weekday is not None:
        return day
    return day if trusted and latest and latest - day <= _RECENT else None


def _fixed(clue: Clue, latest: date | None) -> date | None:
    """The day with the year that the words name, or that the weekday asks for, nearest before `latest`."""
    if clue.year:
        day = a_day(clue.year, clue.month, clue.day)
        return day if day and clue.weekday in (None, day.weekday()) else None
    if latest is None:
        return None
    years = range(latest.year, latest.year - _WEEKDAY_YEARS, -1)
    days = (a_day(year, clue.month, clue.day) for year in years)
    return next((day for day in days if day and day <= latest and day.weekday() == clue.weekday), None)


def _dateline_day(clue: Clue, found: Iterable[Clue], latest: date | None, *, trusted: bool) -> date | None:
    """A dateline's day. Where neither it nor a trusted capture names the year, another clue's weekday has to."""
    if clue.year or clue.weekday is not None:
        return _fixed(clue, latest)
    if latest is None:
        return None
    if trusted:
        return last_before(latest, clue.month, clue.day)
    others = (_fixed(other, latest) for other in found if other.weekday is not None and other.year is None)
    years = [day.year for day in others if day]
    return a_day(max(years), clue.month, clue.day) if years else None


def _is_dateline(clue: Clue, text: str) -> bool:
    if clue.end > _DATELINE_REACH or not _AFTER_DATELINE.match(text, clue.end):
        return False
    return _BEFORE_DATELINE.fullmatch(text[: clue.start].lstrip()) is not None


def _is_elsewhere(clue: Clue, text: str) -> bool:
    """Whether the sentence speaks of the day as to come, or as the edge of a stretch of time."""
    if _NOT_NOW.search(text, max(0, clue.start - _REACH), clue.start):
        return True
    before = text[max(0, clue.start - _SENTENCE) : clue.start]
    stops = list(_STOP.finditer(before))
    return _TO_COME.search(before, stops[-1].end() if stops else 0) is not None


def _clues(text: str, language: str) -> list[Clue]:
    """Every day with its month by name, in the order of the text."""
    found: dict[int, Clue] = {}
    names = _names(language)
    for which, at, _ in sorted(_finder(language).places(text)):
        name, number = names[which]
        clue = _clue(text, at, name, number)
        if clue:
            found[clue.start] = clue if clue.start not in found else max(clue, found[clue.start], key=_length)
    return [found[start] for start in sorted(found)]


def _length(clue: Clue) -> int:
    return clue.end - clue.start


def _clue(text: str, at: int, name: str, month: int) -> Clue | None:
    if at and text[at - 1].isalpha():
        return None
    end = at + len(name)
    after = _DAY_AFTER.match(text, end)
    if after:
        return _with_weekday(text, Clue(at, after.end(), month, int(after["d"]), _number(after["y"]), None))
    before = _DAY_BEFORE.search(text, max(0, at - _REACH), at)
    if before is None or text[end : end + 1].isalpha():
        return None
    year = _YEAR_AFTER.match(text, end)
    clue = Clue(before.start(), year.end() if year else end, month, int(before["d"]), year and int(year["y"]), None)
    return _with_weekday(text, clue)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _with_weekday(text: str, clue: Clue) -> Clue:
    match = _WEEKDAY_BEFORE.search(text, max(0, clue.start - _REACH), clue.start)
    number = almanac.weekday(match["w"]) if match else None
    return clue if match is None or number is None else clue._replace(start=match.start(), weekday=number)


@cache
def _names(language: str) -> tuple[tuple[str, int], ...]:
    """The month names of English and of a language, written in full or cut, each with its number."""
    names = dict.fromkeys(name for code in ("en", language) for name in almanac.month_names(code))
    return tuple((name, number) for name in names if (number := almanac.month(name)))


@cache
def _finder(language: str) -> Finder:
    return Finder(name for name, _ in _names(language))
