"""A user: somebody who may sign in, and what their role lets them do. Nothing secret is in it.

A person, in this project, is somebody in the news; an account is one party's version of a matter. Neither is a user.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

UserId = NewType("UserId", str)


class UserRole(StrEnum):
    """What a user may do; each may do what those before it may."""

    READER = "reader"  # read, and keep things of their own
    EDITOR = "editor"  # correct stories and what was guessed, moderate
    ADMIN = "admin"  # feeds, users

    def covers(self, other: UserRole) -> bool:
        """Whether whoever has this role may do what that role may."""
        order = list(UserRole)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True)
class User:
    """Somebody who may sign in: `name` is what others see. `disabled` is since when they may not."""

    id: UserId
    name: str
    role: UserRole
    since: datetime | None = None
    disabled: datetime | None = None

    @property
    def manages(self) -> bool:
        """Whether they can sign in and manage users."""
        return self.role is UserRole.ADMIN and self.disabled is None


OWNER = User(UserId("uaaaaaaaaaaaaaaaa"), "owner", UserRole.ADMIN)
"""Whoever uses an archive alone, without signing in. The first admin of an archive has this id, and so keeps what the
owner kept."""


def name_key(name: str) -> str:
    """What two spellings of one name have in common: no two users have the same. Source: Unicode 16, definition D146,
    identifier caseless match; what is no character becomes a question mark, which is in no name.
    """
    whole = unicodedata.normalize("NFD", name.encode(errors="replace").decode())
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", whole).casefold()).split())


@dataclass(frozen=True)
class Session:
    """A user signed in on one device: known by the digest of a secret that only the device has."""

    digest: str
    user: UserId
    began: datetime
    until: datetime


@dataclass(frozen=True)
class Invitation:
    """A way in that works once: to become a user with that role, or for `user` to choose another password. Known by the
    digest of its secret; `by` is the name of who gave it.
    """

    digest: str
    role: UserRole
    by: str
    until: datetime
    user: UserId | None = None
