"""Users in SQLite: themselves, their sessions and invitations; see `admitting.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from readout.errors import InputError, NotFoundError
from readout.models import Invitation, Session, User, UserId, UserRole, name_key
from readout.store import rows
from readout.store.admitting import LAST_ADMIN, NOT_FIRST, TAKEN
from readout.store.user_tables import invitations, sessions, users

_SHOWN = (users.c.id, users.c.name, users.c.role, users.c.since, users.c.disabled)


class SQLiteUsers(ABC):
    """Keeps `Admitting`'s contract in the transactions that a store makes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def enrol(self, user: User, password: str, *, first: bool = False) -> None:
        """See `Admitting.enrol`."""
        with self._writing() as connection:
            if first and _any(connection):
                raise InputError("user", NOT_FIRST)
            _enrol(connection, user, password)

    def users(self) -> Sequence[User]:
        """See `Admitting.users`."""
        with self._reading() as connection:
            return list(map(_user, connection.execute(select(*_SHOWN).order_by(users.c.key))))

    def user(self, user_id: UserId) -> User:
        """See `Admitting.user`."""
        with self._reading() as connection:
            return _known(connection, user_id)

    def any_user(self) -> bool:
        """See `Admitting.any_user`."""
        with self._reading() as connection:
            return _any(connection)

    def credentials(self, name: str) -> tuple[User, str] | None:
        """See `Admitting.credentials`."""
        with self._reading() as connection:
            asked = select(*_SHOWN, users.c.password).where(users.c.key == name_key(name))
            found = connection.execute(asked).one_or_none()
        return (_user(found), str(found.password)) if found else None

    def appoint(self, user: User) -> None:
        """See `Admitting.appoint`."""
        with self._writing() as connection:
            before = _known(connection, user.id)
            changed = {"role": user.role.value, "disabled": rows.micros(user.disabled)}
            connection.execute(update(users).where(users.c.id == user.id).values(changed))
            admins = select(users.c.id).where(users.c.role == UserRole.ADMIN.value, users.c.disabled.is_(None))
            if before.manages and connection.execute(admins.limit(1)).first() is None:
                raise InputError("role", LAST_ADMIN)
            if user.disabled:
                _end_all(connection, user.id)

    def secure(self, user_id: UserId, password: str) -> None:
        """See `Admitting.secure`."""
        with self._writing() as connection:
            _known(connection, user_id)
            _secure(connection, user_id, password)

    def begin(self, session: Session) -> None:
        """See `Admitting.begin`."""
        began, until = rows.micros(session.began), rows.micros(session.until)
        row = {"digest": session.digest, "user_id": session.user, "began": began, "until": until}
        with self._writing() as connection:
            _known(connection, session.user)
            connection.execute(delete(sessions).where(sessions.c.until <= began))
            connection.execute(insert(sessions), row)

    def session_user(self, digest: str, now: datetime) -> User | None:
        """See `Admitting.session_user`."""
        asked = select(*_SHOWN).join(sessions, sessions.c.user_id == users.c.id)
        asked = asked.where(sessions.c.digest == digest, sessions.c.until > rows.micros(now))
        with self._reading() as connection:
            found = connection.execute(asked.where(users.c.disabled.is_(None))).one_or_none()
        return _user(found) if found else None

    def end(self, digest: str) -> None:
        """See `Admitting.end`."""
        with self._writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest))

    def end_all(self, user_id: UserId) -> int:
        """See `Admitting.end_all`."""
        with self._writing() as connection:
            return _end_all(connection, user_id)

    def invite(self, invitation: Invitation) -> None:
        """See `Admitting.invite`."""
        row = {
            "digest": invitation.digest,
            "role": invitation.role.value,
            "by": invitation.by,
            "until": rows.micros(invitation.until),
            "user_id": invitation.user,
        }
        with self._writing() as connection:
            if invitation.user:
                _known(connection, invitation.user)
                connection.execute(delete(invitations).where(invitations.c.user_id == invitation.user))
            connection.execute(insert(invitations), row)

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """See `Admitting.invitations`."""
        asked = select(invitations).where(invitations.c.until > rows.micros(now))
        with self._reading() as connection:
            found = connection.execute(asked.order_by(invitations.c.until, invitations.c.digest))
            return list(map(_invitation, found))

    def withdraw(self, digest: str) -> None:
        """See `Admitting.withdraw`."""
        with self._writing() as connection:
            connection.execute(delete(invitations).where(invitations.c.digest == digest))

    def accept(self, digest: str, user: User, password: str, now: datetime) -> User:
        """See `Admitting.accept`."""
        used = delete(invitations).where(invitations.c.digest == digest, invitations.c.until > rows.micros(now))
        with self._writing() as connection:
            found = connection.execute(used.returning(*invitations.c)).one_or_none()
            if found is None:
                raise NotFoundError("invitation", digest[:8])
            if found.user_id is not None:
                known = _known(connection, UserId(found.user_id))
                _secure(connection, known.id, password)
                return known
            _enrol(connection, user, password)
            return user


def _any(connection: Connection) -> bool:
    return connection.execute(select(users.c.id).limit(1)).first() is not None


def _known(connection: Connection, user_id: UserId) -> User:
    found = connection.execute(select(*_SHOWN).where(users.c.id == user_id)).one_or_none()
    if found is None:
        raise NotFoundError("user", user_id)
    return _user(found)


def _enrol(connection: Connection, user: User, password: str) -> None:
    row = {
        "id": user.id,
        "key": name_key(user.name),
        "name": user.name,
        "role": user.role.value,
        "password": password,
        "since": rows.micros(user.since),
        "disabled": rows.micros(user.disabled),
    }
    if connection.execute(insert(users).on_conflict_do_nothing(), row).rowcount == 0:
        raise InputError("name", TAKEN)


def _secure(connection: Connection, user_id: UserId, password: str) -> None:
    connection.execute(update(users).where(users.c.id == user_id).values(password=password))
    _end_all(connection, user_id)


def _end_all(connection: Connection, user_id: UserId) -> int:
    return connection.execute(delete(sessions).where(sessions.c.user_id == user_id)).rowcount


def _user(row: Row[*tuple[Any, ...]]) -> User:
    since, disabled = rows.moment(row.since), rows.moment(row.disabled)
    return User(UserId(row.id), row.name, UserRole(row.role), since, disabled)


def _invitation(row: Row[*tuple[Any, ...]]) -> Invitation:
    until = rows.moment(row.until)
    assert until  # noqa: S101 - the column is never empty
    return Invitation(row.digest, UserRole(row.role), row.by, until, row.user_id and UserId(row.user_id))
