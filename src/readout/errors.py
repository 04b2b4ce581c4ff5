"""Every exception that Readout raises on purpose, in one tree.

    ReadoutError
    ├── InputError        a file, folder or stream that cannot be used: carries its name and the reason
    ├── SettingsError     a setting that is wrong: carries its name
    ├── NotFoundError     no page, article or outlet has that id
    ├── AmbiguousIdError  a shortened id that fits more than one thing
    ├── NotIndexedError   nothing can be looked for: there is no index of words yet, or none of this version
    ├── RefusedError      who asks is not let in; why is not told
    ├── ForbiddenError    who asks is known, and it is not for them to do: carries why
    ├── TooOftenError     it was tried too often: carries how many seconds to wait
    └── StoreError        the database cannot be used (full disk, no permission, damaged)
        └── SchemaError   the database was written by a newer Readout

A bug is never one of these, and one item that cannot be used is a `models.Rejection`, not an exception.
"""

from __future__ import annotations

import math


class ReadoutError(Exception):
    """The root: catch this to catch everything that Readout raises on purpose."""


class InputError(ReadoutError):
    """A file, folder or stream that cannot be used.

    `name` is what was asked for, `reason` a short fact such as "no permission to read it".
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class SettingsError(ReadoutError):
    """A setting with a value that cannot be used."""


class NotFoundError(ReadoutError):
    """Nothing has that id: `kind` is the vocabulary's word ("article"), `id` what was asked for."""

    def __init__(self, kind: str, id: str) -> None:  # noqa: A002 - the vocabulary's word
        super().__init__(f"there is no {kind} {id}")
        self.kind = kind
        self.id = id


class AmbiguousIdError(ReadoutError):
    """A shortened id that fits several things of one kind."""

    def __init__(self, kind: str, id: str) -> None:  # noqa: A002 - the vocabulary's word
        super().__init__(f"more than one {kind} has an id that begins with {id}")
        self.kind = kind
        self.id = id


class NotIndexedError(ReadoutError):
    """Nothing can be looked for, as there is no index of words that can be used."""

    def __init__(self) -> None:
        super().__init__("there is no index of words yet; `readout index` makes it")


class RefusedError(ReadoutError):
    """Whoever asks is not let in: no such user, another password, disabled; which of these is not told."""

    def __init__(self) -> None:
        super().__init__("name and password do not belong together")


class ForbiddenError(ReadoutError):
    """It is not for whoever asks to do; the message says why, in a sentence that can be shown."""


class TooOftenError(ReadoutError):
    """It was tried too often, or too many try it at once: `wait` is after how many seconds to try again."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"tried too often; try again in {math.ceil(wait / 60)} min")
        self.wait = math.ceil(wait)


class StoreError(ReadoutError):
    """The database cannot be used; the message says which file and why."""


class SchemaError(StoreError):
    """The database was written by a newer Readout than this one."""
