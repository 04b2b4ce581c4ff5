"""How many independent origins carry a point, of what kind each is, and who of those covering the story leaves it out.

Pure. Copies count with the text they reprint, and so do single sentences that are retold word for word; texts credited
to one agency count with that agency, and a text that only passes on what another outlet was told with that outlet.
Leaving out is told of outlets, never of one article: an outlet whose other article has the point carries it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

from readout.compare.told import Report
from readout.models import (
    UNRESOLVED,
    Article,
    ArticleId,
    Backing,
    Comparison,
    Entity,
    Origin,
    Party,
    Point,
    SourceKind,
    SpeakerType,
    Statement,
    StatementId,
    folded,
)

LISTED = 100  # outlets without a point that are named
_KNOWN = 1 << 12  # sources whose kind is remembered
_NONE: Mapping[StatementId, StatementId] = {}
_UNKNOWN = "\0"  # before the id of a text whose outlet nobody knows
_WORD = re.compile(r"[^\W\d_]+")


def backings(
    reports: Sequence[Report],
    compared: Comparison,
    countries: Mapping[str, str] | None = None,
    copied: Mapping[StatementId, StatementId] = _NONE,
) -> tuple[Backing, ...]:
    """Who carries each point, in the order of the points. `countries` gives the country of an outlet by its name; where
    it does not, the ending of its address may. `copied` are statements with those that they are taken from (`retold`).
    """
    story = _Story(reports, compared.parties, countries or {}, copied)
    return tuple(story.backing(point) for point in compared.points)


class _Story:
    """The reports of a story, by what is asked of them."""

    def __init__(
        self,
        reports: Sequence[Report],
        parties: Sequence[Party],
        countries: Mapping[str, str],
        copied: Mapping[StatementId, StatementId],
    ) -> None:
        self.copied = copied
        self.by_origin: dict[str, list[Report]] = defaultdict(list)
        self.holders: dict[StatementId, tuple[Report, Statement]] = {}
        self.outlets: dict[str, str] = {}  # by the name without case and marks
        self.roles: dict[tuple[ArticleId, str], Entity] = {}
        for report in reports:
            self.by_origin[_text(report)].append(report)
            self.outlets |= {folded(name): name for name in _names(report.article)}
            self.holders |= {one.id: (report, one) for one in report.annotation.statements}
            self.roles |= {(report.article.id, one.name): one for one in report.annotation.entities}
        self.official = _officials(parties)
        covering = dict.fromkeys(one.article.outlet for one in reports if one.article.outlet)
        self.covering = {name: place for place, name in enumerate(covering)}
        known = {folded(name): land for name, land in countries.items()}
        self.lands = {
            one.article.outlet: land for one in reports if one.article.outlet and (land := _land(one.article))
        }
        self.lands |= {name: known[folded(name)] for name in self.covering if folded(name) in known}
        self.all_lands = self._lands(self.covering)

    def backing(self, point: Point) -> Backing:
        held = [id_ for account in point.accounts for id_ in account.statements if id_ in self.holders]
        by_source: dict[str, list[StatementId]] = defaultdict(list)
        for id_ in dict.fromkeys(held):
            by_source[self._source(*self.holders[self.copied.get(id_, id_)])].append(id_)
        origins = tuple(self._origin(name, ids) for name, ids in by_source.items())
        texts = {_text(self.holders[id_][0]) for id_ in held}
        having = [one for text in texts for one in self.by_origin[text]]
        printing = {one.article.outlet for one in having if one.article.outlet}
        carry = sorted(printing, key=self.covering.__getitem__)
        lacking = islice((name for name in self.covering if name not in printing), LISTED)
        lands = self._lands(carry)
        return Backing(
            point.id,
            tuple(sorted(origins, key=lambda one: (-len(one.copies), one.name))),
            tuple(carry),
            tuple(lacking),
            lands,
            tuple(land for land in self.all_lands if land not in lands),
            tuple(sorted({one.annotation.language for one in having if one.annotation.language})),
            len(self.covering) - len(carry),
        )

    def _lands(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self.lands[name] for name in names if name in self.lands}))

    def _source(self, report: Report, one: Statement) -> str:
        """From whom a text has a statement: the outlet that was told it, the agency credited, else its own."""
        own = folded(report.article.outlet or "")
        for name in reversed(one.via):
            if folded(name) in self.outlets and folded(name) != own:
                return self.outlets[folded(name)]
        if one.speaker.type is SpeakerType.OUTLET and folded(one.speaker.name) not in {own, folded(UNRESOLVED)}:
            return one.speaker.name
        credited = {folded(each.name): each.name for each in report.article.credits}
        if len(credited) == 1:
            return next(iter(credited.values()))
        return report.article.outlet or f"{_UNKNOWN}{_text(report)}"

    def _origin(self, name: str, ids: Sequence[StatementId]) -> Origin:
        own = [id_ for id_ in ids if id_ not in self.copied] or ids
        reports = {_text(self.holders[id_][0]): self.holders[id_][0] for id_ in own}
        articles = tuple(each.article.id for each in reports.values())
        texts = dict.fromkeys(_text(self.holders[id_][0]) for id_ in (*own, *ids))
        printed = (each.article.id for text in texts for each in self.by_origin[text])
        copies = tuple(one for one in printed if one not in articles)
        kinds = dict.fromkeys(self._kind(*self.holders[id_]) for id_ in ids)
        name = "" if name.startswith(_UNKNOWN) else name
        return Origin(name, articles, tuple(ids), tuple(sorted(kinds, key=list(SourceKind).index)), copies)

    def _kind(self, report: Report, one: Statement) -> SourceKind:
        entity = self.roles.get((report.article.id, one.speaker.name))
        found = kind(one, entity.roles if entity else ())
        return SourceKind.OFFICIAL if found is SourceKind.NAMED and one.speaker.name in self.official else found


def _officials(parties: Sequence[Party]) -> frozenset[str]:
    """Those who speak for a side of which some hold an office."""
    return frozenset(
        member
        for party in parties
        if any(_names_one(text, "official") for text in (party.name, *party.members, *party.reasons))
        for member in party.members
    )


def _names_one(text: str, name: str) -> bool:
    """Whether it has a word of a list."""
    return not _list(name).isdisjoint(_WORD.findall(text.lower()))


def kind(one: Statement, roles: Iterable[str] = ()) -> SourceKind:
    """What kind of source a statement has, by the words for its speaker and by his roles."""
    return _kind_of(one.speaker.type, (one.speaker.name, *roles))


@lru_cache(_KNOWN)
def _kind_of(speaker: SpeakerType, texts: Sequence[str]) -> SourceKind:
    if speaker is SpeakerType.OUTLET:
        return SourceKind.OUTLET
    if speaker is SpeakerType.DOCUMENT:
        return SourceKind.DOCUMENT
    if any(_names_one(text, "eyewitness") for text in texts):
        return SourceKind.EYEWITNESS
    if speaker is SpeakerType.ANONYMOUS:
        return SourceKind.DESCRIBED
    return SourceKind.OFFICIAL if any(_names_one(text, "official") for text in texts) else SourceKind.NAMED


@cache
def _list(name: str) -> frozenset[str]:
    table = tomllib.loads(files("readout.compare").joinpath("sources.toml").read_text(encoding="utf-8"))
    return frozenset(str(table[name]).split())


def _names(article: Article) -> list[str]:
    return [name for name in (article.outlet, *(one.name for one in article.credits)) if name]


def _text(report: Report) -> str:
    return report.origin or report.article.id


def _land(article: Article) -> str:
    """The country whose ending the address has, "" where it has none of a country."""
    host = (article.address or "").partition("://")[2].partition("/")[0].partition(":")[0]
    ending = host.rpartition(".")[2].lower()
    if len(ending) != len("fr") or not ending.isalpha() or not ending.isascii() or ending in _list("everybodys"):
        return ""
    return "GB" if ending == "uk" else ending.upper()
