"""Users in memory: the part of `memory.py` that is about who may sign in. Safe for threads."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from readout.errors import InputError, NotFoundError
from readout.models import Invitation, Session, User, UserId, name_key
from readout.store.admitting import LAST_ADMIN, NOT_FIRST, TAKEN


class MemoryUsers:
    """Keeps `store.admitting.Admitting`'s contract, durability apart."""

    def __init__(self) -> None:
        super().__init__()
        self._admitting = threading.RLock()
        self._users: dict[UserId, User] = {}
        self._passwords: dict[UserId, str] = {}
        self._sessions: dict[str, Session] = {}
        self._invitations: dict[str, Invitation] = {}

    def enrol(self, user: User, password: str, *, first: bool = False) -> None:
        """See `Admitting.enrol`."""
        with self._admitting:
            if first and self._users:
                raise InputError("user", NOT_FIRST)
            if user.id in self._users or self.credentials(user.name):
                raise InputError("name", TAKEN)
            self._users[user.id] = user
            self._passwords[user.id] = password

    def users(self) -> Sequence[User]:
        """See `Admitting.users`."""
        with self._admitting:
            return sorted(self._users.values(), key=lambda one: name_key(one.name))

    def user(self, user_id: UserId) -> User:
        """See `Admitting.user`."""
        with self._admitting:
            if user_id not in self._users:
                raise NotFoundError("user", user_id)
            return self._users[user_id]

    def any_user(self) -> bool:
        """See `Admitting.any_user`."""
        return bool(self._users)

    def credentials(self, name: str) -> tuple[User, str] | None:
        """See `Admitting.credentials`."""
        with self._admitting:
            found = (one for one in self._users.values() if name_key(one.name) == name_key(name))
            return next(((one, self._passwords[one.id]) for one in found), None)

    def appoint(self, user: User) -> None:
        """See `Admitting.appoint`."""
        with self._admitting:
            before = self.user(user.id)
            now = {**self._users, user.id: replace(before, role=user.role, disabled=user.disabled)}
            if before.manages and not any(one.manages for one in now.values()):
                raise InputError("role", LAST_ADMIN)
            self._users = now
            if user.disabled:
                self.end_all(user.id)

    def secure(self, user_id: UserId, password: str) -> None:
        """See `Admitting.secure`."""
        with self._admitting:
            self._passwords[self.user(user_id).id] = password
            self.end_all(user_id)

    def begin(self, session: Session) -> None:
        """See `Admitting.begin`."""
        with self._admitting:
            self.user(session.user)
            self._sessions = {key: one for key, one in self._sessions.items() if one.until > session.began}
            self._sessions[session.digest] = session

    def session_user(self, digest: str, now: datetime) -> User | None:
        """See `Admitting.session_user`."""
        with self._admitting:
            found = self._sessions.get(digest)
            user = self._users[found.user] if found and found.until > now else None
            return user if user and user.disabled is None else None

    def end(self, digest: str) -> None:
        """See `Admitting.end`."""
        with self._admitting:
            self._sessions.pop(digest, None)

    def end_all(self, user_id: UserId) -> int:
        """See `Admitting.end_all`."""
        with self._admitting:
            before = len(self._sessions)
            self._sessions = {key: one for key, one in self._sessions.items() if one.user != user_id}
            return before - len(self._sessions)

    def invite(self, invitation: Invitation) -> None:
        """See `Admitting.invite`."""
        with self._admitting:
            if invitation.user:
                self.user(invitation.user)
            replaced = {key for key, one in self._invitations.items() if one.user and one.user == invitation.user}
            self._invitations = {key: one for key, one in self._invitations.items() if key not in replaced}
            self._invitations[invitation.digest] = invitation

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """See `Admitting.invitations`."""
        with self._admitting:
            found = [one for one in self._invitations.values() if one.until > now]
        return sorted(found, key=lambda one: (one.until, one.digest))

    def withdraw(self, digest: str) -> None:
        """See `Admitting.withdraw`."""
        with self._admitting:
            self._invitations.pop(digest, None)

    def accept(self, digest: str, user: User, password: str, now: datetime) -> User:
        """See `Admitting.accept`."""
        with self._admitting:
            found = self._invitations.get(digest)
            if found is None or found.until <= now:
                raise NotFoundError("invitation", digest[:8])
            if found.user:
                user = self.user(found.user)
                self.secure(user.id, password)
            else:
                self.enrol(user, password)
            del self._invitations[digest]
            return user
