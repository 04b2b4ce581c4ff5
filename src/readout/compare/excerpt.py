"""The beginning of a comparison: as much as a page shows, with no more of the articles than that cites. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from readout.models import (
    Account,
    Annotated,
    Annotation,
    ArticleId,
    Backing,
    Compared,
    Comparison,
    Encounter,
    Excerpt,
    Point,
    Statement,
    StatementId,
)

POINTS = 12  # shown at first
_STATEMENTS = 8  # of one account
_SHEETS, _SERIES, _VALUES, _TURNS, _STEPS, _CHANGES = 3, 6, 12, 6, 12, 60
_COPIES = 60


def excerpt(whole: Compared) -> Excerpt:
    """The beginning of that comparison. Its changes are the latest, those ahead of time included."""
    part = replace(
        points(whole, 0, POINTS),
        series=whole.series[:_SERIES],
        encounters=tuple(map(_sheet, whole.encounters[:_SHEETS])),
        turns=whole.turns[:_TURNS],
        changes=whole.changes[:_CHANGES],
    )
    said, named = set(_statements(part)), set(_articles(part))
    return Excerpt(part, len(whole.comparison.points), _cited(whole.articles, said, named), _cited(whole.earlier, said))


def points(whole: Compared, first: int, most: int) -> Compared:
    """So many points from the first on, with who carries each and what became of it, and nothing else."""
    shown = tuple(map(_short, whole.comparison.points[first : first + most]))
    ids = {one.id for one in shown}
    return Compared(
        Comparison((), shown),
        (),
        lives=tuple(replace(one, steps=one.steps[:_STEPS]) for one in whole.lives if one.point in ids),
        backings=tuple(one for one in whole.backings if one.point in ids),
    )


def carriers(part: Compared) -> list[ArticleId]:
    """The articles that hold what its accounts cite, and what is told of who carries it."""
    return list(dict.fromkeys(_articles(part)))


def _short(one: Point) -> Point:
    return replace(one, accounts=tuple(map(_account, one.accounts)), phases=())


def _account(one: Account) -> Account:
    return replace(one, statements=one.statements[:_STATEMENTS])


def _sheet(one: Encounter) -> Encounter:
    topics = (replace(topic, voices=tuple(map(_account, topic.voices))) for topic in one.topics)
    return replace(one, topics=tuple(topics))


def _statements(part: Compared) -> Iterator[StatementId]:
    yield from (id_ for point in part.comparison.points for one in point.accounts for id_ in one.statements)
    topics = (topic for sheet in part.encounters for topic in sheet.topics)
    yield from (id_ for topic in topics for one in topic.voices for id_ in one.statements)
    yield from (id_ for one in part.turns for id_ in (one.before, one.after))
    yield from (step.statement for life in part.lives for step in life.steps if step.statement)
    yield from (one.statements[-1] for one in part.changes if one.statements)


def _articles(part: Compared) -> Iterator[ArticleId]:
    yield from (id_ for one in part.backings for id_ in _carrying(one))
    for series in part.series:
        yield from (one.article for one in (*series.values[:_VALUES], series.latest))
    yield from (one.article for sheet in part.encounters for one in (*sheet.mentions, *sheet.details))
    yield from (step.article for life in part.lives for step in life.steps)
    yield from (one.article for one in part.changes if one.article)


def _carrying(one: Backing) -> Iterator[ArticleId]:
    for origin in one.origins:
        yield from (*origin.articles, *origin.copies[:_COPIES])


def _cited(
    articles: Iterable[Annotated], said: Collection[StatementId], named: Collection[ArticleId] = ()
) -> tuple[Annotation, ...]:
    """What is understood of those that are cited, with no more of it than that."""
    found = ((one, [each for each in one.annotation.statements if each.id in said]) for one in articles)
    return tuple(_bare(one, held) for one, held in found if held or one.article.id in named)


def _bare(one: Annotated, held: Sequence[Statement]) -> Annotation:
    bare = Annotation(one.article.id, one.annotation.edition, one.annotation.annotator, one.annotation.language)
    return replace(bare, statements=tuple(held))
