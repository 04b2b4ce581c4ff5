"""One feed: how it is doing, its last looks, a form that corrects what was guessed, and the end of following it.

What changes something is sent, never only asked for: to remove a feed takes a page that asks, and its button.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import InputError
from readout.models import Feed, Look
from readout.present import when
from readout.present.health import Health, health
from readout.present.web import access, parameters, render
from readout.present.web.archive import Archive
from readout.present.web.feeds import Form, form_for, sentence
from readout.present.web.jobs import Intake
from readout.present.when import When

SHOWN = 20  # looks on the page

_HINTS = (
    ("name", "Name", ""),
    ("domain", "Domain", "such as news.example"),
    ("country", "Country", "two letters, such as FR"),
    ("language", "Language", "two letters, such as fr"),
    ("kind", "Kind", "newspaper, broadcaster, agency, aggregator …"),
)


@dataclass(frozen=True)
class Field:
    """One field of the form: what it is called, what it may hold, what it holds, how that was guessed, and what is
    wrong with it.
    """

    key: str
    name: str
    hint: str
    value: str
    reason: str
    fault: str


@dataclass(frozen=True)
class Seen:
    """One look at the feed."""

    look: Look
    at: When | None


@dataclass(frozen=True)
class FeedScreen:
    """A feed with everything that is known of it; `saved` says that a correction was just kept."""

    health: Health
    last_seen: When | None
    last_new: When | None
    next_at: When | None
    looks: Sequence[Seen]
    fields: Sequence[Field]
    form: Form
    saved: bool


def show(request: Request) -> Response:
    """`/feeds/{id}?saved=yes`. Raises NotFoundError, AmbiguousIdError, InputError."""
    feed_id = parameters.identifier(request, "feed")
    return _page(request, feed_id, saved=parameters.saved(request))


async def correct(request: Request) -> Response:
    """`/feeds/{id}`, sent: set what was guessed. Raises NotFoundError, AmbiguousIdError."""
    intake, feed_id = _intake(request), parameters.identifier(request, "feed")
    sent = access.sent(request).fields
    archive: Archive = request.app.state.archive
    feed = (await run_in_threadpool(archive.feed, feed_id)).feed
    said = {key: sent[key] for key, _, _ in _HINTS if key in sent and sent[key].strip() != _value(feed, key)}
    try:
        if said:
            await run_in_threadpool(intake.correct, feed.id, **said)
    except InputError as error:
        return await run_in_threadpool(_page, request, feed.id, sent, error)
    return RedirectResponse(render.links(request).feed(feed.id, saved=True), 303)


def ask(request: Request) -> Response:
    """`/feeds/{id}/remove`: whether it is meant. Raises NotFoundError, AmbiguousIdError."""
    archive: Archive = request.app.state.archive
    followed = archive.feed(parameters.identifier(request, "feed"))
    return render.page(request, "removing.html", (followed.feed, form_for(request)), current="feeds")


async def remove(request: Request) -> Response:
    """`/feeds/{id}/remove`, sent: follow it no more. Raises NotFoundError, AmbiguousIdError."""
    intake, feed_id = _intake(request), parameters.identifier(request, "feed")
    await run_in_threadpool(intake.remove, feed_id)
    return RedirectResponse(render.links(request).feeds(saved=True), 303)


def _intake(request: Request) -> Intake:
    intake: Intake | None = request.app.state.intake
    if intake is None:
        raise HTTPException(405)
    return intake


def _page(
    request: Request,
    feed_id: str,
    sent: Mapping[str, str] | None = None,
    fault: InputError | None = None,
    *,
    saved: bool = False,
) -> Response:
    archive: Archive = request.app.state.archive
    followed = archive.feed(feed_id)
    looks = archive.looks(followed.feed.id)
    found = health(followed, looks)
    screen = FeedScreen(
        found,
        when.captured(found.last_seen),
        when.captured(found.last_new),
        when.captured(found.next_at),
        [Seen(one, when.captured(one.at)) for one in looks[:SHOWN]],
        [_field(followed.feed, one, sent or {}, fault) for one in _HINTS],
        form_for(request),
        saved,
    )
    return render.page(request, "feed.html", screen, status=422 if fault else 200, current="feeds")


def _field(feed: Feed, named: tuple[str, str, str], sent: Mapping[str, str], fault: InputError | None) -> Field:
    key, name, hint = named
    reason = "set by hand" if key in feed.corrected else _reason(feed, key)
    wrong = sentence(fault.reason) if fault and fault.name == key else ""
    return Field(key, name, hint, sent.get(key, _value(feed, key))[:200], reason, wrong)


def _value(feed: Feed, key: str) -> str:
    return str(getattr(feed.outlet, key) or "")


def _reason(feed: Feed, key: str) -> str:
    """How it was guessed: a feed says that as "country: the address's"."""
    found = (one.partition(": ")[2] for one in feed.reasons if one.startswith(f"{key}: "))
    return next(found, "")
