"""An article's text cut into runs: nothing lost, every mark where it belongs, only what is asked for."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from readout.models import Annotation, Page, Paragraph, ParagraphKind, Span
from readout.present import marked, views
from readout.present.screens import KINDS, NAMES, NOTHING, STATEMENTS, TIMES, Block, Marked
from readout.present.traced import Traced
from tests import builders
from tests.present import speech


def screen(*asked: str, annotation: Annotation | None = None) -> tuple[Marked, tuple[Block, ...]]:
    """The article's marks of those kinds, and its blocks."""
    made = speech.harvest()
    assert isinstance(made.page, Page)
    body = views.article(made.articles[0], page=made.page, on_page=(), sightings=()).body
    found = marked.marked(Traced(made.articles[0], made.page), annotation or speech.annotation(), body, asked)
    return found, body


def test_the_runs_of_a_paragraph_are_its_text() -> None:
    found, body = screen(*KINDS)
    shown = ["".join(run.text for run in found.of(piece)) for block in body for piece in block.pieces]
    assert shown == [speech.FIRST, speech.SECOND]


def test_statements_are_marked_with_cue_and_source() -> None:
    found, body = screen(STATEMENTS)
    runs = [(run.text, run.statement, run.part) for run in found.of(body[0].pieces[0]) if run.statement]
    assert runs == [
        ("“We will not close the harbour,”", 2, "content"),
        ("the minister, Ilse Marr", 2, "source"),
        ("told", 2, "cue"),
    ]
    assert [one.speaker for one in found.statements[1:]] == ["Ilse Marr", "Ilse Marr"]
    assert found.placed == {2, 3}
    assert (found.names, found.times) == ((), ())


def test_names_and_times_stand_in_statements() -> None:
    found, body = screen(STATEMENTS, NAMES, TIMES)
    runs = [run for block in body for piece in block.pieces for run in found.of(piece)]
    assert [run.text for run in runs if run.name == 1] == ["Ilse Marr", "Marr"]
    assert [run.text for run in runs if run.time == 1] == ["Friday"]
    (marr,) = [run for run in runs if run.name == 1 and run.part == "content"]
    assert (marr.statement, marr.begins) == (3, (3,))
    assert [(one.name, one.roles, one.forms, one.mentions) for one in found.names] == [
        ("Ilse Marr", "minister", "Marr", 2),
        ("Coast Radio", "", "", 1),
    ]
    (time,) = found.times
    assert time.when
    assert (time.words, time.when.words, time.basis) == ("Friday", "18 July 2025", "before publication")


def test_what_is_not_asked_for_is_neither_marked_nor_listed() -> None:
    found, body = screen()
    assert [(run.text, run.statement, run.name, run.time) for run in found.of(body[0].pieces[0])] == [
        (speech.FIRST, 0, 0, 0)
    ]
    assert (found.statements, found.names, found.times) == ((), (), ())
    assert found.counts == {STATEMENTS: 3, NAMES: 2, TIMES: 1}


def test_of_statements_in_one_another_the_innermost_is_marked_and_both_end() -> None:
    outer, inner = speech.annotation().statements[2], speech.annotation().statements[2]
    inner = replace(inner, content=(speech.at("“never thought” of it"),), cue=None, source=None)
    found, body = screen(STATEMENTS, annotation=replace(speech.annotation(), statements=(outer, inner)))
    runs = found.of(body[1].pieces[0])
    assert [(run.text, run.statement, run.begins, run.ends) for run in runs if run.part == "content"] == [
        ("Marr had ", 1, (1,), ()),
        ("“never thought” of it", 2, (2,), (1, 2)),
    ]


def test_an_article_that_is_not_annotated_has_no_marks() -> None:
    made = speech.harvest()
    assert isinstance(made.page, Page)
    assert marked.marked(Traced(made.articles[0], made.page), None, (), KINDS) == NOTHING


def test_a_long_paragraph_is_marked_in_every_stretch() -> None:
    sentence = "The minister said that it was so. "
    long = builders.article("Long", sentence * 60)
    made = builders.harvest(long)
    assert isinstance(made.page, Page)
    body = views.article(made.articles[0], page=made.page, on_page=(), sightings=()).body
    base = speech.annotation().statements[2]
    start = len("Long\n")
    statements = tuple(
        replace(base, content=(Span(start + at + 23, start + at + 32),), cue=None, source=None)
        for at in range(0, len(sentence) * 60, len(sentence))
    )
    annotation = replace(speech.annotation(), statements=statements)
    found = marked.marked(Traced(made.articles[0], made.page), annotation, body, (STATEMENTS,))
    (piece,) = [piece for block in body for piece in block.pieces]
    assert len(piece.stretches) > 1
    texts = [run.text for place in range(len(piece.stretches)) for run in found.of(piece, place) if run.statement]
    assert texts == ["it was so"] * 60


def test_photo_credits_are_no_part_of_the_reading_text() -> None:
    made = speech.harvest()
    assert isinstance(made.page, Page)
    credit = Paragraph("Photo: M. Ostrova", (), ParagraphKind.PHOTO_CREDIT)
    one = replace(made.articles[0], paragraphs=(credit, *made.articles[0].paragraphs))
    body = views.article(one, page=made.page, on_page=(), sightings=()).body
    found = marked.marked(Traced(one, made.page), speech.annotation(), body, (TIMES,))
    assert [run.text for block in body for piece in block.pieces for run in found.of(piece) if run.time] == ["Friday"]


def test_asking_for_a_kind_or_not() -> None:
    found, _ = screen(STATEMENTS, TIMES)
    assert [found.toggled(kind) for kind in KINDS] == ["times", "statements,names,times", "statements"]
    only, _ = screen(STATEMENTS)
    assert only.toggled(STATEMENTS) == "none"


SPANS = st.tuples(st.integers(0, 150), st.integers(1, 40)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=12))
def test_whatever_the_spans_no_character_is_lost(spans: list[Span]) -> None:
    length = len(speech.TITLE) + len(speech.FIRST) + len(speech.SECOND) + 2
    inside = [Span(start, min(end, length)) for start, end in spans if start < length]
    base = speech.annotation()
    statements = tuple(replace(base.statements[2], content=(span,), cue=None, source=None) for span in inside)
    found, body = screen(*KINDS, annotation=replace(base, statements=statements))
    shown = ["".join(run.text for run in found.of(piece)) for block in body for piece in block.pieces]
    assert shown == [speech.FIRST, speech.SECOND]
