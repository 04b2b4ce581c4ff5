"""Whatever is marked and however much of it: every character is accounted for once, and no screen grows too large."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.models import Span
from readout.present.marks import BUDGET, CONTEXT, Excerpt, Gap, Mark, Piece, excerpt

SMALL = 2_000


def _mark(start: int, end: int, label: str = "body") -> Mark:
    return Mark(Span(start, end), label, 0)


def _covered(shown: Excerpt) -> list[tuple[int, int]]:
    return [
        (piece.start, piece.start + (piece.count if isinstance(piece, Gap) else len(piece.text)))
        for piece in shown.pieces
    ]


def _text(shown: Excerpt) -> str:
    return "".join(piece.text for piece in shown.pieces if isinstance(piece, Piece))


spans = st.lists(st.tuples(st.integers(-5, 6_000), st.integers(-5, 6_000)), max_size=12)


@given(spans, st.integers(0, 6_000), st.booleans(), st.integers(0, 6_000))
def test_pieces_and_gaps_follow_each_other_from_start_to_end(
    ranges: list[tuple[int, int]], length: int, whole: bool, start: int
) -> None:
    text = "".join(chr(97 + number % 26) for number in range(length))
    marks = [_mark(*pair) for pair in ranges]
    shown = excerpt(text, marks, start=min(start, length), whole=whole, budget=SMALL)
    at = shown.start
    for left, right in _covered(shown):
        assert left == at
        assert right > left
        at = right
    assert at == shown.end
    assert all(text[p.start :].startswith(p.text) for p in shown.pieces if isinstance(p, Piece))
    assert len(_text(shown)) <= SMALL


@given(spans, st.booleans())
def test_going_on_leads_through_the_whole_text(ranges: list[tuple[int, int]], whole: bool) -> None:
    text = "x" * 6_000
    marks = [_mark(*pair) for pair in ranges]
    at, seen, screens = 0, 0, 0
    while True:
        shown = excerpt(text, marks, start=at, whole=whole, budget=SMALL)
        assert shown.start <= seen
        seen, screens = max(seen, shown.end), screens + 1
        if shown.following is None:
            break
        assert shown.following > at
        at = shown.following
    assert seen == len(text)
    assert screens <= 60


@given(spans)
def test_a_small_text_is_shown_whole(ranges: list[tuple[int, int]]) -> None:
    text = "y" * 6_000
    shown = excerpt(text, [_mark(*pair) for pair in ranges], start=5_000)
    assert _text(shown) == text
    assert (shown.previous, shown.following) == (None, None)


def test_marks_are_shown_with_context_and_the_rest_is_counted() -> None:
    shown = excerpt("z" * 100_000, [_mark(50_000, 50_010)])
    assert [piece.count for piece in shown.pieces if isinstance(piece, Gap)] == [50_000 - CONTEXT, 49_990 - CONTEXT]
    assert len(_text(shown)) == 10 + 2 * CONTEXT


def test_whole_leaves_no_gap() -> None:
    shown = excerpt("z" * 100_000, [_mark(50_000, 50_010)], whole=True)
    assert not [piece for piece in shown.pieces if isinstance(piece, Gap)]
    assert shown.following


def test_a_text_without_marks_is_shown_from_its_start() -> None:
    assert excerpt("z" * 100_000, []).pieces[0].start == 0


def test_a_piece_begins_where_it_is_asked_for() -> None:
    shown = excerpt("z" * 1_000, [_mark(100, 200)], start=150)
    assert [(piece.start, isinstance(piece, Piece) and piece.mark is not None) for piece in shown.pieces] == [
        (0, False),
        (100, True),
        (150, True),
        (200, False),
    ]


def test_the_shortest_mark_counts_where_marks_overlap() -> None:
    shown = excerpt("z" * 30, [_mark(0, 30), _mark(10, 20, "furniture"), _mark(15, 30, "caption")])
    labels = [(piece.start, piece.mark.label) for piece in shown.pieces if isinstance(piece, Piece) and piece.mark]
    assert labels == [(0, "body"), (10, "furniture"), (15, "furniture"), (20, "caption")]


def test_only_the_beginning_of_a_mark_is_labelled() -> None:
    shown = excerpt("z" * 30, [_mark(0, 30), _mark(10, 20, "furniture")])
    assert [piece.first for piece in shown.pieces if isinstance(piece, Piece)] == [True, True, False]


@pytest.mark.parametrize("size", [1, 40])
def test_the_largest_page_is_cut_in_moments(size: int) -> None:
    text = "w" * 16_000_000
    marks = [_mark(start, start + size) for start in range(0, len(text), 400)]
    started = time.process_time()
    shown = excerpt(text, marks, start=8_000_000)
    assert time.process_time() - started < 5
    assert len(_text(shown)) <= BUDGET
    assert shown.previous is not None
    assert shown.following is not None
