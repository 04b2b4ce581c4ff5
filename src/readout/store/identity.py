"""Which sightings are one article. Pure: the same likenesses give the same articles, in whatever order they came.

An article is recognised by three things. *Where*: two texts at one canonical address are one article. *What*: two
texts are alike when title and beginning are the same, or when they share most of their words, fewer where the title is
the same as well. *Whose*: texts that are alike are one article only within one publisher; the same text of two outlets
or at two sites is a copy. A text that does not say whose it is belongs to the one publisher it can belong to, and
stands alone where there are two. So does a bare headline: it belongs to the one article that has this title.

Words are compared by sketches. The keys of a likeness bring together what may be one article, so that no text need be
compared with all others.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from operator import eq
from typing import NamedTuple

from readout.models import Article, ArticleId, folded, outlet_id
from readout.store.sketches import BINS, bins, sketches
from readout.text import addresses

_TITLE = 24  # bytes of a title,
_LEAD = 20  # letters of a beginning, that tell texts apart
_SAME_BEGINNING, _SAME_TITLE, _OTHER_TITLE, _OTHER_ADDRESS = 0.08, 0.4, 0.7, 0.85  # shares of words that are alike
_EMPTY = 2  # bins at most of the sketch of a long text
_TITLED = (0, 11, 22)  # bins that make a key with the title,
_TRIPLED = (1, 9, 17, 25)  # and with the two that follow
_TWO_BYTES = 2  # of a bin
_32 = (1 << 32) - 1

_outlet_id = lru_cache(maxsize=4_096)(outlet_id)


class Publisher(NamedTuple):
    """Whose a text is, as far as it says: the outlet's id and the site, "" where unknown."""

    outlet: str
    site: str


@dataclass(frozen=True)
class Likeness:
    """What an edition is recognised by. Numbers are hashes of 64 bits, 0 where there is nothing to hash."""

    own: ArticleId
    wording: int
    publisher: Publisher
    address: int
    title: int
    telling: bool  # a title so long that it is hardly ever given twice
    beginning: int  # title and lead together
    bare: bool  # without a body
    sketch: bytes

    @cached_property
    def sure(self) -> tuple[int, ...]:
        """Keys that make whatever has them one article."""
        return (_hashed("own", self.own), *((self.address,) if self.address else ()))

    @cached_property
    def bins(self) -> tuple[int, ...]:
        """The sketch as numbers, 0 where a bin is empty."""
        return bins(self.sketch)

    @cached_property
    def hints(self) -> tuple[int, ...]:
        """Keys that texts of one publisher share which may be alike by their words."""
        bins = self.bins
        if not bins:
            return ()
        whose = zlib.crc32((self.publisher.outlet or self.publisher.site).encode())
        titled = [(at, 1, self.title & _32) for at in _TITLED if self.title and bins[at]]
        tripled = [(at, 3, whose) for at in _TRIPLED if 0 not in bins[at : at + 3]]
        return tuple(self._hint(at, many, also) for at, many, also in (*titled, *tripled))

    def _hint(self, at: int, many: int, also: int) -> int:
        """A number of 40 bits that stands for those bins and what else is shared: whoever shares it is compared."""
        return (at << 34 | many << 32) + zlib.crc32(self.sketch[_TWO_BYTES * at : _TWO_BYTES * (at + many)], also)

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """All keys by which it is found."""
        return (*self.firm, *self.loose)

    @property
    def firm(self) -> tuple[int, ...]:
        """Keys that few share. Its own id is one where nothing else stands for what that is made of."""
        sure = (self.address,) if self.address else () if self.beginning else self.sure
        return (*sure, self.beginning) if self.beginning else sure

    @property
    def loose(self) -> tuple[int, ...]:
        """Keys that texts may share by chance, or that a site's phrases bring about."""
        return (self.title, *self.hints) if self.telling and self.title else self.hints


@dataclass(frozen=True)
class Met:
    """An edition: its likeness, its first known capture in microseconds, and the article it was of until now."""

    likeness: Likeness
    first: int | None
    article: ArticleId | None = None


@dataclass(frozen=True)
class Growth:
    """By how much articles and editions grew, how many articles turned out to be others, and which are new."""

    articles: int
    joined: int
    editions: int
    new: frozenset[ArticleId]


def likeness(article: Article) -> Likeness:
    """What that article is recognised by."""
    return likenesses([article])[0]


