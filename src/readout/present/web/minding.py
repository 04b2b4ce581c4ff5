"""What a page offers its reader to follow, save or mute; what is pressed is done by `mine`. Nothing for visitors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from starlette.requests import Request

from readout.models import WAYS, How, Matter, Regard, UserId
from readout.present import muting
from readout.present.muting import Mutes
from readout.present.web.access import visitor
from readout.run.regards import Taken

_WORDS = {
    (How.FOLLOWED, False): "Follow",
    (How.FOLLOWED, True): "Follow no more",
    (How.SAVED, False): "Save",
    (How.SAVED, True): "Saved: take it back",
    (How.MUTED, False): "Mute",
    (How.MUTED, True): "Muted: show it again",
    (How.READ, False): "Mark as read",
    (How.READ, True): "Read: mark as unread",
}
_KEYS = {How.FOLLOWED: "f", How.SAVED: "s"}


@runtime_checkable
class Keeping(Protocol):
    """What keeping things for a user needs of an archive; the Engine has it by shape."""

    def regard(self, user: UserId, how: str, what: str, value: str, name: str = "") -> Regard:
        """Follow, save, mark as read or mute that. Raises InputError."""

    def disregard(self, user: UserId, how: str, what: str, value: str) -> bool:
        """Take that back. Raises InputError."""

    def regards(
        self, user: UserId, how: How | None = None, what: Matter | None = None, *, limit: int = 1000, offset: int = 0
    ) -> Sequence[Regard]:
        """What that user follows, saved, read or muted, the latest first."""

    def count_regards(self, user: UserId, how: How, what: Matter) -> int:
        """How many those are."""

    def regarded(self, user: UserId, how: How, what: Matter, values: Iterable[str]) -> frozenset[str]:
        """Which of those values the user regards so."""

    def regards_as_file(self, user: UserId) -> bytes:
        """All of it as one file."""

    def regards_from_file(self, user: UserId, content: bytes) -> Taken:
        """Keep what a file holds. Raises InputError."""


@dataclass(frozen=True)
class Offer:
    """A button: what it does to what, whether it is so already, its words and the key that presses it."""

    how: How
    what: Matter
    value: str
    name: str
    on: bool

    @property
    def words(self) -> str:
        """What the button says."""
        return _WORDS[self.how, self.on]

    @property
    def key(self) -> str:
        """The key that presses it, if one does."""
        return _KEYS.get(self.how, "")


def keeper(request: Request) -> tuple[Keeping, UserId] | None:
    """What keeps things for whoever asks, and who that is; None for a visitor."""
    keeping: Keeping | None = request.app.state.keeping
    user = visitor(request)
    return (keeping, user.id) if keeping and user else None


def offer(request: Request, what: Matter, value: str, name: str) -> None:
    """Let the page that is made for this request offer to follow, save or mute that."""
    held = keeper(request)
    if held is None:
        return
    keeping, user = held
    request.state.offers = tuple(
        Offer(how, what, value, name, bool(keeping.regarded(user, how, what, [value])))
        for how, whats in WAYS.items()
        if what in whats
    )


def offers(request: Request) -> tuple[Offer, ...]:
    """What the page for this request offers."""
    found: tuple[Offer, ...] = getattr(request.state, "offers", ())
    return found


def mutes(request: Request) -> Mutes:
    """What whoever asks wants to see no more."""
    held = keeper(request)
    return muting.mutes(held[0].regards(held[1], How.MUTED)) if held else Mutes()


def followed(request: Request) -> tuple[Regard, ...]:
    """The stories and outlets that whoever asks follows."""
    held = keeper(request)
    kept = held[0].regards(held[1], How.FOLLOWED) if held else ()
    return tuple(one for one in kept if one.what in {Matter.STORY, Matter.OUTLET})


def have_read(request: Request, articles: Iterable[str]) -> frozenset[str]:
    """Which of those articles whoever asks has read."""
    held = keeper(request)
    return held[0].regarded(held[1], How.READ, Matter.ARTICLE, list(articles)) if held else frozenset()
