"""The loss list: what was dropped, why, and how often."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from readout.errors import NotFoundError
from readout.present import views
from readout.present.web import parameters, render
from readout.present.web.archive import Archive


def show(request: Request) -> Response:
    """`/losses?screen=N`. Raises NotFoundError past the last screen."""
    archive: Archive = request.app.state.archive
    number = parameters.screen(request)
    rejections = archive.rejections(limit=views.LOSSES_LENGTH, offset=(number - 1) * views.LOSSES_LENGTH)
    if not rejections and number > 1:
        raise NotFoundError("screen", str(number))
    return render.page(request, "losses.html", views.losses(archive.losses(), rejections, number), current="losses")
