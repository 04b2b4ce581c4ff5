"""The verbs of the Engine that are about what a user follows, saved, read and muted; and all of it as one file.

A story is kept under the id that it had, and answered for under those that it has: see `heirs`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from readout.errors import AmbiguousIdError, InputError, NotFoundError
from readout.models import How, Matter, Regard, StoryId, UserId, regard
from readout.models.regard import MOST
from readout.run.held import Held
from readout.store.base import Store

FORMAT = "readout regards 1"
LARGEST = 2 * 1024 * 1024  # bytes of a file of them
_SCREEN = 500


@dataclass(frozen=True)
class Taken:
    """What came of a file: how many were new, how many were there, and what was wrong with which line."""

    new: int
    known: int
    refused: tuple[str, ...]


class Regards:
    """What belongs to one user alone."""

    store: Store
    held: Held

    def regard(self, user: UserId, how: str, what: str, value: str, name: str = "") -> Regard:
        """Follow, save, mark as read or mute that. Raises InputError where it cannot be."""
        made = regard(how, what, value, name, datetime.now(UTC))
        gone_on = self._gone_on(user, made) if made.what is Matter.STORY else None
        if gone_on:
            self.store.regard(user, [gone_on])
            self.store.disregard(user, made.how, made.what, made.value)
        self.store.regard(user, [made])
        return made

    def disregard(self, user: UserId, how: str, what: str, value: str) -> bool:
        """Take that back; whether it was so. Raises InputError where there is no such thing."""
        made = regard(how, what, value, "", datetime.now(UTC))
        values = self._kept_as(user, made.how, made.value) if made.what is Matter.STORY else [made.value]
        return sum(self.store.disregard(user, made.how, made.what, one) for one in values) > 0

    def regards(
        self, user: UserId, how: How | None = None, what: Matter | None = None, *, limit: int = 1000, offset: int = 0
    ) -> Sequence[Regard]:
        """How that user regards things, the latest first; stories under the ids that lead to them today."""
        kept = self._today(self.store.regards(user, how, what, limit=limit, offset=offset))
        return list({(one.how, one.what, one.value): one for one in reversed(kept)}.values())[::-1]

    def count_regards(self, user: UserId, how: How, what: Matter) -> int:
        """How many those are."""
        return self.store.count_regards(user, how, what)

    def regarded(self, user: UserId, how: How, what: Matter, values: Iterable[str]) -> frozenset[str]:
        """Which of those values the user regards so; a story under whichever of its ids it was kept."""
        if what is Matter.STORY:
            return frozenset(one for one in values if self._kept_as(user, how, one))
        return self.store.regarded(user, how, what, values)

    def _today(self, kept: Sequence[Regard]) -> list[Regard]:
        """The same with the ids that lead to the stories today."""
        told = [(one.value, one.at) for one in kept if one.what is Matter.STORY]
        now = iter(self.held.heirs.today(self.store, told) if told else ())
        return [replace(one, value=next(now)) if one.what is Matter.STORY else one for one in kept]

    def _gone_on(self, user: UserId, made: Regard) -> Regard | None:
        """What was kept under that id before, and is about another story today, under an id of that."""
        if not self.held.heirs.of(self.store).names(made.value):
            return None
        kept = [one for one in self._every(user, made.how) if one.value == made.value]
        return next((now for now in self._today(kept) if now.value != made.value), None)

    def _kept_as(self, user: UserId, how: How, story: str) -> frozenset[str]:
        """The ids under which the user keeps what is that story now."""
        ids: set[str] = {story}
        with suppress(NotFoundError, AmbiguousIdError):
            story = self.held.heirs.story(self.store, story).id
            ids |= {*self.store.ids_of(StoryId(story)), *self.held.heirs.under(self.store, story)}
        held = self.store.regarded(user, how, Matter.STORY, ids)
        parted = self.held.heirs.of(self.store)
        if not any(parted.names(one) for one in held):
            return held
        kept = [one for one in self._every(user, how) if one.value in held]
        return frozenset(
            one.value for one, now in zip(kept, self._today(kept), strict=True) if self._leads(now.value, story)
        )

    def _leads(self, value: str, story: str) -> bool:
        with suppress(NotFoundError, AmbiguousIdError):
            return self.store.story(value).id == story
        return value == story

    def _every(self, user: UserId, how: How) -> Sequence[Regard]:
        return self.store.regards(user, how, Matter.STORY, limit=MOST)

    def regards_as_file(self, user: UserId) -> bytes:
        """All of it, as JSON that `regards_from_file` takes, here or elsewhere."""
        kept: list[Regard] = []
        while batch := self.store.regards(user, limit=_SCREEN, offset=len(kept)):
            kept += batch
        told = [
            {"how": one.how, "what": one.what, "value": one.value, "name": one.name, "at": one.at.isoformat()}
            for one in kept
        ]
        return json.dumps({"format": FORMAT, "regards": told}, ensure_ascii=False, indent=1).encode()

    def regards_from_file(self, user: UserId, content: bytes) -> Taken:
        """Keep all of a file that can be kept; what cannot is named and costs only itself. Raises InputError where the
        file is no such file.
        """
        found: list[Regard] = []
        refused: list[str] = []
        for number, row in enumerate(_rows(content), 1):
            try:
                found.append(_of_row(row))
            except InputError as error:
                refused.append(f"entry {number}: {error.reason}")
        new = self.store.regard(user, found)
        return Taken(new, len(found) - new, tuple(refused))


def _rows(content: bytes) -> list[object]:
    if len(content) > LARGEST:
        raise InputError("file", f"it is larger than {LARGEST // 2**20} MB")
    try:
        held = json.loads(content)
    except (ValueError, RecursionError):
        raise InputError("file", "it is no JSON") from None
    if not isinstance(held, dict) or held.get("format") != FORMAT or not isinstance(held.get("regards"), list):
        raise InputError("file", "it is not what Readout writes under “Take it with you”")
    rows: list[object] = held["regards"]
    return rows


def _of_row(row: object) -> Regard:
    if not isinstance(row, Mapping) or not all(isinstance(row.get(key), str) for key in ("how", "what", "value")):
        raise InputError("regard", "it does not say what is regarded how")
    name, at = row.get("name"), row.get("at")
    return regard(row["how"], row["what"], row["value"], name if isinstance(name, str) else "", _instant(at))


def _instant(told: object) -> datetime:
    try:
        at = datetime.fromisoformat(told) if isinstance(told, str) else datetime.now(UTC)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError("regard", "its time is none") from None
