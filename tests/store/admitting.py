"""What every store does with users: a backend's test class inherits this and says how to open one."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from readout.errors import InputError, NotFoundError
from readout.models import Invitation, Session, User, UserId, UserRole
from readout.store.base import Store
from tests.builders import NOON

HOUR = timedelta(hours=1)
HOSTILE = ["", "%", "' OR 1=1 --", "a\0b", "\ud800", "a" * 10_000]


def user(name: str = "Ada", role: UserRole = UserRole.READER) -> User:
    """A user of that name."""
    return User(UserId(f"u{name.encode().hex():a<16.16}"), name, role, NOON)


def session(of: User, digest: str = "d", *, hours: float = 1) -> Session:
    """A session that began at noon."""
    return Session(digest, of.id, NOON, NOON + hours * HOUR)


ADA, ADMIN = user(), user("Zoe", UserRole.ADMIN)


class AdmittingContract(ABC):
    """Inherit it, and say what `opened` is."""

    @abstractmethod
    def opened(self) -> Store:
        """A new, empty store."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A new, empty store, closed after the test; nothing is wrong with what the test left in it."""
        with closing(self.opened()) as opened:
            yield opened
            assert opened.check() == ()

    def test_a_user_comes_back_as_they_were(self, store: Store) -> None:
        assert not store.any_user()
        away = replace(ADMIN, disabled=NOON + HOUR)
        store.enrol(away, "hashed z")
        store.enrol(ADA, "hashed a")
        assert store.any_user()
        assert list(store.users()) == [ADA, away]
        assert store.user(ADA.id) == ADA
        assert store.credentials("Ada") == (ADA, "hashed a")

    def test_who_is_not_there(self, store: Store) -> None:
        store.enrol(ADA, "hashed")
        for asked in HOSTILE:
            assert store.credentials(asked) is None
            assert store.session_user(asked.encode(errors="replace").decode(), NOON) is None
        with pytest.raises(NotFoundError):
            store.user(UserId("nobody"))
        with pytest.raises(NotFoundError):
            store.appoint(ADMIN)
        with pytest.raises(NotFoundError):
            store.secure(ADMIN.id, "h")
        with pytest.raises(NotFoundError):
            store.begin(session(ADMIN))

    @pytest.mark.parametrize("name", ["ADA", "ada", "\uff21da", " Ada "])
    def test_a_name_is_one_however_it_is_spelled(self, store: Store, name: str) -> None:
        store.enrol(ADA, "hashed")
        assert store.credentials(name) == (ADA, "hashed")
        with pytest.raises(InputError, match="somebody has it already"):
            store.enrol(replace(user("other"), name=name), "other")
        assert list(store.users()) == [ADA]

    def test_an_id_is_of_one_user(self, store: Store) -> None:
        store.enrol(ADA, "hashed")
        with pytest.raises(InputError):
            store.enrol(replace(ADA, name="other"), "other")
        assert store.credentials("Ada") == (ADA, "hashed")

    def test_only_one_user_is_the_first(self, store: Store) -> None:
        def enrol(number: int) -> None:
            try:
                store.enrol(user(f"n{number}"), "hashed", first=True)
            except InputError:
                return
            enrolled.append(number)

        enrolled: list[int] = []
        threads = [threading.Thread(target=enrol, args=(number,)) for number in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert len(enrolled) == len(store.users()) == 1

    def test_a_role_changes_and_nothing_else_does(self, store: Store) -> None:
        store.enrol(ADMIN, "z")
        store.enrol(ADA, "hashed")
        store.begin(session(ADA))
        store.appoint(replace(ADA, role=UserRole.EDITOR, name="ignored"))
        changed = replace(ADA, role=UserRole.EDITOR)
        assert store.credentials("Ada") == (changed, "hashed")
        assert store.session_user("d", NOON) == changed

    @pytest.mark.parametrize("change", [{"role": UserRole.EDITOR}, {"disabled": NOON}])
    def test_somebody_who_manages_users_is_left(self, store: Store, change: dict[str, UserRole]) -> None:
        second = user("second", UserRole.ADMIN)
        store.enrol(ADMIN, "z")
        store.enrol(second, "s")
        store.appoint(replace(second, **change))  # type: ignore[arg-type]
        with pytest.raises(InputError, match="nobody would be left"):
            store.appoint(replace(ADMIN, **change))  # type: ignore[arg-type]
        assert store.user(ADMIN.id) == ADMIN

    def test_without_any_admin_others_can_change_still(self, store: Store) -> None:
        store.enrol(ADA, "hashed")
        store.appoint(replace(ADA, role=UserRole.EDITOR))
        assert store.user(ADA.id).role is UserRole.EDITOR

    def test_a_session_is_over_when_it_is(self, store: Store) -> None:
        store.enrol(ADA, "hashed")
        store.begin(session(ADA))
        assert store.session_user("d", NOON + HOUR - timedelta(microseconds=1)) == ADA
        assert store.session_user("d", NOON + HOUR) is None
        assert store.session_user("D", NOON) is None
        store.end("d")
        store.end("d")
        assert store.session_user("d", NOON) is None

    def test_sessions_that_are_over_are_forgotten(self, store: Store) -> None:
        store.enrol(ADA, "hashed")
        store.begin(session(ADA, "old"))
        later = NOON + 2 * HOUR
        store.begin(Session("new", ADA.id, later, later + HOUR))
        assert store.end_all(ADA.id) == 1

    def test_all_sessions_of_one_user_end_and_no_others(self, store: Store) -> None:
        store.enrol(ADA, "hashed")
        store.enrol(ADMIN, "z")
        for digest in ("a", "b"):
            store.begin(session(ADA, digest))
        store.begin(session(ADMIN, "z"))
        assert store.end_all(ADA.id) == 2
        assert [store.session_user(one, NOON) for one in "abz"] == [None, None, ADMIN]

    def test_whoever_is_disabled_is_out_at_once_and_for_good(self, store: Store) -> None:
        store.enrol(ADMIN, "z")
        store.enrol(ADA, "hashed")
        store.begin(session(ADA))
        store.appoint(replace(ADA, disabled=NOON))
        store.begin(session(ADA, "raced"))
        assert store.session_user("d", NOON) is store.session_user("raced", NOON) is None
        store.appoint(ADA)
        assert store.session_user("d", NOON) is None

    def test_another_password_ends_all_sessions(self, store: Store) -> None:
        store.enrol(ADA, "hashed")
        store.begin(session(ADA))
        store.secure(ADA.id, "other")
        assert store.credentials("Ada") == (ADA, "other")
        assert store.session_user("d", NOON) is None

    def test_an_invitation_works_once(self, store: Store) -> None:
        given = Invitation("i", UserRole.EDITOR, "Zoe", NOON + HOUR)
        store.invite(given)
        assert list(store.invitations(NOON)) == [given]
        assert store.accept("i", ADA, "hashed", NOON) == ADA
        assert store.credentials("Ada") == (ADA, "hashed")
        assert list(store.invitations(NOON)) == []
        with pytest.raises(NotFoundError):
            store.accept("i", user("other"), "hashed", NOON)
        assert len(store.users()) == 1

    def test_an_invitation_that_fails_is_open_still(self, store: Store) -> None:
        store.enrol(ADA, "hashed")
        store.invite(Invitation("i", UserRole.READER, "Zoe", NOON + HOUR))
        with pytest.raises(InputError):
            store.accept("i", replace(user("other"), name="ADA"), "mine", NOON)
        assert len(store.invitations(NOON)) == 1
        assert store.credentials("Ada") == (ADA, "hashed")

    def test_an_invitation_ends(self, store: Store) -> None:
        store.invite(Invitation("i", UserRole.READER, "Zoe", NOON + HOUR))
        store.invite(Invitation("j", UserRole.READER, "Zoe", NOON + 2 * HOUR))
        with pytest.raises(NotFoundError):
            store.accept("i", ADA, "hashed", NOON + HOUR)
        assert [one.digest for one in store.invitations(NOON + HOUR)] == ["j"]
        store.withdraw("j")
        store.withdraw("j")
        with pytest.raises(NotFoundError):
            store.accept("j", ADA, "hashed", NOON)
        assert not store.any_user()

    def test_a_way_back_in_is_for_one_user_and_the_last_given_counts(self, store: Store) -> None:
        store.enrol(ADA, "hashed")
        store.begin(session(ADA))
        for digest in ("i", "j"):
            store.invite(Invitation(digest, UserRole.READER, "Zoe", NOON + HOUR, ADA.id))
        assert [one.digest for one in store.invitations(NOON)] == ["j"]
        assert store.accept("j", user("other"), "other", NOON) == ADA
        assert store.credentials("Ada") == (ADA, "other")
        assert store.session_user("d", NOON) is None
        with pytest.raises(NotFoundError):
            store.invite(Invitation("k", UserRole.READER, "Zoe", NOON + HOUR, ADMIN.id))
