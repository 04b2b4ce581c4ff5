"""The web site as an application: its routes and what stands around them. No script, no cookie."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import ASGIApp

from readout.errors import ReadoutError
from readout.present.web import (
    about,
    article,
    assets,
    errors,
    feed,
    feeds,
    front,
    judging,
    latest,
    losses,
    outlet,
    page,
    story,
    tag,
)
from readout.present.web.archive import Archive
from readout.present.web.changes import Changes
from readout.present.web.correcting import Judging
from readout.present.web.headers import KnownHosts, SecureHeaders
from readout.present.web.jobs import Intake, Jobs

ROUTES = (
    Route("/", front.show, name="front"),
    Route("/latest", latest.show, name="latest"),
    Route("/story/{id}", story.show, name="story"),
    Route("/story/{id}/merge", judging.merge, methods=["POST"], name="merge"),
    Route("/story/{id}/split", judging.split, methods=["POST"], name="split"),
    Route("/story/{id}/move", judging.move, methods=["POST"], name="move"),
    Route("/judgements", judging.log, name="judgements"),
    Route("/judgements/{id}/undo", judging.undo, methods=["POST"], name="undo"),
    Route("/article/{id}", article.show, name="article"),
    Route("/tags", tag.show_all, name="tags"),
    Route("/tag/{name}", tag.show, name="tag"),
    Route("/outlets", outlet.show_all, name="outlets"),
    Route("/outlet/{id}", outlet.show, name="outlet"),
    Route("/feeds", feeds.show, name="feeds"),
    Route("/feeds", feeds.add, methods=["POST"], name="add"),
    Route("/feeds/opml", feeds.opml, name="opml"),
    Route("/feeds/opml", feeds.upload, methods=["POST"], name="upload"),
    Route("/feeds/adding/{id}", feeds.adding, name="adding"),
    Route("/feeds/{id}", feed.show, name="feed"),
    Route("/feeds/{id}", feed.correct, methods=["POST"], name="correct"),
    Route("/feeds/{id}/remove", feed.ask, name="removing"),
    Route("/feeds/{id}/remove", feed.remove, methods=["POST"], name="remove"),
    Route("/page/{id}", page.show, name="page"),
    Route("/losses", losses.show, name="losses"),
    Route("/about", about.show, name="about"),
    Route("/static/{name}", assets.serve, name="static"),
    Route("/robots.txt", about.robots, name="robots"),
    Route("/healthz", about.health, name="health"),
)


class _Site(Starlette):
    """Starlette answers a bug outside all middleware; what must hold for that answer too is put around everything."""

    hosts: tuple[str, ...] = ()

    def build_middleware_stack(self) -> ASGIApp:
        return SecureHeaders(KnownHosts(super().build_middleware_stack(), self.hosts))


def create(
    archive: Archive,
    *,
    hosts: Iterable[str] = (),
    notice: str = "",
    intake: Intake | None = None,
    open_forms: bool = False,
) -> Starlette:
    """The web site of an archive, for any ASGI server.

    It answers to loopback names and addresses, and to `hosts`. `notice` is a sentence that every page shows, such as
    that all of it is invented. The archive is only read, from several threads; feeds can be added, corrected and
    removed where there is an `intake`, and stories corrected where it can judge them, by this machine alone unless
    `open_forms`.
    """
    site = _Site(
        routes=ROUTES,
        exception_handlers={ReadoutError: errors.told, HTTPException: errors.refused, Exception: errors.broken},
    )
    site.hosts = tuple(hosts)
    site.router.redirect_slashes = False  # we redirect to addresses that we name, nowhere else
    site.state.archive = archive
    site.state.notice = notice
    site.state.changes = Changes(open_forms)
    site.state.intake = intake
    site.state.judging = intake if isinstance(intake, Judging) else None
    site.state.jobs = Jobs(intake) if intake else None
    return site
