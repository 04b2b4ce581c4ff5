"""The hashtags: all of them, and one with how often it is met over time and what has it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import NotFoundError
from readout.models import Matter
from readout.present import kindred
from readout.present.web import minding, relating, render
from readout.present.web.archive import Archive

_LONGEST = 80


def show_all(request: Request) -> Response:
    """`/tags`."""
    teller = relating.relating(request)
    found = teller.all_tags(limit=kindred.LISTED) if teller else ()
    return render.page(request, "tags.html", kindred.listed(found))


def show(request: Request) -> Response:
    """`/tag/{name}`; another spelling leads to the one that is shown. Raises NotFoundError."""
    asked, teller = request.path_params["name"], relating.relating(request)
    if teller is None or len(asked) > _LONGEST:
        raise NotFoundError("hashtag", asked[:_LONGEST])
    found = teller.tagged(asked)
    if found.tag.text != asked:
        return RedirectResponse(render.links(request).tag(found.tag.text), 303)
    minding.offer(request, Matter.TAG, found.tag.text, f"#{found.tag.text}")
    archive: Archive = request.app.state.archive
    return render.page(request, "tag.html", kindred.hashtag(found, archive.chosen(found.latest[: kindred.LATEST])))
