"""What several agree to, put a figure on or wish for in the subjunctive, and who "A and B both" are."""

from __future__ import annotations

import pytest

from readout.annotate.annotator import annotation
from readout.models import Act, Statement, Weak
from tests import builders


def said(text: str) -> list[Statement]:
    return list(annotation(builders.article("", text)).statements)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Both delegations agreed to install a gauge", "both delegations"),
        ("The two countries agreed on Monday to reopen the border", "two countries"),
    ],
)
def test_what_several_agree_to_is_a_weak_commitment_of_theirs(words: str, who: str) -> None:
    (one,) = said(f"{words}.")
    assert (one.act, one.weak, one.speaker.name) == (Act.COMMITMENT, Weak.ACT, who)


def test_a_figure_with_a_comma_is_put_on_a_thing() -> None:
    one, other = said("Elke Droste put the payment at 480,000 florins. Miro Sand said the books held 48,000 florins.")
    assert (one.speaker.name, other.speaker.name) == ("Elke Droste", "Miro Sand")


def test_two_who_both_say_it_are_two() -> None:
    assert said("Marta Kron met Rainer Holm. Kron and Holm both said more judges were needed.")[-1].speaker.name == (
        "Marta Kron and Rainer Holm"
    )


@pytest.mark.parametrize(
    ("words", "act"),
    [("filling take seven years rather than three", Act.DEMAND), ("the talks take place every week", Act.CLAIM)],
)
def test_a_bare_verb_of_one_is_a_wish(words: str, act: Act) -> None:
    (one,) = said(f"Prime Minister Tamsin Okell has insisted since January that {words}.")
    assert one.act is act


def test_an_unquoted_sentence_may_end_with_whom_it_was_told_to() -> None:
    (one,) = said("A treaty is nearer than ever, Ruth Cale told Radio Arden.")
    assert one.speaker.name == "Ruth Cale"


@pytest.mark.parametrize("words", ["did not comment", "did not answer questions about her"])
def test_who_did_not_answer_left_it_open(words: str) -> None:
    assert said(f"The police of Pellia {words}.")[0].act is Act.NO_COMMENT


def test_what_is_to_begin_lies_ahead() -> None:
    when = builders.NOON
    article = builders.article(
        "", "The trial is to begin on 4 January, Ada Lenz said.", published=builders.published(when)
    )
    (one,) = annotation(article).times
    assert one.start is not None
    assert one.start > when


@pytest.mark.parametrize(
    "words",
    [
        "Emil Harrow and Ines Marl don't seem to agree at all when it comes to reopening the canal",
        "Both delegations failed to agree on a date for the next round",
        "Brenland and Ostria agree on nothing, and the canal stays shut",
        "Emil Harrow and Ines Marl hardly agree on anything these days",
        "The two sides have yet to agree to reopen the canal",
    ],
)
def test_what_is_not_agreed_is_no_agreement(words: str) -> None:
    assert said(f"{words}.") == []


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("The port reported at least six boats were lost in a storm.", "at least six boats were lost in a storm"),
        ("Ines Marl said hello and spoke of the end of March as a likely day.", "the end of March as a likely day"),
        ("The ministry gave no answer when asked whether a lock had been costed.", "whether a lock had been costed"),
    ],
)
def test_no_content_begins_with_a_torn_phrase(sentence: str, content: str) -> None:
    one = said(sentence)[-1]
    start, end = one.content[0]
    assert sentence[start:end] == content
