"""The timeline of a story: dated events of its articles, by day and matter, the first report of each, in its own words.

    Tellings (events of articles) → by day → by matter → Milestone → chosen → past and ahead

Nothing is worded here and no date is worked out. Two events are one where their days are and most of the telling words
of the one are the other's; how many independent origins report it, not how many articles, says how much it counts.
Where others give a day close by for the same, both stand, marked as a conflict.
"""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from math import log2

from readout.group.features import BUCKETS, rarity, stems_of
from readout.models import (
    Annotation,
    Article,
    ArticleId,
    Conflict,
    CopyGroup,
    Event,
    EventStatus,
    Milestone,
    Report,
    Timeline,
    folded,
)

SHOWN, OF_EPISODE = 36, 16  # entries
_ALIKE, _SURELY = 0.5, 0.7  # of the weight of the words of the one that says less
_WORDS, _SURE_WORDS = 2, 3  # that both have
_MOST_RARE = 7.0  # what is rarer tells no more
_ONLY_SAID = 1.5  # what words in quotation marks at the beginning take away
_FEW = 3  # words: fewer hardly say what happened
_SAME_PLACE = 0.15  # so much less may be alike
_CLOSE = 3  # days
_COMPARED = 200  # entries of one day that a further event is compared with
_CONFLICTING = 400  # entries that are looked at for conflicts
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"\W*[\"“«„]")
_WHEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![-\dW])")
_LATE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Telling:
    """What one article contributes: its events; `origin` is the same for articles of one source."""

    article: ArticleId
    events: tuple[Event, ...]
    outlet: str = ""
    origin: str = ""
    published: datetime | None = None


def telling(article: Article, annotation: Annotation, copies: CopyGroup | None = None) -> Telling:
    """What an article contributes. Copies of one text are of one origin, and so is what one agency wrote."""
    agency = (copies.agency if copies else None) or next((one.name for one in article.credits), None)
    origin = agency or (copies.origin if copies else None) or article.outlet or article.id
    published = article.published.at if article.published else None
    return Telling(article.id, annotation.events, article.outlet or "", folded(origin) or origin, published)


def timeline(tellings: Iterable[Telling], as_of: date | None = None, *, count: int = SHOWN) -> Timeline:
    """The timeline of those articles: up to `count` entries, those that most origins report. `as_of` parts what is
    ahead from what is past: by default the last day on which one of them was published.
    """
    told = sorted(tellings, key=lambda one: (one.published or _LATE, one.article))
    as_of = as_of or max((one.published.date() for one in told if one.published), default=None)
    by_day: dict[str, list[_Matter]] = defaultdict(list)
    undated = 0
    for one in told:
        for event in one.events:
            when = _when(event)
            if when is None:
                undated += 1
            else:
                _take(by_day[when], _Matter.of(event, one, when))
    matters = [matter for some in by_day.values() for matter in some]
    chosen = sorted(filter(_says_enough, matters), key=_worth)[:count]
    _conflicts(chosen)
    entries = sorted((matter.entry() for matter in chosen), key=lambda one: (one.start, one.end, one.first.event))
    ahead = [one for one in entries if _is_ahead(one, as_of)]
    past = [one for one in entries if one not in ahead]
    return Timeline(tuple(past), tuple(ahead), as_of, len(matters) - len(chosen), undated)


def first_day(when: str) -> date:
    """The first day of a day, month or year."""
    year, month, day = _parts(when)
    return date(year, month or 1, day or 1)


def last_day(when: str) -> date:
    """The last day of a day, month or year."""
    year, month, day = _parts(when)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


