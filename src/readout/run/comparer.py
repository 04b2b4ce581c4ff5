"""Comparing the stories of an archive, and keeping what comes of it, so that none is compared twice.

What is kept counts as long as nothing it was worked out from has changed: the story's articles as they were grouped,
the names that people ruled on, the code; for whoever wants all of it, also what is around the story and may say who
somebody is. What changes with the clock alone is decided when it is read.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from readout import pipeline
from readout.models import (
    Annotated,
    Annotation,
    Article,
    ArticleId,
    Compared,
    Coverage,
    Dispute,
    Ground,
    Grounds,
    Laid,
    Opening,
    Relation,
    digest,
)
from readout.run import outlets
from readout.store.base import Store

MOST = 5_000  # articles of a story that are compared, the earliest
_EPISODES, _AROUND = 12, 20  # episodes, and articles of each, that may say who somebody is
_FRESH = 60.0  # seconds for which the countries of outlets are remembered
_FEWEST = 2  # independent sources, or nobody disputes anything
_EVER = datetime.max.replace(tzinfo=UTC)
_DISPUTED = (Relation.CONTRADICT, Relation.DIFFER)


class Comparer:
    """Who compares the stories of that store. Safe for threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._countries: tuple[float, dict[str, str]] = (-_FRESH, {})

    def whole(self, story: Coverage) -> Compared:
        """Its comparison: as it is kept, where nothing changed, or else made now, and kept. With its articles, and the
        changes until now.
        """
        kept, grounds = self._store.laid(story.id), self._grounds(story)
        members, told = self._told(story)
        if kept is None or kept.grounds != grounds:
            return _until_now(self._made(story, grounds, members, told))
        earlier = self._annotated(self._store.chosen(kept.earlier))
        return _until_now(replace(kept.compared, articles=told, earlier=earlier))

    def make(self, story: Coverage) -> bool:
        """Make its comparison and keep it, where what is kept is of another state; whether that was needed."""
        kept, own = self._store.excerpt(story.id), self._own(self._store.grounds(story.id, limit=MOST))
        if kept is not None and kept[0].own == own:
            return False
        members, told = self._told(story)
        self._made(story, Grounds(own, self._around(story)), members, told)
        return True

    def opening(self, story: Coverage) -> Opening | None:
        """The beginning of its comparison as it is kept, if all that it cites is in the story still, as it was."""
        kept = self._store.excerpt(story.id)
        if kept is None:
            return None
        grounds, excerpt = kept
        held = self._store.grounds(story.id, limit=MOST)
        shown = {one.article: one.edition for one in held}
        if any(shown.get(one.article) != one.edition for one in excerpt.told):
            return None
        told, earlier = self._cited(excerpt.told), self._cited(excerpt.earlier)
        if len(told) + len(earlier) < len(excerpt.told) + len(excerpt.earlier):
            return None
        found = replace(excerpt.compared, articles=told, earlier=earlier)
        return Opening(_until_now(found), excerpt.points, grounds.own == self._own(held))

    def further(self, story: Coverage, first: int, most: int) -> Opening | None:
        """So many points from the first on, of the comparison that is kept of that story."""
        kept = self._store.laid(story.id)
        if kept is None:
            return None
        part, cited = pipeline.points(kept.compared, first, most)
        points = len(kept.compared.comparison.points)
        told = self._annotated(self._store.chosen(cited))
        known = {said.id for one in told for said in one.annotation.statements}
        if any(
            said not in known for one in part.comparison.points for each in one.accounts for said in each.statements
        ):
            return None
        return Opening(
            replace(part, articles=told),
            points,
            kept.grounds.own == self._own(self._store.grounds(story.id, limit=MOST)),
        )

    def _made(
        self, story: Coverage, grounds: Grounds, members: Sequence[ArticleId], told: tuple[Annotated, ...]
    ) -> Compared:
        background = self._annotated(self._store.chosen([one for held in self._beside(story) for one in held]))
        groups = self._store.copy_groups(members)
        found = pipeline.compared(told, groups, background, self._known_countries(), now=_EVER)
        bare = replace(found, articles=(), earlier=())
        earlier = tuple(one.article.id for one in found.earlier)
        dispute = _dispute(story, found)
        self._store.lay(Laid(story.id, grounds, bare, earlier, pipeline.excerpt(found), dispute))
        return found

    def _told(self, story: Coverage) -> tuple[Sequence[ArticleId], tuple[Annotated, ...]]:
        """The articles of a story, those that are no copies first."""
        members = self._store.members(story.id, limit=MOST)
        heads = {one: group.origin for one, group in self._store.copy_groups(members).items()}
        ordered = sorted(self._store.chosen(members), key=lambda one: heads.get(one.id, one.id) != one.id)
        return members, self._annotated(ordered)

    def _beside(self, story: Coverage) -> list[Sequence[ArticleId]]:
        """The articles of other episodes of its storyline."""
        others = self._store.episodes(story.storyline, limit=_EPISODES) if story.storyline else ()
        return [self._store.members(one.id, limit=_AROUND) for one in others if one.id != story.id]

    def _grounds(self, story: Coverage) -> Grounds:
        return Grounds(self._own(self._store.grounds(story.id, limit=MOST)), self._around(story))

    def _own(self, held: Sequence[Ground]) -> str:
        rulings = [(one.one, one.other, one.same) for one in self._store.rulings()]
        return digest(repr((pipeline.comparer(), rulings, sorted(held))).encode())

    def _around(self, story: Coverage) -> str:
        others = self._store.episodes(story.storyline, limit=_EPISODES) if story.storyline else ()
        held = [self._store.grounds(one.id, limit=_AROUND) for one in others if one.id != story.id]
        return digest(repr((sorted(self._known_countries().items()), held)).encode())

    def _known_countries(self) -> dict[str, str]:
        """The country of each outlet of which one is known, by its name; what a feed says goes before."""
        at, known = self._countries
        if time.monotonic() - at >= _FRESH:
            feeds = self._store.feeds()
            described = outlets.described(self._store.outlets(), feeds)
            told = (*(one.outlet for one in described), *(one.feed.outlet for one in feeds))
            known = {one.name: one.country for one in told if one.country}
            self._countries = time.monotonic(), known
        return known

    def _annotated(self, articles: Iterable[Article]) -> tuple[Annotated, ...]:
        held = list(articles)
        kept = self._store.annotations({one.edition for one in held})
        found = [(one, kept.get(one.edition) or pipeline.annotation(one)) for one in held]
        rulings = self._store.rulings()
        if not rulings:
            return tuple(Annotated(*each) for each in found)
        from readout.annotate import archive_names

        return tuple(Annotated(one, archive_names.ruled(understood, rulings)) for one, understood in found)

    def _cited(self, told: Sequence[Annotation]) -> tuple[Annotated, ...]:
        """Each with its article, without those of which another edition is shown now."""
        known = {one.id: one for one in self._store.chosen(one.article for one in told)}
        pairs = ((known.get(one.article), one) for one in told)
        return tuple(Annotated(article, one) for article, one in pairs if article and article.edition == one.edition)


def _until_now(found: Compared) -> Compared:
    """With the changes until now, or until the last article came, where clocks differ."""
    times = (one.article.published.at for one in found.articles if one.article.published)
    now = max([datetime.now(UTC), *times])
    return replace(found, changes=tuple(one for one in found.changes if one.at <= now))


def _dispute(story: Coverage, found: Compared) -> Dispute:
    points = [one for one in found.comparison.points if one.relation in _DISPUTED and one.heading]
    none = Dispute(story.id, story.articles, story.copies, story.last)
    if not points or story.independent < _FEWEST:
        return none
    first = min(points, key=lambda one: _DISPUTED.index(one.relation))
    return replace(none, point=first.id, relation=first.relation, heading=first.heading)
