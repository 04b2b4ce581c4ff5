"""Looking for articles and statements: one page, one form, every address a query."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol, TypeVar, runtime_checkable

from starlette.requests import Request
from starlette.responses import Response

from readout.errors import InputError, NotIndexedError
from readout.models import Matter, Shelf, Sorting
from readout.models.regard import LONGEST
from readout.present import found
from readout.present.found import Looked
from readout.present.web import counts, minding, parameters, render
from readout.present.web.archive import Archive

T = TypeVar("T", Shelf, Sorting)


@runtime_checkable
class Searching(Protocol):
    """The verb of the Engine that is needed here. It may raise NotIndexedError and StoreError."""

    def search(self, text: str, /, *, shelf: Shelf, sorting: Sorting, screen: int) -> Looked:
        """One screen of what answers a query."""


def show(request: Request) -> Response:
    """`/search?q=WORDS&in=statements&sort=newest&screen=N`. Raises InputError where it is asked for otherwise than as a
    query; a query itself is never wrong.
    """
    archive: Archive = request.app.state.archive
    typed, number = parameters.text(request, "q"), parameters.screen(request)
    shelf, sorting = _one_of(request, "in", Shelf), _one_of(request, "sort", Sorting)
    asked = found.empty(typed, shelf, sorting, number)
    if not typed.strip():
        return _page(request, asked)
    if not isinstance(archive, Searching):
        return _page(request, found.missing(asked), 503)
    try:
        looked = archive.search(typed, shelf=shelf, sorting=sorting, screen=number)
    except NotIndexedError:
        return _page(request, found.missing(asked), 503)
    if len(typed) <= LONGEST:
        minding.offer(request, Matter.SEARCH, typed, typed)
    screen = found.screen(asked, looked, archive.page)
    return _page(request, replace(screen, bare=not screen.total and not counts.totals(request).articles))


def _page(request: Request, screen: found.SearchScreen, status: int = 200) -> Response:
    return render.page(request, "search.html", screen, status=status, current="search")


def _one_of(request: Request, name: str, kind: type[T]) -> T:
    """One of a few words, the first where nothing is said. Raises InputError."""
    asked = parameters.text(request, name)
    known = [one.value for one in kind]
    if asked and asked not in known:
        raise InputError(name, f"it can only be one of {', '.join(known)}")
    return kind(asked) if asked else next(iter(kind))
