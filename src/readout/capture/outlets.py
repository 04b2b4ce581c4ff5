"""Whose feed it is: an Outlet guessed from a page, a feed and where they are, each guess with its reason. Pure.

A guess is only that; a person's correction goes before it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from readout.capture.homepage import Homepage
from readout.models import Listing, Outlet
from readout.text import addresses
from readout.text.html import text_of

_BETWEEN = re.compile(r"\s+[-–—|»›·:]+\s+|\s*[|»›]\s*|:\s+")
_TAG = re.compile(r"([a-z]{2,3})(?:[-_](?:[a-z]{4}[-_])?([a-z]{2})\b)?.*", re.IGNORECASE | re.DOTALL)
_LONGEST_NAME = 60
_LONGEST_TITLE = 300
_LETTERS = 2
_SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title")


@dataclass(frozen=True)
class Guess:
    """An outlet, and how each of its fields that are known was guessed: "country: the page's lang"."""

    outlet: Outlet
    reasons: tuple[str, ...]


_Clue = tuple[str, str]  # a value and the reason for it


def guess(address: str, page: Homepage | None = None, listing: Listing | None = None) -> Guess:
    """The outlet of what is at `address`, by its home page and its feed as far as they are known."""
    domain = _domain(address, listing)
    own = domain[0] if domain else ""
    name = next(_names(own, page, listing), (own or address, "its address"))
    tags = list(_tags(page, listing))
    known = {
        "name": name,
        "domain": domain,
        "country": _country(own, tags),
        "language": next(((tag.lower(), reason) for tag, _, reason in tags), None),
        "kind": _kind(own, name[0]),
    }
    found = {field: clue for field, clue in known.items() if clue}
    values = {field: value for field, (value, _) in found.items()}
    return Guess(Outlet(**values), tuple(f"{field}: {reason}" for field, (_, reason) in found.items()))


def _domain(address: str, listing: Listing | None) -> _Clue | None:
    """The site that the feed says it is of, since feeds are often kept elsewhere; else that of the address."""
    for text, reason in (
        (listing.address if listing else None, "the site that the feed names"),
        (address, "the address"),
    ):
        found = addresses.parse(text) if text else None
        if found and found.web:
            return _bare(found.host), reason
    return None


def _bare(host: str) -> str:
    front, _, rest = host.partition(".")
    return rest if front in _table()["fronts"] and "." in rest else host


def _names(domain: str, page: Homepage | None, listing: Listing | None) -> Iterator[_Clue]:
    """What may be its name, the surest first."""
    if page:
        yield from ((page.meta[one], f"the page's {one}") for one in _SITE_NAMES if _tells(page.meta.get(one, "")))
        yield from ((name, "the page's JSON-LD") for name in _declared(page))
    titles = [(page.title if page else "", "page"), ((listing.title if listing else "") or "", "feed")]
    parts = {whose: _parts(title) for title, whose in titles}
    for whose, words in parts.items():
        yield from (
            (one, f"a part of the {whose}'s title that is like the domain") for one in words if _like(one, domain)
        )
    yield from ((one, "the feed's title") for one in parts["feed"][:1])
    yield from ((one, "the end of the page's title") for one in parts["page"][-1:])
    if domain and not domain.replace(".", "").isdecimal():
        yield _label(domain).replace("-", " ").title(), "the domain"


def _declared(page: Homepage) -> Iterator[str]:
    """Names of organisations and sites in JSON-LD."""
    for node in page.nodes:
        kinds = node.get("@type")
        names = {one for one in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(one, str)}
        name = node.get("name")
        if isinstance(name, str) and names & set(_table()["publishers"]) and _tells(name):
            yield " ".join(name.split())[:_LONGEST_NAME]


def _parts(title: str) -> list[str]:
    words = " ".join(text_of(title[:_LONGEST_TITLE]).split())
    return [part.strip()[:_LONGEST_NAME] for part in _BETWEEN.split(words) if _tells(part)]


def _tells(part: str) -> bool:
    """Whether these words can name an outlet: "RSS", "Latest news" and "Home" name none."""
    words = re.findall(r"\w+", part.casefold())
    return bool(words) and len(part) <= _LONGEST_TITLE and not set(words) <= set(_table()["no_names"])


def _like(part: str, domain: str) -> bool:
    """Whether the domain is made of those words: "The Harbour Post" at harbourpost.example."""
    letters = "".join(filter(str.isalnum, _label(domain))).casefold()
    words = "".join(filter(str.isalnum, part.casefold().removeprefix("the ")))
    whole = "".join(filter(str.isalnum, part.casefold()))
    return bool(letters) and bool(words) and (words in letters or letters in whole)


def _label(domain: str) -> str:
    """The part of a domain that its owner chose."""
    labels = domain.split(".")
    registry = len(labels) > _LETTERS and len(labels[-1]) == _LETTERS and labels[-2] in _table()["registries"]
    return labels[-3 if registry else -2] if len(labels) > 1 else domain


def _tags(page: Homepage | None, listing: Listing | None) -> Iterator[tuple[str, str | None, str]]:
    """Language, country and who says so, of each language tag there is."""
    said = (
        (page.language if page else "", "the page's lang"),
        (listing.language if listing else "", "the feed's language"),
    )
    for tag, reason in said:
        found = _TAG.fullmatch((tag or "").strip())
        if found:
            yield found[1], found[2], reason


def _country(domain: str, tags: list[tuple[str, str | None, str]]) -> _Clue | None:
    ending = domain.rpartition(".")[2]
    if len(ending) == _LETTERS and ending.isascii() and ending.isalpha() and ending not in _table()["no_countries"]:
        return ("GB" if ending == "uk" else ending.upper()), f"its domain ends in .{ending}"
    return next(((country.upper(), reason) for _, country, reason in tags if country), None)


def _kind(domain: str, name: str) -> _Clue | None:
    for kind, signs in _table()["kinds"].items():
        if any(domain == one or domain.endswith(f".{one}") for one in signs.get("domains", ())):
            return kind, "its domain"
        for word in re.findall(r"\w+", name):
            if word.casefold() in signs["words"]:
                return kind, f'"{word}" in its name'
    return None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("readout.capture").joinpath("outlets.toml").read_text("utf-8"))
