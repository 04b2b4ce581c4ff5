"""Identities: short, stable, hashed from what makes a thing itself, so that the same thing met twice has one id."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import NewType

PageId = NewType("PageId", str)
ArticleId = NewType("ArticleId", str)
OutletId = NewType("OutletId", str)
EditionId = NewType("EditionId", str)
RejectionId = NewType("RejectionId", str)
FeedId = NewType("FeedId", str)
StatementId = NewType("StatementId", str)
EventId = NewType("EventId", str)
ChangeId = NewType("ChangeId", str)
EncounterId = NewType("EncounterId", str)
EntityId = NewType("EntityId", str)
PointId = NewType("PointId", str)
StoryId = NewType("StoryId", str)
JudgementId = NewType("JudgementId", str)

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [one + other for one in _BASE32 for other in _BASE32]  # of ten bits; half the work of the standard library's
_ID_BYTES = 10  # 80 bits: a collision among 10 million ids has a chance of 4e-11
_HALF = 5


def digest(content: bytes) -> PageId:
    """The id of a page: the SHA-256 of its bytes, 64 hexadecimal digits."""
    return PageId(hashlib.sha256(content).hexdigest())


def stable_id(kind: str, *parts: str) -> str:
    """An id of one letter and 16 letters or digits, the same for the same parts on every machine and for ever."""
    hashed = _begun(kind).copy()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        hashed.update(len(encoded).to_bytes(4, "big") + encoded)
    made = hashed.digest()
    return kind[0] + _letters(made[:_HALF]) + _letters(made[_HALF:])


@cache
def _begun(kind: str) -> hashlib.blake2b:
    """A hash that nothing was put into; copied, since making one takes longer."""
    return hashlib.blake2b(digest_size=_ID_BYTES, person=kind.encode())


def _letters(half: bytes) -> str:
    """Forty bits as eight letters or digits."""
    number = int.from_bytes(half, "big")
    return _PAIRS[number >> 30] + _PAIRS[number >> 20 & 1023] + _PAIRS[number >> 10 & 1023] + _PAIRS[number & 1023]
