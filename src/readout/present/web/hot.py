"""What is hot: the stories that most articles of the last day are in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from readout.errors import InputError
from readout.models import Matter
from readout.present import stories
from readout.present.web import counts, glance, minding, parameters, render
from readout.present.web.archive import Archive


def show(request: Request) -> Response:
    """`/hot?of=mine`: of all outlets, or of those that whoever asks follows. Raises InputError for any other."""
    archive: Archive = request.app.state.archive
    teller = glance.glancing(request)
    counted = teller.hot(limit=stories.LIST_LENGTH) if teller else ()
    outlets = {one.name for one in minding.followed(request) if one.what is Matter.OUTLET}
    asked = parameters.text(request, "of")
    if asked not in {"", "mine"}:
        raise InputError("of", "it can only be mine")
    mine = asked == "mine"
    if mine:
        counted = [(one, number) for one, number in counted if outlets.intersection(one.outlets)]
    found = [one for one, _ in counted]
    headed = archive.chosen([one.headline.article for one in found if one.headline])
    told = glance.glance(request, found, counts.outlets(request), {one.id: number for one, number in counted})
    return render.page(request, "hot.html", (stories.listed(found, headed, told), mine, bool(outlets)), current="front")
