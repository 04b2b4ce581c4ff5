"""A date as a feed or a sitemap writes it → a Moment, with zone and precision. Pure and exact: no "yesterday"."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from readout.capture.instant import instant
from readout.models import Basis, Moment, Precision

_LONGEST = 100
_ZONE = re.compile(
    r"(?:(?P<zero>Z|UTC?|GMT)|(?P<sign>[+-])(?P<h>\d{2}):?(?P<m>\d{2})|(?P<name>[ECMP][SD]T))\Z", re.IGNORECASE
)
_AMERICAN = {"e": -5, "c": -6, "m": -7, "p": -8}
_TIME = re.compile(r"\d{1,2}:\d{2}(?P<s>:\d{2})?|\dT\d{2}(?P<basic>\d{2}(?P<bs>\d{2})?)?")
_PART = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{2}))?")
_LONGEST_ZONE = 14 * 60
_EARLIEST, _LATEST = 1900, 2100


def moment(text: object, utc: tuple[int, ...] | None = None) -> Moment | None:
    """The moment that `text` states; None where it states none.

    `utc` is the same moment as another reader understood it (year, month, day, hour, minute, second in UTC), which
    counts where it is given. A time without a zone is taken as UTC and its `zone` is None.
    """
    if not isinstance(text, str) or not (clue := " ".join(text[:_LONGEST].split())):
        return None
    at = _at(utc) or instant(clue) or _partial(clue)
    if at is None or not _EARLIEST <= at.year <= _LATEST:
        return None
    precision = _precision(clue)
    return Moment(at, precision, Basis.STATED, clue, _zone(clue) if precision.value in _TIMED else None)


_TIMED = frozenset({Precision.SECOND, Precision.MINUTE, Precision.HOUR})


def _at(utc: tuple[int, ...] | None) -> datetime | None:
    try:
        return datetime(utc[0], utc[1], utc[2], utc[3], utc[4], utc[5], tzinfo=UTC) if utc else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _partial(clue: str) -> datetime | None:
    """The start of a year or of a month: "2025", "2025-06" (W3C-DTF)."""
    match = _PART.fullmatch(clue)
    return _at((int(match["y"]), int(match["m"] or 1), 1)) if match else None


def _precision(clue: str) -> Precision:
    time = _TIME.search(clue)
    if time:
        return Precision.SECOND if time["s"] or time["bs"] else Precision.MINUTE
    part = _PART.fullmatch(clue)
    if part:
        return Precision.MONTH if part["m"] else Precision.YEAR
    return Precision.SECOND if clue.isdecimal() else Precision.DAY


def _zone(clue: str) -> int | None:
    """Minutes east of UTC."""
    found = _ZONE.search(clue)
    if found is None:
        return None
    if found["zero"]:
        return 0
    if found["name"]:
        return (_AMERICAN[found["name"][0].lower()] + (found["name"][1].lower() == "d")) * 60
    minutes = int(found["h"]) * 60 + int(found["m"])
    return None if minutes > _LONGEST_ZONE else -minutes if found["sign"] == "-" else minutes
