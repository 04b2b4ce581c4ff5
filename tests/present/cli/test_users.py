"""Users on the command line."""

from __future__ import annotations

import pytest

from readout.present.cli.outcome import Outcome
from tests.present.cli.desk import Desk

PASSWORD = b"nine bridges at dawn\n"


@pytest.fixture
def peopled(desk: Desk) -> Desk:
    """A desk with an admin and a reader."""
    desk.readout("users", "add", "Zoe", "--role", "admin", fed=PASSWORD)
    desk.readout("users", "add", "Ada Marr", fed=PASSWORD)
    return desk


def test_users_are_listed_with_their_roles_and_without_anything_secret(peopled: Desk) -> None:
    assert peopled.readout("users", "list").out == "reader  Ada Marr\nadmin   Zoe\n"
    found = peopled.readout("users", "list", "--json").json
    assert [sorted(one) for one in found] == [["disabled", "id", "name", "role", "since"]] * 2


def test_before_the_first_it_says_how_to_make_one(desk: Desk) -> None:
    said = desk.readout("users", "list")
    assert (said.out, said.code) == ("", Outcome.DONE)
    assert "readout users add NAME --role admin" in said.err


def test_the_first_has_to_be_an_admin(desk: Desk) -> None:
    said = desk.readout("users", "add", "Ada", fed=PASSWORD)
    assert (said.err, said.code) == ("readout: role: the first user is an admin\n", Outcome.PARTLY)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", "zoe"), "somebody has it already"),
        (("add", "<b>"), "letters, digits"),
        (("role", "Zoe", "reader"), "nobody would be left"),
        (("disable", "zoe"), "nobody would be left"),
    ],
)
def test_what_cannot_be_is_refused(peopled: Desk, arguments: tuple[str, ...], why: str) -> None:
    said = peopled.readout("users", *arguments, fed=PASSWORD)
    assert why in said.err
    assert said.code == Outcome.PARTLY


def test_a_weak_password_is_refused(peopled: Desk) -> None:
    said = peopled.readout("users", "password", "Zoe", fed=b"short\n")
    assert "at least 10 characters" in said.err


def test_roles_change_and_users_come_and_go(peopled: Desk) -> None:
    assert peopled.readout("users", "role", "ada marr", "editor").out == "editor  Ada Marr\n"
    assert "disabled" in peopled.readout("users", "disable", "Ada Marr").out
    assert "disabled" not in peopled.readout("users", "enable", "Ada Marr").out
    assert peopled.readout("users", "role", "Nobody", "editor").code == Outcome.NOT_FOUND
    assert peopled.readout("users", "role", "Zoe", "owner").code == Outcome.USAGE


def test_another_password(peopled: Desk) -> None:
    said = peopled.readout("users", "password", "Ada Marr", fed=b"seven lanterns by night\n")
    assert said.out == "Ada Marr has another password, and is signed out everywhere.\n"
