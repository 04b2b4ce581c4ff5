"""Screens to HTML: the one door to the template engine. Everything is escaped and made harmless on its way out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from readout.present import lands, look, tongues
from readout.present.harmless import STAND_IN, harmless
from readout.present.web import leads, minding
from readout.present.web.access import Access, visitor
from readout.present.web.assets import assets
from readout.present.web.changes import Changes
from readout.present.web.links import Links

if TYPE_CHECKING:
    from starlette.requests import Request

_FRESH = {"Cache-Control": "private, no-cache"}


def page(request: Request, template: str, screen: object, *, status: int = 200, current: str = "") -> HTMLResponse:
    """The template filled with a screen; `current` names the entry of the navigation that this is."""
    access: Access = request.app.state.access
    values = {
        "screen": screen,
        "link": leads.links(request),
        "current": current,
        "notice": request.app.state.notice,
        "csrf": csrf(request),
        "visitor": visitor(request),
        "door": access.door(visitor(request)),
        "style": assets()["style.css"].name,
        "icon": assets()["icon.svg"].name,
        "script": assets()["readout.js"].name,
        "offers": minding.offers(request),
        "discussion": getattr(request.state, "discussion", None),
        "look": look.remembered(request.cookies.get("look", "")),
    }
    html = environment().get_template(template).render(values)
    return HTMLResponse(html, status_code=status, headers=_FRESH)


def prepare() -> None:
    """Compile all templates, which takes some tenths of a second, before somebody waits for one."""
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)


def csrf(request: Request) -> str:
    """The token that every form on a page carries, as `{{ parts.csrf(csrf) }}`, in the field `token`."""
    changes: Changes = request.app.state.changes
    return changes.token(request)


def links(request: Request) -> Links:
    """The addresses of this site as that request reaches it."""
    return leads.links(request)


@cache
def environment() -> Environment:
    """The template engine, with every expression made harmless before it is escaped."""
    made = Environment(
        loader=PackageLoader("readout.present.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finished,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["thousands"] = _thousands
    made.filters["counted"] = _counted
    made.filters["exposed"] = _exposed
    made.filters["land"] = lands.name
    made.filters["tongue"] = tongues.name
    return made


def _finished(value: object) -> object:
    # Only plain strings: what the engine has escaped already is a type of its own.
    return harmless(value) if type(value) is str else value


def _thousands(number: int) -> str:
    return f"{number:,}"


def _counted(number: int, one: str, many: str = "") -> str:
    """The number with its noun: 1 article, 2,014 articles."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _exposed(text: str) -> str:
    """The text with a visible mark where a character was that hides or reorders others."""
    return harmless(text, STAND_IN)
