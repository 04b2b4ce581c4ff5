"""The desk where users are let in: signing in and out, invitations, roles. Who may ask for what is asked elsewhere.

A secret (of a session, of an invitation) goes to whoever it is for, once; what is kept is its digest. Wrong names and
wrong passwords are one answer that takes one time, and guessing is slowed down by name and by network.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from readout.errors import InputError, NotFoundError, RefusedError, TooOftenError
from readout.models import OWNER, Invitation, Session, User, UserId, UserRole, name_key
from readout.run.attempts import Attempts, Limit
from readout.run.passwords import Passwords, weakness
from readout.store.admitting import Admitting

LASTS = timedelta(days=30)  # a session
OPEN = timedelta(days=7)  # an invitation
LONGEST = 40  # characters of a name

_QUARTER = 15 * 60.0
_OF_ONE = Limit(5, _QUARTER)  # attempts at one name from one network,
_OF_NAME = Limit(30, _QUARTER)  # at one name from anywhere,
_OF_NETWORK = Limit(40, _QUARTER)  # from one network at anything
_BESIDE = " .-_'’"


@dataclass(frozen=True)
class Ticket:
    """What lets a device in from now on. `secret` is kept nowhere else."""

    secret: str
    until: datetime
    user: User


class Users:
    """The desk over a store. Safe for threads."""

    def __init__(
        self,
        store: Admitting,
        passwords: Passwords | None = None,
        attempts: Attempts | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._passwords = passwords or Passwords()
        self._attempts = attempts or Attempts()
        self._clock = clock
        self._some = False
        self.code = "-".join(secrets.token_hex(2) for _ in range(5))
        """What whoever makes the first user has to know, unless they are the owner of this machine."""

    def any(self) -> bool:
        """Whether there is any user."""
        self._some = self._some or self._store.any_user()  # users are never deleted
        return self._some

    def listed(self) -> Sequence[User]:
        """The users in the order of their names."""
        return self._store.users()

    def named(self, name: str) -> User:
        """The user of that name. Raises NotFoundError."""
        found = self._store.credentials(name)
        if found is None:
            raise NotFoundError("user", name[:LONGEST])
        return found[0]

    # In and out

    def sign_in(self, name: str, password: str, network: str) -> Ticket:
        """Let a user in from that network. Raises RefusedError where name and password do not belong together or the
        user is disabled, TooOftenError.
        """
        one = self._slowed(name, network)
        found = self._store.credentials(name)
        hashed = found[1] if found and not found[0].disabled else None
        if not self._passwords.fits(password, hashed) or found is None:
            raise RefusedError
        self._attempts.forgive(one)
        return self._begun(found[0])

    def user(self, secret: str) -> User | None:
        """Who was let in with that secret."""
        return self._store.session_user(_digest(secret), self._clock())

    def sign_out(self, secret: str) -> None:
        """End that session."""
        self._store.end(_digest(secret))

    def sign_out_everywhere(self, user: User) -> None:
        """End all sessions of that user."""
        self._store.end_all(user.id)

    # New users and new passwords

    def first(self, name: str, password: str) -> Ticket:
        """Make the first user, an admin, and let them in. Raises InputError, also where there is a user already."""
        return self._begun(self._enrolled(name, password, UserRole.ADMIN, first=True))

    def knows_code(self, code: str, network: str) -> bool:
        """Whether that is the code for the first user. Raises TooOftenError."""
        self._count({f"network {network}": _OF_NETWORK, "code": _OF_NAME})
        given = re.sub(r"[^0-9a-f]", "", code.lower())
        return hmac.compare_digest(given, self.code.replace("-", ""))

    def enrol(self, name: str, password: str, role: UserRole) -> User:
        """Make a user. Raises InputError; the first has to be an admin."""
        return self._enrolled(name, password, role, first=not self.any())

    def change_password(self, user: User, old: str, new: str, network: str) -> Ticket:
        """Change a user's password where the old one is right: all sessions end, and one begins. Raises InputError,
        RefusedError, TooOftenError.
        """
        _insist_on_strength(new, user.name)
        one = self._slowed(user.name, network)
        found = self._store.credentials(user.name)
        if not self._passwords.fits(old, found[1] if found else None):
            raise RefusedError
        self._attempts.forgive(one)
        self._store.secure(user.id, self._passwords.hashed(new))
        return self._begun(user)

    def set_password(self, user: User, password: str) -> None:
        """Give a user another password, whatever the old one was; all sessions end. Raises InputError."""
        _insist_on_strength(password, user.name)
        self._store.secure(user.id, self._passwords.hashed(password))

    # Managing

    def appoint(self, user_id: UserId, *, role: UserRole | None = None, disabled: bool | None = None) -> User:
        """Give a user another role, or disable or enable them. Raises NotFoundError; InputError where nobody would be
        left who manages users.
        """
        known = self._store.user(user_id)
        since = known.disabled if disabled is None else (known.disabled or self._clock()) if disabled else None
        changed = replace(known, role=role or known.role, disabled=since)
        self._store.appoint(changed)
        return changed

    def invite(self, by: User, role: UserRole) -> str:
        """An invitation to become a user with that role: its secret."""
        return self._invited(by, role, None)

    def readmit(self, by: User, user_id: UserId) -> tuple[str, User]:
        """An invitation for a user to choose another password: its secret, and for whom. Raises NotFoundError."""
        known = self._store.user(user_id)
        return self._invited(by, known.role, known.id), known

    def invitations(self) -> Sequence[Invitation]:
        """Those that are open."""
        return self._store.invitations(self._clock())

    def invitation(self, secret: str) -> tuple[Invitation, User | None]:
        """The open invitation with that secret, and the user it is for, where they are known. Raises NotFoundError."""
        asked = _digest(secret)
        found = next((one for one in self.invitations() if hmac.compare_digest(one.digest, asked)), None)
        if found is None:
            raise NotFoundError("invitation", asked[:8])
        return found, self._store.user(found.user) if found.user else None

    def withdraw(self, digest: str) -> None:
        """Forget that invitation, if there is one."""
        self._store.withdraw(digest)

    def accept(self, secret: str, name: str, password: str) -> Ticket:
        """Become a user, or choose another password, and be let in. Raises NotFoundError, InputError; RefusedError
        where the user is disabled.
        """
        invitation, known = self.invitation(secret)
        user = known or User(_new_id(), name_checked(name), invitation.role, self._clock())
        _insist_on_strength(password, user.name)
        hashed = self._passwords.hashed(password)
        return self._begun(self._store.accept(invitation.digest, user, hashed, self._clock()))

    def _enrolled(self, name: str, password: str, role: UserRole, *, first: bool) -> User:
        if first and role is not UserRole.ADMIN:
            raise InputError("role", "the first user is an admin")
        user = User(OWNER.id if first else _new_id(), name_checked(name), role, self._clock())
        _insist_on_strength(password, user.name)
        self._store.enrol(user, self._passwords.hashed(password), first=first)
        return user

    def _begun(self, user: User) -> Ticket:
        if user.disabled:
            raise RefusedError
        secret, now = secrets.token_urlsafe(32), self._clock()
        self._store.begin(Session(_digest(secret), user.id, now, now + LASTS))
        return Ticket(secret, now + LASTS, user)

    def _invited(self, by: User, role: UserRole, user: UserId | None) -> str:
        secret = secrets.token_urlsafe(32)
        self._store.invite(Invitation(_digest(secret), role, by.name, self._clock() + OPEN, user))
        return secret

    def _slowed(self, name: str, network: str) -> str:
        """Count an attempt at a name; the key under which it is forgiven. Raises TooOftenError."""
        who = hashlib.sha256(name_key(name).encode()).hexdigest()
        one = f"one {who} {network}"
        self._count({one: _OF_ONE, f"name {who}": _OF_NAME, f"network {network}": _OF_NETWORK})
        return one

    def _count(self, limits: dict[str, Limit]) -> None:
        wait = self._attempts.take(limits)
        if wait:
            raise TooOftenError(wait)


def name_checked(name: str) -> str:
    """The name as it is kept. Raises InputError where it is none."""
    found = " ".join(unicodedata.normalize("NFC", name.encode(errors="replace").decode()).split())
    if not found:
        raise InputError("name", "write a name")
    if len(found) > LONGEST:
        raise InputError("name", f"it can have at most {LONGEST} characters")
    if not all(unicodedata.category(one)[0] in "LMN" or one in _BESIDE for one in found):
        raise InputError("name", "it can hold letters, digits, spaces, and . - _ ' only")
    if not any(unicodedata.category(one)[0] in "LN" for one in found):
        raise InputError("name", "it needs a letter or a digit")
    return found


def _insist_on_strength(password: str, name: str) -> None:
    fault = weakness(password, name)
    if fault:
        raise InputError("password", fault)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _new_id() -> UserId:
    return UserId("u" + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(16)))
