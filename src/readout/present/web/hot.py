"""What is hot: the stories that most articles of the last day are in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from readout.present import stories
from readout.present.web import counts, glance, render
from readout.present.web.archive import Archive


def show(request: Request) -> Response:
    """`/hot`."""
    archive: Archive = request.app.state.archive
    teller = glance.glancing(request)
    counted = teller.hot(limit=stories.LIST_LENGTH) if teller else ()
    found = [one for one, _ in counted]
    headed = archive.chosen([one.headline.article for one in found if one.headline])
    told = glance.glance(request, found, counts.outlets(request), {one.id: number for one, number in counted})
    return render.page(request, "hot.html", stories.listed(found, headed, told), current="front")
