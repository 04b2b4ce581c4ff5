"""Who carries a point and who of those covering the story leaves it out; and what changed since the last comparison.

Pure. Leaving out is told of outlets, never of one article: an outlet whose other article has the point carries it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readout.compare.told import Report
from readout.models import Comparison, Point, PointId, Relation


@dataclass(frozen=True)
class Carried:
    """The outlets that carry a point, in their own text or a reprint, and those that leave it out."""

    point: PointId
    carry: tuple[str, ...]
    leave_out: tuple[str, ...]
    languages: tuple[str, ...]


def carried(point: Point, reports: Sequence[Report]) -> Carried:
    """Which outlets and languages of a story carry a point. Reports of unknown outlets are left aside."""
    held = {id_ for account in point.accounts for id_ in account.statements}
    origins = {_origin(one) for one in reports if any(each.id in held for each in one.annotation.statements)}
    with_it = [one for one in reports if _origin(one) in origins]
    carry = dict.fromkeys(one.article.outlet for one in with_it if one.article.outlet)
    others = dict.fromkeys(one.article.outlet for one in reports if one.article.outlet)
    languages = dict.fromkeys(one.annotation.language for one in with_it if one.annotation.language)
    return Carried(point.id, tuple(carry), tuple(name for name in others if name not in carry), tuple(languages))


def _origin(one: Report) -> str:
    return one.origin or one.article.id


@dataclass(frozen=True)
class Change:
    """What is new on a point: "new side", "new point", "relation" or "denial", with the point as it is now."""

    kind: str
    point: PointId
    heading: str
    detail: str


def changes(before: Comparison, after: Comparison) -> tuple[Change, ...]:
    """What a later comparison of a story has that an earlier one had not. Points are one that share a statement."""
    return tuple(change for point in after.points for change in _of_point(point, before))


def _of_point(point: Point, before: Comparison) -> Iterator[Change]:
    old = _same(point, before)
    if old is None:
        yield Change("new point", point.id, point.heading, str(point.relation))
        return
    for party in sorted({one.party for one in point.accounts} - {one.party for one in old.accounts}):
        yield Change("new side", point.id, point.heading, party)
    if point.relation is not old.relation:
        yield Change("relation", point.id, point.heading, f"{old.relation} → {point.relation}")
    if point.relation is Relation.CONTRADICT and not _denied(old) and _denied(point):
        yield Change("denial", point.id, point.heading, next(one.words[0] for one in point.evidence if one.words))


def _same(point: Point, before: Comparison) -> Point | None:
    held = _statements(point)
    return max(
        (one for one in before.points if held & _statements(one)),
        key=lambda one: (len(held & _statements(one)), one.id),
        default=None,
    )


def _statements(point: Point) -> frozenset[str]:
    return frozenset(id_ for account in point.accounts for id_ in account.statements)


def _denied(point: Point) -> bool:
    return any(one.kind == "denial" and one.words for one in point.evidence)
