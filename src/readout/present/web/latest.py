"""The latest articles, one below the other."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from readout.errors import NotFoundError
from readout.present import views
from readout.present.web import counts, parameters, render
from readout.present.web.archive import Archive


def show(request: Request) -> Response:
    """`/latest?screen=N`. Raises NotFoundError past the last screen."""
    archive: Archive = request.app.state.archive
    number = parameters.screen(request)
    articles = archive.articles(limit=views.LIST_LENGTH, offset=(number - 1) * views.LIST_LENGTH)
    if not articles and number > 1:
        raise NotFoundError("screen", str(number))
    screen = views.front(articles, counts.totals(request), counts.outlets(request), number)
    return render.page(request, "latest.html", screen, current="latest")
