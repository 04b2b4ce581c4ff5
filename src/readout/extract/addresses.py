"""The address by which an article is known: canonical, absolute, http or https, of the site that the page came from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

_LONGEST = 2_000
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63})+")
_BAD = re.compile(r"[\s\\<>\"\x00-\x1f\x7f]")
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|cmpid|ocid|igshid|xtor|at_\w+)", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "govt", "ne", "net", "nom", "or", "org"})


def canonical(candidates: Iterable[str], captured_from: str | None) -> str | None:
    """The first of the candidates that can be the address of an article captured from that address, or else that
    address itself without what only tracks readers; None where there is neither.

    A candidate must be on the same site where the site is known, and must not be the site's front page.
    """
    own = _split(captured_from or "")
    for candidate in candidates:
        split = _split(candidate)
        if split and split.path.strip("/") and (own is None or site(split.netloc) == site(own.netloc)):
            return _joined(split)
    return _joined(own._replace(query=_untracked(own.query))) if own else None


def site(host: str) -> str:
    """The part of a host that one owner holds, as far as its form tells: "news.example.co.uk" is "example.co.uk"."""
    labels = host.lower().partition(":")[0].split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL  # noqa: PLR2004 - a country's code
    return ".".join(labels[-3:] if short else labels[-2:])


def host(address: str | None) -> str | None:
    """The host of an address without "www.", or None where there is none."""
    split = _split(address or "")
    return split.netloc.removeprefix("www.") if split else None


def day_in(address: str | None) -> str | None:
    """A date that the path of an address spells, as "2025-06-05", or None."""
    match = _DATED.search(urlsplit(address).path) if address and _split(address) else None
    if match is None:
        return None
    month = match["m"] if match["m"].isdecimal() else str(_MONTHS.index(match["m"].lower()) + 1)
    return f"{match['y']}-{month:0>2}-{match['d']:0>2}"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATED = re.compile(
    rf"(?<!\d)(?P<y>(?:19|20)\d\d)[/-](?P<m>0?[1-9]|1[0-2]|{'|'.join(_MONTHS)})[/-](?P<d>0?[1-9]|[12]\d|3[01])(?!\d)",
    re.IGNORECASE,
)


def _split(address: str) -> SplitResult | None:
    if not 0 < len(address) <= _LONGEST or _BAD.search(address):
        return None
    try:
        split = urlsplit(address)
        port = split.port
    except ValueError:
        return None
    named = split.hostname or ""
    if split.scheme not in ("http", "https") or "@" in split.netloc or not _HOST.fullmatch(named):
        return None
    return split._replace(netloc=named if port is None else f"{named}:{port}", fragment="")


def _joined(split: SplitResult) -> str:
    return urlunsplit(split)


def _untracked(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)
