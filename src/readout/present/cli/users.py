"""`readout users`: who may sign in to the web site. For whoever can write to the archive, without a password."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from readout.errors import InputError
from readout.models import User, UserRole
from readout.present.cli import place, speak

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Manage who may sign in to the web site.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]
Role = Annotated[UserRole, typer.Option(help="What they may do; each may do what those before it may.")]

_LONGEST = 1000


@app.command("list")
def list_all(context: typer.Context, as_json: place.AsJson = False) -> None:
    """List the users, their roles, and who is disabled."""
    with place.archive(context) as engine:
        found = engine.users().listed()
    if as_json:
        speak.give([_values(one) for one in found])
    elif found:
        speak.say(*map(_line, found))
    else:
        speak.note("There is no user yet: `readout users add NAME --role admin` makes the first.")


@app.command()
def add(context: typer.Context, name: Name, role: Role = UserRole.READER) -> None:
    """Make a user; the password is asked for, or read from standard input. The first has to be an admin."""
    with place.archive(context) as engine:
        made = engine.users().enrol(name, _password(), role)
    speak.say(_line(made))


@app.command()
def role(
    context: typer.Context,
    name: Name,
    role: Annotated[UserRole, typer.Argument(metavar="ROLE", help="reader, editor or admin.")],
) -> None:
    """Give a user another role."""
    with place.archive(context) as engine:
        users = engine.users()
        changed = users.appoint(users.named(name).id, role=role)
    speak.say(_line(changed))


@app.command()
def password(context: typer.Context, name: Name) -> None:
    """Give a user another password, asked for or read from standard input; all their sessions end."""
    with place.archive(context) as engine:
        users = engine.users()
        user = users.named(name)
        users.set_password(user, _password())
    speak.say(f"{user.name} has another password, and is signed out everywhere.")


@app.command()
def disable(context: typer.Context, name: Name) -> None:
    """Let a user in no more; what they wrote and kept stays."""
    with place.archive(context) as engine:
        users = engine.users()
        changed = users.appoint(users.named(name).id, disabled=True)
    speak.say(_line(changed))


@app.command()
def enable(context: typer.Context, name: Name) -> None:
    """Let a disabled user in again."""
    with place.archive(context) as engine:
        users = engine.users()
        changed = users.appoint(users.named(name).id, disabled=False)
    speak.say(_line(changed))


def _password() -> str:
    """The password: typed twice, unseen, at a terminal; else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline(_LONGEST).rstrip("\r\n")
    from getpass import getpass

    typed = getpass("Password: ")
    if typed != getpass("The password again: "):
        raise InputError("password", "these are not the same")
    return typed


def _line(user: User) -> str:
    disabled = f"  disabled {user.disabled:%Y-%m-%d}" if user.disabled else ""
    return f"{user.role.value:7} {user.name}{disabled}"


def _values(user: User) -> dict[str, object]:
    return {
        "id": user.id,
        "name": user.name,
        "role": user.role.value,
        "since": user.since,
        "disabled": user.disabled,
    }
