"""Which article's sketch holds which fingerprint, in SQLite: so that a few articles are compared with all without all
being read. Postings in parts of the range of fingerprints, as they stood when they were last put in order, and behind
them those that every change brought since.

An article's number is the thirty bits that its id begins with: two articles of one number are both read, and what an
article held before and holds no more is read in vain. So nothing here is ever wrong for being old; only what is missing
would be, and every footprint that is kept is noted here in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, insert, select

from readout.models import Footprint
from readout.store.given import ANY_GIVEN, GIVEN, given
from readout.store.grouping_tables import footprints, grams, late_grams

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HEADER = 8  # bytes of a sketch that is of no words, or of too few
_PART = 2_048  # postings, at most on average
_FINEST = 16  # bits: 65,536 parts
_BITS = 32  # of a fingerprint
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"  # of an id, five bits each
_DIGITS = 6
_LATE = 1 << 18  # postings, some four thousand articles
_LATE_SHARE = 32  # a part of those in order

_COUNT_PARTS = select(func.max(grams.c.part) + 1)  # they are numbered from 0
_PARTS = select(grams.c.held).where(grams.c.part.in_(ANY_GIVEN)).order_by(grams.c.part)
_LATER = select(late_grams.c.held).order_by(late_grams.c.seq)
_COUNT_LATER = select(func.coalesce(func.sum(func.length(late_grams.c.held)), 0))
_SKETCHES = select(footprints.c.article_id, footprints.c.sketch).where(func.length(footprints.c.sketch) > _HEADER)
BEGINNING = footprints.c.article_id.between(GIVEN.c.value, GIVEN.c.value.op("||")("~"))


def note(connection: Connection, prints: Iterable[Footprint]) -> None:
    """Take down what these footprints' sketches hold, which are kept just now."""
    told = [one for one in prints if len(one.sketch) > _HEADER]
    if told:
        from readout.text import sketched

        numbers, held = sketched.keys([_number(one.article) for one in told], [one.sketch for one in told])
        packed = sketched.postings(numbers, held).astype("<u8").tobytes()
        connection.execute(insert(late_grams), {"held": packed})


def beginnings(connection: Connection, fingerprints: Collection[int]) -> Sequence[str] | None:
    """How the ids begin of the articles that hold one of those; None where they were never put in order."""
    parts = connection.scalar(_COUNT_PARTS) or 0
    if not parts:
        return None
    import numpy as np

    from readout.text import sketched

    wanted = np.sort(np.fromiter(fingerprints, np.uint32))
    asked = np.unique(wanted.astype(np.int64) >> _shift(parts)).tolist()
    runs = [_joined(connection.scalars(_PARTS, given(asked)).all()), _joined(connection.scalars(_LATER).all())]
    runs[1].sort()
    numbers = {number for run in runs for number in sketched.holding(run, wanted).tolist()}
    return [_beginning(one) for one in sorted(numbers)]


def is_due(connection: Connection) -> bool:
    """Whether postings are to be put in order, as many are late or none ever were."""
    parts = connection.scalar(_COUNT_PARTS) or 0
    late = (connection.scalar(_COUNT_LATER) or 0) // 8
    return (
        late > max(_LATE, parts * _PART // _LATE_SHARE) or (not parts and late > 0) or _is_unfilled(connection, parts)
    )


def _is_unfilled(connection: Connection, parts: int) -> bool:
    return not parts and connection.scalar(_SKETCHES.limit(1)) is not None


def ordered(connection: Connection) -> list[bytes]:
    """All postings in order, in parts."""
    import numpy as np

    from readout.text import sketched

    rows = connection.execute(_SKETCHES).all()
    numbers = np.array([_number(row.article_id) for row in rows], np.int64)
    pairs = sketched.settled(numbers, [row.sketch for row in rows]).astype("<u8")
    bits = min(_FINEST, max(0, (len(pairs) // _PART).bit_length()))
    edges = np.arange(1 << bits, dtype=np.uint64) << np.uint64(2 * _BITS - bits) if bits else np.zeros(1, np.uint64)
    starts = np.searchsorted(pairs, edges).tolist()
    return [pairs[start:end].tobytes() for start, end in zip(starts, [*starts[1:], len(pairs)], strict=True)]


def keep(connection: Connection, parts: Sequence[bytes]) -> None:
    """Keep what `ordered` gave, where no footprint changed since."""
    connection.execute(delete(grams))
    connection.execute(insert(grams), [{"part": at, "held": held} for at, held in enumerate(parts)])
    connection.execute(delete(late_grams))


def _joined(blobs: Sequence[bytes]) -> NDArray[np.uint64]:
    import numpy as np

    return np.frombuffer(b"".join(blobs), "<u8").astype(np.uint64)


def _shift(parts: int) -> int:
    return _BITS - (parts.bit_length() - 1)


def _number(article: str) -> int:
    """The number of an article."""
    number = 0
    for letter in article[1 : _DIGITS + 1]:
        number = number << 5 | (_LETTERS.find(letter) & 31)
    return number


def _beginning(number: int) -> str:
    """How the ids of articles of that number begin."""
    return "a" + "".join(_LETTERS[number >> 5 * at & 31] for at in reversed(range(_DIGITS)))
