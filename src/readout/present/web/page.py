"""The captured page: its text as it was, with the articles found in it marked."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import NotFoundError
from readout.models import Span
from readout.present import views
from readout.present.web import parameters, render
from readout.present.web.archive import Archive

_REJECTIONS = 50


def show(request: Request) -> Response:
    """`/page/{id}?at=CHARACTER&to=CHARACTER&whole=yes`; a shortened id leads to the whole one.

    Raises NotFoundError (past the last character too), AmbiguousIdError.
    """
    archive: Archive = request.app.state.archive
    asked = parameters.identifier(request, "page")
    at, to, whole = parameters.character(request), parameters.end(request), parameters.whole(request)
    found = archive.page(asked)
    if found.id != asked:
        return RedirectResponse(render.links(request).page(found.id, at, to or None, whole=whole), 303)
    if at and at >= len(found.text):
        raise NotFoundError("character", f"{at} on this page")
    rejections = archive.rejections(page=found.id, limit=_REJECTIONS)
    screen = views.page(found, archive.on_page(found.id), rejections, start=Span(at, to), whole=whole)
    return render.page(request, "page.html", screen)
