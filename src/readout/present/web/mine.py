"""What is a reader's own: what they follow, saved and muted, the buttons that say so, and all of it as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import AmbiguousIdError, InputError, NotFoundError
from readout.models import ArticleId, Coverage, How, Matter, OutletId, Regard, UserId
from readout.present import stories, views
from readout.present.screens import Item, Paging, Row
from readout.present.web import access, counts, glance, parameters, render
from readout.present.web.archive import Archive
from readout.present.web.links import Links
from readout.present.web.minding import Keeping, keeper
from readout.run.regards import Taken

_SCREEN = 30
_ALL = 500
_NEWEST = 3  # articles of each outlet that is followed
_OUTLETS = 20


@dataclass(frozen=True)
class Held:
    """One thing that is followed, saved or muted, and where it is to be seen."""

    regard: Regard
    address: str


@dataclass(frozen=True)
class Mine:
    """Everything of one reader; `fault` is what was wrong with a form, `word` what was typed into it."""

    groups: tuple[tuple[str, tuple[Held, ...]], ...]
    fault: str = ""
    word: str = ""
    file_fault: str = ""
    taken: Taken | None = None


@dataclass(frozen=True)
class Followed:
    """Stories that are followed, those of them that are gone, names and hashtags, and the newest of outlets."""

    rows: tuple[Row, ...]
    gone: tuple[Regard, ...]
    others: tuple[Held, ...]
    newest: tuple[Item, ...]


@dataclass(frozen=True)
class Saved:
    """Saved articles, the last saved first, and saved searches; what is gone since is named."""

    items: tuple[Item, ...]
    gone: tuple[Regard, ...]
    searches: tuple[Held, ...]
    paging: Paging


def show(request: Request) -> Response:
    """`/mine`."""
    return _page(request)


def keep(request: Request) -> Response:
    """`/mine`, sent: follow, save, mark as read or mute, or take that back where `off`; then back."""
    form = access.sent(request).fields
    keeping, user = _keeper(request)
    how, what, value = (form.get(name, "") for name in ("how", "what", "value"))
    try:
        if form.get("off"):
            keeping.disregard(user, how, what, value)
        else:
            keeping.regard(user, how, what, value, form.get("name", ""))
    except InputError as error:
        if what == Matter.WORD:
            return _page(request, fault=f"It was not muted: {error.reason}.", word=value)
        raise HTTPException(422, f"It was not kept: {error.reason}.") from error
    links = render.links(request)
    where = links.mine() if form.get("back") == "mine" else _address(links, Matter(what), value)
    return RedirectResponse(where, 303)


def followed(request: Request) -> Response:
    """`/followed`: the stories, and what is new of outlets."""
    archive: Archive = request.app.state.archive
    keeping, user = _keeper(request)
    kept = keeping.regards(user, How.FOLLOWED, limit=_ALL)
    found, gone = _stories(archive, [one for one in kept if one.what is Matter.STORY])
    headed = archive.chosen([one.headline.article for one in found if one.headline])
    outlets = [one.value for one in kept if one.what is Matter.OUTLET][:_OUTLETS]
    newest = [article for one in outlets for article in archive.articles(outlet=OutletId(one), limit=_NEWEST)]
    newest.sort(key=lambda one: one.published.at.timestamp() if one.published else 0.0, reverse=True)
    screen = Followed(
        stories.listed(found, headed, glance.glance(request, found, counts.outlets(request))),
        tuple(gone),
        tuple(_held(request, one) for one in kept if one.what is not Matter.STORY),
        tuple(map(views.item, newest[:_SCREEN])),
    )
    return render.page(request, "followed.html", screen, current="front")


def saved(request: Request) -> Response:
    """`/saved?screen=N`. Raises NotFoundError past the last screen."""
    archive: Archive = request.app.state.archive
    keeping, user = _keeper(request)
    number, total = parameters.screen(request), keeping.count_regards(user, How.SAVED, Matter.ARTICLE)
    kept = keeping.regards(user, How.SAVED, Matter.ARTICLE, limit=_SCREEN, offset=(number - 1) * _SCREEN)
    if not kept and number > 1:
        raise NotFoundError("screen", str(number))
    found = {one.value: archive.chosen([ArticleId(one.value)]) for one in kept}
    searches = keeping.regards(user, How.SAVED, Matter.SEARCH, limit=_ALL) if number == 1 else ()
    screen = Saved(
        tuple(views.item(articles[0]) for articles in found.values() if articles),
        tuple(one for one in kept if not found[one.value]),
        tuple(_held(request, one) for one in searches),
        views.paging(number, total, _SCREEN),
    )
    return render.page(request, "saved.html", screen, current="front")


def take_out(request: Request) -> Response:
    """`/mine/file`: all of it, as a file to take elsewhere."""
    keeping, user = _keeper(request)
    headers = {"Content-Disposition": 'attachment; filename="readout-mine.json"', "Cache-Control": "private, no-store"}
    return Response(keeping.regards_as_file(user), media_type="application/json", headers=headers)


def take_in(request: Request) -> Response:
    """`/mine/file`, sent: keep what the file holds, and say what came of it."""
    keeping, user = _keeper(request)
    try:
        taken = keeping.regards_from_file(user, access.sent(request).file)
    except InputError as error:
        return _page(request, file_fault=f"Nothing was taken from it: {error.reason}.")
    return _page(request, taken=taken)


def _page(
    request: Request, *, fault: str = "", word: str = "", file_fault: str = "", taken: Taken | None = None
) -> Response:
    keeping, user = _keeper(request)
    groups = [
        (title, tuple(_held(request, one) for one in keeping.regards(user, how, limit=_ALL)))
        for title, how in (("You follow", How.FOLLOWED), ("You saved", How.SAVED), ("You muted", How.MUTED))
    ]
    screen = Mine(tuple(groups), fault, word, file_fault, taken)
    return render.page(request, "mine.html", screen, status=422 if fault or file_fault else 200, current="you")


def _stories(archive: Archive, kept: Sequence[Regard]) -> tuple[list[Coverage], list[Regard]]:
    """The stories that are followed, each once, wherever they went, and what is gone."""
    found: dict[str, Coverage] = {}
    gone: list[Regard] = []
    for one in kept:
        try:
            story = archive.story(one.value)
            found[story.id] = story
        except (NotFoundError, AmbiguousIdError):
            gone.append(one)
    return list(found.values()), gone


def _keeper(request: Request) -> tuple[Keeping, UserId]:
    held = keeper(request)
    if held is None:
        raise HTTPException(404)
    return held


def _held(request: Request, one: Regard) -> Held:
    return Held(one, _address(render.links(request), one.what, one.value))


def _address(links: Links, what: Matter, value: str) -> str:
    where: dict[Matter, Callable[[str], str]] = {
        Matter.STORY: links.story,
        Matter.ARTICLE: links.article,
        Matter.NAME: links.name,
        Matter.TAG: links.tag,
        Matter.OUTLET: links.outlet,
        Matter.SEARCH: links.search,
    }
    return where[what](value) if what in where else links.mine()
