"""What is new in a story, since when: derived whole from its comparison, the same however often. Pure.

A new point, a side that speaks for the first time, a relation that changed, a denial, a figure that moved, a position
that turned, a deadline or a planned day that nears or has passed. Each has an id made of what it is about, so that
whoever tells of changes need only remember ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from readout.models import (
    Annotated,
    ArticleId,
    Change,
    ChangeId,
    ChangeKind,
    Comparison,
    EventStatus,
    Milestone,
    Point,
    Relation,
    Reported,
    Series,
    Turn,
    stable_id,
)

_NEAR = timedelta(days=2)  # before its day, from when it nears
_DUE = {  # what is said as its day nears, and once that is over
    EventStatus.DEADLINE: (ChangeKind.NEARS, ChangeKind.PASSED),
    EventStatus.PLANNED: (ChangeKind.PLANNED, ChangeKind.WAS_PLANNED),
}
_DENIAL = "denial"
_TOLLS = frozenset({"killed", "injured", "wounded", "dead"})


class Besides(NamedTuple):
    """What a story holds besides its points."""

    series: Sequence[Series] = ()
    turns: Sequence[Turn] = ()
    milestones: Sequence[Milestone] = ()


def feed(
    compared: Comparison, besides: Besides, articles: Sequence[Annotated] = (), *, now: datetime
) -> tuple[Change, ...]:
    """Everything that changed until `now`, the latest first. Points and figures of articles whose time nobody knows are
    left out.
    """
    series, turns, milestones = besides
    published = {one.article.id: one.article.published.at for one in articles if one.article.published}
    found = [
        *(change for point in compared.points for change in _of_point(point)),
        *(change for one in series for change in _moves(one, published)),
        *(_turned(one) for one in turns),
        *(change for one in milestones for change in _due(one)),
    ]
    known = {one.id: one for one in found if one.at <= now}
    return tuple(sorted(known.values(), key=lambda one: (one.at, one.id), reverse=True))


def changes(before: Iterable[Change], after: Iterable[Change]) -> tuple[Change, ...]:
    """What a later feed has that an earlier one had not."""
    told = {one.id for one in before}
    return tuple(one for one in after if one.id not in told)


def _of_point(point: Point) -> Iterator[Change]:
    """Its first phase makes it a point; what each later one has that the one before had not is new."""
    for number, phase in enumerate(point.phases):
        old = point.phases[number - 1] if number else None
        denied = phase.kind == _DENIAL and phase.relation is Relation.CONTRADICT
        if old is None:
            kind, detail = (ChangeKind.DENIAL, _DENIAL) if denied else (ChangeKind.POINT, str(phase.relation))
        elif phase.relation is not old.relation:
            kind = ChangeKind.DENIAL if denied else ChangeKind.RELATION
            detail = f"{old.relation} → {phase.relation}"
        else:
            kind, detail = ChangeKind.SIDE, " and ".join(party for party in phase.parties if party not in old.parties)
        made = ChangeId(stable_id("change", kind, detail, *sorted(phase.statements)))
        yield Change(made, kind, phase.at, point.heading, detail, point.id, phase.statements)


def _moves(series: Series, published: Mapping[ArticleId, datetime]) -> Iterator[Change]:
    """A figure moves where a later text gives another than the one before."""
    far = set(series.outliers)
    values = [one for at, one in enumerate(series.values) if at not in far and one.article in published]
    values.sort(key=lambda one: (published[one.article], one.article, one.span))
    seen = {(one.low, one.high) for one in values[:1]}
    for before, after in pairwise(values):
        new = (after.low, after.high) not in seen and before.article != after.article
        seen.add((after.low, after.high))
        if new and not _is_another(series, before, after):
            made = ChangeId(stable_id("change", "figure", after.article, str(after.span.start), before.of, after.of))
            yield Change(
                made,
                ChangeKind.FIGURE,
                published[after.article],
                _counted(series),
                f"{_said(before)} → {_said(after)}",
                article=after.article,
                span=after.span,
            )


def _is_another(series: Series, before: Reported, after: Reported) -> bool:
    """Whether it is rather the toll of something else: tolls of one event rise, unless who gave one takes it back."""
    return series.fate in _TOLLS and after.high < before.low and (before.outlet, before.by) != (after.outlet, after.by)


def _counted(series: Series) -> str:
    return " ".join(filter(None, (series.what, series.fate))) or series.unit


def _said(one: Reported) -> str:
    words = " ".join(one.of.split())
    return words if not one.modifier or one.modifier in words.lower() else f"{one.modifier} {words}"


def _turned(turn: Turn) -> Change:
    made = ChangeId(stable_id("change", "position", turn.before, turn.after))
    return Change(made, ChangeKind.TURN, turn.at, turn.speaker, turn.kind, statements=(turn.before, turn.after))


def _due(one: Milestone) -> Iterator[Change]:
    """A day that was set nears two days before it, or when it is first told of, and passes with its end."""
    if one.status not in _DUE:
        return
    starts = datetime.combine(one.start, time(), UTC)
    passes = datetime.combine(one.end, time(), UTC) + timedelta(days=1)
    told = min((report.published for report in one.reports if report.published), default=None)
    if told is None or one.start <= told.date():
        return
    nears, passed = _DUE[one.status]
    for kind, at in ((nears, max(starts - _NEAR, told)), (passed, passes)):
        if kind is nears and one.end != one.start:
            continue
        made = ChangeId(stable_id("change", kind, one.when, one.first.event))
        span = one.first.spans[0] if one.first.spans else None
        yield Change(made, kind, at, one.first.what, one.when, article=one.first.article, span=span)
