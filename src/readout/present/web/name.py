"""People, organisations and places: the list of those named most, and one with what it said, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import NotFoundError
from readout.models import (
    Annotation,
    Coverage,
    EditionId,
    EntityKind,
    Matter,
    NameCount,
    Portrait,
    Position,
    Said,
    Saying,
    StoryCount,
    StoryId,
    Who,
)
from readout.present import names
from readout.present.web import minding, parameters, render

_LISTED = 40
_TURNED = 400  # statements, the latest, that are searched for changes
_GROUPS = (
    ("Most quoted", "statements", EntityKind.PERSON, True),
    ("People", "texts", EntityKind.PERSON, False),
    ("Organisations", "texts", EntityKind.BODY, False),
    ("Places", "texts", EntityKind.PLACE, False),
)


@runtime_checkable
class Naming(Protocol):
    """The verbs of the Engine that are needed here. Each may raise StoreError."""

    def portrait(self, entity_id: str, /, *, which: int = 1) -> Portrait:
        """Whom an id means, and what is told of them; may raise NotFoundError."""

    def sayings(self, who: Who, /, *, limit: int = 30, offset: int = 0) -> Sequence[Saying]:
        """What an entity said, the latest first."""

    def spoken_of(self, who: Who, /, *, limit: int = 10) -> Sequence[Saying]:
        """What others said that names an entity."""

    def positions(self, who: Who, /, *, limit: int = 2000) -> Sequence[Position]:
        """Where an entity says something else than before, the latest first."""

    def annotation(self, edition: EditionId, /) -> Annotation | None:
        """What was understood of that edition, if it is annotated."""

    def coverages(self, story_ids: Iterable[StoryId], /) -> Mapping[StoryId, Coverage]:
        """Stories by their ids."""

    def most_named(self, kind: EntityKind, /, *, speaking: bool = False, limit: int = 50) -> Sequence[NameCount]:
        """The entities of a kind that are named or quoted most."""


def show_all(request: Request) -> Response:
    """`/names`."""
    teller = _naming(request)
    groups = [
        (heading, noun, teller.most_named(kind, speaking=speaking, limit=_LISTED) if teller else ())
        for heading, noun, kind, speaking in _GROUPS
    ]
    screen = names.names(groups, speaking=[speaking for *_, speaking in _GROUPS])
    return render.page(request, "names.html", screen, current="names")


def show(request: Request) -> Response:
    """`/name/{id}?screen=N&which=N`; an id that another stands for today leads to that. Raises NotFoundError."""
    teller = _naming(request)
    asked, number, which = parameters.identifier(request, "name"), parameters.screen(request), parameters.which(request)
    if teller is None:
        raise NotFoundError("name", asked)
    found = teller.portrait(asked, which=which)
    if found.id != asked:
        return RedirectResponse(render.links(request).name(found.id, number), 303)
    said = teller.sayings(found.who, limit=names.LIST_LENGTH, offset=(number - 1) * names.LIST_LENGTH)
    if not said and number > 1:
        raise NotFoundError("screen", str(number))
    about = teller.spoken_of(found.who, limit=names.ABOUT) if number == 1 else ()
    minding.offer(request, Matter.NAME, found.id, found.who.name)
    screen = names.name(found, said, about, told(request, found.stories), number)
    return render.page(request, "name.html", screen, current="names")


def positions(request: Request) -> Response:
    """`/name/{id}/positions?which=N`: where it says something else than before. Raises NotFoundError."""
    teller = _naming(request)
    asked, which = parameters.identifier(request, "name"), parameters.which(request)
    if teller is None:
        raise NotFoundError("name", asked)
    found = teller.portrait(asked, which=which)
    turned = teller.positions(found.who, limit=_TURNED)
    sides = [(one.turn.kind, _saying(teller, one.before), _saying(teller, one.after)) for one in turned]
    return render.page(request, "positions.html", names.positions(found, sides), current="names")


def _saying(teller: Naming, said: Said) -> Saying:
    understood = teller.annotation(said.article.edition)
    numbers = {one.id: number for number, one in enumerate(understood.statements, 1)} if understood else {}
    return Saying(said.article, said.statement, numbers.get(said.statement.id, 1))


def told(request: Request, counted: Iterable[StoryCount]) -> Mapping[StoryId, Coverage]:
    """The stories that were counted, but those that ended meanwhile."""
    teller = _naming(request)
    return teller.coverages([one.story for one in counted]) if teller else {}


def _naming(request: Request) -> Naming | None:
    archive = request.app.state.archive
    return archive if isinstance(archive, Naming) else None