def likenesses(articles: Sequence[Article]) -> tuple[Likeness, ...]:
    """What each of those articles is recognised by."""
    return tuple(map(_likeness, articles, sketches([article.body for article in articles])))


def _likeness(article: Article, sketch: bytes) -> Likeness:
    name = addresses.canonical(article.address) if article.address else None
    place = addresses.parse(name) if name else None
    title, lead = folded(article.title), article.lead
    return Likeness(
        own=article.own,
        wording=_hashed("wording", article.wording),
        publisher=Publisher(
            _outlet_id(article.outlet) if article.outlet else "", addresses.site(place.host) if place else ""
        ),
        address=_hashed("address", place.href) if place and place.target != "/" else 0,  # a front page is nobody's
        title=_hashed("title", title) if title else 0,
        telling=len(title.encode("utf-8", "surrogatepass")) >= _TITLE,
        beginning=_hashed("beginning", title, lead) if title and len(lead) >= _LEAD else 0,
        bare=not lead,
        sketch=sketch,
    )


def linked(one: Likeness, other: Likeness) -> bool:
    """Whether two that share a key are the same article, were they of one publisher."""
    same = any(key in other.sure for key in one.sure)
    return same or _alike(one, other) or _heads(one, other) or _heads(other, one)


def groups(likenesses: Mapping[str, Likeness]) -> list[list[str]]:
    """The names of the likenesses, parted into articles. Whatever is linked must be there together."""
    alike = _Parts(likenesses)
    _join_alike(alike, likenesses, dict.fromkeys(likenesses))
    publishers = {name: one.publisher for name, one in likenesses.items()}
    for together in (*_by_key(likenesses, lambda name: (likenesses[name].beginning,)), *alike.parts()):
        settled = _settled({publishers[name] for name in together})
        publishers |= {name: settled[publishers[name]] for name in together}
    found = _Parts(likenesses)
    for together in _by_key(likenesses, lambda name: likenesses[name].sure):
        found.join(together)
    _join_alike(found, likenesses, publishers)
    _join_bare(found, likenesses, publishers)
    return found.parts()


def reached(start: Mapping[str, Met], among: Mapping[str, Met]) -> dict[str, Met]:
    """Those of `among` that are linked to one at the start."""
    by_key: dict[int, list[str]] = defaultdict(list)
    for name, met in start.items():
        for key in met.likeness.keys:
            by_key[key].append(name)
    found = {}
    for name, met in among.items():
        sharing = {one for key in met.likeness.keys for one in by_key.get(key, ())}
        if any(linked(start[one].likeness, met.likeness) for one in sharing):
            found[name] = met
    return found


def articles(met: Mapping[str, Met]) -> dict[str, ArticleId]:
    """The article of each edition: the own id of the one that was captured first names it, so that what comes later
    changes no id. Whatever is linked must be there together.
    """
    parts = groups({name: one.likeness for name, one in met.items()})
    return {name: article for part in parts for article in [_name([met[one] for one in part])] for name in part}


def growth(met: Mapping[str, Met], now: Mapping[str, ArticleId]) -> Growth:
    """What it changes that these editions are of those articles now."""
    before = {(one.article, one.likeness.wording) for one in met.values() if one.article}
    after = {(now[name], one.likeness.wording) for name, one in met.items()}
    inside: dict[ArticleId, set[ArticleId]] = defaultdict(set)
    for name, one in met.items():
        if one.article:
            inside[now[name]].add(one.article)
    joined = sum(len(were) - 1 for were in inside.values())
    more = len(set(now.values())) - len({article for article, _ in before})
    return Growth(more + joined, joined, len(after) - len(before) - more, frozenset(now.values()) - inside.keys())


def earlier(one: int | None, other: int | None) -> bool:
    """Whether the first moment is before the second; an unknown one comes last."""
    return one is not None and (other is None or one < other)


def _name(part: Sequence[Met]) -> ArticleId:
    return min(part, key=lambda one: (one.first is None, one.first or 0, one.likeness.own)).likeness.own


def _alike(one: Likeness, other: Likeness) -> bool:
    """Whether the texts are versions of one text, whoever publishes them. Two addresses speak against it."""
    begin_alike = one.beginning != 0 and one.beginning == other.beginning
    if not (one.sketch and other.sketch):
        return begin_alike
    share, apart = _shared(one, other), bool(one.address and other.address)
    if begin_alike:
        return share >= (_SAME_TITLE if apart else _SAME_BEGINNING)
    if one.title and one.title == other.title:
        return share >= (_OTHER_TITLE if apart else _SAME_TITLE)
    return _is_long(one) and _is_long(other) and share >= (_OTHER_ADDRESS if apart else _OTHER_TITLE)


