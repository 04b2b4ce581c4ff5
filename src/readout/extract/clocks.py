"""Dates and times as pages state them: "2025-06-05T14:30:00+01:00", "June 5, 2025, 9:04 a.m. EDT", "05/06/2025".

What the words do not fix is never guessed: a numeric date whose day and month could be told either way is known to the
year only, and its clue says so. Pure, and linear in the length of the text, of which no more than 200 characters count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from readout.extract import almanac
from readout.models import Basis, Moment, Precision

AMBIGUOUS = "day and month could be either way round"
_LONGEST = 200
_EARLIEST, _LATEST = 1900, 2100
_YEAR_DIGITS = 4
_MONTHS = 12
_NOON = 12
_LONGEST_ZONE = 14 * 60

_ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})-(?P<mo>\d{2})-(?P<d>\d{2})(?:[T ]\s?(?P<h>\d{2}):?(?P<mi>\d{2})"
    r"(?::?(?P<s>\d{2})(?:[.,]\d{1,9})?)?\s?(?P<z>Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?(?!\d)"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?P<mo>\d{2})(?P<d>\d{2})T?(?P<h>\d{2})(?P<mi>\d{2})(?P<s>\d{2})?(?P<z>Z|[+-]\d{2}:?\d{2})?(?!\d)"
)
_WORD = r"[^\W\d_]{3,12}"
_DAY_FIRST = re.compile(
    r"(?<![\d:])(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-](?:de |of |d['’])?"
    rf"(?P<mo>{_WORD})\.?,?[\s-](?:de |del )?(?P<y>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?P<mo>{_WORD})\.?\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s)(?P<y>\d{{4}})(?!\d)", re.IGNORECASE
)
_EAST_ASIAN = re.compile(r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<mo>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]")
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(?P<y>\d{4})(?P<sep>[/.-])(?P<mo>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)")
_YEARLESS = re.compile(
    rf"(?<!\w)(?P<mo>{_WORD})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:])"
    rf"|(?<![\d:])(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?P<mo2>{_WORD})(?!\w)",
    re.IGNORECASE,
)
_ZONE = r"(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}|[A-Z]{1,4}\b"
_TIME = re.compile(
    r"(?<![\d:.,/-])(?P<h>[01]?\d|2[0-3])(?:(?:[:.]|\s?h\s?)(?P<mi>[0-5]\d)(?::(?P<s>[0-5]\d))?)?(?![\d:/-])"
    rf"(?P<rest>\s?(?:[ap]\.?\s?m\b\.?|uhr|hrs?\b)?)\s{{0,5}}(?P<z>\(?(?:{_ZONE}))?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<mi>\d{2})?", re.IGNORECASE)
_COUNTRIES_MONTH_FIRST = frozenset({"US", "PH", "PW", "FM"})
_AMERICAN_ZONES = re.compile(r"\b(?:[ECMP][SD]?T)\b")


@dataclass(frozen=True)
class Setting:
    """What is known about a page when a date on it is read: its language tag ("en-US"), when it was captured (UTC),
    the earliest year that can be meant.
    """

    language: str | None = None
    captured: datetime | None = None


def stated(text: str, setting: Setting | None = None) -> Moment | None:
    """The first date in `text`, with its time and zone where they stand beside it; None where there is none.

    A time without a zone is taken as if it were in UTC and `zone` is None. A date without a year takes the last year in
    which it had passed at the capture, and is no date where the capture is unknown.
    """
    text = text[:_LONGEST]
    setting = setting or Setting()
    exact = _ISO.search(text) or _COMPACT.search(text)
    if exact and (moment := _from_iso(exact)):
        return moment
    found = _dated(text, setting)
    if found is None:
        return None
    day, precision, start, end, doubt = found
    clue = " ".join(text.split())
    if precision is not Precision.DAY:
        return Moment(_midnight(day), precision, Basis.STATED, f"{clue} ({doubt})")
    return _with_time(day, f"{text[:start]} \n {text[end:]}", clue)


_Found = tuple[date, Precision, int, int, str]


def _dated(text: str, setting: Setting) -> _Found | None:
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _EAST_ASIAN, _YEAR_FIRST):
        for match in pattern.finditer(text):
            if day := _named(match["y"], match["mo"], match["d"]):
                return day, Precision.DAY, match.start(), match.end(), ""
    for match in _NUMERIC.finditer(text):
        if found := _numeric(match, text, setting):
            return found
    return next(_yearless(text, setting), None)


def _named(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdecimal() else almanac.month(month)
    return a_day(int(year), number, int(day)) if number else None


def a_day(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none such or the year is none of news."""
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(match: re.Match[str], text: str, setting: Setting) -> _Found | None:
    """A date of numbers with the year last: day first or month first, as far as that can be told."""
    year, first, second = int(match["y"]), int(match["a"]), int(match["b"])
    day_first, month_first = a_day(year, second, first), a_day(year, first, second)
    where = match.start(), match.end()
    if day_first and month_first and day_first != month_first:
        prefers = _prefers_month_first(match["sep"], text, setting)
        if prefers is None:
            latest = _bound(setting)
            passed = [day for day in (day_first, month_first) if latest is None or day <= latest]
            if len(passed) != 1:
                return date(year, 1, 1), Precision.YEAR, *where, AMBIGUOUS
            return passed[0], Precision.DAY, *where, ""
        return (month_first if prefers else day_first), Precision.DAY, *where, ""
    day = day_first or month_first
    return (day, Precision.DAY, *where, "") if day else None


