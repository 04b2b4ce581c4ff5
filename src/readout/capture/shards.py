"""Files that hold many pages: what is known of one before and after it is read, and whether it was read before. Pure.

Whoever imports keeps a ledger: it is asked before such a file is read, and told how far reading is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from readout.models import Shard


@dataclass(frozen=True)
class Sight:
    """What shows of a file before it is read: its full path, its size in bytes, its time of change in nanoseconds.

    `way` says in a word how it would be read, with every choice that changes what comes out of it.
    """

    name: str
    size: int
    changed: int
    way: str


class Ledger:
    """Knows of no file and tells nobody; the one to inherit from.

    `also` names the choices that change what comes out of a file and are made elsewhere.
    """

    also = ""

    def known(self, sight: Sight, digest: Callable[[], str]) -> bool:  # noqa: ARG002 - what a ledger may go by
        """Whether the file need not be read. `digest` reads it whole, which takes far less than importing it."""
        return False

    def read(self, amount: int) -> None:
        """So many more bytes of the files need not be read any more, as the file system counts them."""


def is_among(shards: Iterable[Shard], sight: Sight, digest: Callable[[], str]) -> bool:
    """Whether one of these is that file: it stands where it stood and was not changed, or it has the same content."""
    alike = [shard for shard in shards if (shard.size, shard.way) == (sight.size, sight.way)]
    if any((shard.name, shard.changed) == (sight.name, sight.changed) for shard in alike):
        return True
    return bool(alike) and digest() in {shard.digest for shard in alike}
