"""What people say of stories: kept for ever, and stories worked out again by it at once. Undoing is working them out
without it, so that everything is as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from readout.errors import InputError, NotFoundError
from readout.models import (
    Article,
    ArticleId,
    Coverage,
    Judged,
    Judgement,
    JudgementId,
    JudgementKind,
    Level,
    Regrouping,
    StoryId,
    Suggestion,
    story_id,
)
from readout.run.desk import Desk, standing
from readout.store.base import Store

_EVERY = 2**40
_DOUBTS = 1000  # looked through


def merged(one: Coverage, other: Coverage, by: str, why: str) -> Judgement:
    """The word that two stories are one. Raises InputError where they are, or one is a storyline."""
    if one.id == other.id:
        raise InputError(one.id, "that is one story already")
    _episode(one)
    _episode(other)
    return Judgement(JudgementKind.MERGE, (one.founder,), (other.founder,), by, datetime.now(UTC), why)


def split(store: Store, story: Coverage, articles: Sequence[Article], by: str, why: str) -> Judgement:
    """The word that articles leave a story and are one of their own. Raises InputError where one is not in it, or
    nothing would stay.
    """
    _episode(story)
    members = store.members(story.id, limit=_EVERY)
    leaving = tuple(dict.fromkeys(one.id for one in articles))
    for one in leaving:
        if one not in members:
            raise InputError(one, f"that article is not in story {story.id}")
    staying = tuple(one for one in members if one not in leaving)
    if not staying or not leaving:
        raise InputError(story.id, "a split leaves some of its articles and takes some")
    return Judgement(JudgementKind.SPLIT, leaving, staying, by, datetime.now(UTC), why)


def moved(store: Store, article: Article, story: Coverage, by: str, why: str) -> Judgement:
    """The word that an article belongs in a story. Raises InputError where it is there."""
    _episode(story)
    members = store.members(story.id, limit=2)
    (seat,) = store.assignments([article.id]) or (None,)
    if seat is None:
        raise InputError(article.id, "it has no text, and so belongs to no story")
    if seat.story == story.id:
        raise InputError(article.id, f"that article is in story {story.id} already")
    return Judgement(JudgementKind.MOVE, (article.id,), (members[0],), by, datetime.now(UTC), why)


def suggestions(store: Store, articles: Iterable[ArticleId] | None = None, *, limit: int = 30) -> list[Suggestion]:
    """Doubts that nobody has settled: of those articles and of what is most like them, or of all, the latest first."""
    seats = [one for one in store.unsure(articles, limit=_DOUBTS) if one.nearest and one.story == one.found]
    others = {one.article: one for one in store.assignments([one.nearest for one in seats if one.nearest])}
    settled = [({*one.articles}, {*one.others}) for one in standing(store)]
    found: list[Suggestion] = []
    for seat in seats:
        near = others.get(seat.nearest) if seat.nearest else None
        if near is None or any(_settles(sides, seat.article, near.article) for sides in settled):
            continue
        founds = story_id(seat.article) == seat.found
        if founds != (seat.story == near.story):
            found.append(Suggestion(seat.article, near.article, seat.story, near.story, seat.sure))
    return found[:limit]


def settled(store: Store, article: ArticleId, *, take: bool, by: str, why: str) -> Judgement:
    """The word that the suggestion about an article is right, or is not. Raises NotFoundError where there is none."""
    found = [one for one in suggestions(store, [article]) if one.article == article]
    if not found:
        raise NotFoundError("suggestion", article)
    kind = JudgementKind.SAME if found[0].merges == take else JudgementKind.APART
    return Judgement(kind, (article,), (found[0].nearest,), by, datetime.now(UTC), why)


def _settles(sides: tuple[set[ArticleId], set[ArticleId]], one: ArticleId, other: ArticleId) -> bool:
    these, those = sides
    return (one in these and other in those) or (other in these and one in those)


def faults(store: Store) -> list[str]:
    """Where stories are not what the judgements that count make of what was found; nothing is changed."""
    desk = Desk(store)
    moved = desk.reseated([one.article for one in store.assignments()]).assignments
    return [f"article {one.article}: by what was judged it belongs in story {one.story}" for one in moved]


def judge(store: Store, judgement: Judgement) -> Judgement:
    """Keep that word and what follows from it; the word as it is kept. Raises StoreError."""
    while True:
        desk = Desk(store)
        before, headlines = _parted(desk, judgement), _headlines(store, desk, judgement)
        anchors = _anchors(store, desk, before)
        desk.judgements.append(judgement)
        change = _change(desk)
        made = replace(judgement, headlines=headlines, heirs=_heirs(desk, before, anchors, judgement))
        if store.regroup(replace(change, judged=made)):
            return made


def undo(store: Store, judgement: JudgementId | str, by: str) -> Judged:
    """Let a word count no more, or the last that counts where none is named (""); it stays in the log. Raises
    NotFoundError, and InputError where it was undone before.
    """
    while True:
        known = _known(store, judgement)
        desk = Desk(store)
        desk.judgements = [one for one in desk.judgements if one.id != known.judgement.id]
        at = datetime.now(UTC)
        if store.regroup(_change(desk, undone=(known.judgement.id, by, at))):
            return Judged(known.judgement, at, by)


def _known(store: Store, asked: str) -> Judged:
    every = store.judgements(limit=_EVERY)
    found = [one for one in every if one.judgement.id.startswith(asked)] if asked else every
    standing = [one for one in found if one.undone is None]
    if len(standing) == 1 or (standing and not asked):
        return standing[0]
    if asked and found and not standing:
        raise InputError(asked, "that was undone before")
    raise NotFoundError("judgement", asked or "to undo")


def _parted(desk: Desk, word: Judgement) -> Sequence[ArticleId]:
    """The articles of the story that a word takes some out of, in order."""
    if word.kind in {JudgementKind.MERGE, JudgementKind.SAME}:
        return ()
    one = (word.articles if word.kind is JudgementKind.MOVE else word.others)[0]
    return desk.seats.members(desk.seats[one].story)


def _headlines(store: Store, desk: Desk, word: Judgement) -> tuple[str, str]:
    """The headlines of the stories of both sides as they are now."""
    these, those = desk.seats[word.articles[0]].story, desk.seats[word.others[0]].story
    found = {one.id: one.headline.text for one in store.told({these, those}) if one.headline}
    return found.get(these, ""), found.get(those, "")


def _anchors(store: Store, desk: Desk, members: Sequence[ArticleId]) -> frozenset[ArticleId]:
    """Those of a story's articles by which something may be kept: of which an id of it was made, or as which it went on
    before.
    """
    ids = set(store.ids_of(desk.seats[members[0]].story)) if members else set()
    heirs = {heir for one in desk.judgements for _, heir in one.heirs}
    return frozenset(one for one in members if one in heirs or story_id(one) in ids)


def _heirs(
    desk: Desk, before: Sequence[ArticleId], anchors: Collection[ArticleId], word: Judgement
) -> tuple[tuple[ArticleId, ArticleId], ...]:
    """Of a story that was parted, each anchor outside of its larger part, with the first there of those it was found
    with: what only people had put together goes its own ways again. What is moved to another story is never the larger.
    """
    parts: dict[StoryId, list[ArticleId]] = {}
    for article in before:
        parts.setdefault(desk.seats[article].story, []).append(article)
    if word.kind is JudgementKind.MOVE:
        parts.pop(desk.seats[word.articles[0]].story, None)
    kept = max(parts.values(), key=len, default=[])  # of equal ones that with the founder, whose id it is
    first: dict[StoryId, ArticleId] = {}
    for article in kept:
        first.setdefault(desk.seats[article].found, article)
    left = {one: first.get(desk.seats[one].found) for one in before if one in anchors and one not in kept}
    return tuple((one, heir) for one, heir in left.items() if heir)


def _change(desk: Desk, *, undone: tuple[JudgementId, str, datetime] | None = None) -> Regrouping:
    reseated = desk.reseated(())
    told = desk.told(reseated, {})
    return Regrouping(
        since=desk.since,
        assignments=reseated.assignments,
        names=told.names,
        stories=told.stories,
        ended=told.ended,
        undone=undone,
    )


def _episode(story: Coverage) -> None:
    if story.level is not Level.EPISODE:
        raise InputError(story.id, "that is a storyline; name one of its episodes")
