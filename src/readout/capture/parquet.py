"""Parquet files → rows, a few at a time, and of them only the fields that count. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import BinaryIO

from readout.capture.packed import NEEDS_LIBRARY, PackedError
from readout.capture.rows import Fields

_AT_ONCE = 16  # rows


def is_parquet(head: bytes) -> bool:
    """Whether content that begins so is a Parquet file."""
    return head.startswith(b"PAR1")


def rows(stream: BinaryIO, fields: Fields) -> Iterator[Mapping[str, object]]:
    """The rows of a file, which must be seekable, with times as ISO 8601 and bytes as UTF-8 where they are that.

    Raises PackedError where it is damaged, or the library that reads it is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise PackedError(NEEDS_LIBRARY, "for Parquet: pip install 'readout-news[parquet]'") from None
    try:
        file = parquet.ParquetFile(stream, pre_buffer=False)
        there = [name for name in file.schema_arrow.names if name in fields.all]
        for batch in file.iter_batches(_AT_ONCE, columns=there, use_threads=False):
            for row in batch.to_pylist():
                yield {name: _plain(value) for name, value in row.items()}
    except (pa.ArrowException, OSError, ValueError) as error:
        raise PackedError("damaged", str(error)) from error


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value
