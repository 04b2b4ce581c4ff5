"""Sentences that one text has word for word from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from readout.compare.comparison import comparison
from readout.compare.corroborate import backings
from readout.compare.retold import retold
from readout.compare.told import Report, told
from readout.models import StatementId
from tests.compare.told import report

CLAIM = "Seafarers' Union chairwoman Maud Kerr said the union had warned the owners twice about the loading of lorries."
DENIAL = "The company's director, Magnus Teal, denied on Friday that a warning about the loading had been received."


def found(*reports: Report) -> Mapping[StatementId, StatementId]:
    return retold(one for each in reports for one in told(each))


def test_a_sentence_is_retold_by_the_later_text_though_it_comes_first() -> None:
    later = report(CLAIM, "It rained.", outlet="B", at=datetime(2031, 3, 5, tzinfo=UTC))
    earlier = report(CLAIM, DENIAL, outlet="A", at=datetime(2031, 3, 4, tzinfo=UTC))
    copied = found(later, earlier)
    assert {one.statement.id for one in told(later)} == set(copied)
    assert set(copied.values()) <= {one.statement.id for one in told(earlier)}


@pytest.mark.parametrize("other", ["Maud Kerr said on Friday that the union had warned the owners twice.", DENIAL])
def test_other_words_are_ones_own(other: str) -> None:
    assert not found(report(CLAIM, outlet="A"), report(other, outlet="B"))


def test_two_may_have_heard_one_quotation() -> None:
    heard = '"We warned the owners of this ferry twice about the loading of lorries," Maud Kerr said.'
    assert not found(report(heard, outlet="A"), report(heard, outlet="B"))


def test_a_text_with_a_retold_paragraph_is_no_source_of_its_own() -> None:
    reports = [report(CLAIM, DENIAL, outlet="A"), report(CLAIM, DENIAL, "Petroc Lunn sells hoses.", outlet="B")]
    told = backings(reports, comparison(reports), copied=found(*reports))
    assert {one.name for each in told for one in each.origins} == {"A"}
    assert all(one.copies == (reports[1].article.id,) for one in told[0].origins)
    assert told[0].carry == ("A", "B")


def test_a_paragraph_may_be_led_in_anew() -> None:
    words = '"We asked for nothing," the Rotunda, as the presidential office in Halmar is known, said in a statement.'
    (one,) = told(report(words, outlet="A"))
    led_in = replace(one, around=f"Here is the quarrel in short: {one.around}", origin="of B", order=1)
    assert retold([one, replace(led_in, statement=replace(one.statement, id=StatementId("led in")))])
