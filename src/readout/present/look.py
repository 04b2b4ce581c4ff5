"""How the site looks on one device: the choices there are, and how a cookie holds them. No request, no markup here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

_LONGEST = 400  # characters of a cookie, and
_FIELDS = 20  # choices in it, more than which are nobody's
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,30}(?:/[A-Za-z][A-Za-z0-9_+-]{0,30}){0,2}")


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen, and how a page words it."""

    value: str
    words: str


@dataclass(frozen=True)
class Choice:
    """A question with its options; the first is what holds where nothing was chosen."""

    question: str
    options: tuple[Option, ...]


CHOICES: MappingProxyType[str, Choice] = MappingProxyType(
    {
        "theme": Choice(
            "Colours",
            (Option("auto", "as this device has them"), Option("light", "light"), Option("dark", "dark")),
        ),
        "contrast": Choice("Contrast", (Option("auto", "as this device has it"), Option("more", "high"))),
        "size": Choice(
            "Size of the text",
            (
                Option("normal", "normal"),
                Option("small", "smaller"),
                Option("large", "larger"),
                Option("largest", "largest"),
            ),
        ),
        "times": Choice(
            "Times",
            (
                Option("absolute", "day and clock"),
                Option("relative", "how long ago, the day and clock on pointing at it"),
            ),
        ),
        "keys": Choice("Keyboard shortcuts", (Option("on", "on"), Option("off", "off"))),
    }
)


@dataclass(frozen=True)
class Look:
    """What was chosen: a value of `CHOICES` each, and the time zone: "UTC", "device" or a name such as "Asia/Tokyo"."""

    theme: str = "auto"
    contrast: str = "auto"
    size: str = "normal"
    times: str = "absolute"
    keys: str = "on"
    zone: str = "UTC"

    @property
    def classes(self) -> str:
        """What the root of every page is marked with, for the style sheet."""
        return f"theme-{self.theme} contrast-{self.contrast} size-{self.size}"

    @property
    def scheme(self) -> str:
        """The value of the page's `color-scheme`."""
        return "light dark" if self.theme == "auto" else self.theme

    def cookie(self) -> str:
        """The choices that differ from what holds anyway, as a cookie's value."""
        chosen = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in chosen.items() if value != getattr(_PLAIN, name)})


_PLAIN = Look()


def chosen(form: Mapping[str, str]) -> tuple[Look, str]:
    """The look that a form asks for, and what is wrong with its time zone, or nothing.

    What is not one of the options counts as not chosen, so that an old cookie never breaks a page.
    """
    kept = {
        name: form[name]
        for name, choice in CHOICES.items()
        if form.get(name) in {option.value for option in choice.options}
    }
    zone = form.get("zone", "").strip() or _PLAIN.zone
    if not _ZONE.fullmatch(zone):
        return Look(**kept), "A time zone reads like Europe/Lisbon, or UTC."
    return Look(**kept, zone=zone), ""


def remembered(cookie: str) -> Look:
    """The look that a cookie holds; the plain one where it holds none."""
    if len(cookie) > _LONGEST or cookie.count("&") >= _FIELDS:
        return _PLAIN
    return chosen(dict(parse_qsl(cookie)))[0]
