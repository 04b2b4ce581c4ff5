"""What ties an article or a story to others beyond its words: who is named, who speaks, what happened on which day, in
which story it stands and whose text it is. Values only; nothing here finds or ranks.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from readout.group.features import BUCKETS, day, rarity, stems_of
from readout.models import (
    UNRESOLVED,
    Annotation,
    Article,
    ArticleId,
    CopyGroup,
    Event,
    EventStatus,
    Footprint,
    SpeakerType,
    StoryId,
    folded,
)

_SPEAKING = frozenset({SpeakerType.PERSON, SpeakerType.BODY})
_RARE = 3.5  # e to this is one article in how many that has the word
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Happened(NamedTuple):
    """An event to the day (ISO): the names of who took part, folded, and the stems of what happened; `rare` are those
    of them that few articles have.
    """

    day: str
    who: frozenset[str]
    what: frozenset[int]
    rare: frozenset[int]


@dataclass(frozen=True)
class Subject:
    """An article, or a story, as ties are looked for. `names` and `speakers` by how often they are met, the most first.

    `text` is the origin of its text where it is one of several copies, credited to `agency`; `outlet` publishes it.
    """

    article: ArticleId
    names: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    happened: tuple[Happened, ...] = ()
    day: int | None = None
    outlet: str = ""
    story: StoryId | None = None
    storyline: StoryId | None = None
    text: ArticleId | None = None
    agency: str | None = None

    @property
    def one_text(self) -> ArticleId:
        """What is the same for all copies of one text."""
        return self.text or self.article


def subject(
    article: Article,
    annotation: Annotation | None = None,
    *,
    story: StoryId | None = None,
    storyline: StoryId | None = None,
    copies: CopyGroup | None = None,
) -> Subject:
    """The subject of an article; without an annotation only what it is and where it stands."""
    told = Subject(article.id, day=day(article), outlet=article.outlet or "", story=story, storyline=storyline)
    if copies is not None:
        told = replace(told, text=copies.origin, agency=copies.agency)
    if annotation is None:
        return told
    named = sorted(annotation.entities, key=lambda one: -len(one.mentions))
    speakers = Counter(
        one.speaker.name
        for one in annotation.statements
        if one.core and one.speaker.type in _SPEAKING and one.speaker.name != UNRESOLVED and _is_named(one.speaker.name)
    )
    return replace(
        told,
        names=tuple(one.name for one in named),
        speakers=tuple(name for name, _ in speakers.most_common()),
        happened=tuple(happened(annotation.events)),
    )


def packed(one: Subject) -> str:
    """Who speaks in an article and what happened, to be kept with its footprint."""
    met = [[each.day, sorted(each.who), sorted(each.what), sorted(each.rare)] for each in one.happened]
    return json.dumps([one.speakers, met], ensure_ascii=False, separators=(",", ":"))


def unpacked(kept: Footprint) -> Subject | None:
    """The subject of an article as other articles are tied to it, without its names; None where nothing was packed."""
    if not kept.ties:
        return None
    speakers, met = json.loads(kept.ties)
    found = tuple(Happened(on, frozenset(who), frozenset(what), frozenset(rare)) for on, who, what, rare in met)
    return Subject(kept.article, (), tuple(speakers), found, kept.day, kept.outlet)


def together(some: Sequence[Subject]) -> Subject:
    """The subject of a story, from those of its articles, the first of which stands for it. Raises ValueError for
    none.
    """
    if not some:
        raise ValueError("a story has an article")
    days = [one.day for one in some if one.day is not None]
    return replace(
        some[0],
        names=_most(one.names for one in some),
        speakers=_most(one.speakers for one in some),
        happened=tuple(dict.fromkeys(each for one in some for each in one.happened)),
        day=max(days) if days else None,
        outlet="",
        text=None,
        agency=None,
    )


def happened(events: Iterable[Event]) -> list[Happened]:
    """Those of the events that happened on a known day."""
    found = []
    for event in events:
        known = event.time and _DAY.match(event.time.value)
        if known and event.status is EventStatus.HAPPENED:
            what = stems_of(event.what) - stems_of(" ".join(event.participants))
            rare = {id_ for id_ in what if rarity()[id_ % BUCKETS] >= _RARE}
            found.append(
                Happened(known[0], frozenset(map(folded, event.participants)), frozenset(what), frozenset(rare))
            )
    return found


def _is_named(name: str) -> bool:
    return not name[:1].islower()


def _most(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for one in lists:
        counts.update(one)
    return tuple(name for name, _ in counts.most_common())
