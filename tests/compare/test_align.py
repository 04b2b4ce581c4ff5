"""Pairs about one matter: what brings two statements together that share next to no word."""

from __future__ import annotations

from readout.compare import parted
from readout.compare.align import JOINS, pairs, weights
from readout.compare.comparison import comparison
from readout.compare.told import told
from tests.compare.told import report


def test_two_counts_of_one_thing_meet_wherever_they_stand() -> None:
    union = "Union leader Maud Kerr said a guarantee for 6,400 jobs was needed."
    owner = "Company director Magnus Teal said that 5,900 jobs were safe."
    statements = [one for each in (union, owner) for one in told(report(each))]
    found = pairs(statements, [("union",), ("company",)], weights(statements))
    assert [(pair.one, pair.other) for pair in found] == [(0, 1)]
    assert found[0].score >= JOINS


def test_words_for_those_just_spoken_of_refer_to_what_was_said_before() -> None:
    plain, referring = (
        told(report(f"Maud Kerr said the fishermen were pulled from the water unhurt. Magnus Teal said {words}."))
        for words in ("two men were badly injured", "two of them were badly injured")
    )
    parties = [("union",), ("company",)]
    scores = [
        max((pair.score for pair in pairs(each, parties, weights(each))), default=0.0) for each in (plain, referring)
    ]
    assert scores[1] > scores[0]


def test_a_sentence_ends_where_its_quotation_does() -> None:
    told_so = report(
        '"My husband chained lorries on that boat for years," Maud Kerr said. "Then they bought a machine." '
        "Magnus Teal said that he would not resign while people were still in the water."
    )
    assert "resign" not in told(told_so)[0].sentence
    assert comparison([told_so]).points == ()


def test_who_asks_is_of_the_sentence_behind_his_question() -> None:
    asked = told(report('"Was the bridge ever safe?" Maud Kerr asked on Monday. Magnus Teal said it was.'))
    assert "Kerr asked on Monday" in asked[0].sentence


def test_a_bare_length_behind_a_call_is_how_long_it_took() -> None:
    said = told(
        report(
            "“He rang us. I have the log in front of me,” Maud Kerr told reporters. “Ten minutes, and he was gone.”",
            "Magnus Teal said the call lasted almost an hour.",
        )
    )
    assert parted.same_kind(*said)
