"""The feeds: what is followed and how it is doing, a form to follow more, and how that is getting on.

The form is sent to `/feeds`, which answers with the address of a page that loads itself again until the work is done:
no script is needed, and loading it again adds nothing again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import NotFoundError
from readout.models import Followed
from readout.present import when
from readout.present.health import Health, health
from readout.present.web import access, parameters, render
from readout.present.web.access import Needs
from readout.present.web.archive import Archive
from readout.present.web.jobs import Job, Jobs
from readout.present.when import When
from readout.run import adding as adding_feeds

MOST = 500  # feeds on one screen

_JOB = re.compile(r"[0-9a-f]{16}")
_LONGEST = 2000
_EMPTY = "Write an address, such as news.example."
_TOO_LONG = "That is longer than any address."
_NO_FILE = "Choose a file first: a list of feeds (OPML) from another reader."
_NAME = 80
_ELSEWHERE = "Feeds are added and changed on the machine that this site runs on, or with readout add."
_BUSY = "Other feeds are being added just now. Try again in a minute."


@dataclass(frozen=True)
class Row:
    """One feed of the list."""

    health: Health
    last_seen: When | None
    last_new: When | None


@dataclass(frozen=True)
class Form:
    """The form: a token where it may be used, else the reason why there is none; what was written, and its fault, or
    that of the list that was sent.
    """

    token: str = ""
    closed: str = ""
    asked: str = ""
    fault: str = ""
    list_fault: str = ""


@dataclass(frozen=True)
class FeedsScreen:
    """The list of feeds, those in trouble first; `job` is what is being added or was."""

    rows: Sequence[Row]
    left_out: int
    troubled: int
    form: Form
    job: Job | None = None
    saved: bool = False


def show(request: Request) -> Response:
    """`/feeds?saved=yes`. Raises InputError."""
    return _page(request, form_for(request), saved=parameters.saved(request))


def opml(request: Request) -> Response:
    """`/feeds/opml`: what is followed, for other readers."""
    archive: Archive = request.app.state.archive
    content = adding_feeds.as_opml(archive.feeds())
    headers = {"Content-Disposition": 'attachment; filename="readout.opml"', "Cache-Control": "private, no-cache"}
    return Response(content, media_type="text/x-opml; charset=utf-8", headers=headers)


async def upload(request: Request) -> Response:
    """`/feeds/opml`, sent: begin to follow what a list holds."""
    state = request.app.state
    if state.jobs is None:
        raise HTTPException(405)
    sent = access.sent(request)
    jobs: Jobs = state.jobs
    job = jobs.start(sent.name[:_NAME] or "a list of feeds", sent.file) if sent.file else None
    if job is None:
        form = Form(render.csrf(request), list_fault=_BUSY if sent.file else _NO_FILE)
        return await run_in_threadpool(_page, request, form, 422)
    return RedirectResponse(render.links(request).adding(job.id), 303)


async def add(request: Request) -> Response:
    """`/feeds`, sent: begin to add what the form asks for."""
    state = request.app.state
    if state.jobs is None:
        raise HTTPException(405)
    asked = " ".join(access.sent(request).fields.get("address", "").split())
    fault = _EMPTY if not asked else _TOO_LONG if len(asked) > _LONGEST else ""
    jobs: Jobs = state.jobs
    job = None if fault else jobs.start(asked)
    if job is None:
        form = Form(render.csrf(request), asked=asked[:_LONGEST], fault=fault or _BUSY)
        return await run_in_threadpool(_page, request, form, 422)
    return RedirectResponse(render.links(request).adding(job.id), 303)


def adding(request: Request) -> Response:
    """`/feeds/adding/{id}`: how adding is getting on. Raises NotFoundError."""
    asked = request.path_params["id"]
    jobs: Jobs | None = request.app.state.jobs
    job = jobs.job(asked) if jobs and _JOB.fullmatch(asked) else None
    if job is None:
        raise NotFoundError("addition", asked[:80])
    if not job.done:
        return render.page(request, "adding.html", job, current="feeds")
    form = form_for(request)
    fault = sentence(job.fault)
    if job.listed:
        return _page(request, replace(form, list_fault=fault), job=job)
    return _page(request, replace(form, asked=job.asked if fault else "", fault=fault), job=job)


def sentence(fault: str) -> str:
    """A fault as a sentence."""
    return f"{fault[:1].upper()}{fault[1:]}." if fault else ""


def form_for(request: Request) -> Form:
    """An empty form, where whoever asks may use one."""
    if request.app.state.jobs is None:
        return Form(closed="This site only shows what is kept.")
    if access.may(request, Needs.ADMIN):
        return Form(render.csrf(request))
    return Form(closed=access.elsewhere(request, _ELSEWHERE, "An admin adds and changes feeds."))


def _page(request: Request, form: Form, status: int = 200, *, job: Job | None = None, saved: bool = False) -> Response:
    archive: Archive = request.app.state.archive
    followed = archive.feeds()
    rows = sorted((_row(archive, one) for one in followed[:MOST]), key=_order)
    screen = FeedsScreen(rows, max(len(followed) - MOST, 0), sum(one.health.troubled for one in rows), form, job, saved)
    return render.page(request, "feeds.html", screen, status=status, current="feeds")


def _row(archive: Archive, followed: Followed) -> Row:
    found = health(followed, archive.looks(followed.feed.id))
    return Row(found, when.captured(found.last_seen), when.captured(found.last_new))


def _order(row: Row) -> tuple[bool, str, str]:
    feed = row.health.followed.feed
    return not row.health.troubled, feed.outlet.name.casefold(), feed.address
