"""Every verb that fetches, led to each row of the address matrix in every way there is: `attacks` for a whole engine.

    add        an address is added
    list       a list of feeds holds it, and its feeds are looked at
    discover   a page that is added declares it as its feed
    entry      a feed that is looked at links to it as an article, and names it as image and as enclosure

`python -m tests.capture.namespace verbs` takes all rows; the tests take a part of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, unquote

from readout.capture import guard
from readout.capture.fetch import Fetcher
from readout.engine import Engine
from readout.errors import InputError
from readout.run.outside import Outside as Way
from readout.store.memory import MemoryStore
from readout.text import addresses
from tests import attacks
from tests.attacks import LIMITS, Outside, Row

VERBS = ("add", "list", "discover", "entry")
_DECLARED = 4  # feeds of one page that are tried
_LOOKED_AT = 60  # entries of one feed that are fetched
_NAMED = re.compile(r"(private|rebinding|mixed|mixing)([0-9]+)[.]paper[.]com")


@dataclass
class Lure:
    """Where the rows lead, and the pages of the public server that lead there. `taken` counts what was tried."""

    rows: Sequence[Row]
    outside: Outside
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)

    def targets(self) -> dict[str, list[str]]:
        """The addresses that are to be fetched, by the way in which they lead astray."""
        names = range(len(attacks.resolved(self.rows)))
        return {
            "direct": [row.url for row in self.rows],
            "redirect": [f"http://{self.outside.endpoint}/to?{quote(row.url, safe='')}" for row in self.rows],
            **{
                way: [f"http://{way}{number}.paper.com/page" for number in names]
                for way in ("private", "rebinding", "mixed", "mixing")
            },
        }

    def page(self, path: str) -> tuple[str, bytes]:
        """What the public server has at a path: an address to send whoever asks to, or what it shows."""
        name, _, query = path.partition("?")
        if name == "/to":
            return unquote(query), b""
        way, found, start = query.partition("-")
        if not found:
            return "", b""
        targets = self.targets()[way][int(start) :]
        return "", _home(targets[:_DECLARED]) if name == "/home" else _feed(targets[:_LOOKED_AT])

    def short(self) -> list[str]:
        """Which verbs were not led everywhere. What is no address of the web, or one of IP in disguise, is dropped
        before anybody could ask for it, and what comes to one address is asked for once.
        """
        found = []
        for way, targets in self.targets().items():
            taken = (one for one in targets if guard.disguised(one) is None)
            distinct = len({addresses.canonical(one) for one in taken} - {None})
            least = {"add": len(targets), "discover": len(targets)}
            found += [f"{verb} {way}" for verb in VERBS if self.taken[verb, way] < least.get(verb, 0.9 * distinct)]
        return found

    def resolver(self) -> _Resolver:
        """A resolver that was not asked yet."""
        return _Resolver(attacks.resolved(self.rows), self.outside.ip)


@dataclass
class _Resolver:
    """Answers for the names that lead astray; any other name is the public server's."""

    ips: Sequence[str]
    public: str
    asked: Counter[str] = field(default_factory=Counter)

    def __call__(self, host: str, _port: int) -> Sequence[str]:
        named = _NAMED.fullmatch(host)
        if named is None:
            return [self.public]
        self.asked[host] += 1
        forbidden = self.ips[int(named[2])]
        return {
            "private": [forbidden],
            "rebinding": [self.public] if self.asked[host] == 1 else [forbidden],
            "mixed": [self.public, forbidden],
            "mixing": [forbidden, self.public],
        }[named[1]]


def led(lure: Lure) -> None:
    """Lead every verb to every target. What was really tried is counted in `lure.taken`."""
    for way, targets in lure.targets().items():
        with _engine(lure) as engine:
            for target in targets:
                try:
                    engine.add(target, files=False)
                except InputError:
                    lure.taken["add", way] += 1
        with _engine(lure) as engine, suppress(InputError):
            engine.add_list(_list(targets), "a list")
            lure.taken["list", way] = len(engine.update().failed)
        with _engine(lure) as engine:
            for start in range(0, len(targets), _DECLARED):
                with suppress(InputError):
                    engine.add(f"http://{lure.outside.endpoint}/home?{way}-{start}", files=False)
                lure.taken["discover", way] += len(targets[start:][:_DECLARED])
        with _engine(lure) as engine:
            for start in range(0, len(targets), _LOOKED_AT):
                engine.add(f"http://{lure.outside.endpoint}/feed?{way}-{start}", files=False)
            for _ in range(4):  # what may be better another time is tried four times
                engine.update(everything=True)
            lure.taken["entry", way] = engine.totals().rejections


@contextmanager
def _engine(lure: Lure) -> Iterator[Engine]:
    with Fetcher(lure.outside.policy, LIMITS, resolve=lure.resolver()) as fetch:
        yield Engine(MemoryStore(), (), Way(pause=0.0, fetch=fetch))


def _list(targets: Sequence[str]) -> bytes:
    outlines = "".join(f'<outline text="x" xmlUrl="{escape(one)}"/>' for one in targets)
    return f'<opml version="2.0"><body>{outlines}</body></opml>'.encode()


def _home(targets: Sequence[str]) -> bytes:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{escape(one)}">' for one in targets)
    images = "".join(f'<img src="{escape(one)}"><link rel="icon" href="{escape(one)}">' for one in targets)
    return f"<!doctype html><html><head><title>x</title>{links}</head><body>{images}</body></html>".encode()


def _feed(targets: Sequence[str]) -> bytes:
    def item(target: str) -> str:
        where = escape(target)
        return (
            f'<item><title>x</title><link>{where}</link><enclosure url="{where}" type="image/png"/>'
            f'<m:thumbnail url="{where}"/><m:content url="{where}" medium="image"/>'
            f"<description>&lt;img src='{where}'&gt;</description></item>"
        )

    head = '<rss version="2.0" xmlns:m="http://search.yahoo.com/mrss/"><channel><title>x</title>'
    return f"{head}{''.join(map(item, targets))}</channel></rss>".encode()
