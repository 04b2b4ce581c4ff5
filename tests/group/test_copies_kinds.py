"""How one text is taken from another: each kind by its facts, the same whichever text comes first."""

from __future__ import annotations

import re
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.group.copies import FACTS, KINDS, Text, relation
from readout.models import Copy, CopyKind
from tests.group.copying import paragraphs, sentence, text

REPORT = paragraphs(0, 10)
OWN = paragraphs(500, 10)


def _related(one: Text, other: Text) -> Copy:
    found = relation(one, other)
    assert found == relation(other, one)
    assert found is not None
    return found


def _reworded(body: list[str], every: int) -> list[str]:
    """With every so many words another."""
    count = iter(range(10_000))
    return [re.sub(r"\w+", lambda word: "other" if next(count) % every == 0 else word[0], line) for line in body]


@pytest.mark.parametrize(
    ("outlet", "body", "kind"),
    [
        ("Kanal 7", REPORT, CopyKind.REPRINT),
        ("Kanal 7", ["(Photo: somebody)", *REPORT], CopyKind.REPRINT),
        ("Kanal 7", _reworded(REPORT, 25), CopyKind.EDITED),
        ("Kanal 7", [*REPORT[:8], *OWN[:2]], CopyKind.EDITED),
        ("Kanal 7", REPORT[:4], CopyKind.PARTIAL),
        ("Kanal 7", [*REPORT[:6], *OWN[:4]], CopyKind.PARTIAL),
        ("Kanal 7", [*OWN[:6], *REPORT[4:6], *OWN[6:]], CopyKind.EXCERPT),
        ("Kanal 7", [OWN[0], *(f"“{one}”" for one in REPORT[2:8]), OWN[1]], CopyKind.EXCERPT),
        ("harbour post", REPORT, CopyKind.UPDATE),
        ("The Harbour Post", [*REPORT[:7], *OWN[:2]], CopyKind.UPDATE),
        ("THE HARBOUR POST", _reworded(REPORT, 40), CopyKind.UPDATE),
        ("The Harbour Post", [*OWN[:4], *REPORT[4:9], *OWN[4:]], CopyKind.BOILERPLATE),
        ("The Harbour Post", [*OWN[:4], REPORT[4], *OWN[4:7], REPORT[7], OWN[7]], CopyKind.EXCERPT),
    ],
)
def test_kinds(outlet: str, body: list[str], kind: CopyKind) -> None:
    beside = [*paragraphs(800, 2), *REPORT] if kind is CopyKind.BOILERPLATE else REPORT
    found = _related(text("a", beside), text("b", body, outlet=outlet, hours=2))
    assert (found.kind, found.original, found.copy) == (kind, "a", "b")


def test_what_an_outlet_repeats_elsewhere_is_boilerplate() -> None:
    box = " ".join(sentence(n) for n in range(300, 304))
    one, other = text("a", [box, *REPORT[:6]]), text("b", [box, *OWN[:6]], hours=900)
    assert relation(one, other) == relation(one, other, np.zeros(0, np.uint32))
    found = relation(one, other, one.words.sketch)
    assert found is not None
    assert found.kind is CopyKind.BOILERPLATE
    assert "repeated by the outlet" in found.reasons


def test_a_headline_more_or_less_makes_no_difference_and_a_theme_is_no_copy() -> None:
    assert relation(text("a", REPORT), text("b", OWN)) is None
    assert relation(text("a", [*REPORT, sentence(900)]), text("b", [sentence(900), *OWN])) is None


@pytest.mark.parametrize("body", [[], ["Two words."], ["…"], [sentence(1, 7)]])
def test_too_few_words_are_no_copy_even_if_they_are_the_same(body: list[str]) -> None:
    assert relation(text("a", body), text("b", body, outlet="Kanal 7")) is None
    assert relation(text("a", body), text("b", REPORT)) is None


def test_a_line_where_a_text_should_be_makes_no_two_articles_one() -> None:
    line = [sentence(5)]
    assert _related(text("a", line), text("b", line)).kind is CopyKind.BOILERPLATE
    assert _related(text("a", line), text("b", line, outlet="Kanal 7")).kind is CopyKind.EXCERPT


def test_what_was_left_out_and_added_is_told() -> None:
    first, second = text("a", REPORT), text("b", [*REPORT[:3], OWN[0], *REPORT[5:]], outlet="Kanal 7", hours=3)
    found = _related(first, second)
    assert [first.body[span.start : span.end] for span in found.left_out] == ["\n".join(REPORT[3:5])]
    assert [second.body[span.start : span.end] for span in found.added] == [OWN[0]]
    assert found.share == pytest.approx(8 / 9, abs=0.02)
    assert found.kept == pytest.approx(8 / 10, abs=0.02)
    assert found.block == 5 * 42


def test_reasons_say_what_it_rests_on_and_which_came_first() -> None:
    found = _related(text("a", REPORT), text("b", [*REPORT[:8], *OWN[:2]], outlet="Kanal 7", hours=3))
    assert "most of both shared" in found.reasons
    assert found.reasons[-1] == "the original was published first"


def test_languages_without_spaces_are_compared_by_characters() -> None:
    chinese = "".join(chr(0x4E00 + 37 * n % 5_000) for n in range(400))
    found = _related(text("a", [chinese]), text("b", [chinese[:200]], outlet="七号台", hours=1))
    assert found.kind is CopyKind.PARTIAL
    assert found.block == 200


def test_a_text_of_200_000_words_is_compared() -> None:
    long = paragraphs(0, 4_800)
    found = _related(text("a", long), text("b", long[7:3_000], outlet="Kanal 7", hours=1))
    assert found.kind is CopyKind.PARTIAL
    assert len(found.left_out) == 2


@given(st.permutations(range(6)), st.sampled_from(["Kanal 7", "The Harbour Post"]), st.integers(0, 6))
def test_any_two_texts_have_one_relation_in_either_order(order: list[int], outlet: str, taken: int) -> None:
    one, other = text("a", REPORT[:6]), text("b", [REPORT[n] for n in order[:taken]] + OWN[:2], outlet=outlet)
    assert relation(one, other) == relation(other, one)


def test_a_day_is_no_time_of_day() -> None:
    day = text("b", REPORT, outlet="Kanal 7", hours=-12, give=timedelta(days=1))
    assert _related(text("a", [*REPORT, *OWN[:1]]), day).reasons[-1].startswith("their times do not tell")


def test_every_fact_that_the_table_names_is_measured() -> None:
    assert {fact for row in KINDS for fact in row.needs | row.bars} <= FACTS.keys()
