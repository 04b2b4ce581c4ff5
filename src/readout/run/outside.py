"""The way outside, as the operator wants it: which fetch, with which manners. Made when it is first used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from readout.capture.answers import Fetch
from readout.models import FeedId
from readout.run.manners import Manners

if TYPE_CHECKING:
    from readout.capture.fetch import Fetcher


@dataclass(frozen=True)
class Outside:
    """`allow` holds endpoints ("host:port") that may be asked whatever they are, `pause` is seconds between two
    requests to one host, `width` how many hosts are asked at once. `fetch` takes the place of the network.
    """

    allow: frozenset[str] = frozenset()
    pause: float = 1.0
    width: int = 16
    fetch: Fetch | None = None

    @cached_property
    def busy(self) -> dict[FeedId, object]:
        """The feeds that are being looked at in this process, so that no two updates look at one."""
        return {}

    @cached_property
    def manners(self) -> Manners:
        """The one fetch of this process: what it learns of hosts and their robots.txt serves every update."""
        return Manners(self.fetch or self._network, self.pause)

    def close(self) -> None:
        """Close the connections that are kept, if any were made."""
        if "_network" in self.__dict__:
            self._network.close()

    @cached_property
    def _network(self) -> Fetcher:
        from readout.capture.fetch import Fetcher
        from readout.capture.guard import Policy

        return Fetcher(Policy(allow=self.allow))
