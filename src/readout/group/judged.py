"""What judgements make of stories that were found: a pure function, so that undoing one is leaving it out.

Judgements count in the order they were made; a later one has the last word. Only stories that they name are touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from readout.models import ArticleId, Judgement, JudgementKind

Articles = Sequence[ArticleId]
Closer = Callable[[ArticleId, Articles, Articles], bool]


class Partition:
    """Stories as sets of articles. `found` gives the articles found to be of one story with a given one, itself
    included, and nothing for one that is not kept.
    """

    def __init__(self, found: Callable[[ArticleId], Articles]) -> None:
        self._found = found
        self._story: dict[ArticleId, set[ArticleId]] = {}

    def story(self, article: ArticleId) -> set[ArticleId]:
        """The articles of that one's story."""
        known = self._story.get(article)
        if known is not None:
            return known
        story = {one for one in self._found(article) if one not in self._story}
        self._story.update(dict.fromkeys(story, story))
        return story

    def touched(self) -> list[set[ArticleId]]:
        """Every story that was looked at."""
        return list({id(story): story for story in self._story.values() if story}.values())

    def put(self, articles: Iterable[ArticleId], story: set[ArticleId]) -> None:
        """Take articles out of where they are and put them there."""
        for article in articles:
            self.story(article).discard(article)
            story.add(article)
            self._story[article] = story


def judged(found: Callable[[ArticleId], Articles], judgements: Iterable[Judgement], closer: Closer) -> Partition:
    """The stories that judgements touch. `closer(article, these, those)` tells whether it is more like `these`."""
    partition = Partition(found)
    for judgement in sorted(judgements, key=lambda one: (one.at, one.id)):
        these = [one for one in judgement.articles if found(one)]
        those = [one for one in judgement.others if found(one)]
        if not these or not those:
            continue
        if judgement.kind in {JudgementKind.MERGE, JudgementKind.SAME}:
            for article in these:
                partition.put(list(partition.story(article)), partition.story(those[0]))
        elif judgement.kind is JudgementKind.MOVE:
            partition.put(these, partition.story(those[0]))
        else:
            _part(partition, these, those, closer, whole=judgement.kind is JudgementKind.SPLIT)
    return partition


def _part(partition: Partition, these: Articles, those: Articles, closer: Closer, *, whole: bool) -> None:
    """`these` leave the story of `those`, and what nobody named goes with the side it is more like.

    A split names all that leaves; the unnamed leave only when they are more like those that leave.
    """
    story = partition.story(those[0])
    leaving = [one for one in these if one in story]
    if not leaving or (not whole and len(story) == 1):
        return
    staying = [one for one in those if one in story]
    named = {*leaving, *staying}
    leaving += [one for one in sorted(story - named) if closer(one, tuple(leaving), tuple(staying))]
    partition.put(leaving, set())
