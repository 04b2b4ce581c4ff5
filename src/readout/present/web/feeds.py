"""The feeds: what is followed and how it is doing, a form to follow more, and how that is getting on.

The form is sent to `/feeds`, which answers with the address of a page that loads itself again until the work is done:
no script is needed, and loading it again adds nothing again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import NotFoundError
from readout.models import Followed
from readout.present import when
from readout.present.health import Health, health
from readout.present.web import render
from readout.present.web.archive import Archive
from readout.present.web.changes import Changes
from readout.present.web.jobs import Job, Jobs
from readout.present.when import When

MOST = 500  # feeds on one screen

_JOB = re.compile(r"[0-9a-f]{16}")
_LONGEST = 2000
_EMPTY = "Write an address, such as news.example."
_TOO_LONG = "That is longer than any address."
_BUSY = "Other feeds are being added just now. Try again in a minute."


@dataclass(frozen=True)
class Row:
    """One feed of the list."""

    health: Health
    last_seen: When | None
    last_new: When | None


@dataclass(frozen=True)
class Form:
    """The form: a token where it may be used, else the reason why there is none; what was written, and its fault."""

    token: str = ""
    closed: str = ""
    asked: str = ""
    fault: str = ""


@dataclass(frozen=True)
class FeedsScreen:
    """The list of feeds, those in trouble first; `job` is what is being added or was."""

    rows: Sequence[Row]
    left_out: int
    troubled: int
    form: Form
    job: Job | None = None


def show(request: Request) -> Response:
    """`/feeds`."""
    return _page(request, _form(request))


async def add(request: Request) -> Response:
    """`/feeds`, sent: begin to add what the form asks for."""
    state = request.app.state
    if state.jobs is None:
        raise HTTPException(405)
    changes: Changes = state.changes
    asked = " ".join((await changes.form(request)).get("address", "").split())
    fault = _EMPTY if not asked else _TOO_LONG if len(asked) > _LONGEST else ""
    jobs: Jobs = state.jobs
    job = None if fault else jobs.start(asked)
    if job is None:
        form = Form(changes.token(), asked=asked[:_LONGEST], fault=fault or _BUSY)
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
    form = _form(request)
    fault = f"{job.fault[:1].upper()}{job.fault[1:]}." if job.fault else ""
    return _page(request, Form(form.token, form.closed, job.asked if fault else "", fault), job=job)


def _form(request: Request) -> Form:
    state = request.app.state
    if state.jobs is None:
        return Form(closed="This site only shows what is kept.")
    changes: Changes = state.changes
    if changes.allowed(request):
        return Form(changes.token())
    return Form(closed="Feeds are added on the machine that this site runs on, or with readout add.")


def _page(request: Request, form: Form, status: int = 200, job: Job | None = None) -> Response:
    archive: Archive = request.app.state.archive
    followed = archive.feeds()
    rows = sorted((_row(archive, one) for one in followed[:MOST]), key=_order)
    screen = FeedsScreen(rows, max(len(followed) - MOST, 0), sum(one.health.troubled for one in rows), form, job)
    return render.page(request, "feeds.html", screen, status=status, current="feeds")


def _row(archive: Archive, followed: Followed) -> Row:
    found = health(followed, archive.looks(followed.feed.id))
    return Row(found, when.captured(found.last_seen), when.captured(found.last_new))


def _order(row: Row) -> tuple[bool, str, str]:
    feed = row.health.followed.feed
    return not row.health.troubled, feed.outlet.name.casefold(), feed.address
