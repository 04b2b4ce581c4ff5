"""The verbs of the Engine that are about what a user follows, saved, read and muted; and all of it as one file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from readout.errors import InputError
from readout.models import How, Matter, Regard, UserId, regard
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

    def regard(self, user: UserId, how: str, what: str, value: str, name: str = "") -> Regard:
        """Follow, save, mark as read or mute that. Raises InputError where it cannot be."""
        made = regard(how, what, value, name, datetime.now(UTC))
        self.store.regard(user, [made])
        return made

    def disregard(self, user: UserId, how: str, what: str, value: str) -> bool:
        """Take that back; whether it was so. Raises InputError where there is no such thing."""
        made = regard(how, what, value, "", datetime.now(UTC))
        return self.store.disregard(user, made.how, made.what, made.value)

    def regards(
        self, user: UserId, how: How | None = None, what: Matter | None = None, *, limit: int = 1000, offset: int = 0
    ) -> Sequence[Regard]:
        """What that user follows, saved, read or muted, the latest first."""
        return self.store.regards(user, how, what, limit=limit, offset=offset)

    def count_regards(self, user: UserId, how: How, what: Matter) -> int:
        """How many those are."""
        return self.store.count_regards(user, how, what)

    def regarded(self, user: UserId, how: How, what: Matter, values: Iterable[str]) -> frozenset[str]:
        """Which of those values the user regards so."""
        return self.store.regarded(user, how, what, values)

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
