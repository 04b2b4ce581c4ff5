"""The outlets: the list of them, and one with its articles."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import NotFoundError
from readout.models import Matter
from readout.present import views
from readout.present.web import drawing, minding, parameters, render
from readout.present.web.archive import Archive


def show_all(request: Request) -> Response:
    """`/outlets`."""
    archive: Archive = request.app.state.archive
    return render.page(request, "outlets.html", views.outlets(archive.outlets()), current="outlets")


def show(request: Request) -> Response:
    """`/outlet/{id}?screen=N`. Raises NotFoundError, AmbiguousIdError."""
    archive: Archive = request.app.state.archive
    asked, number = parameters.identifier(request, "outlet"), parameters.screen(request)
    found = archive.outlet(asked)
    if found.outlet.id != asked:
        return RedirectResponse(render.links(request).outlet(found.outlet.id, number), 303)
    minding.offer(request, Matter.OUTLET, found.outlet.id, found.outlet.name)
    offset = (number - 1) * views.LIST_LENGTH
    articles = archive.articles(outlet=found.outlet.id, limit=views.LIST_LENGTH, offset=offset)
    if not articles and number > 1:
        raise NotFoundError("screen", str(number))
    drawn = drawing.of_outlet(request, found.outlet)
    return render.page(request, "outlet.html", (views.outlet(found, articles, number), drawn), current="outlets")
