"""When an article was published: from the age or date that a page shows beside it, or else from what its text says.

Everything here counts from the capture time that is handed in; there is no clock. `clocks` reads dates as they are
stated, `clues` works a day out from a text; this module reads ages and chooses.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from readout.extract import ages
from readout.extract.clocks import AMBIGUOUS, Setting, stated
from readout.extract.clues import inferred
from readout.extract.elapsed import elapsed
from readout.models import Basis, CaptureBasis, Moment, Precision

__all__ = ["AMBIGUOUS", "Setting", "aged", "inferred", "published", "stated"]

_TRUSTED = frozenset({CaptureBasis.DECLARED, CaptureBasis.FETCHED})
_LONGEST_AGE = 80
_LABEL = re.compile(r"(?:(?:last )?(?:updated|published|posted|modified)|time|date)?[\s:]{0,3}", re.IGNORECASE)
_COUNT = r"\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|a few|several|a couple(?: of)?|half an"
_UNIT = r"seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?|y"
_AGO = re.compile(
    rf"(?:about |around |over |almost |nearly |more than |less than )?(?P<n>{_COUNT})\s{{0,2}}(?P<unit>{_UNIT})\.?"
    r"(?P<ago>\s{0,2}ago)?",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?P<now>(?:just|right) now|moments? ago|now)|(?P<today>today)|(?P<yesterday>yesterday)", re.IGNORECASE
)
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "a couple": 2, "a couple of": 2,
}  # fmt: skip
_VAGUE = {"a few": 3, "several": 4, "half an": 1}
_DAYS = {"d": 1, "w": 7}
_ORDER = list(Precision)  # from the finest
_STARTS = {Precision.SECOND: 0, Precision.MINUTE: 0, Precision.HOUR: 0, Precision.DAY: 1, Precision.MONTH: 1}
_NEAR = timedelta(days=3)


def published(
    age: str | None, text: str, captured: datetime | None, basis: CaptureBasis, language: str | None = None
) -> Moment | None:
    """When an article of that text was published, `age` being what the page shows beside it; None where nothing tells.

    A known capture time makes an age exact. A file's time says only that the capture was not later: the days that the
    text speaks of then come first where they do not fit it, and an age alone is good for a day at most.
    """
    trusted = captured is not None and basis in _TRUSTED
    shown = _shown(age, captured, language)
    if shown and (trusted or shown.basis is Basis.STATED):
        return shown
    clue = inferred(text, captured, trusted=trusted, language=language)
    if shown and basis is CaptureBasis.INFERRED:
        return clue or _by_neighbours(shown)
    if shown is None or clue is None:
        return clue or (shown and _by_file(shown))
    if abs(clue.at - shown.at) > _NEAR:
        return clue
    return shown if clue.at.date() == shown.at.date() else _by_file(shown)


def _shown(age: str | None, captured: datetime | None, language: str | None) -> Moment | None:
    if not age:
        return None
    return (captured and aged(age, captured)) or stated(age, Setting(language, captured))


def _by_file(moment: Moment) -> Moment:
    """What an age counted from a file's time is worth: a day at best, and it says so."""
    coarse = _floor(moment.at, max(moment.precision, Precision.DAY, key=_ORDER.index))
    return replace(coarse, clue=f"{moment.clue}, by the file's time")


def _by_neighbours(moment: Moment) -> Moment:
    """What an age is worth that counts from a capture time worked out from the page: a day, and it says so."""
    coarse = _floor(moment.at, max(moment.precision, Precision.DAY, key=_ORDER.index))
    return replace(coarse, basis=Basis.INFERRED, clue=f"{moment.clue}, by the days that the page speaks of")


def aged(text: str, captured: datetime) -> Moment | None:
    """The moment an age such as "13 hours ago" counts back to from `captured` (UTC), or None where it is no age.

    It is as precise as its unit; weeks are known to the month, and a vague count one unit less.
    """
    text = " ".join(text[: _LONGEST_AGE + 1].split())
    if not text or len(text) > _LONGEST_AGE:
        return None
    label = _LABEL.match(text)
    wording = text[label.end() :] if label else text
    spoken = _SPOKEN.fullmatch(wording)
    if spoken:
        precision = Precision.MINUTE if spoken["now"] else Precision.DAY
        back = timedelta(days=1) if spoken["yesterday"] else timedelta()
        return replace(_floor(captured - back, precision), clue=text)
    match = _AGO.fullmatch(wording)
    moment = _counted(match, captured) if match else _foreign(text, captured)
    return replace(moment, clue=text) if moment else None


def _foreign(text: str, captured: datetime) -> Moment | None:
    """An age in another language than English, counted back."""
    passed = elapsed(ages.alone(text) or text)
    return _passed(captured, *passed) if passed else None


def _counted(match: re.Match[str], captured: datetime) -> Moment | None:
    unit = match["unit"].lower()
    if len(unit) == 1 and not match["ago"] and not match["n"].isdecimal():
        return None
    words = match["n"].lower()
    count = int(words) if words.isdecimal() else _NUMBERS.get(words) or _VAGUE[words]
    return _passed(captured, count, "mo" if unit.startswith("mo") else unit[0], vague=words in _VAGUE)


def _passed(captured: datetime, count: int, unit: str, vague: bool) -> Moment | None:  # noqa: FBT001 - from a value
    try:
        at, precision = _back(captured, count, unit)
    except (OverflowError, ValueError):
        return None
    return _floor(at, _ORDER[min(_ORDER.index(precision) + 1, len(_ORDER) - 1)] if vague else precision)


def _back(captured: datetime, count: int, unit: str) -> tuple[datetime, Precision]:
    if unit == "s":
        return captured - timedelta(seconds=count), Precision.MINUTE
    if unit == "m":
        return captured - timedelta(minutes=count), Precision.MINUTE
    if unit == "h":
        return captured - timedelta(hours=count), Precision.HOUR
    if unit in _DAYS:
        return captured - timedelta(days=count * _DAYS[unit]), Precision.DAY if unit == "d" else Precision.MONTH
    if unit == "y":
        return captured.replace(year=captured.year - count, month=1, day=1), Precision.YEAR
    months = captured.year * 12 + captured.month - 1 - count
    return captured.replace(year=months // 12, month=months % 12 + 1, day=1), Precision.MONTH


def _floor(at: datetime, precision: Precision) -> Moment:
    """The start of the unit that `at` lies in."""
    finer = {unit.value: _STARTS[unit] for unit in _ORDER[: _ORDER.index(precision)]}
    start = at.astimezone(UTC).replace(microsecond=0, **finer)  # type: ignore[arg-type]
    return Moment(start, precision, Basis.RELATIVE, "")
