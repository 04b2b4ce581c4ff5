"""What ties an article or a story to others beyond its words: who is named, who speaks, what happened on which day, in
which story it stands and whose text it is. Values only; nothing here finds or ranks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from readout.group.features import day, stop_words
from readout.models import (
    UNRESOLVED,
    Annotation,
    Article,
    ArticleId,
    CopyGroup,
    EntityKind,
    Event,
    EventStatus,
    SpeakerType,
    StoryId,
    folded,
)
from readout.text.stems import stem

_NAMING = frozenset({EntityKind.PERSON, EntityKind.BODY, EntityKind.PLACE, EntityKind.WORK})
_SPEAKING = frozenset({SpeakerType.PERSON, SpeakerType.BODY})
_WORD = re.compile(r"[^\W\d_]{3,}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Happened(NamedTuple):
    """An event to the day (ISO): the names of who took part, folded, and the telling words of what, by stem."""

    day: str
    who: frozenset[str]
    what: tuple[tuple[str, str], ...]


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
        if one.core and one.speaker.type in _SPEAKING and one.speaker.name != UNRESOLVED
    )
    return replace(
        told,
        names=tuple(one.name for one in named if one.kind in _NAMING),
        speakers=tuple(name for name, _ in speakers.most_common()),
        happened=tuple(happened(annotation.events)),
    )


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
            found.append(Happened(known[0], frozenset(map(folded, event.participants)), tuple(telling(event).items())))
    return found


def telling(event: Event) -> dict[str, str]:
    """The words of what happened that tell, by stem, in order; the names of who took part are left out."""
    named = {stem(word.lower()) for name in event.participants for word in _WORD.findall(name)}
    words = (word.lower() for word in _WORD.findall(event.what))
    stems = {stem(word): word for word in words if word not in stop_words()}
    return {key: word for key, word in stems.items() if key not in named}


def _most(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for one in lists:
        counts.update(one)
    return tuple(name for name, _ in counts.most_common())
