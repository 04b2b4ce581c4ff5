"""Whatever is typed is read, told of where it makes no sense, and can be written again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.models import Field, Term
from readout.text.query import LONGEST, MOST, bounds, formatted, parse

TODAY = date(2026, 6, 15)
_BITS = [
    *(f"{one.value}:" for one in Field),
    *'" - OR : .. “ ” \0 \t',
    *"2026-06 2026-13-40 today 7d direct no-comment denial harbour Київ 核 né -x a:b https://a.example".split(),
]
TYPED = st.text(max_size=60) | st.lists(st.sampled_from(_BITS), max_size=14).flatmap(
    lambda bits: st.sampled_from(["", " "]).map(lambda joint: joint.join(bits))
)


def words(value: str, *, negated: bool = False, phrase: bool = False) -> Term:
    """Words that are looked for."""
    return Term(Field.WORDS, value, negated, phrase)


@given(TYPED)
def test_anything_can_be_typed_and_written_again(text: str) -> None:
    once = parse(text, TODAY)
    again = parse(formatted(once), TODAY)
    assert again.clauses == once.clauses
    assert formatted(again) == formatted(once)


@given(st.text(min_size=1, max_size=9).map(lambda text: text * LONGEST))
def test_what_is_too_long_is_cut(text: str) -> None:
    assert sum(len(term.value) for term in parse(text, TODAY).terms) <= LONGEST


def test_too_much_is_told_of() -> None:
    long, many = parse("a " * 5_000, TODAY), parse("a " * (MOST + 1), TODAY)
    assert "only 1,000 characters were read" in long.misread[0].reason
    assert len(many.terms) == MOST
    assert f"only the first {MOST}" in many.misread[0].reason


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("harbour bill", ((words("harbour"),), (words("bill"),))),
        ('"harbour bill"', ((words("harbour bill", phrase=True),),)),
        ("“harbour bill” quay", ((words("harbour bill", phrase=True),), (words("quay"),))),
        ("harbour -ferry", ((words("harbour"),), (words("ferry", negated=True),))),
        ('-"the ferry"', ((words("the ferry", negated=True, phrase=True),),)),
        ("a OR b c", ((words("a"), words("b")), (words("c"),))),
        ("OR a OR OR b OR", ((words("a"), words("b")),)),
        ('"OR"', ((words("OR", phrase=True),),)),
        (
            "Nord-Stream 10:30 https://a.example/b",
            ((words("Nord-Stream"),), (words("10:30"),), (words("https://a.example/b"),)),
        ),
        ('speaker:"Anna Kowal"', ((Term(Field.SPEAKER, "Anna Kowal"),),)),
        ("SPEAKER: Kowal quay", ((Term(Field.SPEAKER, "Kowal"),), (words("quay"),))),
        ("-outlet:Echo OR wire:AFP", ((Term(Field.OUTLET, "Echo", negated=True), Term(Field.WIRE, "AFP")),)),
        ("act:No-Comment kind:direct", ((Term(Field.ACT, "no comment"),), (Term(Field.KIND, "direct"),))),
        ("lang:UK", ((Term(Field.LANG, "uk"),),)),
        ("— & … ''", ()),
        ("a\0b\tc", ((words("a"),), (words("b"),), (words("c"),))),
        ('"unclosed words', ((words("unclosed words", phrase=True),),)),
    ],
)
def test_what_is_typed_means(text: str, clauses: tuple[tuple[Term, ...], ...]) -> None:
    read = parse(text, TODAY)
    assert read.clauses == clauses
    assert read.misread == ()


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("said:2026-06-01", date(2026, 6, 1), date(2026, 6, 2)),
        ("said:2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("said:2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("said:2026-06-01..2026-06-07", date(2026, 6, 1), date(2026, 6, 8)),
        ("said:2026-06-01..", date(2026, 6, 1), None),
        ("said:..2026-05", None, date(2026, 6, 1)),
        ("said:yesterday", date(2026, 6, 14), date(2026, 6, 15)),
        ("said:7d", date(2026, 6, 8), date(2026, 6, 16)),
        ("after:2026-06", date(2026, 6, 1), None),
        ("before:2026-06", None, date(2026, 6, 1)),
        ("after:today", date(2026, 6, 15), None),
    ],
)
def test_times_are_days(text: str, since: date | None, until: date | None) -> None:
    (term,) = parse(text, TODAY).terms
    assert (term.since, term.until) == (since, until)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("said:2026-13", "2026-13 is no date; write it as 2026-06-01"),
        ("after:soon", "soon is no date"),
        ("said:2026-06-07..2026-06-01", "ends before it begins"),
        ("said:9999", "9999 is no date"),
        ("kind:loud", "it can be article, direct, headline, indirect, mixed, teaser-list"),
        ("act:shout", "it can be claim, commitment"),
        ("lang:english", "no code of a language"),
        ("speaker:", 'write it as speaker:"Anna Kowal"'),
        ('outlet:"" harbour', "says nothing to look for"),
    ],
)
def test_what_cannot_be_understood_is_told_of_and_left_out(text: str, reason: str) -> None:
    read = parse(f"quay {text}", TODAY)
    assert read.clauses[0] == (words("quay"),)
    assert all(term.field is Field.WORDS for term in read.terms)
    (misread,) = read.misread
    assert reason in misread.reason


def test_an_operator_that_there_is_not_is_read_as_words() -> None:
    read = parse("author:Marr", TODAY)
    assert read.clauses == ((words("author:Marr"),),)
    assert read.misread[0].part == "author:Marr"
    assert "no operator" in read.misread[0].reason


def test_bounds_of_what_is_counted() -> None:
    assert bounds("2026-06") == (date(2026, 6, 1), date(2026, 7, 1))
    assert bounds("2026-06-30") == (date(2026, 6, 30), date(2026, 7, 1))
