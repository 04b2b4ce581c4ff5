"""Statements that one text has word for word from another: a whole sentence with the words that ascribe it. Pure.

Outlets that print one paragraph of an agency's without saying so are no copies of it as a whole, yet they tell nothing
of their own there. A quotation alone may have been heard by both; a sentence of the teller's own words was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from readout.compare.told import Told
from readout.models import StatementId

_OWN = 8  # words of a sentence outside quotation marks, from which on two people do not write it alike
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_LATE = datetime.max.replace(tzinfo=UTC)


def retold(statements: Iterable[Told]) -> Mapping[StatementId, StatementId]:
    """The statements whose sentence another text had before, each with the one it is taken from."""
    first: dict[tuple[str, str], Told] = {}
    found: dict[StatementId, StatementId] = {}
    for one in sorted(statements, key=lambda each: each.at or _LATE):
        if len(_QUOTED.sub(" ", one.around).split()) >= _OWN:
            begun = first.setdefault((one.around, one.text), one)
            if begun.origin != one.origin:
                found[one.statement.id] = begun.statement.id
    return found
