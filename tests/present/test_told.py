"""Statements in words; quotation marks only around words that the page has in quotation marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readout.models import Page, Span, Statement, StatementKind
from readout.present.told import channel, tidy, told
from readout.present.traced import Traced
from tests.present import speech


def traced() -> Traced:
    """The article on its page."""
    made = speech.harvest()
    assert isinstance(made.page, Page)
    return Traced(made.articles[0], made.page)


HEADLINE, DIRECT, MIXED = speech.annotation().statements


def test_a_statement_says_who_through_whom_and_where() -> None:
    one = told(DIRECT, traced(), 2)
    assert (one.number, one.speaker, one.act, one.channel, one.cue) == (
        2,
        "Ilse Marr",
        "commitment",
        "in an interview",
        "told",
    )
    assert one.words == ("“We will not close the harbour”",)
    assert one.said
    assert one.said.words == "18 July 2025"
    held = traced().page.text
    assert held[one.at : one.to] == "“We will not close the harbour,”"
    other = told(MIXED, traced())
    assert other.through == "her aide and Coast Radio"
    assert other.words == ("Marr had “never thought” of it",)
    assert other.doubt == "whether it is a statement is uncertain"


def test_whoever_is_unresolved_is_said_to_be() -> None:
    one = told(HEADLINE, traced())
    assert (one.speaker, one.weak) == ("somebody the text does not name", "in a headline")
    assert one.doubt == "who said it is unresolved"


def with_content(span: Span, kind: StatementKind = StatementKind.DIRECT) -> Statement:
    return replace(DIRECT, content=(span,), kind=kind)


def test_marks_of_ours_stand_only_around_what_stands_in_marks_on_the_page() -> None:
    within = speech.at("We will not close the harbour")
    assert told(with_content(within), traced()).words == ("“We will not close the harbour”",)
    assert told(with_content(speech.at("will not close")), traced()).words == ("will not close",)
    assert told(with_content(within, StatementKind.INDIRECT), traced()).words == ("We will not close the harbour",)


def test_a_page_that_holds_other_words_is_not_quoted() -> None:
    here = traced()
    other = replace(here.page, content=here.page.content.replace(b"close", b"shut!"))
    assert not told(DIRECT, Traced(here.article, other)).quoted


def test_marks_inside_a_quotation_are_left_as_they_are() -> None:
    whole = Span(speech.at("“We").start, speech.at("“never thought”").end)
    assert told(with_content(whole), traced()).words[0].count("“") == 2


@pytest.mark.parametrize(
    ("name", "phrase"),
    [("Telegram", "on Telegram"), ("phone call", "in a phone call"), ("podcast", "in a podcast"), (None, ""), ("", "")],
)
def test_where_something_was_said_is_a_phrase(name: str | None, phrase: str) -> None:
    assert channel(name) == phrase


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ('"We shall sail,"', "“We shall sail”"),
        ("“We shall sail.”", "“We shall sail.”"),
        ('it would "sail"', 'it would "sail"'),
        ('"Sail" or "stay"', '"Sail" or "stay"'),
        ('"', '"'),
        ("", ""),
    ],
)
def test_words_keep_only_quotation_marks_of_their_own(words: str, told: str) -> None:
    assert tidy(words) == told
