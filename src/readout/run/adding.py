"""Adding: an address or a file → the feeds to follow from now on, each with how it was found.

    a file     a list of feeds (OPML), a feed that was saved, else a mailbox: a folder, an mbox, a message
    an address a feed or a sitemap as it stands; a list of feeds; a page: the feeds it declares, links to, or has where
               many have one; without any, the page itself with its links to articles

What is tried is asked with manners, and the first that answers as a feed is taken. Nothing is captured here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import ParamSpec, TypeVar

from readout.capture import archive, decide, discover, opml, outlets, places
from readout.capture.answers import Failure, Reason, Response
from readout.capture.discover import Place, Surety
from readout.capture.homepage import Homepage, homepage
from readout.errors import InputError
from readout.models import Addition, Feed, FeedKind, Followed, Found, Listing, Outlet
from readout.run.apart import Lost
from readout.run.update import World
from readout.text import addresses

NO_LIST = "not a list of feeds (OPML)"
NOTHING = "neither a feed nor a page that leads to one"
LONGEST_FILE = 16 * 1024 * 1024

_TRIED = {Surety.DECLARED: 4, Surety.LINKED: 3, Surety.GUESSED: 8}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_ALSO = 20
_UNKNOWN_THERE = frozenset({Reason.CONNECTION_REFUSED, Reason.NO_CONNECTION, Reason.INSECURE, Reason.UNREACHABLE})
_SHAPES = {
    "name": re.compile(r"[^\x00-\x1f\x7f]{1,200}"),
    "domain": re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+"),
    "country": re.compile(r"[A-Z]{2}"),
    "language": re.compile(r"[a-z]{2,3}"),
    "kind": re.compile(r"[^\x00-\x1f\x7f]{1,40}"),
}
_WANTED = {
    "name": "a name of at most 200 characters",
    "domain": "a domain such as news.example",
    "country": "two letters of ISO 3166, such as FR",
    "language": "a code of ISO 639, such as fr",
    "kind": "a word such as newspaper, broadcaster, agency or aggregator",
}

Tell = Callable[[str], None]
P = ParamSpec("P")
T = TypeVar("T")


def unheard(_: str) -> None:
    """Progress that nobody reads."""


def add(asked: str, world: World, tell: Tell = unheard, *, files: bool = True) -> Addition:
    """Follow what is at the address or in the file `asked`. `tell` hears what is being tried. Without `files` it
    can only be an address. Raises InputError where nothing can be followed, and says why; StoreError.
    """
    adding = _Adding(asked.strip(), world, tell)
    path = _path(adding.asked) if files else None
    return adding.from_file(path) if path else adding.from_address()


def add_list(content: bytes, name: str, world: World) -> Addition:
    """Follow the feeds of a list (OPML) that somebody sent under that name. Raises InputError where it is none."""
    return _Adding(name, world, unheard).from_list(content)


def corrected(feed: Feed, fields: dict[str, str | None]) -> Feed:
    """The feed with those fields of its outlet as a person says. Raises InputError where a value cannot be right."""
    cleaned = {name: _checked(name, value) for name, value in fields.items()}
    outlet = replace(feed.outlet, **cleaned)  # type: ignore[arg-type]
    return replace(feed, outlet=outlet, corrected=tuple(sorted({*feed.corrected, *cleaned})))


def as_opml(feeds: Iterable[Followed]) -> bytes:
    """The feeds as OPML, sorted by outlet."""
    web = (one.feed for one in feeds if one.feed.kind is not FeedKind.MAILBOX)
    return opml.write(
        opml.Subscription(
            one.address,
            one.outlet.name,
            f"https://{one.outlet.domain}/" if one.outlet.domain else None,
            one.outlet.language,
        )
        for one in sorted(web, key=lambda one: (one.outlet.name, one.address))
    )


def _checked(name: str, value: str | None) -> str | None:
    if name not in _SHAPES:
        raise InputError(name, "an outlet has no such field")
    said = " ".join((value or "").split())
    said = said.upper() if name == "country" else said.lower() if name in {"language", "domain"} else said
    if not said and name != "name":
        return None
    if not _SHAPES[name].fullmatch(said):
        raise InputError(name, f"{said[:80]!r} is not {_WANTED[name]}")
    return said


def _path(asked: str) -> Path | None:
    """The file or folder that is meant, where there is one of that name."""
    if _SCHEME.match(asked) or not asked or "\0" in asked:
        return None
    with suppress(OSError, RuntimeError, ValueError):
        path = Path(asked).expanduser()
        return path if path.exists() else None
    return None


@dataclass(frozen=True)
class _Adding:
    """One thing to add."""

    asked: str
    world: World
    tell: Tell

    # From a file.

    def from_file(self, path: Path) -> Addition:
        content = self._read(path) if path.is_file() else b""
        listed = self._read_as(opml.read, content) if content else None
        if listed:
            return self._listed(listed)
        whole = str(path.absolute())
        if next(iter(archive.pages(whole)), None) is None:
            raise InputError(self.asked, "there is nothing in it")
        reasons = ("name: that of the file or folder",)
        feed = Feed(whole, FeedKind.MAILBOX, Outlet(path.stem or whole), path.name, reasons)
        return Addition(self.asked, (self._follow(feed, "a folder" if path.is_dir() else "a file of messages"),))

    def _read(self, path: Path) -> bytes:
        try:
            with path.open("rb") as stream:
                return stream.read(LONGEST_FILE)
        except OSError as error:
            raise InputError(self.asked, error.strerror or str(error)) from error

    def from_list(self, content: bytes) -> Addition:
        listed = self._read_as(opml.read, content)
        if listed is None:
            raise InputError(self.asked, NO_LIST)
        return self._listed(listed)

    def _listed(self, listed: opml.Subscriptions) -> Addition:
        if not listed.feeds:
            raise InputError(self.asked, "a list of feeds with none that can be asked")
        known = self._all_known()
        found = tuple(self._follow(_subscribed(one), "a feed of that list", known) for one in listed.feeds)
        return Addition(self.asked, found, unusable=tuple(InputError(self.asked, fault) for fault in listed.faults))

    # From an address.

    def from_address(self) -> Addition:
        answer = self._answer()
        said = answer.header("content-type")
        listing = self._read_as(places.listing, FeedKind.FEED, answer)
        if listing:
            return self._one(self._feed(answer, listing), "a sitemap" if listing.kind is FeedKind.SITEMAP else "a feed")
        listed = self._read_as(opml.read, answer.content, said)
        if listed:
            return self._listed(listed)
        return self._from_page(answer)

    def _answer(self) -> Response:
        """What is there; without a scheme https is tried first, then http."""
        address = self.asked if _SCHEME.match(self.asked) else f"https://{self.asked}"
        if addresses.parse(address) is None or " " in self.asked:
            raise InputError(self.asked, "neither an address nor a file")
        answer = self._get(address)
        if isinstance(answer, Failure) and address != self.asked and answer.reason in _UNKNOWN_THERE:
            second = self._get(f"http://{self.asked}")
            answer = second if isinstance(second, Response) else answer
        if isinstance(answer, Failure):
            raise InputError(self.asked, str(answer))
        return answer

    def _from_page(self, answer: Response) -> Addition:
        page = self._read_as(homepage, answer.content, answer.answered)
        if page is None:
            raise InputError(self.asked, NOTHING)
        there = self._read_as(discover.places, page)
        for place in self._promising(there, answer.answered):
            found = self._tried(place, page)
            if found:
                also = [one.address for one in there if one.surety is not Surety.GUESSED and one != place]
                return Addition(self.asked, (self._follow(found, place.reason),), tuple(also[:_ALSO]))
        listing = self._read_as(discover.listed, page)
        if not listing.entries:
            raise InputError(self.asked, NOTHING)
        return self._one(self._feed(answer, listing, page), f"a page with {len(listing.entries)} links to articles")

    def _promising(self, there: Iterable[Place], address: str) -> Iterator[Place]:
        """The places to try, the surest first, of each kind a few; before the guesses what robots.txt names."""
        found = list(there)
        for surety, most in _TRIED.items():
            if surety is Surety.GUESSED:
                named = self.world.manners.sitemaps(address)[:3]
                reason = "a news sitemap that robots.txt names"
                yield from (Place(one, FeedKind.SITEMAP, surety, None, reason) for one in named if "news" in one)
            yield from islice((one for one in found if one.surety is surety), most)

    def _tried(self, place: Place, page: Homepage) -> Feed | None:
        answer = self._get(place.address)
        if isinstance(answer, Failure):
            return None
        listing = self.world.do(places.listing, FeedKind.FEED, answer)
        if not isinstance(listing, Listing) or not (listing.entries or place.surety is Surety.DECLARED):
            return None
        if listing.kind is FeedKind.SITEMAP and not any(one.published for one in listing.entries):
            return None  # all of a site's pages, of whatever age
        return self._feed(answer, replace(listing, title=listing.title or place.title), page)

    def _get(self, address: str) -> Response | Failure:
        self.tell(f"asking {address}")
        return self.world.manners(address)

    def _read_as(self, read: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """What is in it, read under limits. Raises InputError where it exceeds them."""
        found = self.world.do(read, *arguments, **named)
        if isinstance(found, Lost):
            raise InputError(self.asked, str(found))
        return found

    def _feed(self, answer: Response, listing: Listing, page: Homepage | None = None) -> Feed:
        guess = outlets.guess(answer.answered, page, listing)
        where = answer.moved_to or answer.address
        return Feed(where, listing.kind, guess.outlet, listing.title, guess.reasons)

    # To follow.

    def _one(self, feed: Feed, because: str) -> Addition:
        return Addition(self.asked, (self._follow(feed, because),))

    def _follow(self, feed: Feed, because: str, among: dict[str, Feed] | None = None) -> Found:
        known = (self._all_known() if among is None else among).get(_named(feed.address))
        if known:
            return Found(known, new=False, because=because)
        new = self.world.store.follow(decide.begun(feed, self.world.clock()))
        return Found(feed, new, because)

    def _all_known(self) -> dict[str, Feed]:
        """What is followed, by all the addresses that it has and had."""
        return {
            _named(address): one.feed
            for one in self.world.store.feeds()
            for address in (*one.state.moved_from, one.feed.address)
        }


def _named(address: str) -> str:
    return addresses.canonical(address) or address


def _subscribed(one: opml.Subscription) -> Feed:
    listing = Listing(FeedKind.FEED, one.title, one.site, language=one.language)
    guess = outlets.guess(one.address, None, listing)
    return Feed(one.address, FeedKind.FEED, guess.outlet, one.title, guess.reasons)
