"""Moments in words: when something was published or captured, and how that is known. English, UTC, no clock here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from readout.models import Basis, CaptureBasis, Moment, Precision, TimeExpression

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_AGE = re.compile(r"(\d{1,4}|an?|one)\s*(second|sec|minute|min|hour|hr|day|week|month|year)s?\b\.?", re.IGNORECASE)
_LENGTH = re.compile(r"P(T?)(\d{1,9}(?:\.\d{1,3})?|X)([YMWDHS])")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "S": "second"}
_HOURS = {**_UNITS, "M": "minute"}
_MONTH = timedelta(days=27)
_LONG_UNITS = {"sec": "second", "min": "minute", "hr": "hour"}
_CLOCKS = frozenset({Precision.SECOND, Precision.MINUTE, Precision.HOUR})

_BASES = {
    Basis.STATED: ("as stated", "The page states it"),
    Basis.RELATIVE: ("counted back from the capture", "Counted back from the capture; the page shows an age"),
    Basis.INFERRED: ("inferred from the text", "Inferred from dates that the text mentions"),
}
_CAPTURES = {
    CaptureBasis.DECLARED: "as told by whoever captured it",
    CaptureBasis.FETCHED: "fetched at that moment",
    CaptureBasis.FILE_TIME: "by the file’s own time, so then at the latest",
    CaptureBasis.INFERRED: "worked out from the days that the page shows",
    CaptureBasis.UNKNOWN: "",
}


@dataclass(frozen=True)
class When:
    """A moment as a screen shows it.

    `machine` is for `<time datetime>`; `day` reads "5 June 2025", `clock` "about 14:00 UTC" or nothing; `basis` says in
    a few words how it is known, `why` in a sentence; `clue` is the wording it rests on; `local` is the clock where the
    page states its own offset.
    """

    machine: str
    day: str
    clock: str = ""
    basis: str = ""
    why: str = ""
    clue: str = ""
    local: str = ""

    @property
    def words(self) -> str:
        """The day and, where known, the clock."""
        return f"{self.day}, {self.clock}" if self.clock else self.day


def published(moment: Moment | None) -> When | None:
    """A moment of an article, to its own precision; None where nobody knows."""
    if moment is None:
        return None
    short, why = _BASES[moment.basis]
    return When(
        machine=_machine(moment.at, moment.precision),
        day=_day(moment.at, moment.precision),
        clock=_clock(moment),
        basis=(_before_the_capture(moment.clue) or short) if moment.basis is Basis.RELATIVE else short,
        why=why,
        clue=moment.clue,
        local=_local(moment),
    )


def span_of_time(time: TimeExpression) -> When | None:
    """What words that name a time mean: a day or a clock, or from when to when; None where that is no date."""
    if time.start is None:
        return None
    known = time.precision or Precision.DAY
    if time.end and known in {Precision.MONTH, Precision.YEAR} and time.end - time.start < _MONTH:
        known = Precision.DAY  # a week
    clock = f"{time.start:%H:%M} UTC" if known in _CLOCKS else ""
    day = _day(time.start, known)
    last = _day(time.end - timedelta(seconds=1), known) if time.end else day
    return When(_machine(time.start, known), day if last == day else f"{day} – {last}", clock, time.basis)


def length(value: str) -> str:
    """A length as TIMEX3 writes it, in words: "P60D" is "60 days", "PTXH" "some hours"; else nothing."""
    found = _LENGTH.fullmatch(value)
    if not found:
        return ""
    unit = (_HOURS if found[1] else _UNITS)[found[3]]
    count = "some" if found[2] == "X" else found[2]
    return f"{count} {unit}{'' if count == '1' else 's'}"


def captured(at: datetime | None, basis: CaptureBasis = CaptureBasis.UNKNOWN) -> When | None:
    """The time of a capture, to the minute, or to the day where it is inferred; None where nobody knows."""
    if at is None:
        return None
    known = Precision.DAY if basis is CaptureBasis.INFERRED else Precision.MINUTE
    return When(
        machine=_machine(at, known),
        day=_day(at, Precision.DAY),
        clock=f"{at:%H:%M} UTC" if known is Precision.MINUTE else "",
        basis=_CAPTURES[basis],
    )


def _machine(at: datetime, precision: Precision) -> str:
    date = f"{at.year:04d}-{at.month:02d}-{at.day:02d}"
    if precision in _CLOCKS:
        return f"{date}T{at:%H:%M}Z"
    return {Precision.MONTH: date[:7], Precision.YEAR: date[:4]}.get(precision, date)


def _day(at: datetime, precision: Precision) -> str:
    month = _MONTHS[at.month - 1]
    if precision is Precision.YEAR:
        return str(at.year)
    return f"{month} {at.year}" if precision is Precision.MONTH else f"{at.day} {month} {at.year}"


def _clock(moment: Moment) -> str:
    if moment.precision not in _CLOCKS:
        return ""
    about = "about " if moment.precision is Precision.HOUR else ""
    return f"{about}{moment.at:%H:%M} UTC"


def _local(moment: Moment) -> str:
    if not moment.zone or moment.precision not in _CLOCKS:
        return ""
    sign = "+" if moment.zone > 0 else "−"
    hours, minutes = divmod(abs(moment.zone), 60)
    there = moment.at + timedelta(minutes=moment.zone)
    return f"{there:%H:%M} at UTC{sign}{hours}{f':{minutes:02d}' if minutes else ''}"


def _before_the_capture(clue: str) -> str:
    found = _AGE.search(clue)
    if not found:
        return ""
    count = int(found[1]) if found[1].isdigit() else 1
    unit = found[2].lower()
    return f"{count} {_LONG_UNITS.get(unit, unit)}{'' if count == 1 else 's'} before the capture"


def known(at: datetime) -> When:
    """A moment to the minute; to the day at midnight, where no clock is known."""
    precision = Precision.MINUTE if (at.hour, at.minute) != (0, 0) else Precision.DAY
    clock = f"{at:%H:%M} UTC" if precision is Precision.MINUTE else ""
    return When(_machine(at, precision), _day(at, Precision.DAY), clock)


def day(one: date, *, whole: bool = True) -> str:
    """A day as "5 June 2025", or its month alone."""
    month = f"{_MONTHS[one.month - 1]} {one.year}"
    return f"{one.day} {month}" if whole else month
