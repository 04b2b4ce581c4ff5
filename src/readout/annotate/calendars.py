"""Stretches of the calendar with their TIMEX3 values: a day, a week, a quarter, a decade. Arithmetic, no words.

All datetimes are naive local time. A stretch whose year is out of range is unresolved, never an exception.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

from readout.models import Precision

MONTHS_A_YEAR = 12
_SPANS = {"Y": 12, "Q": 3, "H": 6, "M": 1, "E": 120, "C": 1200}
_SECONDS = {"TS": 1, "TM": 60, "TH": 3600, "D": 86400, "W": 604800, "F": 1209600, "WE": 604800}
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True)
class Stretch:
    """A TIMEX3 value with the local time from `start` up to but not including `end`, None where not known.

    `precision` is the finest unit of Precision that holds the stretch whole: a week's is the month, a quarter's and a
    decade's the year.
    """

    value: str
    start: datetime | None = None
    end: datetime | None = None
    precision: Precision | None = None

    def within(self, start: datetime | None = None, end: datetime | None = None) -> Stretch:
        """The part of it from `start` and up to `end`; all of it where that would leave nothing."""
        if self.start is None or self.end is None:
            return self
        first, last = max(self.start, start or self.start), min(self.end, end or self.end)
        return replace(self, start=first, end=last) if first < last else self


def day(when: date) -> Stretch:
    """One day."""
    return _days(when.isoformat(), when, 1, Precision.DAY)


def days(first: date, last: date) -> Stretch:
    """The days from `first` to `last`, both included."""
    value = f"{first.isoformat()}/{last.isoformat()}"
    return _days(value, first, (last - first).days + 1, Precision.DAY) if first <= last else Stretch(value)


def week(when: date, letter: str = "W") -> Stretch:
    """The ISO week that holds the day; with "WE" its Saturday and Sunday."""
    year, number, weekday = when.isocalendar()
    name = f"{year:04}-W{number:02}"
    if letter == "WE":
        return _moved(when, 6 - weekday, lambda first: _days(f"{name}-WE", first, 2, Precision.MONTH))
    return _moved(when, 1 - weekday, lambda first: _days(name, first, 7, Precision.MONTH))


def month(year: int, number: int) -> Stretch:
    """A calendar month."""
    return _months(f"{year:04}-{number:02}", year, number, 1)


def quarter(year: int, number: int) -> Stretch:
    """A quarter of the calendar year, from 1."""
    return _months(f"{year:04}-Q{number}", year, 3 * number - 2, 3)


def half(year: int, number: int) -> Stretch:
    """A half of the calendar year, 1 or 2."""
    return _months(f"{year:04}-H{number}", year, 6 * number - 5, 6)


def season(year: int, code: str) -> Stretch:
    """A season of the northern hemisphere by whole months; winter begins in December of `year`."""
    return _months(f"{year:04}-{code}", year, _SEASONS[code], 3)


def year(number: int) -> Stretch:
    """A calendar year."""
    return _months(f"{number:04}", number, 1, 12)


def years(first: int, last: int) -> Stretch:
    """The years from `first` to `last`, both included."""
    return _months(f"{first:04}/{last:04}", first, 1, 12 * (last - first + 1))


def decade(number: int) -> Stretch:
    """Ten years by their first three digits: 198 for the 1980s."""
    return _months(f"{number:03}", number * 10, 1, 120)


def century(number: int) -> Stretch:
    """The twenty-first century is 21: from 2000, as TIMEX3 counts."""
    return _months(f"{number - 1:02}", (number - 1) * 100, 1, 1200)


def part(when: date, code: str, first: int, last: int) -> Stretch:
    """A part of a day from hour `first` to hour `last`, which may lie in the next day."""
    midnight = datetime(when.year, when.month, when.day)  # noqa: DTZ001 - local time
    value = f"{when.isoformat()}T{code}"
    try:
        return Stretch(value, midnight + timedelta(hours=first), midnight + timedelta(hours=last), Precision.DAY)
    except OverflowError:
        return Stretch(value)


def around(when: date, letter: str) -> Stretch:
    """The unit that holds the day, by its TIMEX3 letter."""
    if letter in {"W", "WE", "F"}:
        return week(when, letter)
    makers: dict[str, Callable[[], Stretch]] = {
        "M": lambda: month(when.year, when.month),
        "Q": lambda: quarter(when.year, (when.month + 2) // 3),
        "H": lambda: half(when.year, (when.month + 5) // 6),
        "Y": lambda: year(when.year),
        "E": lambda: decade(when.year // 10),
        "C": lambda: century(when.year // 100 + 1),
    }
    return makers.get(letter, lambda: day(when))()


def shifted(when: date, letter: str, count: float) -> date | None:
    """The day `count` units later (earlier where negative), by the unit's letter; None where the calendar ends.

    The end of a month stays one: a month after 31 January is the last of February.
    """
    try:
        if letter not in _SPANS:
            return when + timedelta(seconds=int(_SECONDS[letter] * count))
        total = when.year * MONTHS_A_YEAR + when.month - 1 + int(_SPANS[letter] * count)
        number, rest = divmod(total, MONTHS_A_YEAR)
        return date(number, rest + 1, min(when.day, monthrange(number, rest + 1)[1]))
    except (OverflowError, ValueError):
        return None


def easter(number: int) -> date:
    """Easter Sunday of a Gregorian year (Meeus, Jones and Butcher, "Astronomical Algorithms", 1991)."""
    a, b, c = number % 19, number // 100, number % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    return date(number, (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1)


def dated(number: int, month_number: int, day_number: int) -> date | None:
    """That day, or None where the calendar has none such."""
    try:
        return date(number, month_number, day_number)
    except ValueError:
        return None


def _months(value: str, number: int, first: int, count: int) -> Stretch:
    begin = _first_of(number, first)
    end = _first_of(number, first + count)
    if begin is None or end is None:
        return Stretch(value)
    return Stretch(value, begin, end, Precision.MONTH if count == 1 else Precision.YEAR)


def _first_of(number: int, month_number: int) -> datetime | None:
    number, rest = number + (month_number - 1) // MONTHS_A_YEAR, (month_number - 1) % MONTHS_A_YEAR
    return datetime(number, rest + 1, 1) if MINYEAR <= number <= MAXYEAR else None  # noqa: DTZ001 - local time


def _days(value: str, first: date, count: int, precision: Precision) -> Stretch:
    begin = datetime(first.year, first.month, first.day)  # noqa: DTZ001 - local time
    try:
        return Stretch(value, begin, begin + timedelta(days=count), precision)
    except OverflowError:
        return Stretch(value)


def _moved(when: date, by: int, then: Callable[[date], Stretch]) -> Stretch:
    try:
        return then(when + timedelta(days=by))
    except OverflowError:
        return Stretch(when.isoformat())
