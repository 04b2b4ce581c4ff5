"""A shard: a file of many pages that was read to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from readout.models.page import Page
from readout.models.rejection import Rejection


@dataclass(frozen=True)
class Shard:
    """A finished file: what it was (`name` is its full path, `size` in bytes, `changed` its time of change in
    nanoseconds since 1970, `digest` the SHA-256 of its content) and how it was read (`way`).

    `pages` is how many it gave; `finished` is when all of it was kept, in UTC. Two files of one content, read in one
    way, are one shard.
    """

    digest: str
    way: str
    name: str
    size: int
    changed: int
    pages: int
    finished: datetime | None = None


Arrival = Page | Rejection | Shard  # what capture gives, one by one