def _prefers_month_first(separator: str, text: str, setting: Setting) -> bool | None:
    """Whether a page writes the month first; None where nothing tells. Only English with a slash ever does."""
    tag = (setting.language or "").replace("_", "-")
    language, _, country = tag.partition("-")
    if separator != "/":
        return False
    if _AMERICAN_ZONES.search(text) or country.upper() in _COUNTRIES_MONTH_FIRST:
        return True
    if country or (language and language.lower() != "en"):
        return False
    return None


def _bound(setting: Setting) -> date | None:
    return setting.captured.date() + timedelta(days=1) if setting.captured else None


def _yearless(text: str, setting: Setting) -> Iterator[_Found]:
    latest = _bound(setting)
    if latest is None:
        return
    for match in _YEARLESS.finditer(text):
        month = almanac.month(match["mo"] or match["mo2"])
        day = month and last_before(latest, month, int(match["d"] or match["d2"]))
        if day:
            yield day, Precision.DAY, match.start(), match.end(), ""


def last_before(latest: date, month: int, day: int) -> date | None:
    """The last day of that name that is not after `latest`; None where the calendar has none."""
    years = range(latest.year, latest.year - 9, -1)  # 29 February can be eight years away
    days = (a_day(year, month, day) for year in years)
    return next((found for found in days if found and found <= latest), None)


def _from_iso(match: re.Match[str]) -> Moment | None:
    day = a_day(int(match["y"]), int(match["mo"]), int(match["d"])) if 1 <= int(match["mo"]) <= _MONTHS else None
    if day is None:
        return None
    if match["h"] is None:
        return Moment(_midnight(day), Precision.DAY, Basis.STATED, match[0])
    return _moment(day, match["h"], match["mi"], match["s"], (match["z"], match[0]))


def _with_time(day: date, beside: str, clue: str) -> Moment:
    for match in _TIME.finditer(beside):
        marked = match["rest"].strip().lower()
        if match["mi"] is None and not marked:
            continue
        hour = _hour(int(match["h"]), marked)
        moment = hour is not None and _moment(day, str(hour), match["mi"], match["s"], (match["z"], clue))
        if moment:
            return moment
    return Moment(_midnight(day), Precision.DAY, Basis.STATED, clue)


def _hour(hour: int, marked: str) -> int | None:
    """The hour on a clock of 24, or None where "13 p.m." is nonsense."""
    if not marked.startswith(("a", "p")):
        return hour
    if not 1 <= hour <= _NOON:
        return None
    return hour % _NOON + (_NOON if marked.startswith("p") else 0)


def _moment(
    day: date, hour: str, minute: str | None, second: str | None, context: tuple[str | None, str]
) -> Moment | None:
    zone_name, clue = context
    try:
        local = datetime(day.year, day.month, day.day, int(hour), int(minute or 0), int(second or 0))  # noqa: DTZ001
    except ValueError:
        return None
    zone = _zone(zone_name, local) if zone_name else None
    precision = Precision.SECOND if second else Precision.MINUTE if minute else Precision.HOUR
    return Moment((local - timedelta(minutes=zone or 0)).replace(tzinfo=UTC), precision, Basis.STATED, clue, zone)


def _zone(name: str, local: datetime) -> int | None:
    name = name.lstrip("(").strip()
    offset = _OFFSET.fullmatch(name)
    if offset is None:
        return almanac.zone(name, local)
    minutes = int(offset["h"]) * 60 + int(offset["mi"] or 0)
    if minutes > _LONGEST_ZONE:
        return None
    return -minutes if offset["sign"] == "-" else minutes


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
