"""A user: somebody who may sign in, and what their role lets them do. Nothing secret is in it.

A person, in this project, is somebody in the news; an account is one party's version of a matter. Neither is a user.
"""

from __future__ import annotations

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


OWNER = User(UserId("uaaaaaaaaaaaaaaaa"), "owner", UserRole.ADMIN)
"""Whoever uses an archive alone, without signing in. The first admin of an archive has this id, and so keeps what the
owner kept."""
