"""Where a story goes on that judgements parted: who follows it, and what was said of it, goes with the larger part.

Nothing is moved for that. A follow and a comment stay as they were kept, under the id that the story had and from when;
here is told which story that is today. So undoing a judgement is leaving it out, as it is for the stories themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from readout.errors import NotFoundError
from readout.models import ArticleId, Coverage, Judged, JudgementKind, Level, StoryId, story_id
from readout.store.base import Store

_EVERY = 2**40


@dataclass(frozen=True)
class Parting:
    """A judgement that counts and took articles out of a story: when, and as which article of the larger part the story
    of each id goes on; and whether what it took out went to another story, so that the ids are nobody's any more.
    """

    at: datetime
    heirs: Mapping[StoryId, ArticleId]
    away: bool = False


@dataclass(frozen=True)
class Partings:
    """All of them, the first first."""

    told: tuple[Parting, ...] = ()

    def goes_on(self, story: str, since: datetime | None = None, *, away: bool = False) -> ArticleId | None:
        """An article of the story that this id stood for at that time (UTC), or before all of them; None where it
        stands for the same one still. With `away` only what was moved away counts.
        """
        found: ArticleId | None = None
        asked = StoryId(story)
        for one in self.told:
            if (since is None or one.at > since) and asked in one.heirs and (found or one.away or not away):
                found = one.heirs[asked]
                asked = story_id(found)
        return found

    def names(self, story: str) -> bool:
        """Whether that id may stand for another story than it did."""
        return any(story in one.heirs for one in self.told)

    def ends(self) -> dict[StoryId, set[ArticleId]]:
        """Of each id that was parted from a story, where that story may have gone on."""
        found: dict[StoryId, set[ArticleId]] = {}
        later: dict[StoryId, ArticleId] = {}
        for one in reversed(self.told):
            now = {story: later.get(story_id(article), article) for story, article in one.heirs.items()}
            later |= now
            for story, article in now.items():
                found.setdefault(story, set()).add(article)
        return found


def partings(judged: Iterable[Judged]) -> Partings:
    """What those judgements parted."""
    counting = sorted(
        (one.judgement for one in judged if one.undone is None and one.judgement.heirs),
        key=lambda one: (one.at, one.id),
    )
    return Partings(
        tuple(
            Parting(one.at, {story_id(left): heir for left, heir in one.heirs}, one.kind is JudgementKind.MOVE)
            for one in counting
        )
    )


@dataclass
class Heirs:
    """The partings of a store, read again only when its stories changed."""

    _state: int | None = None
    _partings: Partings = field(default_factory=Partings)

    def of(self, store: Store) -> Partings:
        """The partings as they stand."""
        state = store.state()
        if state != self._state:
            self._partings = partings(store.judgements(limit=_EVERY))
            self._state = state
        return self._partings

    def story(self, store: Store, asked: str) -> Coverage:
        """The story that an id leads to: one that has it, or the one as which the story that had it goes on. Raises
        NotFoundError, AmbiguousIdError.
        """
        found = store.story(asked)
        if found.level is Level.STORYLINE or found.id.startswith(asked):
            return found
        return self._seat(store, self.of(store).goes_on(asked, away=True)) or found

    def after(self, store: Store, story: str) -> Coverage | None:
        """The story as which the one that had this id before goes on elsewhere."""
        found = self._seat(store, self.of(store).goes_on(story))
        return found if found and found.id != story else None

    def today(self, store: Store, kept: Sequence[tuple[str, datetime | None]]) -> list[str]:
        """For each id, with since when it was kept, one that leads to the story that it stood for then: another where
        judgements parted it since.
        """
        parted = self.of(store)
        ends = [parted.goes_on(*one) for one in kept]
        seats = seated(store, {end for end in ends if end})
        return [
            seats.get(end, story) if end else _led(store, parted, story)
            for (story, _), end in zip(kept, ends, strict=True)
        ]

    def _seat(self, store: Store, article: ArticleId | None) -> Coverage | None:
        found = seated(store, {article}).get(article) if article else None
        return store.story(found) if found else None

    def under(self, store: Store, story: str) -> set[StoryId]:
        """The ids under which something may be kept that is about that story now, as others were parted from it."""
        ends = self.of(store).ends()
        seats = seated(store, {article for articles in ends.values() for article in articles})
        return {old for old, articles in ends.items() if any(seats.get(one) == story for one in articles)}


def _led(store: Store, parted: Partings, story: str) -> str:
    """An id whose address leads to where a story went on before, told by one that leads to what it stands for."""
    if parted.goes_on(story, away=True):
        with suppress(NotFoundError):
            return store.story(story).id
    return story


def seated(store: Store, articles: Iterable[ArticleId]) -> dict[ArticleId, StoryId]:
    """The stories of those articles, each by the id that it had."""
    asked = set(articles)
    found = {one.article: one.story for one in store.assignments(asked)} if asked else {}
    for lost in asked - found.keys():
        for seat in store.assignments([article.id for article in store.chosen([lost])]):
            found[lost] = seat.story
    return found
