"""Values that somebody outside filled in → values of a known type and length. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from readout.capture import guard
from readout.text.addresses import LIMIT, parse

LINE = 2_000
TEXT = 1024 * 1024
MANY = 50


def line(value: object) -> str | None:
    """A text of one line, cut to `LINE` characters; None where there is none."""
    return value.strip()[:LINE] or None if isinstance(value, str) else None


def text(value: object) -> str | None:
    """A text of any shape, cut to `TEXT` characters; None where there is none."""
    return value[:TEXT] if isinstance(value, str) and value.strip() else None


def lines(values: Iterable[object]) -> tuple[str, ...]:
    """The first `MANY` different lines among the values."""
    found: dict[str, None] = {}
    for value in values:
        if one := line(value):
            found[one] = None
        if len(found) == MANY:
            break
    return tuple(found)


def first(values: Iterable[str | None]) -> str | None:
    """The first value that is there."""
    return next((one for one in values if one), None)


def resolved(value: object, base: str | None) -> str | None:
    """The address of the web that `value` is, as a browser reads it on a page at `base`; None where it is none, or one
    that `guard` would not know again for what it was.
    """
    if not isinstance(value, str) or not value.strip() or len(value) > LIMIT:
        return None
    address = parse(value.strip(), base or None)
    if address is None or not address.web or not address.host:
        return None
    return None if address.host[-1].isdigit() and guard.disguised(value.strip()) else address.href
