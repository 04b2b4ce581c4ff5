"""The desk where users are let in: what it promises, and what it never tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from readout.errors import InputError, NotFoundError, RefusedError, TooOftenError
from readout.models import OWNER, UserRole
from readout.run.attempts import Attempts
from readout.run.passwords import weakness
from readout.run.users import LASTS, OPEN, Users, name_checked
from readout.store.memory import MemoryStore
from tests.builders import NOON
from tests.present.web.signed import PASSWORD, passwords

OTHER = "nine bridges at dawn"
NET = "192.0.2.7"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return (self.now - NOON).total_seconds()


def made() -> tuple[Users, Clock]:
    clock = Clock()
    attempts = Attempts(clock.seconds)
    return Users(MemoryStore(), passwords(), attempts, clock), clock


def peopled() -> tuple[Users, Clock]:
    users, clock = made()
    users.first("Zoe", PASSWORD)
    users.enrol("Ada", PASSWORD, UserRole.READER)
    return users, clock


def test_the_first_user_is_the_owner_and_an_admin_and_there_is_one_first() -> None:
    users, _ = made()
    assert not users.any()
    ticket = users.first("Zoe", PASSWORD)
    assert (ticket.user.id, ticket.user.role, users.any()) == (OWNER.id, UserRole.ADMIN, True)
    assert users.user(ticket.secret) == ticket.user
    with pytest.raises(InputError, match="there is a user already"):
        users.first("Eve", PASSWORD)


def test_the_first_user_can_only_be_an_admin() -> None:
    users, _ = made()
    with pytest.raises(InputError, match="the first user is an admin"):
        users.enrol("Ada", PASSWORD, UserRole.READER)
    assert users.enrol("Zoe", PASSWORD, UserRole.ADMIN).id == OWNER.id


@pytest.mark.parametrize("name", ["Ada", "ADA", " ada ", "\uff21da"])
def test_a_user_is_let_in_and_out(name: str) -> None:
    users, clock = peopled()
    ticket = users.sign_in(name, PASSWORD, NET)
    other = users.sign_in(name, PASSWORD, NET)
    assert users.user(ticket.secret) == users.named("Ada")
    users.sign_out(ticket.secret)
    assert users.user(ticket.secret) is None
    assert users.user(other.secret)
    clock.now += LASTS
    assert users.user(other.secret) is None


@pytest.mark.parametrize(("name", "password"), [("Ada", OTHER), ("Nobody", PASSWORD), ("", ""), ("\ud800", "\udfff")])
def test_wrong_is_wrong_and_nothing_more_is_told(name: str, password: str) -> None:
    users, _ = peopled()
    with pytest.raises(RefusedError, match=r"^name and password do not belong together$"):
        users.sign_in(name, password, NET)


def test_whoever_is_disabled_is_refused_like_anybody() -> None:
    users, _ = peopled()
    ticket = users.sign_in("Ada", PASSWORD, NET)
    users.appoint(ticket.user.id, disabled=True)
    assert users.user(ticket.secret) is None
    with pytest.raises(RefusedError, match="do not belong together"):
        users.sign_in("Ada", PASSWORD, NET)
    users.appoint(ticket.user.id, disabled=False)
    users.sign_in("Ada", PASSWORD, NET)


def test_passwords_are_compared_however_few_there_are() -> None:
    """So that the time of the answer does not tell whether there is such a user."""
    compared: list[str | None] = []

    class Counting(type(passwords())):  # type: ignore[misc]
        def fits(self, password: str, hashed: str | None) -> bool:
            compared.append(hashed)
            return bool(super().fits(password, hashed))

    users, _ = peopled()
    users._passwords = Counting(passwords()._hasher)  # noqa: SLF001 - the one thing that takes time
    for name in ("Ada", "Nobody"):
        with pytest.raises(RefusedError):
            users.sign_in(name, OTHER, NET)
    assert [one is None for one in compared] == [False, True]


@pytest.mark.parametrize("name", ["Ada", "Nobody"])
def test_guessing_at_one_name_is_slowed_down_whether_it_is_there_or_not(name: str) -> None:
    users, clock = peopled()
    for _ in range(5):
        with pytest.raises(RefusedError):
            users.sign_in(name, OTHER, NET)
    with pytest.raises(TooOftenError) as slowed:
        users.sign_in(name, PASSWORD, NET)
    assert slowed.value.wait == 900
    with pytest.raises(RefusedError):
        users.sign_in(name, OTHER, "198.51.100.1")
    clock.now += timedelta(seconds=900)
    with pytest.raises(RefusedError):
        users.sign_in(name, OTHER, NET)


def test_guessing_from_one_network_is_slowed_down_whatever_the_names() -> None:
    users, _ = peopled()
    for number in range(40):
        with pytest.raises(RefusedError):
            users.sign_in(f"name {number}", OTHER, NET)
    with pytest.raises(TooOftenError):
        users.sign_in("Ada", PASSWORD, NET)
    users.sign_in("Ada", PASSWORD, "198.51.100.1")


def test_guessing_at_one_name_from_many_networks_is_slowed_down() -> None:
    users, _ = peopled()
    for number in range(30):
        with pytest.raises(RefusedError):
            users.sign_in("Ada", OTHER, f"192.0.2.{number}")
    with pytest.raises(TooOftenError):
        users.sign_in("Ada", PASSWORD, NET)


def test_who_signs_in_often_is_not_slowed_down() -> None:
    users, clock = peopled()
    for _ in range(60):
        users.sign_in("Ada", PASSWORD, NET)
        clock.now += timedelta(minutes=1)


def test_the_code_is_known_however_it_is_typed_and_cannot_be_guessed_at() -> None:
    users, _ = made()
    assert users.knows_code(f" {users.code.upper().replace('-', ' ')}", NET)
    assert users.code != made()[0].code
    with pytest.raises(TooOftenError):
        [users.knows_code("0", f"192.0.2.{number}") for number in range(40)]


def test_another_password_ends_every_session_but_the_one_it_begins() -> None:
    users, _ = peopled()
    old = users.sign_in("Ada", PASSWORD, NET)
    with pytest.raises(RefusedError):
        users.change_password(old.user, OTHER, OTHER, NET)
    new = users.change_password(old.user, PASSWORD, OTHER, NET)
    assert users.user(old.secret) is None
    assert users.user(new.secret) == old.user
    users.sign_in("Ada", OTHER, NET)
    with pytest.raises(RefusedError):
        users.sign_in("Ada", PASSWORD, NET)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 10"),
        ("", "at least 10"),
        ("x" * 300, "at most 200"),
        ("abababababab", "too easily guessed"),
    ],
)
def test_weak_passwords_are_refused_everywhere(password: str, why: str) -> None:
    users, _ = peopled()
    admin, ada = users.named("Zoe"), users.named("Ada")
    invitation = users.readmit(admin, ada.id)[0]
    tries: list[Callable[[], object]] = [
        lambda: users.enrol("Ada Marr", password, UserRole.READER),
        lambda: users.change_password(ada, PASSWORD, password, NET),
        lambda: users.set_password(ada, password),
        lambda: users.accept(invitation, "", password),
    ]
    for one in tries:
        with pytest.raises(InputError, match=why):
            one()
    users.sign_in("Ada", PASSWORD, NET)


def test_a_password_does_not_hold_the_name() -> None:
    assert "leave the name out" in weakness("HARBOUR-post 17", "Harbour")
    assert not weakness(PASSWORD, "Eve")


def test_an_invitation_makes_one_user_of_that_role() -> None:
    users, clock = peopled()
    secret = users.invite(users.named("Zoe"), UserRole.EDITOR)
    assert [(one.role, one.by) for one in users.invitations()] == [(UserRole.EDITOR, "Zoe")]
    with pytest.raises(InputError, match="somebody has it"):
        users.accept(secret, "ADA", OTHER)
    ticket = users.accept(secret, "Eda", OTHER)
    assert (ticket.user.role, users.user(ticket.secret)) == (UserRole.EDITOR, ticket.user)
    with pytest.raises(NotFoundError):
        users.accept(secret, "Eve", OTHER)
    late = users.invite(users.named("Zoe"), UserRole.ADMIN)
    clock.now += OPEN
    with pytest.raises(NotFoundError):
        users.accept(late, "Eve", OTHER)
    assert len(users.listed()) == 3


def test_a_way_back_in_leaves_name_and_role() -> None:
    users, _ = peopled()
    ada = users.named("Ada")
    old = users.sign_in("Ada", PASSWORD, NET)
    secret, known = users.readmit(users.named("Zoe"), ada.id)
    assert known == ada
    assert users.accept(secret, "Somebody else", OTHER).user == ada
    assert users.user(old.secret) is None
    assert [one.name for one in users.listed()] == ["Ada", "Zoe"]


@pytest.mark.parametrize("name", ["", " ", "a" * 41, "a\0b", "a\u202eb", "<b>", "a\u200bb", "-.-", "\ud800x", "a/b"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(InputError):
        name_checked(name)


@pytest.mark.parametrize("name", ["Ada", "أيمن", "Ana María", "O'Neil", "J.-P. 2", "李雷"])
def test_what_is_a_name(name: str) -> None:
    assert name_checked(f"  {name} ") == name


class Managing(RuleBasedStateMachine):
    """Whatever admins do, one is left who can sign in, and only who should be in is in."""

    def __init__(self) -> None:
        super().__init__()
        self.users, self.clock = made()
        self.secrets: dict[str, str] = {}

    @precondition(lambda self: not self.users.any())
    @rule()
    def begin(self) -> None:
        ticket = self.users.first("n0", PASSWORD)
        self.secrets[ticket.secret] = "n0"

    @precondition(lambda self: self.users.any())
    @rule(role=st.sampled_from(UserRole))
    def enrol(self, role: UserRole) -> None:
        if len(self.users.listed()) < 5:
            self.users.enrol(f"n{len(self.users.listed())}", PASSWORD, role)

    @precondition(lambda self: self.users.any())
    @rule(data=st.data(), role=st.none() | st.sampled_from(UserRole), disabled=st.none() | st.booleans())
    def appoint(self, data: st.DataObject, role: UserRole | None, disabled: bool | None) -> None:
        chosen = data.draw(st.sampled_from(self.users.listed()))
        before = self.users.listed()
        try:
            self.users.appoint(chosen.id, role=role, disabled=disabled)
        except InputError:
            assert self.users.listed() == before

    @precondition(lambda self: self.users.any())
    @rule(data=st.data())
    def sign_in(self, data: st.DataObject) -> None:
        user = data.draw(st.sampled_from(self.users.listed()))
        self.clock.now += timedelta(minutes=20)
        try:
            self.secrets[self.users.sign_in(user.name, PASSWORD, NET).secret] = user.name
        except RefusedError:
            assert user.disabled

    @invariant()
    def somebody_manages(self) -> None:
        assert not self.users.any() or any(one.manages for one in self.users.listed())

    @invariant()
    def nobody_who_is_disabled_is_in(self) -> None:
        let_in = [self.users.user(secret) for secret in self.secrets]
        assert all(one is None or (one.disabled is None and one in self.users.listed()) for one in let_in)


Managing.TestCase.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
TestManaging = Managing.TestCase
