"""The names of months, weekdays and time zones in the languages we read, from `dates.toml`. Lookups only."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

_MARCH, _NOVEMBER = 3, 11


def month(name: str) -> int | None:
    """The number of the month of that name or abbreviation, in any language we read, or None."""
    return _months().get(_key(name))


def weekday(name: str) -> int | None:
    """0 for Monday to 6 for Sunday, or None where that is no name of a weekday."""
    return _weekdays().get(_key(name))


def month_names(language: str) -> tuple[str, ...]:
    """The names and abbreviations of the months in that language, as they are written; () where we do not know it."""
    return tuple(name for names in _tables()["months"].get(language, ()) for name in names)


def weekday_names(language: str) -> tuple[str, ...]:
    """The names and abbreviations of the weekdays in that language, as they are written; () where we do not know it."""
    return tuple(name for names in _tables()["weekdays"].get(language, ()) for name in names)


def zone(name: str, local: datetime) -> int | None:
    """Minutes east of Greenwich of a zone's abbreviation at that local time, or None where we do not know it."""
    upper = name.upper()
    fixed = _tables()["zones"].get(upper)
    if fixed is not None:
        return int(fixed)
    winter = _tables()["seasons"].get(upper)
    return None if winter is None else int(winter) + (60 if _is_american_summer(local) else 0)


def _is_american_summer(local: datetime) -> bool:
    """From the second Sunday of March, 2 a.m., to the first Sunday of November, 2 a.m. (since 2007)."""
    start = _first_sunday(local.year, _MARCH) + timedelta(days=7, hours=2)
    return start <= local < _first_sunday(local.year, _NOVEMBER) + timedelta(hours=2)


def _first_sunday(year: int, number: int) -> datetime:
    return datetime(year, number, 7 - date(year, number, 1).weekday())  # noqa: DTZ001 - local time


def _key(name: str) -> str:
    return name.casefold().rstrip(".")


@cache
def _months() -> dict[str, int]:
    return _numbered("months", 1)


@cache
def _weekdays() -> dict[str, int]:
    return _numbered("weekdays", 0)


def _numbered(table: str, first: int) -> dict[str, int]:
    languages = _tables()[table].values()
    return {_key(name): i for rows in languages for i, names in enumerate(rows, first) for name in names}


@cache
def _tables() -> dict[str, Any]:
    with files("readout.extract").joinpath("dates.toml").open("rb") as stream:
        return tomllib.load(stream)
