"""Asking a database the same statements again and again: each is put into words once, and then handed to the driver as
it is, for SQLAlchemy takes ten times as long over a small question as SQLite does to answer it.

No table is known here. What is more than a plain question, and whatever fails, is left to SQLAlchemy.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import CompoundSelect, Connection, Dialect, LargeBinary, Select

_NONE: Mapping[str, Any] = {}


class Found(list[Any]):
    """What answers a statement, with as much of SQLAlchemy's results as is used here. All of it is read."""

    def __init__(self, rows: Iterable[Any], names: Sequence[str] = ()) -> None:
        super().__init__(rows)
        self._names = names

    def all(self) -> Found:
        """The rows."""
        return self

    def first(self) -> Any:  # noqa: ANN401 - a row of whatever was asked for
        """The first row, if there is one."""
        return self[0] if self else None

    def one_or_none(self) -> Any:  # noqa: ANN401 - as above
        """The only row, if there is one. Raises ValueError for more."""
        if len(self) > 1:
            raise ValueError("more than one row")
        return self.first()

    def mappings(self) -> Found:
        """The rows by the names of their columns."""
        return Found(dict(zip(self._names, row, strict=True)) for row in self)


class _Worded:
    """A statement in words: its parameters in order, those that it brings along, and the type of its rows."""

    def __init__(self, statement: Select[Any] | CompoundSelect[Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        columns = statement.selected_columns
        self.names = columns.keys()
        self.plain = _is_plain(compiled, [one.type for one in columns], dialect)
        self.words = str(compiled)
        self.order = tuple(compiled.positiontup or ()) if self.plain else ()
        binds = {name: one for one, name in compiled.bind_names.items()}
        self.brought = {name: one.effective_value for name, one in binds.items() if not one.required}
        self.row: Any = namedtuple("Row", self.names, rename=True)  # type: ignore[misc] # noqa: PYI024 - made of what is asked

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The parameters in order. Raises KeyError where one is missing."""
        brought = self.brought
        return [given[name] if name in given else brought[name] for name in self.order]


def _is_plain(compiled: Any, types: Iterable[Any], dialect: Dialect) -> bool:  # noqa: ANN401 - as SQLAlchemy has it
    """Whether its values pass as they are, in and out."""
    if compiled.post_compile_params or compiled.literal_execute_params:
        return False
    given = (one.type.dialect_impl(dialect).bind_processor(dialect) for one in compiled.binds.values())
    return all(processor is None for processor in given) and all(
        isinstance(one, LargeBinary) or one.dialect_impl(dialect).result_processor(dialect, None) is None
        for one in types
    )


_worded: WeakKeyDictionary[Any, _Worded | None] = WeakKeyDictionary()  # None after the first time


def _known(statement: object, dialect: Dialect) -> _Worded | None:
    """The statement in words where it is asked for the second time: most of what is made for one question is not."""
    if not isinstance(statement, Select | CompoundSelect):
        return None
    found = _worded.get(statement)
    if found is None:
        found = _worded[statement] = _Worded(statement, dialect) if statement in _worded else None
    return found if found and found.plain else None


class Reader:
    """A connection that reads, in place of SQLAlchemy's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._raw = connection.connection.driver_connection
        self._dialect = connection.dialect

    def execute(self, statement: Any, given: Mapping[str, Any] = _NONE) -> Any:  # noqa: ANN401 - as SQLAlchemy has it
        """What answers that statement."""
        known = _known(statement, self._dialect)
        rows = None if known is None else self._asked(known, given)
        if rows is None or known is None:
            return self._connection.execute(statement, given or None)
        return Found(map(known.row._make, rows), known.names)

    def scalars(self, statement: Any, given: Mapping[str, Any] = _NONE) -> Any:  # noqa: ANN401 - as above
        """The first column of what answers it."""
        known = _known(statement, self._dialect)
        rows = None if known is None else self._asked(known, given)
        if rows is None:
            return self._connection.scalars(statement, given or None)
        return Found(row[0] for row in rows)

    def scalar(self, statement: Any, given: Mapping[str, Any] = _NONE) -> Any:  # noqa: ANN401 - as above
        """The first value of what answers it."""
        known = _known(statement, self._dialect)
        rows = None if known is None else self._asked(known, given)
        if rows is None:
            return self._connection.scalar(statement, given or None)
        return rows[0][0] if rows else None

    def _asked(self, known: _Worded, given: Mapping[str, Any]) -> list[Any] | None:
        """The rows; None where it failed: SQLAlchemy will say why."""
        raw = cast("Any", self._raw)
        try:
            found: list[Any] = raw.execute(known.words, known.values(given)).fetchall()
        except (raw.Error, KeyError):
            return None
        return found

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else a connection has
        return getattr(self._connection, name)
