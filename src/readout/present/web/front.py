"""The front page: stories, those that most independent sources told last first."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from readout.errors import NotFoundError
from readout.present import stories
from readout.present.web import counts, glance, latest, parameters, render
from readout.present.web.archive import Archive

_LATEST = 7


def show(request: Request) -> Response:
    """`/?screen=N`; the latest articles while nothing is grouped. Raises NotFoundError past the last screen."""
    archive: Archive = request.app.state.archive
    number = parameters.screen(request)
    found = archive.stories(limit=stories.LIST_LENGTH, offset=(number - 1) * stories.LIST_LENGTH)
    if not found and number == 1:
        return latest.show(request)
    if not found:
        raise NotFoundError("screen", str(number))
    headed = archive.chosen([one.headline.article for one in found if one.headline])
    newest = archive.articles(limit=_LATEST) if number == 1 else ()
    kept = (counts.totals(request), counts.outlets(request), counts.stories(request))
    told = glance.glance(request, found, kept[1])
    screen = stories.front(found, headed, newest, kept, number, told)
    return render.page(request, "front.html", screen, current="front")
