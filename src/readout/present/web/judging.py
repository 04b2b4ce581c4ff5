"""What a reader says of stories: two are one, articles are a story of their own or belong in another; and undoing it.

What changes something is sent, never only asked for, and guarded as the forms of feeds are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import AmbiguousIdError, InputError, NotFoundError
from readout.models import Coverage, Judged, Judgement, Level
from readout.present import stories
from readout.present.screens import Row
from readout.present.stories import Said
from readout.present.web import parameters, render
from readout.present.web.archive import Archive
from readout.present.web.changes import Changes
from readout.present.web.forms import MANY

_CHOICES = 40  # stories to choose from
_STORY = re.compile(r"(?:.*/story/)?(s[a-z2-7]{3,16})(?:[?#].*)?", re.DOTALL)
_ARTICLE = re.compile(r"article-(a[a-z2-7]{16})")
_LONGEST = 200
_ELSEWHERE = "Stories are corrected on the machine that this site runs on, or with readout merge, split and move."
_NO_STORY = "Choose a story, or paste the address of its page."
_NO_ARTICLE = "Mark the articles first."


@runtime_checkable
class Judging(Protocol):
    """What judging stories needs of an archive; the Engine has it by shape."""

    def merge(self, one: str, other: str, *, why: str = "") -> Judgement:
        """Say that two stories are one. Raises NotFoundError, AmbiguousIdError, InputError."""

    def split(self, story_id: str, article_ids: Iterable[str], *, why: str = "") -> Judgement:
        """Say that articles of a story are one of their own. Raises as `merge`."""

    def move(self, article_id: str, story_id: str, *, why: str = "") -> Judgement:
        """Say that an article belongs in a story. Raises as `merge`."""

    def undo(self, judgement_id: str) -> Judged:
        """Let that judgement count no more. Raises NotFoundError, InputError."""


@dataclass(frozen=True)
class Form:
    """The forms: a token where they may be used, else the reason why there are none; stories to choose from; what was
    wrong with what was sent, and whether something was just kept.
    """

    token: str = ""
    closed: str = ""
    choices: tuple[Row, ...] = ()
    fault: str = ""
    saved: bool = False


@dataclass(frozen=True)
class Log:
    """The log of judgements, the latest first."""

    said: Sequence[Said]
    number: int
    more: bool
    form: Form


def form(request: Request, archive: Archive, story: Coverage, *, fault: str = "", saved: bool = False) -> Form:
    """The forms on a story's page."""
    token, closed = _token(request)
    if not token or story.level is Level.STORYLINE:
        return Form(closed=closed, saved=saved)
    line = archive.episodes(story.storyline) if story.storyline else ()
    others = {one.id: one for one in (*line, *archive.stories(limit=_CHOICES)) if one.id != story.id}
    return Form(token, "", tuple(stories.row(one) for one in list(others.values())[:_CHOICES]), fault, saved)


async def merge(request: Request) -> Response:
    """`/story/{id}/merge`, sent: this story and another are one."""
    judging, story_id, sent = await _sent(request)
    other = _other(sent)
    why = sent.get("why", "")[:_LONGEST]
    fault = "" if other else _NO_STORY
    return await _done(request, story_id, fault, lambda: judging.merge(story_id, other, why=why))


async def split(request: Request) -> Response:
    """`/story/{id}/split`, sent: the marked articles are a story of their own."""
    judging, story_id, sent = await _sent(request)
    marked = _marked(sent)
    why = sent.get("why", "")[:_LONGEST]
    fault = "" if marked else _NO_ARTICLE
    return await _done(request, story_id, fault, lambda: judging.split(story_id, marked, why=why))


async def move(request: Request) -> Response:
    """`/story/{id}/move`, sent: the marked articles belong in another story."""
    judging, story_id, sent = await _sent(request)
    marked, other = _marked(sent), _other(sent)
    why = sent.get("why", "")[:_LONGEST]
    fault = _NO_ARTICLE if not marked else _NO_STORY if not other else ""
    return await _done(request, story_id, fault, lambda: [judging.move(one, other, why=why) for one in marked])


def log(request: Request) -> Response:
    """`/judgements?screen=N&saved=yes`: everything that was said of stories."""
    archive: Archive = request.app.state.archive
    number = parameters.screen(request)
    length = stories.LOG_LENGTH
    found = archive.judgements(limit=length + 1, offset=(number - 1) * length)
    if not found and number > 1:
        raise NotFoundError("screen", str(number))
    titles = {one.id: one.title for one in archive.chosen(stories.named(found[:length]))}
    token, closed = _token(request)
    form = Form(token, closed, saved=parameters.saved(request))
    screen = Log(stories.said(found[:length], titles), number, len(found) > length, form)
    return render.page(request, "judgements.html", screen, current="")


async def undo(request: Request) -> Response:
    """`/judgements/{id}/undo`, sent: let that judgement count no more. Raises NotFoundError, InputError."""
    judging = _judging(request)
    judgement = parameters.identifier(request, "judgement")
    changes: Changes = request.app.state.changes
    await changes.form(request)
    await run_in_threadpool(judging.undo, judgement)
    return RedirectResponse(render.links(request).judgements(saved=True), 303)


def _judging(request: Request) -> Judging:
    judging: Judging | None = request.app.state.judging
    if judging is None:
        raise HTTPException(405)
    return judging


async def _sent(request: Request) -> tuple[Judging, str, dict[str, str]]:
    judging, story_id = _judging(request), parameters.identifier(request, "story")
    changes: Changes = request.app.state.changes
    return judging, story_id, dict((await changes.form(request, most=MANY)).fields)


async def _done(request: Request, story_id: str, fault: str, do: Callable[[], object]) -> Response:
    """Do it and lead back to the story; or say what was wrong beside the form."""
    from readout.present.web import story

    archive: Archive = request.app.state.archive
    found = await run_in_threadpool(archive.story, story_id)
    if not fault:
        try:
            await run_in_threadpool(do)
        except InputError as error:
            fault = f"{error.reason[:1].upper()}{error.reason[1:]}."
        except (NotFoundError, AmbiguousIdError) as error:
            fault = f"{str(error)[:1].upper()}{str(error)[1:]}."
        else:
            return RedirectResponse(render.links(request).story(story_id, saved=True), 303)
    return await run_in_threadpool(_refused, story.page, request, found, fault)


def _refused(page: Callable[..., Response], request: Request, found: Coverage, fault: str) -> Response:
    return page(request, found, fault=fault)


def _other(sent: dict[str, str]) -> str:
    """The story that was chosen, or whose address was given."""
    asked = sent.get("address", "").strip() or sent.get("other", "").strip()
    found = _STORY.fullmatch(asked)
    return found[1] if found else ""


def _marked(sent: dict[str, str]) -> list[str]:
    return [found[1] for found in map(_ARTICLE.fullmatch, sent) if found]


def _token(request: Request) -> tuple[str, str]:
    state = request.app.state
    if state.judging is None:
        return "", ""
    changes: Changes = state.changes
    return (changes.token(), "") if changes.allowed(request) else ("", _ELSEWHERE)
