"""Sites with users, and browsers of theirs. No test here."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.testclient import TestClient

from readout.engine import Engine
from readout.models import OWNER, Session, User, UserId, UserRole
from readout.present.web.access import Access
from readout.present.web.app import create
from readout.run.attempts import Attempts
from readout.run.passwords import Passwords
from readout.run.users import Users
from readout.store.base import Store

HERE = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "eleven hours of debate"  # noqa: S105 - of invented users
SINCE = datetime(2031, 3, 5, tzinfo=UTC)

ADMIN = User(OWNER.id, "Zoe", UserRole.ADMIN, SINCE)
EDITOR = User(UserId("ubbbbbbbbbbbbbbbb"), "Eda", UserRole.EDITOR, SINCE)
READER = User(UserId("ucccccccccccccccc"), "Rey", UserRole.READER, SINCE)
USERS = (ADMIN, EDITOR, READER)


def passwords() -> Passwords:
    """The same hashes as everywhere, made with hardly any work."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def desk(store: Store) -> Users:
    """A desk that does not take its time."""
    return Users(store, passwords(), Attempts())


def peopled(store: Store) -> Store:
    """The store with one user of each role, who all have the same password."""
    hashed = passwords().hashed(PASSWORD)
    for user in USERS:
        store.enrol(user, hashed)
    return store


def site(store: Store, access: Access, hosts: tuple[str, ...] = ("news.example",)) -> Starlette:
    """The whole site over a store."""
    engine = Engine(store)
    return create(engine, hosts=hosts, intake=engine, access=access)


@contextmanager
def browsing(
    site: Starlette, store: Store | None = None, user: User | None = None, *, at: str = "192.0.2.7"
) -> Iterator[TestClient]:
    """A browser at that address, where that user is signed in, if any."""
    with TestClient(
        site, base_url="http://news.example", raise_server_exceptions=False, follow_redirects=False, client=(at, 50000)
    ) as client:
        if store is not None and user is not None:
            client.cookies.set("readout", begun(store, user))
        yield client


def begun(store: Store, user: User) -> str:
    """A new session of that user: its secret."""
    secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
    store.begin(Session(hashlib.sha256(secret.encode()).hexdigest(), user.id, now, now + timedelta(hours=1)))
    return secret


def token(client: TestClient, page: str = "/sign-in") -> str:
    """The token of a form on that page."""
    text = client.get(page).text
    found = re.search(r'name="token" value="([^"]+)"', text)
    assert found, text
    return found[1]
