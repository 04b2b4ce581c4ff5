"""The front page: stories, those that most independent sources told last first."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from readout.errors import AmbiguousIdError, NotFoundError
from readout.models import Article, Coverage, Matter, Regard, standing
from readout.present import stories, views
from readout.present.web import counts, glance, latest, minding, parameters, render
from readout.present.web.archive import Archive

_LATEST = 7
_FOLLOWED = 60  # followed stories that are looked up


def show(request: Request) -> Response:
    """`/?screen=N`; the latest articles while nothing is grouped. Raises NotFoundError past the last screen."""
    archive: Archive = request.app.state.archive
    number = parameters.screen(request)
    found = archive.stories(limit=stories.LIST_LENGTH, offset=(number - 1) * stories.LIST_LENGTH)
    if not found and number == 1:
        return latest.page(request, "front")
    if not found:
        raise NotFoundError("screen", str(number))
    found, left_out = _mine(request, archive, found, number)
    headed = archive.chosen([one.headline.article for one in found if one.headline])
    newest = _newest(archive) if number == 1 else ()
    around = stories.Around(newest, counts.totals(request), counts.outlets(request), counts.stories(request))
    told = glance.glance(request, found, around.outlets)
    screen = stories.front(found, headed, around, number, told)
    return render.page(request, "front.html", replace(screen, muted=left_out), current="front")


def _newest(archive: Archive) -> Sequence[Article]:
    """The latest articles; where some of them cannot be dated, others of their day go before them."""
    newest = archive.articles(limit=_LATEST)
    if all(one.published for one in newest):
        return newest
    return views.in_days(archive.articles(limit=views.LIST_LENGTH))[:_LATEST]


def _mine(request: Request, archive: Archive, found: Sequence[Coverage], number: int) -> tuple[list[Coverage], int]:
    """The stories as whoever asks wants them: what is followed further up, what is muted left out and counted."""
    followed = minding.followed(request)
    if followed and number == 1:
        found = _with_followed(archive, found, followed)
    mutes = minding.mutes(request)
    shown = [one for one in found if not mutes.story(one)]
    return shown, len(found) - len(shown)


def _with_followed(archive: Archive, found: Sequence[Coverage], followed: Sequence[Regard]) -> list[Coverage]:
    by_id = {one.id: one for one in found}
    wanted = {one.value for one in followed} | {one.name for one in followed if one.what is Matter.OUTLET}
    for one in [one for one in followed if one.what is Matter.STORY][:_FOLLOWED]:
        with suppress(NotFoundError, AmbiguousIdError):
            story = archive.story(one.value)
            by_id.setdefault(story.id, story)
            wanted.add(story.id)
    ranked = sorted(by_id.values(), key=lambda one: (-sum(why.weight for why in standing(one, wanted)), one.id))
    return ranked[: stories.LIST_LENGTH]
