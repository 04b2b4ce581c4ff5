"""Finished files in SQLite, inside the connection's transaction: those that harvests tell of, and which are alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from readout.models import Shard
from readout.store import rows
from readout.store.tables import shards

_MARKED = insert(shards)
_MARK = _MARKED.on_conflict_do_update(
    index_elements=[shards.c.digest, shards.c.way],
    set_={name: getattr(_MARKED.excluded, name) for name in ("name", "size", "changed", "pages", "finished")},
)


def keep(connection: Connection, found: Iterable[Shard]) -> None:
    """Keep them; of what is one shard, the last."""
    for shard in found:
        connection.execute(_MARK, _row(shard))


def alike(connection: Connection, size: int, way: str) -> Sequence[Shard]:
    """See `Store.shards`."""
    asked = select(shards).where(shards.c.size == size, shards.c.way == way).order_by(shards.c.digest)
    return [
        Shard(row.digest, row.way, row.name, row.size, row.changed, row.pages, rows.moment(row.finished))
        for row in connection.execute(asked)
    ]


def _row(shard: Shard) -> dict[str, object]:
    return {
        "digest": shard.digest,
        "way": shard.way,
        "name": shard.name,
        "size": shard.size,
        "changed": shard.changed,
        "pages": shard.pages,
        "finished": rows.micros(shard.finished),
    }
