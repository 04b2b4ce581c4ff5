"""The desk with everything on it that new articles are compared with: what places them, and what finds copies.

It goes on from what is kept, and asks for the few articles and stories that new ones have to do with; texts are fetched
only where two have to be compared word by word. Copies are found in the whole archive: of all its sketches those that
share something with what comes are asked for, or, where much is to be placed, all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from readout.group import footprint, origins, score
from readout.group.copies import Text
from readout.group.features import Features
from readout.group.finder import Finder, Sketch
from readout.group.finder import Kept as Sketched
from readout.group.lineage import MOST, Lineage, alike, connected, together
from readout.group.place import Placer
from readout.group.relations import Relations
from readout.models import (
    Article,
    ArticleId,
    Assignment,
    Copy,
    CopyGroup,
    Coverage,
    Footprint,
    Level,
    Regrouping,
    StoryId,
)
from readout.run.desk import Desk
from readout.store.base import Store

_TEXTS = 512  # held at once
_HELD = 20_000  # articles and stories that are held between two steps, at most
_SKETCHES = 20_000  # held by a desk for few articles
_NEVER = datetime.max.replace(tzinfo=UTC)


class Placing(Desk):
    """A desk at which articles are placed, with `meaning` by what texts mean, too; made `for_few` it holds only such
    sketches as matter, where the store can tell which.
    """

    def __init__(self, store: Store, *, meaning: bool = False, for_few: bool = False) -> None:
        super().__init__(store)
        self._gone = tuple(store.vanished())
        self._lost: list[StoryId] = []
        self._placer = Placer(score.scale(meaning=meaning), _Kept(store))
        self._relations = Relations(ask=self._copies)
        self._texts: dict[ArticleId, Text] = {}
        self._lineage = Lineage(store)
        self._left_out = frozenset(self._gone)
        self.for_few = for_few and store.holding(()) is not None
        self._finder = self._finding()

    def _finding(self) -> Finder:
        """What finds copies, as it begins."""
        shelf = _Sketches(self._store, self._left_out)
        if self.for_few:
            return Finder(self._partners, shelf)
        finder = Finder(self._partners)
        finder.restore(shelf.footed())
        return finder

    def taken(self, articles: Sequence[Article], prints: Sequence[Footprint]) -> Regrouping:
        """What these articles change, each with its new footprint."""
        if len(self.seats) + len(self._cards) + len(self._prints) + len(self._relations) > _HELD:
            self.clear()
        if self.for_few and len(self._finder) > _SKETCHES:
            self._finder = self._finding()
        self._leave()
        self._prints |= {one.article: one for one in prints}
        texts = {one.id: one for one in articles}
        telling = [one for one in prints if one.features]
        compared = self._compared([(footprint.text(texts[one.article]), footprint.sketch(one)) for one in telling])
        copying = self._relations.linked(compared)
        groups = self._grouped(copying)
        silent = [one.article for one in prints if not one.features and one.article in self.seats]
        self._lost += [self.seats[one].story for one in silent]
        for article in silent:
            self.seats.drop(article)
        placed, stirred = self._placed(telling)
        reseated = self.reseated(stirred, self._lost)
        told = self.told(reseated, {id_: one for one in groups for id_ in (one.origin, *one.reprints)}, copying)
        lined = self._lined(one for one in told.stories if one.level is Level.EPISODE)
        moved = {one.article: one for one in (*placed, *reseated.assignments, *lined)}
        change = Regrouping(
            since=self.since,
            footprints=tuple(prints),
            linkages=tuple(self._placer.linkages()),
            names=told.names,
            gone=self._gone,
            assignments=tuple(moved.values()),
            stories=told.stories,
            ended=told.ended,
            compared=tuple(sorted(compared)),
            copies=tuple(self._relations.of(compared)),
            copying=tuple(sorted(copying)),
            groups=groups,
        )
        self.since, self._gone, self._lost = self.since + 1, (), []
        return change

    def clear(self) -> None:
        """See `Desk.clear`."""
        super().clear()
        self._placer.clear()
        self._relations = Relations(ask=self._copies)
        self._lineage = Lineage(self._store)

    def _leave(self) -> None:
        """Leave out what is no more."""
        if not self._gone:
            return
        self.seats.ask(self._gone)
        for article in self._gone:
            if article in self.seats:
                self._lost.append(self.seats[article].story)
                self.seats.drop(article)
        self._placer.forget(self._gone)

    def _copies(self, articles: Sequence[ArticleId]) -> Sequence[Copy]:
        return [one for one in self._store.copies(articles) if not self._left_out & {one.copy, one.original}]

    def _partners(self, article: ArticleId) -> Sequence[ArticleId]:
        return self._relations.partners(article)

    def lines(self, changed: Collection[StoryId]) -> dict[StoryId, StoryId | None]:
        """See `Desk.lines`: found anew, for these and all that they may hang together with."""
        self._expect(changed)
        links = [(story, other) for story in changed for other in self._linked(story)]
        asked = {*changed, *(other for _, other in links)}
        lines = {line for line in (self._cards[one].storyline for one in asked) if line} | self._thinned
        held = [tuple(self._cards.line(line)) for line in sorted(lines) if self._cards.line(line)]
        return {one: line for group in connected(changed, links, held) for one, line in self._together(group)}

    def _linked(self, story: StoryId) -> list[StoryId]:
        """Stories so like that one that they may be of one storyline."""
        near = list(self._near(story))
        return alike(self.episode(story), [(one, self.episode(one)) for one in near]) if near else []

    def _together(self, group: Sequence[StoryId]) -> Iterator[tuple[StoryId, StoryId | None]]:
        """The storyline of each of these episodes, which hang together. Of too many only the latest are looked at;
        those before stay as they are, and the latest can go on with their storylines.
        """
        ordered = sorted(group, key=self._age)
        past, latest = ordered[:-MOST], ordered[-MOST:]
        lines = {line for line in (self._cards[one].storyline for one in past) if line}
        yield from ((one, self._cards[one].storyline) for one in past)
        found = together({one: self.episode(one) for one in latest}) if len(latest) > 1 else []
        now = {story: self._continued(held, lines) or self._line_id(held) for held in found for story in held}
        for one in latest:
            line = self._cards[one].storyline
            yield one, now.get(one) or (line if line in lines else None)

    def _age(self, story: StoryId) -> tuple[bool, datetime, StoryId]:
        last = self._cards[story].last
        return last is not None, last or _NEVER, story

    def _continued(self, episodes: Iterable[StoryId], lines: Collection[StoryId]) -> StoryId | None:
        """The one of those storylines that most of the episodes are of, if any is."""
        held = Counter(line for line in (self._cards[one].storyline for one in episodes) if line in lines)
        return min(held, key=lambda line: (-held[line], line or ""), default=None)

    def _near(self, story: StoryId) -> Sequence[StoryId]:
        """Stories that share names with that one."""
        near = self._lineage.near(story)
        self._cards.ask(near)
        return [one for one in near if one in self._cards]

    def _expect(self, stories: Collection[StoryId]) -> None:
        """Ask at once for all that may be of one storyline with one of these."""
        self._lineage.ask(stories)
        near = {other for story in stories for other in self._lineage.near(story)}
        self._cards.ask(near)
        self.seats.ask_for(near)
        self.prints([article for story in near for article in self.seats.members(story)])

    def file(self, stories: Mapping[StoryId, Sequence[int] | None]) -> None:
        """See `Desk.file`."""
        self._lineage.ask(stories, {name for names in stories.values() for name in names or ()})
        for story, names in stories.items():
            if names is None:
                self._lineage.drop(story)
            else:
                self._lineage.put(story, names)

    def _lined(self, stories: Iterable[Coverage]) -> list[Assignment]:
        """The assignments of articles whose stories are found to be of other storylines than before."""
        found = []
        for story in stories:
            for article in self.seats.members(story.id):
                if self.seats[article].storyline != story.storyline:
                    self.seats.put(replace(self.seats[article], storyline=story.storyline))
                    found.append(self.seats[article])
        return found

    def _placed(self, prints: Sequence[Footprint]) -> tuple[list[Assignment], list[ArticleId]]:
        """Where these articles are, and those that are found otherwise than before, as these touched them; and which of
        all that are in other company now.
        """
        self._placer.add((one.article, footprint.seen(one)) for one in prints)
        new = {one.article for one in prints}
        placed: list[Assignment] = []
        stirred: list[ArticleId] = []
        asked = sorted({*self._placer.stirred(), *new})
        self.seats.ask(asked)
        self.prints(asked)
        for article in asked:
            before = self.seats.get(article)
            now = self._assignment(article)
            if now != before:
                self.seats.put(now)
                placed.append(now)
            if before is None or article in new or now.found != before.found:
                stirred.append(article)
        return placed, stirred

    def _assignment(self, article: ArticleId) -> Assignment:
        found = self._placer.placement(article)
        before = self.seats.get(article)
        story = before.story if before else found.story
        day = self._prints[article].day
        line = before.storyline if before else None
        return Assignment(article, found.story, story, found.verdict, found.score, found.nearest, day, line)

    def _compared(self, texts: Sequence[tuple[Text, Sketch]]) -> set[ArticleId]:
        """Find the copies of these; of which articles the relations were looked at."""
        compared: set[ArticleId] = set()
        self._relations.know([text.id for text, _ in texts])
        self._texts |= {text.id: text for text, _ in texts}
        for (text, _), found in zip(texts, self._finder.take(texts, self._text), strict=True):
            self._relations.renew(text.id, found.copies)
            compared.add(text.id)
            for other in found.again:
                self._relations.renew(other, self._finder.relations(other, self._text))
                compared.add(other)
        return compared

    def _text(self, article: ArticleId) -> Text:
        if article not in self._texts:
            if len(self._texts) >= _TEXTS:
                self._texts.clear()
            (found,) = self._store.chosen([article])
            self._texts[article] = footprint.text(found)
        return self._texts[article]

    def _grouped(self, articles: Iterable[ArticleId]) -> tuple[CopyGroup, ...]:
        ordered = sorted(articles)
        members = [footprint.member(one) for one in self.prints(ordered)]
        return origins.groups(members, self._relations.of(ordered))


class _Kept:
    """The archive that placing goes on from."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.linkages, self.filed, self.latest_filed = store.linkages, store.filed, store.latest_filed

    def features(self, articles: Sequence[ArticleId]) -> Iterable[tuple[ArticleId, Features]]:
        """See `Archive.features`."""
        return ((one.article, footprint.seen(one)) for one in self._store.footprints(articles) if one.features)


class _Sketches:
    """The sketches that copies are found by, but for those `without`."""

    def __init__(self, store: Store, without: Collection[ArticleId]) -> None:
        self._store = store
        self._without = without

    def holding(self, fingerprints: Iterable[int]) -> Iterable[Sketched]:
        """See `finder.Shelf`."""
        return self._left(self._store.holding(fingerprints) or ())

    def footed(self, articles: Iterable[ArticleId] | None = None) -> Iterable[Sketched]:
        """See `finder.Shelf`; or all."""
        return self._left(self._store.footed(articles))

    def _left(self, found: Iterable[Sketched]) -> Iterable[Sketched]:
        return (one for one in found if one[0] not in self._without)
