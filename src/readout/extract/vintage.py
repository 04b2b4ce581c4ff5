"""When a page was captured, where nobody said so. A file's time is an upper bound; the page's own items know better.

Ages count back from the capture, so one item that names its day tells when all were seen: an item shown as "36 minutes
ago" whose text was written on Thursday, June 5, was captured on June 5. Where the items' days deny the file's time and
none fixes another, the capture time is unknown, and ages say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from readout.extract.clues import inferred
from readout.extract.dates import aged
from readout.models import CaptureBasis

_CERTAIN = frozenset({CaptureBasis.DECLARED, CaptureBasis.FETCHED})
_NEAR = timedelta(days=3)
_DAY = timedelta(days=1)
_LAST_MINUTE = timedelta(hours=23, minutes=59)
_LONGEST_AGE = timedelta(days=14)  # a greater age is too coarse to count from

Item = tuple[str | None, str]  # the age beside an article, as shown, and its text


def captured(
    items: Iterable[Item], given: datetime | None, basis: CaptureBasis
) -> tuple[datetime | None, CaptureBasis]:
    """The capture time of a page with those items, and how it is known.

    A time that was declared stays. A file's time (UTC) stays unless the items deny it; then it is the last minute of
    the day that the newest of them gives, with basis INFERRED, or None with basis UNKNOWN.
    """
    if basis in _CERTAIN or given is None:
        return given, basis
    days, denied = [], False
    for age, text in items:
        back = _back(age, given)
        if back is None:
            continue
        day = inferred(text, given, trusted=False)
        if day is not None:
            days.append(day.at + back)
        else:
            denied = denied or _denies(text, given, back)
    if days:
        newest = max(days)
        stays = given - newest <= _NEAR + _DAY
        return (given, basis) if stays else (newest + _LAST_MINUTE, CaptureBasis.INFERRED)
    return (None, CaptureBasis.UNKNOWN) if denied else (given, basis)


def _back(age: str | None, given: datetime) -> timedelta | None:
    """How long before the capture, in whole days; None without an age or with one too great to count from."""
    moment = aged(age, given) if age else None
    if moment is None or given - moment.at > _LONGEST_AGE:
        return None
    return timedelta(days=(given - moment.at) // _DAY)


def _denies(text: str, given: datetime, back: timedelta) -> bool:
    """Whether a dateline's day, of whichever year, is not the day that the file's time and the age give."""
    filed = inferred(text, given, trusted=True)
    return filed is not None and abs(given - back - filed.at) > _NEAR + _DAY
