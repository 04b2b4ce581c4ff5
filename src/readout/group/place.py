"""Which story an article belongs to, and every reason why. Stories are derived: from the articles kept, and judgements.

    placer = Placer()
    placement = placer.place(article)          # joins, starts or unsure, with reasons
    placer.stories(), placer.judge(judgement), placer.undo(judgement.id)

An article is compared with the few that an index finds near; those it may belong with are settled anew together with
all that is linked to them, in an order of their own, so that stories do not depend on the order of arrival. A placer
holds numbers only, about a kilobyte an article. One that goes on from an archive asks it for the articles that matter,
and says what is to be kept of those that changed; then it holds far less.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from math import exp

import numpy as np

from readout.errors import NotFoundError
from readout.group import cluster, judged, pairing, score, settle, storyline
from readout.group.archive import Archive, Recall
from readout.group.candidates import WINDOW, Shelves, packed
from readout.group.features import Features, features
from readout.group.kept import Kept
from readout.group.links import Links
from readout.group.score import FLOOR, Scale
from readout.models import (
    Annotation,
    Article,
    ArticleId,
    Judgement,
    JudgementId,
    Level,
    Linkage,
    Placement,
    Story,
    Verdict,
    story_id,
    storyline_id,
)

CANDIDATES = 24
LINK = -3.0  # log-odds from which two articles are settled together
_FOREMOST = 4  # of the candidates, among which the very same article would be
_TOGETHER = 128  # articles that are compared at once
_HELD = 16_384  # more rows than a beginning needs, where they can be recalled again


class Placer:
    """Articles by story. `scale` are the weights to judge by, by default those that ship; `archive` is what it goes on
    from.
    """

    def __init__(self, scale: Scale | None = None, archive: Archive | None = None) -> None:
        self._scale = scale or score.scale()
        self._archive = archive
        self._judgements: dict[JudgementId, Judgement] = {}
        self._begin()

    def _begin(self) -> None:
        """Hold nothing."""
        archive = self._archive
        self._kept = Kept(archive.features if archive else None)
        self._links = Links()
        self._parts = settle.Parts(self._links, LINK)
        self._recall = Recall(archive, self._kept, self._restore) if archive else None
        self._shelves = Shelves(self._recall)
        if self._recall:
            self._links.recall = self._recall.row
        self._most: int | None = None  # rows that are held before all are let go of
        self._changed: set[int] = set()  # rows of which other things are to be kept, but for how they were settled
        self._gone: set[int] = set()
        self._twins: dict[int, list[int]] = {}  # row → rows with the very same features
        self._first: dict[int, int] = {}  # such a row → the one that stands for it
        self._next = array("i")  # of each row, another of its group, and so around; -1 where nobody asked yet
        self._odds = array("f")  # of each row, how likely it belongs where it is,
        self._nearest = array("i")  # and the row most like it; itself where it met none
        self._stirred: set[int] = set()
        self._partition: judged.Partition | None = None

    def __len__(self) -> int:
        return len(self._kept)

    def place(self, article: Article, annotation: Annotation | None = None) -> Placement:
        """Take an article in, and say which story it belongs to."""
        seen = features(article, annotation)
        self.add([(article.id, seen)])
        return self.placement(article.id, seen)

    def add(self, articles: Iterable[tuple[ArticleId, Features]]) -> None:
        """Take articles in and settle what they touch. One that is kept gets these features in place of its own."""
        self._let_go()
        batch = list(articles)
        if self._recall:
            self._recall.articles([article for article, _ in batch])
        touched: set[int] = set()
        for some in _runs(batch, self._kept):
            touched |= self._take(some)
        self._meet(touched)
        self._settle(touched)
        self._partition = None
        self._most = self._most or len(self._kept) + _HELD

    def forget(self, articles: Iterable[ArticleId]) -> None:
        """Leave articles out that are no more, and settle what they touched."""
        gone = list(articles)
        if self._recall:
            self._recall.articles(gone)
        touched: set[int] = set()
        for row in (self._kept.row(one) for one in gone if one in self._kept):
            touched |= self._forget(row)
            self._gone.add(row)
        self._settle(touched - self._gone)
        self._partition = None

    def clear(self) -> None:
        """Let go of all that the archive can tell again, where nothing waits to be asked for."""
        waits = self._changed or self._parts.changes or self._stirred or self._judgements
        if self._archive and not waits:
            self._begin()

    def linkages(self) -> list[Linkage]:
        """What is to be kept of the articles of which other things are since this was last asked."""
        rows = sorted((self._changed | self._parts.changes) - self._gone)
        self._changed.clear()
        self._parts.changes.clear()
        return [self._linkage(row) for row in rows]

    def stirred(self) -> list[ArticleId]:
        """The articles whose stories were settled anew since this was last asked."""
        rows = [one for row in sorted(self._stirred) for one in (row, *self._twins.get(row, ()))]
        self._stirred = set()
        return [self._kept.articles[row] for row in rows]

    def placement(self, article: ArticleId, seen: Features | None = None) -> Placement:
        """The placement of an article that was taken in; with its features also the reasons. Raises NotFoundError."""
        row = self._row(article)
        if row in self._first or row in self._twins:
            odds, nearest = FLOOR, self._first[row] if row in self._first else self._twins[row][0]
        else:
            odds, nearest = self._odds[row], self._nearest[row]
        members = self._members(article)
        why = score.reasons(seen, self._kept.rows([nearest]), self._scale) if seen and nearest != row else ()
        founder = members[0]
        alone = len(members) == 1
        return Placement(
            article,
            story_id(founder),
            _verdict(odds, starts=founder == article, alone=alone),
            1 / (1 + exp(-odds)),
            why,
            self._kept.articles[nearest] if nearest != row else None,
        )

    def stories(self) -> list[Story]:
        """All stories, the earliest first."""
        seen: set[ArticleId] = set()
        found = []
        for article in sorted(self._kept.articles, key=self._order):
            if article not in seen:
                members = self._members(article)
                seen.update(members)
                found.append(self._story(members))
        return found

    def storylines(self, stories: Sequence[Story]) -> list[Story]:
        """The storylines of those episodes, some hundreds at most; an episode that stands alone is of none."""
        rows = [storyline.episode(self._kept.rows([self._row(one) for one in story.articles])) for story in stories]
        together = storyline.storylines(storyline.likeness(score.joined(rows))) if rows else []
        found = []
        for group in together:
            if len(group) > 1:
                members = sorted((one for at in group for one in stories[at].articles), key=self._order)
                found.append(Story(storyline_id(members[0]), Level.STORYLINE, tuple(members), members[0]))
        return found

    def story_of(self, article: ArticleId) -> Story:
        """The story that holds an article. Raises NotFoundError."""
        self._row(article)
        return self._story(self._members(article))

    def judge(self, judgement: Judgement) -> None:
        """Take somebody's word: it is kept, and outweighs what was found."""
        self._judgements[judgement.id] = judgement
        self._partition = None

    def undo(self, judgement: JudgementId) -> None:
        """Leave a judgement out again. Raises NotFoundError."""
        if self._judgements.pop(judgement, None) is None:
            raise NotFoundError("judgement", judgement)
        self._partition = None

    def _row(self, article: ArticleId) -> int:
        if article not in self._kept:
            raise NotFoundError("article", article)
        return self._kept.row(article)

    def _order(self, article: ArticleId) -> tuple[bool, float, ArticleId]:
        return self._kept.order(self._kept.row(article))

    # What is kept

    def _let_go(self) -> None:
        """Let go of what the archive can tell again, where that is much."""
        if self._most and len(self._kept) > self._most:
            self.clear()
        self._kept.tidy()

    def _linkage(self, row: int) -> Linkage:
        articles, first = self._kept.articles, self._first.get(row)
        links = tuple([(articles[other], odds) for other, odds in self._links.of(row)])
        filed = packed(*self._kept.filed(row)) if first is None else b""
        step = self._parts.step(row)
        stands = None if first is None else articles[first]
        return Linkage(articles[row], self._kept.day(row), stands, step, links, filed)

    def _restore(self, one: Linkage, row: int) -> None:
        """Take in what was kept of an article, once."""
        self._parts.restore(row, one.step)
        if one.first is not None:
            first = self._kept.know(one.first, None)
            self._first[row] = first
            self._twins.setdefault(first, []).append(row)
        for other, odds in one.links:
            there = self._kept.know(other, None)
            if self._recall and there not in self._recall:  # else it has put the link already
                self._links.put(row, there, odds)

    def _meet(self, rows: Iterable[int]) -> None:
        """Recall all that those rows are linked with."""
        if self._recall:
            self._recall.rows({other for row in rows for other, _ in self._links.known(row)} | set(rows))

    # Taking in

    def _take(self, some: Sequence[tuple[ArticleId, Features]]) -> set[int]:
        """Keep articles, all new or but one, and link them; the rows whose links changed."""
        touched: set[int] = set()
        if some[0][0] in self._kept:
            ((article, seen),) = some
            row = self._kept.row(article)
            if self._kept.holds(row, seen):
                first = self._first.get(row, row)
                return touched if self._asked(first) else {first}
            touched = self._forget(row)
            self._kept.put(row, seen)
            rows = [row]
        else:
            rows = [self._kept.add(article, seen) for article, seen in some]
            self._alone(rows)
            if self._recall:
                self._recall.met(rows)
        return touched | self._arrive(rows, [seen for _, seen in some])

    def _arrive(self, rows: Sequence[int], some: Sequence[Features]) -> set[int]:
        """File and link rows; a row with the very same features as another stands behind it instead."""
        arrivals = self._shelves.arriving(rows, some)
        touched: set[int] = set()
        near: list[tuple[int, list[int]]] = []
        for at, (row, seen) in enumerate(zip(rows, some, strict=True)):
            others = [one for one in arrivals.near(at, CANDIDATES).tolist() if one != row and one not in self._gone]
            same = self._same(others[:_FOREMOST], seen)
            if same is None:
                arrivals.file(at)
                near.append((at, others))
                touched.add(row)
            else:
                self._recalled(same)
                self._first[row] = same
                self._twins.setdefault(same, []).append(row)
                touched.add(same)
        self._changed.update(rows)
        self._shelves.add(arrivals)
        self._link(rows, some, near)
        return touched

    def _recalled(self, row: int) -> None:
        if self._recall:
            self._recall.row(row)

    def _asked(self, row: int) -> bool:
        """Whether the row was settled since this began."""
        return row < len(self._next) and self._next[row] >= 0

    def _same(self, near: Sequence[int], seen: Features) -> int | None:
        """The row with the very same features, if there is one."""
        return next((one for one in near if one not in self._first and self._kept.holds(one, seen)), None)

    def _link(self, rows: Sequence[int], some: Sequence[Features], near: Sequence[tuple[int, list[int]]]) -> None:
        """Link rows, by their places, with those of their neighbours that they may belong with."""
        others = np.array([other for _, ones in near for other in ones], dtype=np.intp)
        if not len(others):
            return
        one = np.repeat([at for at, _ in near], [len(ones) for _, ones in near]).astype(np.intp)
        distinct, other = np.unique(others, return_inverse=True)
        left, right = score.stacked(some), self._kept.rows(distinct)
        odds = self._scale.pairs(pairing.facts(left, right, one, other))
        apart = np.abs(left.days[one] - right.days[other]) > WINDOW
        for at in np.flatnonzero((odds >= LINK) & ~apart).tolist():
            ends = rows[int(one[at])], int(others[at])
            self._links.put(*ends, float(odds[at]))
            self._changed.update(ends)

    def _forget(self, row: int) -> set[int]:
        """Take a row's links away; the rows that it was linked to."""
        self._recalled(row)
        first = self._first.pop(row, None)
        if first is not None:
            self._twins[first].remove(row)
            if not self._twins[first]:
                del self._twins[first]
            return {first}
        self._meet([row])
        touched = self._links.drop(row)
        self._changed |= touched
        self._inherit(row, touched)
        return touched | {row}

    def _inherit(self, row: int, touched: set[int]) -> None:
        """The first of the rows that `row` stood for takes its place."""
        twins = self._twins.pop(row, [])
        if not twins:
            return
        heir, *others = twins
        del self._first[heir]
        for other in others:
            self._first[other] = heir
        if others:
            self._twins[heir] = others
        self._changed |= {heir, *others}
        seen = self._kept.features(row)
        arrivals = self._shelves.arriving([heir], [seen])
        arrivals.file(0)
        near = [one for one in arrivals.near(0, CANDIDATES).tolist() if one not in {row, heir, *self._gone}]
        self._link([heir], [seen], [(0, near)])
        self._shelves.add(arrivals)
        touched.add(heir)

    # Settling

    def _settle(self, touched: set[int]) -> None:
        for part in self._parts.changed(touched):
            self._settle_one(sorted(part, key=self._kept.order))

    def _settle_one(self, together: list[int]) -> None:
        self._stirred.update(together)
        self._alone(together)
        if len(together) == 1:
            return
        lists = settle.stand_ins(together, self._links)
        groups, odds = settle.settled(self._kept.rows([one[0] for one in lists]), self._scale)
        for group in groups:
            members = [row for place in group for row in lists[place]]
            for row, other in zip(members, (*members[1:], members[0]), strict=True):
                self._next[row] = other
        for one, (value, nearest) in zip(lists, odds, strict=True):
            for row in one:
                first = row == one[0]
                self._odds[row], self._nearest[row] = (value, lists[nearest][0]) if first else (FLOOR, one[0])

    def _alone(self, rows: list[int]) -> None:
        """Put each of them in a group of its own."""
        missing = max(rows) + 1 - len(self._next)
        for column in (self._next, self._odds, self._nearest):
            column.extend([-1] * missing)
        for row in rows:
            self._next[row] = self._nearest[row] = row
            self._odds[row] = -FLOOR

    def _group(self, row: int) -> list[int]:
        """The rows of its group."""
        found = [row]
        while (other := self._next[found[-1]]) != row:
            found.append(other)
        return found

    # Stories

    def _found(self, article: ArticleId) -> tuple[ArticleId, ...]:
        """The articles found to be of one story with that one, before any judgement."""
        if article not in self._kept:
            return ()
        row = self._kept.row(article)
        first = self._first.get(row, row)
        rows = (one for row in self._group(first) for one in (row, *self._twins.get(row, ())))
        return tuple(self._kept.articles[one] for one in rows)

    def _members(self, article: ArticleId) -> tuple[ArticleId, ...]:
        """The articles of its story, in order."""
        members: Iterable[ArticleId] = self._found(article)
        if self._judgements:
            if self._partition is None:
                self._partition = judged.judged(self._found, self._judgements.values(), self._closer)
            members = self._partition.story(article)
        return tuple(sorted(members, key=self._order))

    def _closer(self, article: ArticleId, these: Sequence[ArticleId], those: Sequence[ArticleId]) -> bool:
        rows = self._kept.rows([self._kept.row(one) for one in (article, *these, *those)])
        odds = cluster.odds(rows, self._scale)[0, 1:]
        return bool(odds[: len(these)].mean() > odds[len(these) :].mean()) if those else True

    def _story(self, members: Sequence[ArticleId]) -> Story:
        return Story(story_id(members[0]), Level.EPISODE, tuple(members), members[0])


def _verdict(odds: float, *, starts: bool, alone: bool) -> Verdict:
    if alone:
        return Verdict.UNSURE if odds > settle.PERHAPS else Verdict.STARTS
    if starts:
        return Verdict.UNSURE if settle.PERHAPS < odds < 0 else Verdict.STARTS
    return Verdict.UNSURE if odds < settle.DOUBT else Verdict.JOINS


def _runs(batch: Iterable[tuple[ArticleId, Features]], kept: Kept) -> Iterator[list[tuple[ArticleId, Features]]]:
    """The articles of a batch in order: many that are new at once, one that is kept already by itself."""
    run: dict[ArticleId, Features] = {}
    for article, seen in batch:
        if run and (article in run or article in kept or len(run) == _TOGETHER):
            yield list(run.items())
            run = {}
        if article in kept:
            yield [(article, seen)]
        else:
            run[article] = seen
    if run:
        yield list(run.items())
