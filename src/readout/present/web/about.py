"""What this site says of itself: to people, to robots, and to whoever watches whether it lives."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from readout.present.web import render
from readout.present.web.archive import Archive


def show(request: Request) -> Response:
    """`/about`."""
    return render.page(request, "about.html", None, current="about")


def robots(_: Request) -> Response:
    """`/robots.txt`: what is kept here belongs to its publishers, so nothing of it is offered to search engines."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


def health(request: Request) -> Response:
    """`/healthz`: "ok" when the archive answers. Raises StoreError where it does not."""
    archive: Archive = request.app.state.archive
    archive.totals()
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})
