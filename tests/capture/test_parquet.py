"""Parquet files and JSON lines: rows whose fields have other names."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readout.capture import archive, packed, rows
from readout.models import CaptureBasis, Media, Page, Rejection

NOON = datetime(2031, 3, 20, 12, tzinfo=UTC)
ROWS = [
    {"body": "Talks resume", "crawl_date": NOON, "link_": "https://harbour.example/1", "n": 1},
    {"body": None, "crawl_date": None, "link_": None, "n": 2},
    {"body": "<html><p>Ferry sails", "crawl_date": NOON, "link_": "no address", "n": 3},
]
MAPPED = rows.fields("text=body, captured=crawl_date,url=link_,id=n")


def parquet(path: Path) -> str:
    """A Parquet file of the rows."""
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(arrow.Table.from_pylist(ROWS), path)
    return str(path)


def json_lines(path: Path) -> str:
    """The same rows as JSON."""
    path.write_text("\n".join(json.dumps(row, default=datetime.isoformat) for row in ROWS), "utf-8")
    return str(path)


@pytest.mark.parametrize("written", [parquet, json_lines])
def test_a_mapping_says_what_the_fields_are_called(tmp_path: Path, written: object) -> None:
    assert callable(written)
    path = written(tmp_path / ("rows.parquet" if written is parquet else "rows.jsonl"))
    first, second, third = archive.pages(path, fields=MAPPED)
    assert isinstance(first, Page)
    assert (first.text, first.captured, first.captured_basis) == ("Talks resume", NOON, CaptureBasis.DECLARED)
    assert (first.address, first.name) == ("https://harbour.example/1", f"{path}#1")
    assert isinstance(second, Rejection)
    assert second.reason == "no text in the row"
    assert isinstance(third, Page)
    assert (third.media, third.address) == (Media.HTML, None)


def test_the_usual_names_need_no_mapping(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"text": "Talks", "html": "<p>More"}', "utf-8")
    (usual,) = archive.pages(str(tmp_path / "rows.jsonl"))
    (named,) = archive.pages(str(tmp_path / "rows.jsonl"), fields=rows.fields("text=text"))
    assert isinstance(usual, Page)
    assert isinstance(named, Page)
    assert (usual.text, named.text) == ("<p>More", "Talks")


@pytest.mark.parametrize("mapping", ["text", "text=", "=body", "headline=title", "text=body;captured=x,y"])
def test_a_mapping_that_says_nothing_is_an_error_that_says_what_to_write(mapping: str) -> None:
    with pytest.raises(ValueError, match="write text=FIELD"):
        rows.fields(mapping)


def test_no_mapping_is_the_usual_one() -> None:
    assert rows.fields("") == rows.USUAL
    assert str(rows.USUAL) == ""
    assert str(rows.fields("text=a")) != str(rows.fields("text=b"))


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    path = parquet(tmp_path / "rows.parquet")
    Path(path).write_bytes(Path(path).read_bytes()[:-20])
    (found,) = archive.pages(path)
    assert isinstance(found, Rejection)
    assert found.reason == "damaged"


def test_without_the_library_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rows.parquet").write_bytes(b"PAR1" + bytes(99))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (found,) = archive.pages(str(tmp_path / "rows.parquet"))
    assert isinstance(found, Rejection)
    assert (found.reason, "readout-news[parquet]" in found.detail) == (packed.NEEDS_LIBRARY, True)
