"""Who may sign in: their roles, invitations, and who may no longer. For admins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import InputError
from readout.models import Invitation, User, UserId, UserRole
from readout.present import when
from readout.present.web import access, parameters, render
from readout.present.web.feeds import sentence
from readout.present.web.signing import rules, users_of
from readout.present.when import When

ROLES = (
    (UserRole.READER, "reads, and keeps things of their own"),
    (UserRole.EDITOR, "also corrects stories and moderates"),
    (UserRole.ADMIN, "also manages feeds and users"),
)
_ID = re.compile(r"u[a-z2-7]{16}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Row:
    """One user of the list."""

    user: User
    since: When | None
    disabled: When | None
    you: bool


@dataclass(frozen=True)
class Open:
    """An invitation that is open; `name` is whose password it is to choose anew, if it is that."""

    invitation: Invitation
    until: When | None
    name: str


@dataclass(frozen=True)
class Given:
    """An address that was just made, shown this once; `name` is for whom, where they are known."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class UsersScreen:
    """The users and the open invitations; what was just given, what was wrong."""

    rows: Sequence[Row]
    open: Sequence[Open]
    given: Given | None = None
    fault: str = ""
    saved: bool = False
    roles: Sequence[tuple[UserRole, str]] = ROLES


def show(request: Request) -> Response:
    """`/users?saved=yes`. Raises InputError."""
    return _page(request, saved=parameters.saved(request))


def invite(request: Request) -> Response:
    """`/users/invite`, sent: an address that lets somebody become a user, shown once."""
    users, by = users_of(request), access.visitor(request)
    role = _role(access.sent(request).fields.get("role", ""))
    if by is None or not rules(request).signs_in():
        raise HTTPException(404)
    if role is None:
        return _page(request, fault="Choose a role.")
    return _page(request, given=Given(_whole(request, users.invite(by, role))))


def change(request: Request) -> Response:
    """`/users/{id}`, sent: another role, disabled or enabled, or a way to another password. Raises NotFoundError."""
    users, user_id, sent = users_of(request), _user_id(request), access.sent(request).fields
    by = access.visitor(request)
    if sent.get("do") == "password" and by:
        secret, known = users.readmit(by, user_id)
        return _page(request, given=Given(_whole(request, secret), known.name))
    role = _role(sent.get("role", ""))
    doing: dict[str, Callable[[], User]] = {
        "disable": lambda: users.appoint(user_id, disabled=True),
        "enable": lambda: users.appoint(user_id, disabled=False),
        "role": lambda: users.appoint(user_id, role=role),
    }
    do = doing.get(sent.get("do", "role"))
    if do is None or (sent.get("do", "role") == "role" and role is None):
        return _page(request, fault="Choose a role.")
    try:
        do()
    except InputError as error:
        return _page(request, fault=sentence(error.reason))
    return RedirectResponse(render.links(request).users(saved=True), 303)


def withdraw(request: Request) -> Response:
    """`/users/invitations/{digest}/withdraw`, sent: nobody can use it any more."""
    digest = request.path_params["digest"]
    if not _DIGEST.fullmatch(digest):
        raise HTTPException(404)
    users_of(request).withdraw(digest)
    return RedirectResponse(render.links(request).users(saved=True), 303)


def _page(request: Request, *, given: Given | None = None, fault: str = "", saved: bool = False) -> Response:
    users = users_of(request)
    names = {one.id: one.name for one in users.listed()}
    you = access.visitor(request)
    rows = [
        Row(one, when.captured(one.since), when.captured(one.disabled), you is not None and one.id == you.id)
        for one in users.listed()
    ]
    invitations = [
        Open(one, when.captured(one.until), names.get(one.user, "") if one.user else "") for one in users.invitations()
    ]
    screen = UsersScreen(rows, invitations, given, fault, saved)
    response = render.page(request, "users.html", screen, status=422 if fault else 200, current="you")
    if given:
        response.headers["Cache-Control"] = "no-store"
    return response


def _whole(request: Request, secret: str) -> str:
    """The whole address of an invitation, as whoever is invited can use it: under the name that this admin uses."""
    origin = request.headers.get("origin", "")
    site = origin if origin.startswith("http") else f"{request.url.scheme}://{request.headers.get('host', '')}"
    return site + render.links(request).invited(secret)


def _user_id(request: Request) -> UserId:
    asked = request.path_params["id"]
    if not _ID.fullmatch(asked):
        raise HTTPException(404)
    return UserId(asked)


def _role(asked: str) -> UserRole | None:
    return next((one for one in UserRole if one.value == asked), None)
