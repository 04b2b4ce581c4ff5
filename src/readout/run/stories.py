"""The verbs of the Engine that are about stories and copies. They wire the parts together and decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from readout.models import (
    Article,
    ArticleId,
    Assignment,
    Copy,
    CopyGroup,
    Coverage,
    GroupingReport,
    Judged,
    Judgement,
    JudgementId,
    Placement,
    Reason,
    StoryId,
    Suggestion,
)
from readout.run.base import Progress, silent
from readout.run.held import Held
from readout.store.base import Store

READER = "reader"  # who judges, where nobody says


class Stories:
    """Stories of an archive: what they are, and what people say of them."""

    store: Store
    held: Held

    def group(self, *, progress: Progress = silent) -> GroupingReport:
        """Place what is not placed yet: which story it belongs to, and of which text it is a copy. Raises StoreError;
        what was kept until then stays. Raises InputError where the settings name sentence vectors that cannot be used.
        """
        from readout.run import grouping, meaning

        return grouping.group(self.store, progress, self.held, meaning.encoder())

    def stories(self, *, limit: int = 30, offset: int = 0) -> Sequence[Coverage]:
        """Stories, those that most independent sources told last first."""
        return self.store.stories(limit=limit, offset=offset)

    def count_stories(self) -> int:
        """How many stories there are."""
        return self.store.count_stories()

    def story(self, story_id: str) -> Coverage:
        """The story or storyline of that id, or of the one id that begins so; an id that it had leads to it, or to its
        larger part. Raises NotFoundError, AmbiguousIdError.
        """
        return self.held.heirs.story(self.store, story_id)

    def goes_on(self, story_id: str) -> Coverage | None:
        """The story as which the one that had this id before goes on, where a judgement left the id with the smaller
        part of it; None where it stands for what it did.
        """
        return self.held.heirs.after(self.store, story_id)

    def members(self, story_id: str, *, limit: int = 1000) -> Sequence[ArticleId]:
        """The articles of that story, the earliest first."""
        return self.store.members(StoryId(story_id), limit=limit)

    def episodes(self, storyline_id: str, *, limit: int = 100) -> Sequence[Coverage]:
        """The stories that are episodes of that storyline, the latest first."""
        return self.store.episodes(StoryId(storyline_id), limit=limit)

    def chosen(self, article_ids: Iterable[ArticleId]) -> Sequence[Article]:
        """Those articles, without those that are not kept."""
        return self.store.chosen(article_ids)

    def assignments(self, article_ids: Iterable[ArticleId]) -> Sequence[Assignment]:
        """Which stories those articles are in."""
        return self.store.assignments(article_ids)

    def copies(self, article_ids: Iterable[ArticleId]) -> Sequence[Copy]:
        """What is taken from one of those articles, or one of them from, and how that is known."""
        return self.store.copies(list(article_ids))

    def copy_groups(self, article_ids: Iterable[ArticleId]) -> Mapping[ArticleId, CopyGroup]:
        """The articles that are one text with one of those."""
        return self.store.copy_groups(list(article_ids))

    def why(self, article_id: str, story_id: str) -> Placement | None:
        """How that article and the one of that story most like it are alike; None where there is nothing to compare.
        Raises NotFoundError, AmbiguousIdError.
        """
        from readout.run import explaining

        return explaining.why(self.store, self.store.article(article_id), self.story(story_id))

    def alike(self, article_id: str, other: ArticleId) -> Sequence[Reason]:
        """Why that article does or does not belong with the other, as they are kept. Raises NotFoundError,
        AmbiguousIdError.
        """
        from readout.run import explaining

        return explaining.alike(self.store, self.store.article(article_id), other)

    def merge(self, one: str, other: str, *, by: str = READER, why: str = "") -> Judgement:
        """Say that two stories are one. Raises NotFoundError, AmbiguousIdError, InputError."""
        from readout.run import judging

        return judging.judge(self.store, judging.merged(self.story(one), self.story(other), by, why))

    def split(self, story_id: str, article_ids: Iterable[str], *, by: str = READER, why: str = "") -> Judgement:
        """Say that articles of a story are one of their own. Raises NotFoundError, AmbiguousIdError, InputError."""
        from readout.run import judging

        leaving = [self.store.article(one) for one in article_ids]
        return judging.judge(self.store, judging.split(self.store, self.story(story_id), leaving, by, why))

    def move(self, article_id: str, story_id: str, *, by: str = READER, why: str = "") -> Judgement:
        """Say that an article belongs in a story. Raises NotFoundError, AmbiguousIdError, InputError."""
        from readout.run import judging

        word = judging.moved(self.store, self.store.article(article_id), self.story(story_id), by, why)
        return judging.judge(self.store, word)

    def suggestions(self, story_id: str = "", *, limit: int = 30) -> Sequence[Suggestion]:
        """Stories that may be one, or two, and that nobody has judged: about that story, or all; the latest first.
        Raises NotFoundError, AmbiguousIdError.
        """
        from readout.run import judging

        members = self.store.members(self.story(story_id).id) if story_id else None
        return judging.suggestions(self.store, members, limit=limit)

    def take(self, article_id: str, *, by: str = READER, why: str = "") -> Judgement:
        """Do what the suggestion about that article says. Raises NotFoundError, AmbiguousIdError."""
        from readout.run import judging

        article = self.store.article(article_id).id
        return judging.judge(self.store, judging.settled(self.store, article, take=True, by=by, why=why))

    def decline(self, article_id: str, *, by: str = READER, why: str = "") -> Judgement:
        """Say that the suggestion about that article is wrong; it does not come again. Raises as `take`."""
        from readout.run import judging

        article = self.store.article(article_id).id
        return judging.judge(self.store, judging.settled(self.store, article, take=False, by=by, why=why))

    def undo(self, judgement_id: str = "", *, by: str = READER) -> Judged:
        """Let that judgement count no more, or the last one; everything is as it was without it. Raises NotFoundError,
        InputError.
        """
        from readout.run import judging

        return judging.undo(self.store, JudgementId(judgement_id), by)

    def judgements(self, *, limit: int = 1000, offset: int = 0) -> Sequence[Judged]:
        """What was said of stories, the latest first."""
        return self.store.judgements(limit=limit, offset=offset)
