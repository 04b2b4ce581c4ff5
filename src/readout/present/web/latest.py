"""The latest articles, one below the other."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from readout.errors import NotFoundError
from readout.present import views
from readout.present.web import counts, minding, parameters, render
from readout.present.web.archive import Archive


def show(request: Request) -> Response:
    """`/latest?screen=N`. Raises NotFoundError past the last screen."""
    return page(request, "latest")


def page(request: Request, current: str) -> Response:
    """The latest articles, under the entry of the navigation that led to them."""
    archive: Archive = request.app.state.archive
    number = parameters.screen(request)
    articles = archive.articles(limit=views.LIST_LENGTH, offset=(number - 1) * views.LIST_LENGTH)
    if not articles and number > 1:
        raise NotFoundError("screen", str(number))
    mutes = minding.mutes(request)
    shown = [one for one in articles if not mutes.article(one.title, one.outlet)]
    read = minding.have_read(request, [one.id for one in shown])
    screen = views.front(shown, counts.totals(request), counts.outlets(request), number, read)
    screen = replace(screen, muted=len(articles) - len(shown))
    return render.page(request, "latest.html", screen, current=current)
