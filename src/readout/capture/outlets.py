"""Whose feed it is: an Outlet guessed from what a feed says and where it is, each guess with its reason. Pure.

A guess is only that; a person's correction goes before it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from readout.models import FeedKind, Listing, Outlet
from readout.text import addresses
from readout.text.html import text_of

_BETWEEN = re.compile(r"\s+[-–—|»›·:]+\s+|\s*[|»›]\s*")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([A-Za-z]{2})\b)?.*", re.IGNORECASE)
_LONGEST_NAME = 60
_LETTERS = 2


def guessed(listing: Listing | None, address: str, title: str | None = None) -> tuple[Outlet, tuple[str, ...]]:
    """The outlet of the feed at `address`, and why; `title` is what somebody else calls it."""
    domain, where = _domain(listing, address)
    name, named = _name(listing, title, domain or address)
    country, from_where = _country(domain, listing)
    language = _language(listing)
    kind, like = _kind(domain, name)
    reasons = (
        f"name: {named}",
        *((f"domain: {where}",) if domain else ()),
        *((f"country: {from_where}",) if country else ()),
        *(("language: what the feed says",) if language else ()),
        *((f"kind: {like}",) if kind else ()),
    )
    return Outlet(name, domain, country, language, kind), reasons


def _domain(listing: Listing | None, address: str) -> tuple[str | None, str]:
    """The site that the feed says it is of; feeds are often kept elsewhere."""
    site = addresses.parse(listing.address) if listing and listing.address else None
    if site and site.web:
        return _bare(site.host), "the site that the feed names"
    own = addresses.parse(address)
    return (_bare(own.host), "the feed's own address") if own and own.web else (None, "")


def _bare(host: str) -> str:
    for front in ("www.", "feeds.", "feed.", "rss.", "m."):
        if host.startswith(front) and host.count(".") > 1:
            return host.removeprefix(front)
    return host


def _name(listing: Listing | None, title: str | None, otherwise: str) -> tuple[str, str]:
    for words, reason in ((listing.title if listing else None, "the feed's title"), (title, "the title given with it")):
        parts = [part for part in _BETWEEN.split(" ".join(text_of(words or "").split())) if _tells(part)]
        if parts:
            best = _like_domain(parts, otherwise) or parts[0]
            return best[:_LONGEST_NAME].strip(), reason if len(parts) == 1 else f"{reason}, one part of it"
    return otherwise, "its address"


def _tells(part: str) -> bool:
    """Whether these words can name an outlet: "RSS", "Latest news" and "Home" name none."""
    words = re.findall(r"\w+", part.casefold())
    return bool(words) and not set(words) <= set(_table()["no_names"])


def _like_domain(parts: list[str], domain: str) -> str | None:
    """The part that the domain is made of: of "World | The Harbour Post" at harbourpost.example the second."""
    letters = "".join(filter(str.isalnum, domain.rpartition(".")[0] or domain)).casefold()
    folded = {part: "".join(filter(str.isalnum, part.casefold().removeprefix("the "))) for part in parts}
    return next((part for part, name in folded.items() if name and (name in letters or letters in name)), None)


def _country(domain: str | None, listing: Listing | None) -> tuple[str | None, str]:
    ending = (domain or "").rpartition(".")[2]
    if len(ending) == _LETTERS and ending.isascii() and ending.isalpha() and ending not in _table()["no_countries"]:
        return ("GB" if ending == "uk" else ending.upper()), f"its domain ends in .{ending}"
    said = _LANGUAGE.fullmatch(listing.language or "") if listing else None
    if said and said[2]:
        return said[2].upper(), "the feed's language names it"
    return None, ""


def _language(listing: Listing | None) -> str | None:
    said = _LANGUAGE.fullmatch((listing.language or "").strip()) if listing else None
    return said[1].lower() if said else None


def _kind(domain: str | None, name: str) -> tuple[str | None, str]:
    for kind, signs in _table()["kinds"].items():
        words = set(re.findall(r"\w+", name.casefold()))
        if words & set(signs["words"]):
            return kind, f"its name says so ({min(words & set(signs['words']))})"
        if any(domain == one or (domain or "").endswith(f".{one}") for one in signs.get("domains", ())):
            return kind, "its domain"
    return None, ""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("readout.capture").joinpath("outlets.toml").read_text("utf-8"))


def of_mailbox(path: str, name: str) -> tuple[Outlet, tuple[str, ...]]:
    """The outlet that stands for a mailbox; its newsletters say themselves whose they are."""
    return Outlet(name or path, kind=FeedKind.MAILBOX.value), ("name: that of the file or folder",)
