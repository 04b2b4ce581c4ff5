"""A moment as a capture's own record gives it → a time in UTC. Pure, and exact only: no words such as "yesterday"."""

from __future__ import annotations

from datetime import UTC, datetime

_MILLISECONDS_FROM = 1e11  # as seconds this would be the year 5138; every number beyond counts milliseconds


def instant(value: object) -> datetime | None:
    """The moment that `value` states, in UTC; None where it states none.

    Taken are ISO 8601 ("2025-06-05T14:00+02:00", "2025-06-05"), the dates of HTTP and mail headers, and numbers of
    seconds or milliseconds since 1970. A time without an offset is read as UTC.
    """
    try:
        if isinstance(value, str):
            return _in_utc(_written(value.strip()))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000 if abs(value) >= _MILLISECONDS_FROM else value, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


def _written(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        from email.utils import parsedate_to_datetime

        return parsedate_to_datetime(text)


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
