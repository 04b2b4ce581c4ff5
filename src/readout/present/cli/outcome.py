"""How a command ends: the one table from errors to exit codes. The reference documents it in the same order."""

from __future__ import annotations

from enum import IntEnum

from readout.errors import (
    AmbiguousIdError,
    InputError,
    NotFoundError,
    ReadoutError,
    SettingsError,
    StoreError,
)


class Outcome(IntEnum):
    """The exit codes."""

    DONE = 0
    PARTLY = 1  # something asked for could not be done; everything else was
    USAGE = 2  # the command line or a setting is wrong; nothing was done
    NOT_FOUND = 3  # no page, article or outlet has that id, or more than one
    STORE = 4  # the database cannot be used, or faults were found in it
    INTERRUPTED = 130  # Ctrl-C, as shells count it
    CUT_OFF = 141  # whoever was reading the output stopped, as shells count it


_TABLE: tuple[tuple[type[ReadoutError], Outcome], ...] = (
    (NotFoundError, Outcome.NOT_FOUND),
    (AmbiguousIdError, Outcome.NOT_FOUND),
    (SettingsError, Outcome.USAGE),
    (InputError, Outcome.PARTLY),
    (StoreError, Outcome.STORE),
    (ReadoutError, Outcome.PARTLY),
)


def outcome(error: ReadoutError) -> Outcome:
    """The exit code for an error that Readout raises on purpose."""
    return next(code for kind, code in _TABLE if isinstance(error, kind))
