"""The web site as an application: its routes and what stands around them."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Semaphore

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from readout.errors import ReadoutError
from readout.present.web import (
    about,
    article,
    assets,
    comments,
    enrolling,
    errors,
    feed,
    feeds,
    front,
    hot,
    installing,
    judging,
    latest,
    looking,
    losses,
    mine,
    name,
    outlet,
    page,
    search,
    signing,
    story,
    tag,
    users,
    you,
)
from readout.present.web.access import AT_ONCE, Access, Needs, Takes, get, post
from readout.present.web.again import Again
from readout.present.web.archive import Archive
from readout.present.web.changes import Changes
from readout.present.web.comments import Commenting
from readout.present.web.correcting import Judging
from readout.present.web.forms import MANY
from readout.present.web.headers import KnownHosts, SecureHeaders
from readout.present.web.jobs import Intake, Jobs
from readout.present.web.minding import Keeping
from readout.present.web.proxies import BehindProxies

_SMALL, _LEVEL = 8_192, 1  # bytes that are sent as they are, and how hard what is more is packed: quickly
ROUTES = (
    get("/", front.show, name="front", needs=Needs.READING, again=True),
    get("/hot", hot.show, name="hot", needs=Needs.READING, again=True),
    get("/latest", latest.show, name="latest", needs=Needs.READING, again=True),
    get("/story/{id}", story.show, name="story", needs=Needs.READING, again=True),
    post("/story/{id}/merge", judging.merge, name="merge", needs=Needs.EDITOR, takes=Takes(MANY)),
    post("/story/{id}/split", judging.split, name="split", needs=Needs.EDITOR, takes=Takes(MANY)),
    post("/story/{id}/move", judging.move, name="move", needs=Needs.EDITOR, takes=Takes(MANY)),
    post("/story/{id}/suggestion", judging.settle, name="settle", needs=Needs.EDITOR),
    get("/judgements", judging.log, name="judgements", needs=Needs.READING),
    post("/judgements/{id}/undo", judging.undo, name="undo", needs=Needs.EDITOR),
    get("/article/{id}", article.show, name="article", needs=Needs.READING, again=True),
    get("/search", search.show, name="search", needs=Needs.READING, again=True),
    get("/names", name.show_all, name="names", needs=Needs.READING, again=True),
    get("/name/{id}/positions", name.positions, name="positions", needs=Needs.READING, again=True),
    get("/name/{id}", name.show, name="name", needs=Needs.READING, again=True),
    get("/tags", tag.show_all, name="tags", needs=Needs.READING, again=True),
    get("/tag/{name}", tag.show, name="tag", needs=Needs.READING, again=True),
    get("/outlets", outlet.show_all, name="outlets", needs=Needs.READING, again=True),
    get("/outlet/{id}", outlet.show, name="outlet", needs=Needs.READING, again=True),
    get("/feeds", feeds.show, name="feeds", needs=Needs.READING),
    post("/feeds", feeds.add, name="add", needs=Needs.ADMIN),
    get("/feeds/opml", feeds.opml, name="opml", needs=Needs.READING),
    post("/feeds/opml", feeds.upload, name="upload", needs=Needs.ADMIN, takes=Takes(file=True)),
    get("/feeds/adding/{id}", feeds.adding, name="adding", needs=Needs.ADMIN),
    get("/feeds/{id}", feed.show, name="feed", needs=Needs.READING),
    post("/feeds/{id}", feed.correct, name="correct", needs=Needs.ADMIN),
    get("/feeds/{id}/remove", feed.ask, name="removing", needs=Needs.ADMIN),
    post("/feeds/{id}/remove", feed.remove, name="remove", needs=Needs.ADMIN),
    get("/page/{id}", page.show, name="page", needs=Needs.READING, again=True),
    get("/losses", losses.show, name="losses", needs=Needs.READING),
    get("/about", about.show, name="about", needs=Needs.READING),
    get("/mine", mine.show, name="mine", needs=Needs.READER),
    post("/mine", mine.keep, name="keep", needs=Needs.READER),
    get("/mine/file", mine.take_out, name="take-out", needs=Needs.READER),
    post("/mine/file", mine.take_in, name="take-in", needs=Needs.READER, takes=Takes(file=True)),
    get("/followed", mine.followed, name="followed", needs=Needs.READER),
    get("/saved", mine.saved, name="saved", needs=Needs.READER),
    get("/comments/{on}/{subject}", comments.show, name="comments", needs=Needs.READING),
    post("/comments/{on}/{subject}", comments.say, name="say", needs=Needs.READING),
    get("/comment/{id}", comments.matter, name="comment", needs=Needs.READER),
    post("/comment/{id}/edit", comments.edit, name="edit-comment", needs=Needs.READER),
    post("/comment/{id}/delete", comments.delete, name="delete-comment", needs=Needs.READER),
    post("/comment/{id}/report", comments.report, name="report-comment", needs=Needs.READER),
    post("/comment/{id}/hide", comments.hide, name="hide-comment", needs=Needs.EDITOR),
    post("/comment/{id}/show", comments.unhide, name="show-comment", needs=Needs.EDITOR),
    get("/moderation", comments.moderation, name="moderation", needs=Needs.EDITOR),
    get("/look", looking.show, name="look", needs=Needs.NOTHING),
    post("/look", looking.choose, name="choose", needs=Needs.NOTHING),
    get("/offline", installing.offline, name="offline", needs=Needs.NOTHING),
    get("/manifest.webmanifest", installing.manifest, name="manifest", needs=Needs.NOTHING),
    get("/sw.js", installing.worker, name="worker", needs=Needs.NOTHING),
    get("/static/{name}", assets.serve, name="static", needs=Needs.NOTHING),
    get("/sign-in", signing.show, name="sign-in", needs=Needs.NOTHING),
    post("/sign-in", signing.enter, name="enter", needs=Needs.NOTHING),
    post("/sign-out", signing.leave, name="sign-out", needs=Needs.NOTHING),
    post("/sign-out/everywhere", signing.leave_everywhere, name="sign-out-everywhere", needs=Needs.READER),
    get("/first-run", enrolling.first_run, name="first-run", needs=Needs.NOTHING),
    post("/first-run", enrolling.set_up, name="set-up", needs=Needs.NOTHING),
    get("/invited/{secret}", enrolling.invited, name="invited", needs=Needs.NOTHING),
    post("/invited/{secret}", enrolling.accept, name="accept", needs=Needs.NOTHING),
    get("/you", you.show, name="you", needs=Needs.READER),
    post("/you/password", you.password, name="password", needs=Needs.READER),
    get("/users", users.show, name="users", needs=Needs.ADMIN),
    post("/users/invite", users.invite, name="invite", needs=Needs.ADMIN),
    post("/users/invitations/{digest}/withdraw", users.withdraw, name="withdraw", needs=Needs.ADMIN),
    post("/users/{id}", users.change, name="change-user", needs=Needs.ADMIN),
    get("/robots.txt", about.robots, name="robots", needs=Needs.NOTHING),
    get("/healthz", about.health, name="health", needs=Needs.NOTHING),
)


class _Site(Starlette):
    """Starlette answers a bug outside all middleware; what must hold for that answer too is put around everything."""

    hosts: tuple[str, ...] = ()

    def build_middleware_stack(self) -> ASGIApp:
        known = KnownHosts(super().build_middleware_stack(), self.hosts)
        return SecureHeaders(BehindProxies(known, self.state.access.proxies))


def create(
    archive: Archive,
    *,
    hosts: Iterable[str] = (),
    notice: str = "",
    intake: Intake | None = None,
    access: Access | None = None,
) -> Starlette:
    """The web site of an archive, for any ASGI server.

    It answers to loopback names and addresses, and to `hosts`. `notice` is a sentence that every page shows, such as
    that all of it is invented. The archive is only read, from several threads; feeds can be added, corrected and
    removed where there is an `intake`, and stories corrected where it can judge them. `access` says by whom; without it
    by this machine alone.
    """
    site = _Site(
        routes=ROUTES,
        middleware=[Middleware(GZipMiddleware, minimum_size=_SMALL, compresslevel=_LEVEL)],
        exception_handlers={ReadoutError: errors.told, HTTPException: errors.refused, Exception: errors.broken},
    )
    site.hosts = tuple(hosts)
    site.router.redirect_slashes = False  # we redirect to addresses that we name, nowhere else
    site.state.archive = archive
    site.state.notice = notice
    site.state.changes = Changes()
    site.state.access = access or Access()
    site.state.turns = Semaphore(AT_ONCE)
    site.state.again = Again()
    site.state.intake = intake
    site.state.keeping = intake if isinstance(intake, Keeping) else None
    site.state.commenting = intake if isinstance(intake, Commenting) else None
    site.state.judging = intake if isinstance(intake, Judging) else None
    site.state.jobs = Jobs(intake) if intake else None
    return site
