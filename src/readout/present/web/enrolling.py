"""Becoming a user: the first one, who sets the site up, and those who are invited. One form, with a password twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import InputError, NotFoundError, RefusedError, TooOftenError
from readout.models import OWNER, UserRole
from readout.present.web import access, render, session
from readout.present.web.feeds import sentence
from readout.present.web.proxies import network
from readout.present.web.signing import rules, too_often, users_of
from readout.run.passwords import SHORTEST
from readout.run.users import LONGEST, Ticket

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_TWICE = "these are not the same"
_CODE = "that is not the code that was printed"


@dataclass(frozen=True)
class Enrolling:
    """The form: where it is sent, the name as typed or, for a known user, as it is; whether a code is asked for; what
    was wrong, and with which field.
    """

    action: str
    name: str = ""
    known: bool = False
    first: bool = False
    role: str = ""
    asks_code: bool = False
    code: str = ""
    at: str = ""
    fault: str = ""
    longest: int = LONGEST
    shortest: int = SHORTEST


def first_run(request: Request) -> Response:
    """`/first-run`: the form for the first user, while there is none."""
    return render.page(request, "enrolling.html", _first(request), current="you")


def set_up(request: Request) -> Response:
    """`/first-run`, sent: the first user, an admin, who is let in."""
    users, form = users_of(request), _first(request)
    sent = access.sent(request).fields
    form = replace(form, name=sent.get("name", "")[:200], code=sent.get("code", "")[:100])

    def enrol() -> Ticket:
        if form.asks_code and not users.knows_code(form.code, network(request)):
            raise InputError("code", _CODE)
        _insist_on_twice(sent)
        return users.first(form.name, sent.get("password", ""))

    return _done(request, form, enrol)


def invited(request: Request) -> Response:
    """`/invited/{secret}`: the form for whoever is invited. Raises NotFoundError where the invitation is not open."""
    return render.page(request, "enrolling.html", _invited(request)[1], current="you")


def accept(request: Request) -> Response:
    """`/invited/{secret}`, sent: a new user, or another password for a known one, who is let in."""
    secret, form = _invited(request)
    sent = access.sent(request).fields
    form = form if form.known else replace(form, name=sent.get("name", "")[:200])

    def enrol() -> Ticket:
        _insist_on_twice(sent)
        return users_of(request).accept(secret, form.name, sent.get("password", ""))

    return _done(request, form, enrol)


def _first(request: Request) -> Enrolling:
    users, known = users_of(request), rules(request)
    if users.any():
        raise HTTPException(404)
    if not known.shared and access.visitor(request) != OWNER:
        raise HTTPException(403, "Only the machine that this site runs on may do that.")
    action = render.links(request).first_run()
    return Enrolling(action, first=True, role=UserRole.ADMIN.value, asks_code=known.shared)


def _invited(request: Request) -> tuple[str, Enrolling]:
    secret = request.path_params["secret"]
    if not _SECRET.fullmatch(secret):
        raise NotFoundError("invitation", "of that address")
    try:
        invitation, user = users_of(request).invitation(secret)
    except NotFoundError:
        raise NotFoundError("invitation", "at this address; it was used, taken back, or is over") from None
    action = render.links(request).invited(secret)
    return secret, Enrolling(action, user.name if user else "", known=user is not None, role=invitation.role.value)


def _insist_on_twice(sent: Mapping[str, str]) -> None:
    if sent.get("password", "") != sent.get("again", ""):
        raise InputError("again", _TWICE)


def _done(request: Request, form: Enrolling, enrol: Callable[[], Ticket]) -> Response:
    """Let whoever enrolled in; or say what was wrong beside the field."""
    try:
        ticket = enrol()
    except InputError as error:
        return _again(request, replace(form, at=error.name, fault=sentence(error.reason)), 422)
    except TooOftenError as error:
        return _again(request, replace(form, at="form", fault=too_often(error)), 429)
    except RefusedError:
        return _again(request, replace(form, at="form", fault="You cannot sign in at present; ask an admin."), 403)
    response = RedirectResponse(render.links(request).front(), 303)
    session.start(request, response, ticket)
    return response


def _again(request: Request, form: Enrolling, status: int) -> Response:
    return render.page(request, "enrolling.html", form, status=status, current="you")
