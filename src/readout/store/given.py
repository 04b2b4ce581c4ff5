"""Many values handed to one statement: as one JSON array, which SQLite reads as a table. No statement of its own."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from sqlalchemy import bindparam, func, select

GIVEN = func.json_each(bindparam("given")).table_valued("value")
ANY_GIVEN = select(GIVEN.c.value)  # for `column.in_`


def given(values: Collection[str] | Collection[int]) -> dict[str, str]:
    """The parameter of a statement that reads GIVEN."""
    return {"given": msgspec.json.encode(list(values)).decode()}