@dataclass
class _Matter:
    """What is known of one happening while articles are read."""

    when: str
    status: EventStatus
    words: dict[int, float]  # of what happened: id of a stem → its rarity
    named: frozenset[int]  # those of the names of who takes part
    who: dict[str, str]
    place: str | None
    reports: list[Report]
    sayings: set[str]  # what was said of it, to the letter
    conflicts: list[_Matter] = field(default_factory=list)

    @classmethod
    def of(cls, event: Event, one: Telling, when: str) -> _Matter:
        named = stems_of(" ".join(event.participants))
        idf = rarity()
        words = {id_: min(idf[id_ % BUCKETS], _MOST_RARE) for id_ in stems_of(event.what)}
        report = Report(one.article, event.id, event.what, event.spans, one.outlet, one.origin, one.published)
        return cls(
            when,
            event.status,
            words,
            frozenset(named),
            {folded(name): name for name in event.participants},
            event.place,
            [report],
            {folded(event.what)},
        )

    @property
    def origins(self) -> set[str]:
        return {report.origin for report in self.reports}

    @property
    def articles(self) -> set[ArticleId]:
        return {report.article for report in self.reports}

    def alike(self, other: _Matter, share: float, least: int) -> bool:
        """Whether both tell of the same: one's words are enough of the other's or name its people, and one of those
        that both have is no name.
        """
        both = self.words.keys() & other.words.keys()
        if len(both) < least or both <= self.named | other.named:
            return False
        if self.place and other.place and folded(self.place) == folded(other.place):
            share -= _SAME_PLACE
        return max(self.told_by(other), other.told_by(self)) >= share

    def told_by(self, other: _Matter) -> float:
        """How much of the weight of its words the other has, people's names included, 0..1."""
        weight = sum(rare for id_, rare in self.words.items() if id_ in other.words or id_ in other.named)
        return weight / (sum(self.words.values()) or 1.0)

    def take(self, other: _Matter) -> None:
        self.reports += other.reports
        self.sayings |= other.sayings
        self.who = other.who | self.who
        self.place = self.place or other.place
        if other.status is EventStatus.HAPPENED:
            self.status = EventStatus.HAPPENED

    def entry(self) -> Milestone:
        conflicts = sorted(self.conflicts, key=lambda one: one.when)
        return Milestone(
            self.when,
            first_day(self.when),
            last_day(self.when),
            self.status,
            tuple(self.reports),
            len(self.origins),
            tuple(self.who.values()),
            self.place,
            tuple(Conflict(one.when, tuple(one.reports)) for one in conflicts),
        )


def _take(some: list[_Matter], new: _Matter) -> None:
    """Add an event to the matter it tells of, or as a new one."""
    (saying,) = new.sayings
    for matter in some:
        if saying in matter.sayings:
            matter.take(new)
            return
    for matter in some[:_COMPARED]:
        if matter.alike(new, _ALIKE, _WORDS):
            matter.take(new)
            return
    some.append(new)


def _conflicts(matters: Sequence[_Matter]) -> None:
    """Mark what seems to be the same on days close by, told by other origins: nobody tells of both."""
    days = sorted((one for one in matters if len(one.when) == len("2031-03-04")), key=lambda one: one.when)
    days = days[:_CONFLICTING]
    for at, one in enumerate(days):
        for other in days[at + 1 :]:
            apart = (first_day(other.when) - first_day(one.when)).days
            if apart > _CLOSE:
                break
            others = apart and not one.articles & other.articles and one.origins != other.origins
            if others and one.alike(other, _SURELY, _SURE_WORDS):
                one.conflicts.append(other)
                other.conflicts.append(one)


def _worth(one: _Matter) -> tuple[float, str, str]:
    """What is shown first: much told, to the day, with somebody in it."""
    precise = (len(one.when) > len("2031")) + (len(one.when) > len("2031-03"))
    worth = 2 * log2(1 + len(one.origins)) + 0.2 * min(len(one.reports), 5) + precise + 0.5 * bool(one.who)
    worth -= _ONLY_SAID * bool(_QUOTED.match(one.reports[0].what))
    return -worth, one.when, one.reports[0].event


def _says_enough(one: _Matter) -> bool:
    return len(one.origins) > 1 or len(_WORD.findall(one.reports[0].what)) >= _FEW


def _is_ahead(entry: Milestone, as_of: date | None) -> bool:
    return entry.status is not EventStatus.HAPPENED and (as_of is None or entry.end >= as_of)


def _when(event: Event) -> str | None:
    """The day, month or year of an event, if it has one that a calendar knows."""
    known = _WHEN.match(event.time.value) if event.time else None
    if known is None:
        return None
    try:
        first_day(known[0])
    except ValueError:
        return None
    return known[0]


def _parts(when: str) -> tuple[int, int, int]:
    year, month, day = (*map(int, when.split("-")), 0, 0)[:3]
    return year, month, day
