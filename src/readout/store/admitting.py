"""The part of the contract that is about users, their sessions and invitations; `tests/store/admitting.py` is its one
suite. Nothing is kept here that would let whoever reads the database in: passwords come hashed, and so do the secrets
of sessions and invitations, as `digest`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from readout.models import Invitation, Session, User, UserId

TAKEN = "somebody has it already"
NOT_FIRST = "there is a user already"
LAST_ADMIN = "nobody would be left who may manage users"


class Admitting(Protocol):
    """What is kept of users. Every verb is one transaction: all of it or nothing."""

    def enrol(self, user: User, password: str, *, first: bool = False) -> None:
        """Keep a new user with a hashed password; with `first` only while there is none. Raises InputError where the
        name is taken (`name_key` tells what counts as the same), or where it is not the first.
        """

    def users(self) -> Sequence[User]:
        """The users in the order of their names."""

    def user(self, user_id: UserId) -> User:
        """The user of that id. Raises NotFoundError."""

    def any_user(self) -> bool:
        """Whether there is any."""

    def credentials(self, name: str) -> tuple[User, str] | None:
        """The user of that name with the hashed password."""

    def appoint(self, user: User) -> None:
        """Keep role and disablement of a user; the sessions of a disabled one end. Raises NotFoundError, and InputError
        where no admin would be left who can sign in.
        """

    def secure(self, user_id: UserId, password: str) -> None:
        """Keep another hashed password; all sessions of that user end. Raises NotFoundError."""

    def begin(self, session: Session) -> None:
        """Keep a session, and forget those that are over by its beginning. Raises NotFoundError without the user."""

    def session_user(self, digest: str, now: datetime) -> User | None:
        """The user of that session, where it is not over and the user not disabled."""

    def end(self, digest: str) -> None:
        """End that session, if there is one."""

    def end_all(self, user_id: UserId) -> int:
        """End all sessions of that user; how many those were."""

    def invite(self, invitation: Invitation) -> None:
        """Keep an invitation. One for a known user replaces those there were."""

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """Those that are open, the first to end first."""

    def withdraw(self, digest: str) -> None:
        """Forget that invitation, if there is one."""

    def accept(self, digest: str, user: User, password: str, now: datetime) -> User:
        """Use up an invitation: keep the new user, or for a known one another hashed password, whose sessions end.
        Raises NotFoundError where the invitation is not open, InputError as `enrol`.
        """
