"""What a process that groups again and again keeps between two times. Light: nothing is loaded before it is needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readout.run.heirs import Heirs
from readout.store.base import Store

if TYPE_CHECKING:
    from readout.run.placing import Placing


@dataclass
class Held:
    """The desk of stories, which need not be made again as long as nobody else changed one; and what judgements parted,
    likewise.
    """

    desk: Placing | None = None
    by: str = ""  # what made the footprints that it knows
    heirs: Heirs = field(default_factory=Heirs)

    def take(self, store: Store, by: str, *, meaning: bool, for_few: bool = False) -> Placing:
        """The desk, made where there is none of this state, or only one `for_few` articles where there are many. It is
        held again only when all went well with it.
        """
        from readout.run.placing import Placing

        desk, self.desk = self.desk, None
        known = desk is not None and desk.since == store.state() and self.by == by
        self.by = by
        if desk and known and (for_few or not desk.for_few):
            return desk
        return Placing(store, meaning=meaning, for_few=for_few)
