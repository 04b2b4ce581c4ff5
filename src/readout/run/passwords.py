"""Passwords: which will do, hashed and compared. The only module that knows argon2.

Source: argon2id with the parameters of RFC 9106, section 4, second recommended option; lengths after NIST SP 800-63B.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from readout.errors import TooOftenError
from readout.models import name_key

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 200

_FEW = 5  # different characters
_TELLING = 4  # characters of a name: shorter ones are in many words
_AT_ONCE = 2  # each takes 64 MB while it is worked on
_PATIENCE = 5.0  # seconds


def weakness(password: str, name: str) -> str:
    """Why that password will not do for somebody of that name; nothing where it will."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return f"it needs at least {SHORTEST} characters"
    if len(plain) > LONGEST:
        return f"it can have at most {LONGEST} characters"
    if len(set(plain)) < _FEW:
        return "it is too easily guessed: use more different characters"
    if len(name) >= _TELLING and name_key(name) in name_key(plain):
        return "it is too easily guessed: leave the name out of it"
    return ""


class Passwords:
    """The hashes of passwords. Safe for threads."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._given = hasher
        self._working = BoundedSemaphore(_AT_ONCE)

    def hashed(self, password: str) -> str:
        """What is kept of a password. Raises TooOftenError where too many are worked on."""
        with self._turn():
            return self._hasher.hash(_plain(password))

    def fits(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password that was hashed. Takes as long where there is none to compare with, so that the
        time does not tell. Raises TooOftenError where too many are worked on.
        """
        from argon2.exceptions import InvalidHashError, VerificationError

        against = self._nobodys
        with self._turn():
            try:
                return self._hasher.verify(hashed or against, _plain(password)[:LONGEST]) and hashed is not None
            except (VerificationError, InvalidHashError):
                return False

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher, profiles

        return self._given or PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("nobody's")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._working.acquire(timeout=_PATIENCE):
            raise TooOftenError(_PATIENCE)
        try:
            yield
        finally:
            self._working.release()


def _plain(password: str) -> str:
    """The same for every keyboard. Source: NIST SP 800-63B, 3.1.1.2: normalised before hashing."""
    return unicodedata.normalize("NFKC", password.encode(errors="replace").decode())
