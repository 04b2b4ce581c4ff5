"""The desk at which stories are made up: what is known of those that matter, and what a step changes of it.

Decides nothing itself: `group` says what belongs together, who counts as a source, which episodes make a storyline. Its
answers are put into one change here, which the store keeps or refuses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from readout.group import cluster, coverage, footprint, lineage, score, storyline
from readout.group.score import Rows
from readout.group.seats import Reseated, Seats
from readout.models import (
    ArticleId,
    CopyGroup,
    Coverage,
    Footprint,
    Judgement,
    StoryId,
    storyline_id,
)
from readout.run.cards import Cards
from readout.store.base import Store

Groups = Mapping[ArticleId, CopyGroup]
_EVERY = 2**40


@dataclass(frozen=True)
class Told:
    """Stories and storylines that are new or changed, and those that are no more."""

    stories: tuple[Coverage, ...]
    ended: tuple[StoryId, ...]
    names: tuple[tuple[StoryId, tuple[int, ...]], ...]  # that the episodes turn on


class Desk:
    """Stories as they stand. It is of one state of the store, and of the changes that came from here: what it needs it
    asks the store for, each once.
    """

    def __init__(self, store: Store) -> None:
        self.since = store.state()
        self.seats = Seats(store)
        self.judgements = standing(store)
        self._store = store
        self._prints: dict[ArticleId, Footprint] = {}
        self._cards = Cards(store)
        self._episodes: dict[StoryId, Rows] = {}
        self._thinned: set[StoryId] = set()  # storylines that lost an episode just now

    def clear(self) -> None:
        """Let go of all that the store keeps as well."""
        self.seats = Seats(self._store)
        self._cards = Cards(self._store)
        self._prints, self._episodes = {}, {}

    def prints(self, articles: Sequence[ArticleId]) -> list[Footprint]:
        """The footprints of those articles, which have one."""
        missing = [one for one in articles if one not in self._prints]
        self._prints |= {one.article: one for one in self._store.footprints(missing)} if missing else {}
        return [self._prints[one] for one in articles if one in self._prints]

    def reseated(self, stirred: Iterable[ArticleId], also: Iterable[StoryId] = ()) -> Reseated:
        """What the judgements make of what was found."""
        return self.seats.reseat(stirred, self.judgements, self._closer, also)

    def told(self, reseated: Reseated, groups: Groups, copying: Collection[ArticleId] = ()) -> Told:
        """The stories that changed as their articles did, or the copies among these, and storylines with them. `groups`
        are those of the articles in `copying`; those of others are as they were.
        """
        changed = dict(reseated.stories)
        for article in copying:
            if article in self.seats:
                story = self.seats[article].story
                changed.setdefault(story, self.seats.members(story))
        self.seats.ask_for(changed)
        for story in (*changed, *reseated.ended):
            self._episodes.pop(story, None)
        self._cards.ask([*changed, *reseated.ended])
        before = [card for card in map(self._cards.end, reseated.ended) if card]
        for story, card in self._coverages(changed, groups, copying):
            old = self._cards.get(story)
            self._cards.put(replace(card, storyline=old.storyline if old else None))
        named = {story: tuple(lineage.names(self.episode(story))) for story in changed}
        self.file({story: named.get(story) for story in (*changed, *reseated.ended)})
        lines = self._relined(changed.keys(), before)
        return Told(
            tuple(self._cards[one] for one in sorted({*changed, *lines.episodes})) + lines.storylines,
            (*reseated.ended, *lines.ended),
            tuple(named.items()),
        )

    def _closer(self, article: ArticleId, these: Sequence[ArticleId], those: Sequence[ArticleId]) -> bool:
        """Whether the article is more like these than like those."""
        found = {one.article: footprint.seen(one) for one in self.prints([article, *these, *those])}
        here, there = [one for one in these if one in found], [one for one in those if one in found]
        if not there or not here or article not in found:
            return not there
        rows = score.stacked([found[one] for one in (article, *here, *there)])
        odds = cluster.odds(rows, score.scale_for(rows))[0, 1:]
        return bool(odds[: len(here)].mean() > odds[len(here) :].mean())

    def _coverages(
        self, stories: Mapping[StoryId, Sequence[ArticleId]], groups: Groups, copying: Collection[ArticleId]
    ) -> Iterator[tuple[StoryId, Coverage]]:
        """Each story as a list shows it: all are asked for at once, as asking is what takes time."""
        unchanged = [one for members in stories.values() for one in members if one not in copying]
        held = {**(self._store.copy_groups(unchanged) if unchanged else {}), **groups}
        self.prints([one for members in stories.values() for one in members])
        prints = {story: self.prints(members) for story, members in stories.items()}
        own = {story: coverage.own(members, held)[: coverage.READ] for story, members in prints.items()}
        articles = {one.id: one for one in self._store.chosen([one for ids in own.values() for one in ids])}
        for story, members in prints.items():
            told = [articles[one] for one in own[story] if one in articles]
            yield story, coverage.coverage(story, members, held, told)

    # Storylines

    def file(self, stories: Mapping[StoryId, Sequence[int] | None]) -> None:
        """Take note that stories turn on these names now, or are no more, where stories can be looked up."""

    def lines(self, changed: Collection[StoryId]) -> dict[StoryId, StoryId | None]:
        """The storylines of these stories, and of others that change with them: here what was found before anybody
        judged, so that undoing a judgement changes nothing else.
        """
        return {one: self.seats[self._cards[one].founder].storyline for one in changed}

    def episode(self, story: StoryId) -> Rows:
        """The features of a story as one row."""
        if story not in self._episodes:
            found = [footprint.seen(one) for one in self.prints(self.seats.members(story)) if one.features]
            self._episodes[story] = storyline.episode(score.stacked(found))
        return self._episodes[story]

    def _relined(self, changed: Collection[StoryId], ended: Collection[Coverage]) -> _Lines:
        self._thinned = {card.storyline for card in ended if card.storyline}
        for card in ended:
            self._cards.move(card.id, card.storyline, None)
        now = self.lines(changed)
        looked = {*self._thinned, *(line for line in now.values() if line)}
        for one, line in now.items():
            old = self._cards[one].storyline
            if old:
                looked.add(old)
            self._cards.move(one, old, line)
            self._cards.put(replace(self._cards[one], storyline=line))
        self.seats.ask(self._cards[one].founder for line in looked for one in self._cards.line(line))
        return _Lines(
            tuple(now),
            tuple(self._line(line) for line in sorted(looked) if self._cards.line(line)),
            tuple(line for line in sorted(looked) if not self._cards.line(line)),
        )

    def _line_id(self, stories: Iterable[StoryId]) -> StoryId:
        return storyline_id(min((self._cards[one].founder for one in stories), key=self.seats.order))

    def _line(self, line: StoryId) -> Coverage:
        episodes = [self._cards[one] for one in sorted(self._cards.line(line))]
        self.seats.ask(one.founder for one in episodes)
        founder = min((one.founder for one in episodes), key=self.seats.order)
        return coverage.storyline(line, founder, episodes)


@dataclass(frozen=True)
class _Lines:
    episodes: tuple[StoryId, ...]
    storylines: tuple[Coverage, ...]
    ended: tuple[StoryId, ...]


def standing(store: Store) -> list[Judgement]:
    """The judgements that nobody undid."""
    return [one.judgement for one in store.judgements(limit=_EVERY) if one.undone is None]
