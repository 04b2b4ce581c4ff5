"""JSON lines: which field is what, and that a bad line costs only itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.capture import rows
from readout.capture.rows import Origin
from readout.models import CaptureBasis, Media, Page, Rejection

CHANGED = datetime(2025, 8, 1, tzinfo=UTC)
ORIGIN = Origin("news.jsonl", CHANGED, CaptureBasis.FILE_TIME)
LIMIT = 10_000


def read(*lines: object, origin: Origin = ORIGIN) -> list[Page | Rejection]:
    """What becomes of those lines: values are written as JSON, bytes stand as they are."""
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return list(rows.pages(enumerate(written, 1), origin, LIMIT))


def page(**row: Any) -> Page:  # noqa: ANN401 - any JSON
    """The page of one good row."""
    (found,) = read(row)
    assert isinstance(found, Page)
    return found


def reasons(*lines: object) -> list[str]:
    """Why each line was rejected, "" where it was not."""
    return [found.reason if isinstance(found, Rejection) else "" for found in read(*lines)]


@pytest.mark.parametrize("field", ["text", "content", "body"])
def test_text_under_any_usual_name(field: str) -> None:
    found = page(**{field: "Talks resume\nThe two sides met."})
    assert (found.text, found.media, found.encoding) == ("Talks resume\nThe two sides met.", Media.TEXT, "utf-8")


@pytest.mark.parametrize("field", ["html", "source"])
def test_html_goes_before_text(field: str) -> None:
    found = page(**{field: "<html><p>Whole page", "text": "its words"})
    assert (found.text, found.media) == ("<html><p>Whole page", Media.HTML)


def test_an_outlet_named_as_source_is_no_page() -> None:
    assert page(source="Harbour Post", text="Talks resume").text == "Talks resume"


def test_text_that_is_html_is_html() -> None:
    assert page(content="<!doctype html><title>Talks").media is Media.HTML


@pytest.mark.parametrize("field", ["captured", "captured_at", "fetched_at", "date"])
def test_a_row_says_when_it_was_captured(field: str) -> None:
    found = page(text="a", **{field: "2025-06-05T10:00:00Z"})
    assert (found.captured, found.captured_basis) == (datetime(2025, 6, 5, 10, tzinfo=UTC), CaptureBasis.DECLARED)


def test_otherwise_the_file_does() -> None:
    found = page(text="a", captured="some day", date=None)
    assert (found.captured, found.captured_basis) == (CHANGED, CaptureBasis.FILE_TIME)


def test_whoever_imports_knows_best() -> None:
    told = Origin("news.jsonl", CHANGED, CaptureBasis.DECLARED)
    (found,) = read({"text": "a", "captured": "2025-06-05"}, origin=told)
    assert isinstance(found, Page)
    assert (found.captured, found.captured_basis) == (CHANGED, CaptureBasis.DECLARED)


@pytest.mark.parametrize(
    ("row", "address"),
    [
        ({"url": "https://post.example/a"}, "https://post.example/a"),
        ({"url": "", "link": " http://post.example/b "}, "http://post.example/b"),
        ({"url": "javascript:alert(1)"}, None),
        ({"url": "https://post.example/a\nb"}, None),
        ({"address": 7}, None),
    ],
)
def test_addresses_are_addresses(row: dict[str, object], address: str | None) -> None:
    assert page(text="a", **row).address == address


@pytest.mark.parametrize(("row", "name"), [({"id": "x-7"}, "x-7"), ({"id": 7}, "7"), ({"name": "n"}, "n"), ({}, "1")])
def test_a_page_is_named_by_its_row(row: dict[str, object], name: str) -> None:
    assert page(text="a", **row).name == f"news.jsonl#{name}"


def test_a_bad_line_costs_only_itself() -> None:
    lines = [
        b"{broken",
        b'{"text": "caf\xe9"}',
        b"[1]",
        {"title": "no text"},
        {"text": " \n"},
        {"text": "x" * (LIMIT + 1)},
    ]
    assert reasons({"text": "first"}, *lines, {"text": "last"}) == [
        "",
        "not JSON",
        "not UTF-8",
        "not a JSON object",
        "no text in the row",
        "no text in the row",
        "too large",
        "",
    ]


def test_every_rejection_names_file_and_line() -> None:
    (found,) = list(rows.pages([(1, b"  "), (2, None)], ORIGIN, LIMIT))
    assert isinstance(found, Rejection)
    assert (found.subject, found.reason) == ("news.jsonl#2", "too large")


@pytest.mark.parametrize("line", [b"[" * 100_000, b'{"text":' * 50_000, b"1" * 5_000, b"\x00", b'"\\ud800"'])
def test_hostile_lines_are_rejections(line: bytes) -> None:
    assert all(reasons(line))


@given(st.text())
def test_the_text_of_a_row_is_the_page(text: str) -> None:
    (found,) = read({"text": text})
    if isinstance(found, Page):
        assert found.content.decode() == text
    else:
        assert not text.strip() or not text.encode().strip()


def test_half_a_character_becomes_a_whole_stand_in() -> None:
    assert page(text="a\ud800b", id="\udfff").text == "a\ufffdb"
