"""The article page: the clean text and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import NotFoundError
from readout.models import Article, Matter, On, Sighting
from readout.present import views
from readout.present.web import belonging, comments, marking, minding, parameters, relating, render
from readout.present.web.archive import Archive


def show(request: Request) -> Response:
    """`/article/{id}?edition=ID`; a shortened id leads to the whole one.

    Raises NotFoundError, AmbiguousIdError.
    """
    archive: Archive = request.app.state.archive
    asked, edition = parameters.identifier(request, "article"), parameters.edition(request)
    found = archive.article(asked)
    if found.id != asked:
        return RedirectResponse(render.links(request).article(found.id, edition or ""), 303)
    sightings = archive.sightings(found.id)
    shown = _of_edition(edition, sightings) if edition else found
    page = archive.page(shown.page)
    screen = views.article(shown, page=page, on_page=archive.on_page(shown.page), sightings=sightings)
    marks = marking.marks(archive, shown, page, screen, marking.asked(request))
    belongs = belonging.belonging(archive, found)
    screen = replace(
        screen, marked=marks, edition=edition or "", belonging=belongs, kindred=relating.of_article(request, found)
    )
    minding.offer(request, Matter.ARTICLE, found.id, found.title)
    comments.discuss(request, On.ARTICLE, found.id)
    return render.page(request, "article.html", screen)


def _of_edition(edition: str, sightings: Sequence[Sighting]) -> Article:
    found = [met.article for met in sightings if met.article.edition == edition]
    if not found:
        raise NotFoundError("edition", edition)
    return found[-1]
