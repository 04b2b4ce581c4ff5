"""How the site looks on one device: the page and the form; a cookie holds what was chosen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from types import MappingProxyType
from zoneinfo import available_timezones

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.present.look import CHOICES, Choice, Look, chosen, remembered
from readout.present.web import access, render

_YEAR = 365 * 24 * 3600
_WITHOUT_PLACE = ("UTC", "device")


@dataclass(frozen=True)
class Screen:
    """The choices and what holds; `zone` as it was typed, and what is wrong with it."""

    look: MappingProxyType[str, str]
    zone: str
    fault: str = ""
    saved: bool = False

    @property
    def choices(self) -> tuple[tuple[str, Choice], ...]:
        """Every question, with the name of its field."""
        return tuple(CHOICES.items())

    @property
    def zones(self) -> tuple[str, ...]:
        """The names of time zones that this machine knows."""
        return _zones()


def show(request: Request) -> Response:
    """`/look`."""
    held = remembered(request.cookies.get("look", ""))
    return _page(request, held, held.zone, saved=request.query_params.get("saved") == "yes")


def choose(request: Request) -> Response:
    """`/look`, sent: a cookie, and back to the page; 422 with the zone as typed where nobody knows it."""
    form = access.sent(request).fields
    wanted, fault = chosen(form)
    if not fault and wanted.zone not in _WITHOUT_PLACE and _zones() and wanted.zone not in _zones():
        fault = "No time zone of that name is known here."
    if fault:
        return _page(request, wanted, form.get("zone", ""), fault=fault)
    answer = RedirectResponse(render.links(request).look(saved=True), 303)
    answer.set_cookie(
        "look",
        wanted.cookie(),
        max_age=_YEAR,
        path=render.links(request).front(),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


def _page(request: Request, held: Look, zone: str, *, fault: str = "", saved: bool = False) -> Response:
    screen = Screen(MappingProxyType(asdict(held)), zone, fault, saved=saved)
    return render.page(request, "look.html", screen, status=422 if fault else 200)


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone))
