"""What a site's robots.txt says to us. Pure: the scheduler fetches it, at `address`, and keeps the `Rules`.

Source: RFC 9309. A site that has none, or that will not show it (4xx), allows everything; one that cannot answer now
(5xx, 429, no connection) is to be asked for nothing now. The rules are read by Protego, from a text that is made
regular first, so that they come out as in the parser that Google publishes: a group is for the agent whose whole name
it gives, and a line that nobody knows ends no group. Whether "%7E" in a rule is the "~" of an address is read both ways
(the RFC says yes, Google's parser no), and both have to allow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from readout.capture.answers import Failure, Response
from readout.text import addresses

if TYPE_CHECKING:
    from protego import Protego

TOKEN = "Readout"  # noqa: S105 - our name in robots.txt, as RFC 9309 calls it
LARGEST = 500 * 1024  # bytes that are read; RFC 9309 asks for at least these
MOST_LINES = 10_000  # that say something
LONGEST_LINE = 2083 * 8  # bytes of a line that count, as Google's parser has it

_TOO_MANY = 429
_LONGEST_DELAY = 24 * 3600.0  # seconds; who asks for more wants nobody to come
_LINE_END = re.compile(rb"\r\n|\r|\n")
_AGENT = re.compile(r"user-?agent\b\s*:?\s*(?P<value>.*)|user agent\b\s*:?\s*(?P<other>.*)", re.IGNORECASE)
_RULE = re.compile(
    r"(?:(?:dis+al+[oa]w|diasllow|allow|site-?maps?|crawl[- ]delay)\b)\s*:?\s*(?P<value>.*)", re.IGNORECASE
)
_PRODUCT = re.compile(r"[A-Za-z_-]+|\*")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_SOMEBODY_ELSE = "somebody-else"


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
    _readings: tuple[Protego, ...] = ()  # escapes as characters, and escapes as written

    def verdict(self, address: str) -> Verdict:
        """Whether `address`, on the site that these are the rules of, may be fetched."""
        if not self.reachable:
            return Verdict.NOT_NOW
        spellings = (address, _as_written(address))
        asked = zip(self._readings, spellings, strict=False)
        return Verdict.ALLOWED if all(one.can_fetch(how, self.agent) for one, how in asked) else Verdict.DISALLOWED


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

    lines = list(islice(_regular(content[:LARGEST], agent), MOST_LINES))
    parsed = Protego.parse("\n".join(lines))
    written = Protego.parse("\n".join(map(_as_written, map(_escaped, lines))))
    delay = parsed.crawl_delay(agent)
    return Rules(
        delay=None if delay is None else min(delay, _LONGEST_DELAY),
        sitemaps=tuple(dict.fromkeys(parsed.sitemaps)),
        agent=agent,
        _readings=(parsed, written),
    )


def _regular(content: bytes, agent: str) -> Iterator[str]:
    """The lines that are rules; "User-agent: Foo/2.1" means "Foo", and whether that is us or somebody else."""
    for raw in filter(None, _LINE_END.split(content.lstrip(b"\xef\xbb\xbf"))):
        line = raw[:LONGEST_LINE].decode("utf-8", "replace").partition("#")[0].strip()
        if found := _AGENT.match(line):
            yield f"User-agent: {_named(found['value'] or found['other'] or '', agent)}"
        elif _RULE.match(line):
            yield " ".join(line.splitlines())  # to Protego more characters end a line than to anybody else


def _named(value: str, agent: str) -> str:
    product = _PRODUCT.match(value)
    name = product[0] if product else ""
    return name if name == "*" or name.lower() == agent.lower() else _SOMEBODY_ELSE


def _escaped(line: str) -> str:
    return _NOT_ASCII.sub(lambda found: quote(found[0]), line)


def _as_written(text: str) -> str:
    """With escapes that stand for themselves, where Protego would turn them into characters."""
    return _ESCAPE.sub(lambda found: found[0].upper(), text).replace("%", "%25")
