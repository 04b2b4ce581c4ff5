"""Exports: for scoring, for programs, for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.models import (
    Annotation,
    Article,
    ArticleId,
    Basis,
    Event,
    EventId,
    EventStatus,
    Moment,
    Page,
    Paragraph,
    ParagraphKind,
    Precision,
    Span,
    TimeExpression,
)
from readout.present.cli import gold, sheet, values
from readout.present.cli.outcome import Outcome
from readout.present.traced import Traced
from tests.builders import article, on, page
from tests.present.cli.desk import CAPTURE, Desk


def test_gold_has_the_fields_that_answers_are_scored_with(library: Desk) -> None:
    (row,) = map(json.loads, library.readout("export", "articles", "--as", "gold").out.splitlines())
    assert (row["file"], row["n"], row["role"], row["kind"]) == ("ferry.txt", 0, "main", "article")
    assert (row["title"], row["outlet"], row["age"]) == (
        "Ferry line reopens after the storm",
        "Harbour Post",
        "13 hours ago",
    )
    assert CAPTURE[row["start"] : row["end"]].startswith("The ferry between")
    assert CAPTURE[row["start"] : row["end"]].endswith("crowns.")
    assert (row["credits"], row["published"], row["published_basis"]) == (["Meridian"], "2031-03-19", "inferred")
    assert row["furniture_inside"] == []


def with_furniture(*pieces: str) -> tuple[Article, Page]:
    """An article whose body paragraphs are every second piece of its page."""
    held = page("".join(pieces))
    spans, at = [], 0
    for piece in pieces:
        spans.append(Span(at, at + len(piece)))
        at += len(piece)
    body = tuple(Paragraph(piece, (span,)) for piece, span in zip(pieces[::2], spans[::2], strict=True))
    return replace(on(held, article()), paragraphs=body), held


def test_furniture_between_paragraphs_is_marked_and_white_space_is_not() -> None:
    row = gold.row(*with_furniture("First.", "\n\n", "Second.", "\nLearn to sail!\n", "Third."))
    assert (row["start"], row["end"]) == (0, 37)
    assert row["furniture_inside"] == [[15, 31]]


WORDS = st.text("abc .\n", min_size=1, max_size=9)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6), WORDS)
def test_body_and_furniture_together_are_everything_between_start_and_end(
    pairs: list[tuple[str, str]], last: str
) -> None:
    pieces = [piece for pair in pairs for piece in pair] + [last]
    found, held = with_furniture(*pieces)
    row = gold.row(found, held)
    marked = {at for start, end in row["furniture_inside"] for at in range(start, end)}
    body = {at for one in found.paragraphs for start, end in one.spans for at in range(start, end)}
    assert not marked & body
    assert all(held.text[at].isspace() for at in set(range(row["start"], row["end"])) - marked - body)


def test_captions_stand_apart_from_the_body() -> None:
    held = page("A caption.\nThe body.")
    caption = Paragraph("A caption.", (Span(0, 10),), ParagraphKind.CAPTION)
    found = replace(on(held, article("T", "The body.")), paragraphs=(caption, Paragraph("The body.", (Span(11, 20),))))
    row = gold.row(found, held)
    assert (row["captions"], row["start"], row["end"]) == (["A caption."], 11, 20)


def test_an_article_without_a_body_has_no_place() -> None:
    row = gold.row(replace(on(page("T"), article("T")), paragraphs=()), page("T"))
    assert (row["start"], row["end"], row["furniture_inside"]) == (None, None, [])


def test_a_day_is_the_day_where_it_was_published() -> None:
    late = Moment(datetime(2031, 3, 19, 22, tzinfo=UTC), Precision.MINUTE, Basis.STATED, "20 March", zone=180)
    row = gold.row(on(page(), article(published=late)), page())
    assert (row["published"], row["published_basis"]) == ("2031-03-20", "stated")


def test_json_lines_hold_everything(library: Desk) -> None:
    (row,) = map(json.loads, library.readout("export", "articles").out.splitlines())
    assert {"id", "edition", "page", "paragraphs", "body", "reasons", "extractor"} <= row.keys()
    assert row == library.readout("article", row["id"], "--json").json


def test_csv_is_a_table(library: Desk) -> None:
    rows = list(csv.DictReader(io.StringIO(library.readout("export", "articles", "--as", "csv").out)))
    assert [row["title"] for row in rows] == ["Ferry line reopens after the storm"]
    assert rows[0]["body"].count("\n") == 3
    assert tuple(rows[0]) == sheet.COLUMNS


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "\uff1d1"])
def test_a_formula_is_made_text(cell: str) -> None:
    assert sheet.safe(cell) == f"'{cell}"


@given(st.text())
def test_no_cell_begins_as_a_formula_and_nothing_is_lost(text: str) -> None:
    cell = sheet.safe(text)
    assert cell.removeprefix("'") == text.removeprefix("'")
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_an_export_into_a_file_is_there_whole_or_not_at_all(library: Desk, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    said = library.readout("export", "articles", "-o", str(target))
    assert (said.out, said.code) == ("", Outcome.DONE)
    assert target.read_text("utf-8") == library.readout("export", "articles").out
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_file_that_cannot_be_written_is_named(library: Desk, tmp_path: Path) -> None:
    said = library.readout("export", "articles", "-o", str(tmp_path / "gone" / "out.csv"))
    assert said.code == Outcome.PARTLY
    assert "out.csv: cannot be written: No such file or directory" in said.err


SPOKEN = "We have checked every plank twice,"


def test_statements_as_gold_are_found_where_they_stand(library: Desk) -> None:
    rows = list(map(json.loads, library.readout("export", "statements", "--as", "gold").out.splitlines()))
    assert all(row["core"] and row["file"] == "ferry.txt" and row["article"] == 0 for row in rows)
    (row,) = [row for row in rows if row["kind"] == "direct"]
    assert [CAPTURE[start:end] for start, end in row["content"]] == [f'"{SPOKEN}"']
    assert {"cue", "source", "speaker", "speaker_type", "via", "channel", "act"} <= row.keys()


def test_statements_in_json_lines_say_everything_with_their_words(library: Desk) -> None:
    rows = list(map(json.loads, library.readout("export", "statements").out.splitlines()))
    (row,) = [row for row in rows if row["kind"] == "direct"]
    assert (row["words"], row["outlet"]) == ([f'"{SPOKEN}"'], "Harbour Post")
    assert [CAPTURE[start:end] for start, end in row["on_page"]] == row["words"]


@pytest.mark.parametrize(
    ("what", "columns"), [("statements", sheet.STATEMENT_COLUMNS), ("events", sheet.EVENT_COLUMNS)]
)
def test_statements_and_events_are_tables_too(library: Desk, what: str, columns: tuple[str, ...]) -> None:
    rows = list(csv.DictReader(io.StringIO(library.readout("export", what, "--as", "csv").out)))
    assert all(tuple(row) == columns and row["outlet"] == "Harbour Post" for row in rows)
    if what == "statements":
        assert f'"{SPOKEN}"' in {row["words"] for row in rows}


def test_events_have_their_days_as_gold() -> None:
    happening = Event(
        EventId("e"),
        ArticleId("a"),
        "the ferry reopened",
        (Span(13, 20),),
        (),
        "Veld",
        day("2031-03-20"),
        EventStatus.HAPPENED,
    )
    held = page("Talks resume\nOn Friday it reopened.")
    traced = Traced(on(held, article("Talks resume", "On Friday it reopened.")), held)
    found = Annotation(
        traced.article.id, traced.article.edition, "x/1", "en", events=(happening, replace(happening, time=None))
    )
    (row,) = gold.events(traced, found)
    assert (row["date"], row["time_expression"], row["status"]) == ("2031-03-20", "Friday", "happened")
    assert (row["participants"], row["place"]) == ([], "Veld")
    assert len(list(sheet.events(traced, found))) == len(list(values.events(traced, found))) == 2


def day(date: str) -> TimeExpression:
    """That day, as the words "Friday" say it."""
    start = datetime.fromisoformat(date).replace(tzinfo=UTC)
    return TimeExpression(Span(16, 22), date, "DATE", start, start + timedelta(days=1), Precision.DAY)