def _is_long(one: Likeness) -> bool:
    """Whether it has some ninety words or more: the same short text stands under many headlines, as a notice does."""
    return one.bins.count(0) <= _EMPTY


def _shared(one: Likeness, other: Likeness) -> float:
    """The share of bins that are equal, of those that are not empty in both."""
    empty = sum(not (a or b) for a, b in zip(one.bins, other.bins, strict=True)) if 0 in one.bins else 0
    equal: int = sum(map(eq, one.bins, other.bins))
    return (equal - empty) / (BINS - empty)


def _join_alike(parts: _Parts, likenesses: Mapping[str, Likeness], publishers: Mapping[str, Publisher | None]) -> None:
    """Join those that are alike and have the same publisher."""
    by_publisher: dict[Publisher | None, list[str]] = defaultdict(list)
    for name in likenesses:
        by_publisher[publishers[name]].append(name)
    for names in by_publisher.values():
        for together in _by_key(names, lambda name: (likenesses[name].beginning, *likenesses[name].hints)):
            for one, other in combinations(together, 2):
                if parts.of(one) != parts.of(other) and _alike(likenesses[one], likenesses[other]):
                    parts.join((one, other))


def _join_bare(parts: _Parts, likenesses: Mapping[str, Likeness], publishers: Mapping[str, Publisher]) -> None:
    """Join each bare headline with the one article of which it can be that."""
    fitting: dict[str, set[str]] = {}
    for together in _by_key(likenesses, lambda name: (likenesses[name].title,)):
        whole = [name for name in together if not likenesses[name].bare]
        for bare in together:
            if any(_heads(likenesses[bare], likenesses[name]) for name in whole):
                agreeing = (name for name in whole if _agree(publishers[name], publishers[bare]))
                fitting.setdefault(bare, set()).update(parts.of(name) for name in agreeing)
    for bare, articles in fitting.items():
        if len(articles) == 1:
            parts.join((articles.pop(), bare))


def _heads(one: Likeness, other: Likeness) -> bool:
    """Whether the first is a bare headline that the second might have."""
    return one.bare and one.telling and not other.bare and one.title == other.title


def _by_key(names: Iterable[str], keys: Callable[[str], Iterable[int]]) -> Iterable[Sequence[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for name in names:
        for key in keys(name):
            if key:
                found[key].append(name)
    return [together for together in found.values() if len(together) > 1]


def _settled(claims: set[Publisher]) -> dict[Publisher, Publisher]:
    """Whose each text is, among texts that are alike: one that says less is whose it can only be, else its own."""
    whole = {claim for claim in claims if all(claim)}
    settled = {claim: claim for claim in claims}
    alone: list[Publisher] = []
    for claim in claims - whole:
        fitting = [one for one in whole if _agree(one, claim)]
        if len(fitting) == 1 and any(claim):
            settled[claim] = fitting[0]
        elif not fitting and any(claim):
            alone.append(claim)
    named, placed = ([one for one in alone if one[at]] for at in (0, 1))
    if len(named) == len(placed) == 1:  # an outlet and a site, and nothing speaks against their being one publisher's
        settled[placed[0]] = named[0]
    nobody = Publisher("", "")
    left = {publisher for claim, publisher in settled.items() if claim != nobody}
    if nobody in settled and len(left) == 1:
        settled[nobody] = left.pop()
    return settled


def _agree(one: Publisher, other: Publisher) -> bool:
    return all(a == b or not a or not b for a, b in zip(one, other, strict=True))


def _hashed(*parts: str) -> int:
    """A number of 64 bits, as SQLite can hold it; never 0."""
    hashed = hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(hashed, "big", signed=True) or 1


class _Parts:
    """Names in parts that are joined step by step (union-find)."""

    def __init__(self, names: Iterable[str]) -> None:
        self._above = {name: name for name in names}

    def of(self, name: str) -> str:
        """The name that stands for the part of this one."""
        while self._above[name] != name:
            self._above[name] = name = self._above[self._above[name]]
        return name

    def join(self, names: Iterable[str]) -> None:
        """Let them be in one part."""
        first, *others = map(self.of, names)
        for other in others:
            self._above[self.of(other)] = self.of(first)

    def parts(self) -> list[list[str]]:
        """All parts."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._above:
            found[self.of(name)].append(name)
        return list(found.values())
