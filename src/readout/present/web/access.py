"""Who may do what: every route says what it needs, and one gate asks for it before the route's function is called.

    post("/story/{id}/merge", judging.merge, name="merge", needs=Needs.EDITOR)

A function behind the gate asks `visitor(request)` who it is answering, and `may(request, Needs.EDITOR)` whether to show
a form. What was sent has been checked and taken apart by then (`changes.py`): `sent(request)` is the form.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import partial
from threading import Semaphore
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from readout.models import OWNER, User, UserRole
from readout.present.web import leads, session
from readout.present.web.again import Again
from readout.present.web.changes import Changes, is_here
from readout.present.web.forms import FIELDS, Sent
from readout.run.users import Users

_SAFE = frozenset({"GET", "HEAD"})
AT_ONCE = 2  # pages that are made at the same time


class Needs(IntEnum):
    """What a route needs of whoever asks; each is more than those before it."""

    NOTHING = 0  # anybody, always: files, signing in
    READING = 1  # whoever may read: anybody, or users only, as the operator says
    READER = 2  # a user
    EDITOR = 3
    ADMIN = 4


_ROLES = {UserRole.READER: Needs.READER, UserRole.EDITOR: Needs.EDITOR, UserRole.ADMIN: Needs.ADMIN}


@dataclass(frozen=True)
class Access:
    """The rules of this site. Where `shared`, or once there are `users`, who wants more than to read signs in. Until
    then this machine is its owner's, as is every other one where `everywhere`. `open_reading` lets visitors read,
    `visitors_comment` lets them comment, which waits for an editor. Peers at the addresses or networks in `proxies` are
    believed when they say for whom they ask.
    """

    users: Users | None = None
    shared: bool = False
    everywhere: bool = False
    open_reading: bool = True
    visitors_comment: bool = False
    proxies: Sequence[str] = ()

    def signs_in(self) -> bool:
        """Whether users sign in here."""
        return self.users is not None and (self.shared or self.users.any())

    def user(self, request: Request) -> User | None:
        """Who is asking; None for a visitor."""
        if self.users is not None and self.signs_in():
            secret = session.secret(request)
            return self.users.user(secret) if secret else None
        return OWNER if self.everywhere or is_here(request) else None

    def grants(self, user: User | None, needs: Needs) -> bool:
        """Whether that is enough."""
        has = _ROLES[user.role] if user else Needs.READING if self.open_reading else Needs.NOTHING
        return has >= needs

    def door(self, user: User | None) -> Door:
        """What the top of a page offers to whoever asks."""
        if user:
            return Door.OWN
        if self.users is None or not self.signs_in():
            return Door.NONE
        return Door.SIGN_IN if self.users.any() else Door.SET_UP


class Door(StrEnum):
    """A way in, or to what is one's own."""

    NONE = "none"
    SET_UP = "set up"
    SIGN_IN = "sign in"
    OWN = "own"


class Way(Route):
    """A route that says what it needs."""

    def __init__(self, path: str, endpoint: Callable[..., Any], needs: Needs, **options: Any) -> None:  # noqa: ANN401
        super().__init__(path, endpoint, **options)
        self.needs = needs


@dataclass(frozen=True)
class Takes:
    """What a form may hold: how many fields, and whether a file."""

    fields: int = FIELDS
    file: bool = False


_REASONS = {
    Door.NONE: "Only the machine that this site runs on may do that.",
    Door.SET_UP: "Somebody has to set this site up first.",
    Door.SIGN_IN: "Sign in first. If you did, your session is over; go back after signing in, and send it once more.",
    Door.OWN: "That takes another role than yours.",
}


def get(path: str, endpoint: Callable[..., Any], *, name: str, needs: Needs, again: bool = False) -> Way:
    """A route that shows something and changes nothing; in a large archive `again` for a moment."""
    return Way(path, _gated(endpoint, needs, Takes(), again=again), needs, name=name, methods=["GET"])


def post(path: str, endpoint: Callable[..., Any], *, name: str, needs: Needs, takes: Takes = Takes()) -> Way:
    """A route that is sent a form."""
    return Way(path, _gated(endpoint, needs, takes), needs, name=name, methods=["POST"])


def visitor(request: Request) -> User | None:
    """Who is asking: a user, or None for a visitor who is nobody here. Looked up once a request."""
    state = request.state
    if not hasattr(state, "visitor"):
        state.visitor = None  # what fails here must not fail again on the page that tells of it
        rules: Access = request.app.state.access
        state.visitor = rules.user(request)
    found: User | None = state.visitor
    return found


def may(request: Request, needs: Needs) -> bool:
    """Whether whoever asks may do what needs that."""
    rules: Access = request.app.state.access
    return rules.grants(visitor(request), needs)


def elsewhere(request: Request, alone: str, shared: str) -> str:
    """Why there is no form: the words for a site of one, or for one with users."""
    rules: Access = request.app.state.access
    return shared if rules.signs_in() else alone


def sent(request: Request) -> Sent:
    """The form that was sent to this route, guarded."""
    found: Sent = request.state.sent
    return found


def _gated(endpoint: Callable[..., Any], needs: Needs, takes: Takes, *, again: bool = False) -> Callable[..., Any]:
    show = partial(_told_again if again else _made, endpoint)
    waits = inspect.iscoroutinefunction(endpoint)

    async def gate(request: Request) -> Response:
        if request.method in _SAFE and not waits:
            return await run_in_threadpool(_shown, show, request, needs)
        elsewhere = await _pass(request, needs, takes)
        if elsewhere:
            return elsewhere
        try:
            if waits:
                answered: Response = await endpoint(request)
                return answered
            return await run_in_threadpool(endpoint, request)
        finally:
            if request.method not in _SAFE:
                again: Again = request.app.state.again
                again.something_was_sent()

    return gate


def _shown(show: Callable[[Request], Response], request: Request, needs: Needs) -> Response:
    """What that route shows, all of it in one thread. Raises as `_pass`."""
    return show(request) if may(request, needs) else _turned_away(request, unsafe=False)


def _made(endpoint: Callable[..., Any], request: Request) -> Response:
    """A page, made when it is its turn: few are at once, for each question to the archive is a change of threads, and
    so many pages at once would all take longer than the last of them does one after another.
    """
    turns: Semaphore = request.app.state.turns
    with turns:
        answered: Response = endpoint(request)
        return answered


def _told_again(endpoint: Callable[..., Any], request: Request) -> Response:
    """The page as it was made a moment ago, or now."""
    again: Again = request.app.state.again
    ticket = again.ticket(request, visitor(request))
    found = again.told(ticket) or _made(endpoint, request)
    again.keep(ticket, request, found)
    return found


async def _pass(request: Request, needs: Needs, takes: Takes) -> Response | None:
    """Nothing where whoever asks may go on; else where to go first. Raises HTTPException (403)."""
    changes: Changes = request.app.state.changes
    unsafe = request.method not in _SAFE
    if unsafe:
        changes.insist_on_origin(request)
    if not await run_in_threadpool(may, request, needs):
        return await run_in_threadpool(_turned_away, request, unsafe=unsafe)
    if unsafe:
        request.state.sent = await changes.form(request, file=takes.file, most=takes.fields)
    return None


def _turned_away(request: Request, *, unsafe: bool) -> Response:
    rules: Access = request.app.state.access
    door = rules.door(visitor(request))
    if unsafe or door in {Door.OWN, Door.NONE}:
        raise HTTPException(403, _REASONS[door])
    links = leads.links(request)
    where = links.first_run() if door is Door.SET_UP else links.sign_in(after=leads.asked(request))
    return RedirectResponse(where, 303)
