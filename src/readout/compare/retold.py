"""Statements that one text has word for word from another: with many of the teller's own words in or beside them. Pure.

Outlets that print one paragraph of an agency's without saying so are no copies of it as a whole, yet they tell nothing
of their own there. A quotation alone may have been heard by both; the words around it were written by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from readout.compare.told import JOINT, Told
from readout.models import StatementId

_OWN = 8  # words outside quotation marks, from which on two people do not write alike
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_LATE = datetime.max.replace(tzinfo=UTC)


def retold(statements: Iterable[Told]) -> Mapping[StatementId, StatementId]:
    """The statements that another text had before in the same words, each with the one it is taken from."""
    first: dict[tuple[str, ...], Told] = {}
    found: dict[StatementId, StatementId] = {}
    for one in sorted(statements, key=lambda each: each.at or _LATE):
        for words in _own(one):
            begun = first.setdefault((one.text, *words), one)
            if begun.origin != one.origin:
                found.setdefault(one.statement.id, begun.statement.id)
    return found


def _own(one: Told) -> Iterator[tuple[str, ...]]:
    """What of the teller's own words is enough beside the content: nothing, or those right before or behind it."""
    if len(_QUOTED.sub(" ", one.text).split()) >= _OWN:
        yield ()
        return
    pieces = one.text.split(JOINT)
    before = one.around.partition(pieces[0])[0].split()[-_OWN:]
    after = one.around.rpartition(pieces[-1])[2].split()[:_OWN]
    yield from (tuple(words) for words in (before, after) if len(words) == _OWN)
