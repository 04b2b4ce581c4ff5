"""Signing in and out. What was wrong with a name and password is never told apart; see `run/users.py`."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import RefusedError, TooOftenError
from readout.present.web import access, leads, render, session
from readout.present.web.access import Access, Door
from readout.present.web.proxies import network
from readout.run.users import Users

_REFUSED = "That name and password do not belong together."
_NEXT = 500
_NAME = 200


@dataclass(frozen=True)
class SignIn:
    """The form: the name as it was typed, what was wrong, and where to go afterwards."""

    name: str = ""
    after: str = ""
    fault: str = ""
    over: bool = False


def show(request: Request) -> Response:
    """`/sign-in?next=ADDRESS`: the form; whoever is in already goes on, and before the first user that one is made."""
    users_of(request)
    after = leads.safe(request, request.query_params.get("next", "")[: _NEXT + 1])
    door = rules(request).door(access.visitor(request))
    if door in {Door.OWN, Door.SET_UP}:
        links = render.links(request)
        return RedirectResponse(links.first_run() if door is Door.SET_UP else after or links.front(), 303)
    over = request.query_params.get("out") == "yes"
    return render.page(request, "sign_in.html", SignIn(after=after, over=over), current="you")


def enter(request: Request) -> Response:
    """`/sign-in`, sent: a session, and on to where whoever signs in wanted to go."""
    users, form = users_of(request), access.sent(request).fields
    after = leads.safe(request, form.get("next", ""))
    try:
        ticket = users.sign_in(form.get("name", ""), form.get("password", ""), network(request))
    except RefusedError:
        return _again(request, after, _REFUSED, 403)
    except TooOftenError as error:
        response = _again(request, after, too_often(error), 429)
        response.headers["Retry-After"] = str(error.wait)
        return response
    response = RedirectResponse(after or render.links(request).front(), 303)
    users.sign_out(session.secret(request))  # whoever signs in again has one session, a new one
    session.start(request, response, ticket)
    return response


def leave(request: Request) -> Response:
    """`/sign-out`, sent: this session is over."""
    users_of(request).sign_out(session.secret(request))
    return _left(request)


def leave_everywhere(request: Request) -> Response:
    """`/sign-out/everywhere`, sent: all sessions of this user are over."""
    user = access.visitor(request)
    if user:
        users_of(request).sign_out_everywhere(user)
    return _left(request)


def rules(request: Request) -> Access:
    """The rules of this site."""
    found: Access = request.app.state.access
    return found


def users_of(request: Request) -> Users:
    """The desk where users are let in. Raises HTTPException (404) where nobody signs in."""
    users = rules(request).users
    if users is None:
        raise HTTPException(404)
    return users


def too_often(error: TooOftenError) -> str:
    """What whoever tried too often is told."""
    if error.wait < 90:  # noqa: PLR2004 - seconds are said below that
        return f"That was tried too often. Try again in {error.wait} seconds."
    return f"That was tried too often. Try again in {-(-error.wait // 60)} minutes."


def _left(request: Request) -> Response:
    response = RedirectResponse(f"{render.links(request).sign_in()}?out=yes", 303)
    session.stop(request, response)
    response.headers["Clear-Site-Data"] = '"storage"'  # what was kept for reading without a network
    return response


def _again(request: Request, after: str, fault: str, status: int) -> Response:
    name = access.sent(request).fields.get("name", "")[:_NAME]
    return render.page(request, "sign_in.html", SignIn(name, after, fault), status=status, current="you")
