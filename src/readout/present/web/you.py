"""What is a user's own: their name, their role, their password, where they are signed in."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import InputError, RefusedError, TooOftenError
from readout.models import User
from readout.present.web import access, parameters, render, session
from readout.present.web.access import Needs
from readout.present.web.feeds import sentence
from readout.present.web.proxies import network
from readout.present.web.signing import rules, too_often, users_of
from readout.run.passwords import SHORTEST

_WRONG = "That is not your password."
_TWICE = "These are not the same."


@dataclass(frozen=True)
class You:
    """Who you are here. `alone`: nobody signs in, as the archive is used by one; `inviting` says that users could be
    made nevertheless; `moderates` and `manages` what an editor and an admin may. What was wrong with a password that
    was sent, and at which field.
    """

    user: User
    alone: bool
    inviting: bool
    moderates: bool
    manages: bool
    saved: bool = False
    at: str = ""
    fault: str = ""
    shortest: int = SHORTEST


def show(request: Request) -> Response:
    """`/you?saved=yes`. Raises InputError."""
    return _page(request, saved=parameters.saved(request))


def password(request: Request) -> Response:
    """`/you/password`, sent: another password; sessions elsewhere are over."""
    user, users, sent = _user(request), users_of(request), access.sent(request).fields
    if not rules(request).signs_in():
        raise HTTPException(404)
    old, new = sent.get("old", ""), sent.get("password", "")
    if new != sent.get("again", ""):
        return _page(request, "again", _TWICE)
    try:
        ticket = users.change_password(user, old, new, network(request))
    except InputError as error:
        return _page(request, error.name, sentence(error.reason))
    except RefusedError:
        return _page(request, "old", _WRONG)
    except TooOftenError as error:
        return _page(request, "old", too_often(error), status=429)
    response = RedirectResponse(render.links(request).you(saved=True), 303)
    session.start(request, response, ticket)
    return response


def _page(request: Request, at: str = "", fault: str = "", *, status: int = 422, saved: bool = False) -> Response:
    known, user = rules(request), _user(request)
    alone = not known.signs_in()
    inviting = alone and known.users is not None
    moderates, manages = access.may(request, Needs.EDITOR), access.may(request, Needs.ADMIN)
    screen = You(user, alone, inviting, moderates, manages, saved, at, fault)
    return render.page(request, "you.html", screen, status=status if fault else 200, current="you")


def _user(request: Request) -> User:
    user = access.visitor(request)
    if user is None:
        raise HTTPException(403)
    return user
