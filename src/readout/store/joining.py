"""Which article each edition is of, in SQLite, inside the connection's transaction: asks and keeps; `identity` decides.

Only what is linked to the editions at hand is looked at, so that a batch costs the same however much is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Executable, bindparam, func, insert, select, update

from readout.models import ArticleId, EditionId
from readout.store import identity, rows
from readout.store.given import ANY_GIVEN, GIVEN, given
from readout.store.identity import Growth, Likeness, Met
from readout.store.tables import keys, likenesses, sightings

_OF_EDITIONS = select(likenesses).where(likenesses.c.edition_id.in_(ANY_GIVEN))
_MOST = 32  # that share a key: one that more have is a phrase of everybody's, and brings nothing together
_HOLDERS = select(keys.c.likeness_seq).where(keys.c.key == GIVEN.c.value).limit(_MOST + 1).correlate(GIVEN)
_RARE = select(func.count()).select_from(_HOLDERS.subquery()).scalar_subquery() <= _MOST
_SHARING = select(keys.c.likeness_seq).select_from(GIVEN.join(keys, keys.c.key == GIVEN.c.value))
_NEAR_BY_CHANCE = select(likenesses).where(likenesses.c.seq.in_(_SHARING.where(_RARE)))
_NEAR = select(likenesses).where(likenesses.c.seq.in_(_SHARING))
_SHARED = "INSERT INTO keys (key, likeness_seq) VALUES (?, ?)"  # as plain tuples: they are many
_OF_OWN = select(likenesses.c.article_id).where(likenesses.c.own_id.in_(ANY_GIVEN)).distinct()
_MOVED = update(likenesses).where(likenesses.c.edition_id == bindparam("edition"))
_MOVE = _MOVED.values(article_id=bindparam("to"), first=bindparam("earliest"))
_MOVE_SIGHTINGS = (
    update(sightings)
    .where(sightings.c.article_id == bindparam("was"), sightings.c.edition_id == bindparam("edition"))
    .values(article_id=bindparam("to"))
)


@dataclass(frozen=True)
class Placed:
    """The article of each edition that was asked about; the articles that lost or won editions kept before; and what
    all that changes.
    """

    articles: Mapping[EditionId, ArticleId]
    stirred: frozenset[ArticleId]
    growth: Growth


def place(connection: Connection, found: Iterable[tuple[EditionId, Likeness, int | None]]) -> Placed:
    """Find the article of each of these editions, and keep it; each with its first known capture."""
    asked = _earliest(found)
    known = _met(connection, _OF_EDITIONS, list(asked))
    changed = {name: one for name, one in asked.items() if name not in known}
    for name, one in known.items():
        if identity.earlier(asked[name].first, one.first):
            changed[name] = replace(one, first=asked[name].first)
    near = _linked(connection, changed)
    now = identity.articles(near)
    stirred = _keep(connection, near, now, known)
    articles = {name: now[name] if name in now else known[name].article for name in asked}
    return Placed(
        {EditionId(name): article for name, article in articles.items() if article},
        stirred,
        identity.growth(near, now),
    )


def of_own(connection: Connection, own: Collection[ArticleId]) -> set[ArticleId]:
    """The articles that hold texts with those ids of their own."""
    return set(connection.scalars(_OF_OWN, given(own))) if own else set()


def _earliest(found: Iterable[tuple[EditionId, Likeness, int | None]]) -> dict[str, Met]:
    asked: dict[str, Met] = {}
    for edition, likeness, first in found:
        if edition not in asked or identity.earlier(first, asked[edition].first):
            asked[edition] = Met(likeness, first)
    return asked


def _linked(connection: Connection, start: Mapping[str, Met]) -> dict[str, Met]:
    """These and all that is linked to them, directly or over others."""
    near, frontier = dict(start), dict(start)
    asked: set[int] = set()
    others: dict[str, Met] = {}
    while frontier:
        firm = {key for one in frontier.values() for key in one.likeness.firm} - asked
        loose = {key for one in frontier.values() for key in one.likeness.loose} - asked - firm
        asked |= firm | loose
        others |= _met(connection, _NEAR, list(firm)) | _met(connection, _NEAR_BY_CHANCE, list(loose))
        others = {name: one for name, one in others.items() if name not in near}
        frontier = identity.reached(frontier, others)
        near |= frontier
    return near


def _met(connection: Connection, asked: Executable, values: Sequence[str] | Sequence[int]) -> dict[str, Met]:
    if not values:
        return {}
    return {row["edition_id"]: rows.met(row) for row in connection.execute(asked, given(values)).mappings()}


def _keep(
    connection: Connection, near: Mapping[str, Met], now: Mapping[str, ArticleId], known: Mapping[str, Met]
) -> frozenset[ArticleId]:
    """Keep what is new of that; the articles between which editions that were kept before have moved."""
    unseen = {name: one for name, one in near.items() if one.article is None}
    _keep_new(connection, unseen, now)
    moved = [(name, one.article, now[name]) for name, one in near.items() if one.article not in {None, now[name]}]
    changed = {name for name, _, _ in moved} | {name for name, one in near.items() if name in known and one.article}
    values = [{"edition": name, "to": now[name], "earliest": near[name].first} for name in changed]
    if values:
        connection.execute(_MOVE, values)
    if moved:
        connection.execute(_MOVE_SIGHTINGS, [{"edition": name, "was": was, "to": to} for name, was, to in moved])
    return frozenset(article for _, was, to in moved for article in (was, to) if article)


def _keep_new(connection: Connection, unseen: Mapping[str, Met], now: Mapping[str, ArticleId]) -> None:
    if not unseen:
        return
    last = connection.scalar(select(func.coalesce(func.max(likenesses.c.seq), 0))) or 0
    numbered = list(enumerate(unseen.items(), last + 1))
    connection.execute(
        insert(likenesses),
        [
            {"seq": seq, **rows.likeness_row(EditionId(name), one.likeness, one.first, now[name])}
            for seq, (name, one) in numbered
        ],
    )
    shared = sorted((key, seq) for seq, (_, one) in numbered for key in set(one.likeness.keys))
    connection.exec_driver_sql(_SHARED, shared)
