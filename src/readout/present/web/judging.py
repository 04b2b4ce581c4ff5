"""What a reader says of stories: two are one, articles are a story of their own or belong in another; and undoing it.

What changes something is sent, never only asked for, and guarded as the forms of feeds are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import AmbiguousIdError, InputError, NotFoundError
from readout.models import Coverage
from readout.present import stories
from readout.present.stories import Said
from readout.present.web import access, correcting, parameters, render, story
from readout.present.web.archive import Archive, goes_on
from readout.present.web.correcting import Form, Judging

_STORY = re.compile(r"(?:.*/story/)?(s[a-z2-7]{3,16})(?:[?#].*)?", re.DOTALL)
_ARTICLE = re.compile(r"article-(a[a-z2-7]{16})")
_ID = re.compile(r"a[a-z2-7]{16}")
_LONGEST = 200
_NO_ANSWER = "Choose one of the two answers."
_NO_STORY = "Choose a story, or paste the address of its page."
_NO_ADDRESS = f"That is no address of a story here. {_NO_STORY}"
_NO_ARTICLE = "Mark the articles first."


@dataclass(frozen=True)
class Log:
    """The log of judgements, the latest first."""

    said: Sequence[Said]
    number: int
    more: bool
    form: Form


async def merge(request: Request) -> Response:
    """`/story/{id}/merge`, sent: this story and another are one."""
    judging, story_id, sent = _sent(request)
    other = _other(sent)
    why, by = sent.get("why", "")[:_LONGEST], _by(request)
    fault = "" if other else _without(sent)
    return await _done(request, story_id, fault, lambda: judging.merge(story_id, other, why=why, by=by))


async def split(request: Request) -> Response:
    """`/story/{id}/split`, sent: the marked articles are a story of their own."""
    judging, story_id, sent = _sent(request)
    marked = _marked(sent)
    why, by = sent.get("why", "")[:_LONGEST], _by(request)
    fault = "" if marked else _NO_ARTICLE
    return await _done(request, story_id, fault, lambda: judging.split(story_id, marked, why=why, by=by))


async def move(request: Request) -> Response:
    """`/story/{id}/move`, sent: the marked articles belong in another story."""
    judging, story_id, sent = _sent(request)
    marked, other = _marked(sent), _other(sent)
    why, by = sent.get("why", "")[:_LONGEST], _by(request)
    fault = _NO_ARTICLE if not marked else _without(sent) if not other else ""
    return await _done(request, story_id, fault, lambda: [judging.move(one, other, why=why, by=by) for one in marked])


async def settle(request: Request) -> Response:
    """`/story/{id}/suggestion`, sent: what was suggested about an article is right, or is not."""
    judging, story_id, sent = _sent(request)
    article, answer, by = sent.get("article", ""), sent.get("answer", ""), _by(request)
    does = {"take": judging.take, "decline": judging.decline}.get(answer)
    fault = "" if does and _ID.fullmatch(article) else _NO_ANSWER
    return await _done(request, story_id, fault, lambda: does(article, by=by) if does else None)


def log(request: Request) -> Response:
    """`/judgements?screen=N&saved=yes`: everything that was said of stories."""
    archive: Archive = request.app.state.archive
    number = parameters.screen(request)
    length = stories.LOG_LENGTH
    found = archive.judgements(limit=length + 1, offset=(number - 1) * length)
    if not found and number > 1:
        raise NotFoundError("screen", str(number))
    titles = {one.id: one.title for one in archive.chosen(stories.named(found[:length]))}
    token, closed = correcting.token(request)
    form = Form(token, closed, saved=parameters.saved(request))
    screen = Log(stories.said(found[:length], titles), number, len(found) > length, form)
    return render.page(request, "judgements.html", screen, current="front")


async def undo(request: Request) -> Response:
    """`/judgements/{id}/undo`, sent: let that judgement count no more. Raises NotFoundError, InputError."""
    judging = _judging(request)
    judgement = parameters.identifier(request, "judgement")
    await run_in_threadpool(judging.undo, judgement, by=_by(request))
    return RedirectResponse(render.links(request).judgements(saved=True), 303)


def _judging(request: Request) -> Judging:
    judging: Judging | None = request.app.state.judging
    if judging is None:
        raise HTTPException(405)
    return judging


def _sent(request: Request) -> tuple[Judging, str, dict[str, str]]:
    judging, story_id = _judging(request), parameters.identifier(request, "story")
    return judging, story_id, dict(access.sent(request).fields)


async def _done(request: Request, story_id: str, fault: str, do: Callable[[], object]) -> Response:
    """Do it and lead back to the story; or say what was wrong beside the form."""
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
            now = await run_in_threadpool(goes_on, archive, found.id) or found
            return RedirectResponse(render.links(request).story(now.id, saved=True), 303)
    return await run_in_threadpool(_refused, story.page, request, found, fault)


def _refused(page: Callable[..., Response], request: Request, found: Coverage, fault: str) -> Response:
    return page(request, found, fault=fault)


def _by(request: Request) -> str:
    user = access.visitor(request)
    return user.name if user else ""


def _other(sent: dict[str, str]) -> str:
    """The story that was chosen, or whose address was given."""
    asked = sent.get("address", "").strip() or sent.get("other", "").strip()
    found = _STORY.fullmatch(asked)
    return found[1] if found else ""


def _without(sent: dict[str, str]) -> str:
    """What is wrong where no other story is found in what was sent."""
    return _NO_ADDRESS if sent.get("address", "").strip() else _NO_STORY


def _marked(sent: dict[str, str]) -> list[str]:
    return [found[1] for found in map(_ARTICLE.fullmatch, sent) if found]
