"""What a site's robots.txt says to us. Pure: the scheduler fetches it, at `address`, and keeps the `Rules`.

Source: RFC 9309. A site that has none, or that will not show it (4xx), allows everything; one that cannot answer now
(5xx, 429, no connection) is to be asked for nothing now. The rules are read by Protego, from a text that is first made
regular here: the corners in which it differs from the parser that Google publishes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from readout.capture.answers import Failure, Response
from readout.text import addresses

if TYPE_CHECKING:
    from protego import Protego

TOKEN = "Readout"  # noqa: S105 - our name in robots.txt, as RFC 9309 calls it
LARGEST = 500 * 1024  # bytes that are read; RFC 9309 asks for at least these
LONGEST_LINE = 2083 * 8  # bytes of a line that count, as Google's parser has it

_TOO_MANY = 429
_LONGEST_DELAY = 24 * 3600.0  # seconds; who asks for more wants nobody to come
_LINE_END = re.compile(rb"\r\n|\r|\n")
_AGENT = re.compile(r"(?P<name>user-agent|useragent|user agent)\s*[:\s]\s*(?P<value>.*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[A-Za-z_-]+")


class Verdict(StrEnum):
    """Whether an address may be fetched now."""

    ALLOWED = "allowed"
    DISALLOWED = "disallowed by robots.txt"
    NOT_NOW = "robots.txt cannot be read now"


@dataclass(frozen=True)
class Rules:
    """What one site says to one agent. `delay` is seconds between two requests; `sitemaps` are addresses."""

    delay: float | None = None
    sitemaps: tuple[str, ...] = ()
    reachable: bool = True
    agent: str = TOKEN
    _parsed: Protego | None = None

    def verdict(self, address: str) -> Verdict:
        """Whether `address`, on the site that these are the rules of, may be fetched."""
        if not self.reachable:
            return Verdict.NOT_NOW
        if self._parsed is None or self._parsed.can_fetch(address, self.agent):
            return Verdict.ALLOWED
        return Verdict.DISALLOWED


def address(of: str) -> str | None:
    """Where the robots.txt for this address is; None where `of` is no address of the web."""
    found = addresses.parse(of)
    where = addresses.parse("/robots.txt", found.href) if found and found.web else None
    return where.href if where else None


def rules(answer: Response | Failure, agent: str = TOKEN) -> Rules:
    """The rules that follow from what came back for a robots.txt (a 304 is the caller's, who has the rules)."""
    if isinstance(answer, Response):
        return read(answer.content, agent)
    declined = answer.status is not None and 400 <= answer.status < 500 and answer.status != _TOO_MANY  # noqa: PLR2004
    return Rules(reachable=declined, agent=agent)


def read(content: bytes, agent: str = TOKEN) -> Rules:
    """The rules of a robots.txt for the agent of that name."""
    from protego import Protego

    parsed = Protego.parse("\n".join(_lines(content[:LARGEST])))
    delay = parsed.crawl_delay(agent)
    return Rules(
        delay=None if delay is None else min(delay, _LONGEST_DELAY),
        sitemaps=tuple(dict.fromkeys(parsed.sitemaps)),
        agent=agent,
        _parsed=parsed,
    )


def _lines(content: bytes) -> Iterator[str]:
    for raw in _LINE_END.split(content.lstrip(b"\xef\xbb\xbf")):
        yield _regular(raw[:LONGEST_LINE].decode("utf-8", "replace"))


def _regular(line: str) -> str:
    """A name of an agent only as far as it is one: "Foo Bar" and "Foo/2.1" are "Foo"."""
    found = _AGENT.match(line.strip())
    product = _PRODUCT.match(found["value"]) if found else None
    return f"User-agent: {product[0]}" if product else line
