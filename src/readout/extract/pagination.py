"""Which page of an article a page is, and where the article goes on: told by addresses that differ in a number alone.

`rel=next` by itself says nothing: most sites use it for their next article. An address counts only where it is the
page's own with a page number put on it, or with another one. Pages are not joined here, where one is known at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from readout.extract.declared import joined
from readout.text.html import Markup, attributes

_MOST = 60  # pages that an article may have
_LAST = re.compile(r"[^/.]+(?=(?:\.s?html?)?/?\Z)")
_MAY_BE = re.compile(r"""[/=,_.-]\d{1,2}(?:/|\.s?html?)?["'\s#&>]""")
_IN_PATH = re.compile(
    r"(?P<base>/.+?)(?:/(?:page|pagina|seite|p)[/_-]?|/|[,_.-](?:page|pagina|seite|p)?[_-]?)(?P<n>\d{1,2})(?P<end>\.s?html?|/)?\Z"
)
_BARE_NUMBER = re.compile(r"(?<!page)(?<!pagina)(?<!seite)[,_.-]\d{1,2}\Z")  # "/ferry-2" is no page of "/ferry"
_YEAR = re.compile(r"/(?:19|20)\d\d(?:[/-]\d{1,2})?\Z")  # before a month or a day
_PARAMETERS = frozenset({"page", "pg", "p", "pagina", "seite", "pageno", "page_no", "pagenum"})
_COMMENTS = re.compile(r"comment|respond|disqus", re.IGNORECASE)


class Paged(NamedTuple):
    """Which page of its article a page is, from 1, the address of the first one, and that of the next or ""."""

    number: int = 1
    first: str = ""
    after: str = ""

    @property
    def reason(self) -> str:
        """What is told of it; "" for an article on one page."""
        if self.number == 1 and not self.after:
            return ""
        where = f"page {self.number}" + (f" of {self.first}" if self.number > 1 else "")
        return f"pagination: {where}" + (f", goes on at {self.after}" if self.after else "")


def paged(markup: Markup, own: str | None, canonical: str | None) -> Paged:
    """Which page of an article a page is. `own` is where it was captured from, `canonical` what it names instead."""
    address = own or canonical or ""
    if not address:
        return Paged()
    first, number = _parted(address)
    named = canonical is not None and _same(canonical) == _same(first)
    linked = list(_linked(markup, address, first))
    others = {n for base, n, _ in linked if _same(base) == _same(first)}
    if number > 1 and (named or others - {number}):
        after = next((to for base, n, to in linked if n == number + 1 and _same(base) == _same(first)), "")
        return Paged(number, first, after)
    after = next((to for base, n, to in linked if n == 2 and _same(base) == _same(address)), "")  # noqa: PLR2004
    return Paged(1, address, after)


def _linked(markup: Markup, own: str, first: str) -> Iterator[tuple[str, int, str]]:
    """The addresses with a page number that a page links to, each cut into what it numbers and the number."""
    last = _LAST.search(_split(first).path)
    named = last[0] if last else "/"
    for name, tag in zip(markup.names, markup.tags, strict=False):
        if name not in ("a", "link") or not (named in tag or '="?' in tag) or not _MAY_BE.search(tag):
            continue
        said = attributes(tag)
        href = said.get("href", "")
        if _COMMENTS.search(href) or not (to := joined(own, href.partition("#")[0])):
            continue
        base, number = _parted(to)
        if number > 1 and (said.get("rel", "").lower() == "next" or not _BARE_NUMBER.search(_stem(to))):
            yield base, number, to


def _stem(address: str) -> str:
    return re.sub(r"\.s?html?\Z", "", _split(address).path) if "?" not in address else ""


def _parted(address: str) -> tuple[str, int]:
    """An address without its page number, and that number; 1 where it has none."""
    split = _split(address)
    pairs = parse_qsl(split.query, keep_blank_values=True)
    numbers = [value for name, value in pairs if name.lower() in _PARAMETERS and value.isdecimal()]
    if len(numbers) == 1 and 1 <= int(numbers[0][:4]) <= _MOST:
        rest = urlencode([(name, value) for name, value in pairs if name.lower() not in _PARAMETERS])
        return urlunsplit(split._replace(query=rest, fragment="")), int(numbers[0])
    found = _IN_PATH.fullmatch(split.path)
    if found and 1 <= int(found["n"]) <= _MOST and not _YEAR.search(found["base"]):
        return urlunsplit(split._replace(path=found["base"] + (found["end"] or ""), fragment="")), int(found["n"])
    return address, 1


def _same(address: str) -> str:
    """An address as far as it tells articles apart."""
    split = _split(address)
    return f"{split.netloc.lower().removeprefix('www.')}{split.path.rstrip('/')}?{split.query}"


def _split(address: str) -> SplitResult:
    """The parts of an address, empty ones where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
