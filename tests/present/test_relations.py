"""How accounts relate, in words."""

from __future__ import annotations

import pytest

from readout.models import Change, ChangeId, ChangeKind, Evidence, Relation, StatementId
from readout.present import pictures, relations
from tests import builders

BOTH = (StatementId("s1"), StatementId("s2"))
C, D, A, ONE = Relation.CONTRADICT, Relation.DIFFER, Relation.AGREE, Relation.ONE_SIDED


@pytest.mark.parametrize(
    ("found", "whole", "told"),
    [
        ((), True, ""),
        ((ONE, ONE), True, ""),
        ((C,), True, "contradict each other on 1 point"),
        ((C, C, D, A), True, "contradict each other on 2 points, differ on 1 and agree on 1"),
        ((D, A, ONE), False, "differ on 1 point and agree on 1"),
        ((C, D, D), False, "contradict each other on 1 point"),
        ((D, D), False, ""),
    ],
)
def test_a_comparison_in_a_sentence_counts_only_what_is_known_whole(
    found: tuple[Relation, ...], whole: bool, told: str
) -> None:
    assert relations.gist(found, whole=whole) == told


def test_reasons_are_for_readers() -> None:
    evidence = [
        Evidence("different accounts", (), BOTH),
        Evidence("denial", ("denied",), BOTH),
        Evidence("denial", ("denied",), BOTH),
        Evidence("no comment", (), BOTH),
        Evidence("same words", ("vess",), BOTH),
        Evidence("something new", (), BOTH),
    ]
    told = ("one side denies it: “denied”", "one side was asked", "in the same words", "something new")
    assert relations.reasons(evidence) == told


def test_every_relation_has_a_meaning() -> None:
    assert set(relations.MEANING) == set(Relation)


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (1, "minute", "1 minute"),
        (35, "minute", "35 minutes"),
        (22.5, "percent", "22.5 percent"),
        (4.6e9, "USD", "4.6 billion USD"),
        (53_000, "", "53,000"),
        (1.5e10, "", "15 billion"),
    ],
)
def test_a_figure_is_written_as_it_is_read(value: float, unit: str, told: str) -> None:
    assert pictures.number(value, unit) == told


@pytest.mark.parametrize(
    ("kind", "detail", "told"),
    [
        (ChangeKind.PASSED, "2031-03-04", "4 March 2031"),
        (ChangeKind.NEARS, "2031-03", "March 2031"),
        (ChangeKind.PLANNED, "2031-03-04", "4 March 2031"),
        (ChangeKind.POINT, "differ", "accounts differ"),
        (ChangeKind.FIGURE, "11 dead → 12 dead", "11 dead → 12 dead"),
    ],
)
def test_what_is_new_is_told_in_words(kind: ChangeKind, detail: str, told: str) -> None:
    assert relations.changed(Change(ChangeId("c1"), kind, builders.NOON, "the sluices", detail)) == told


def test_the_matter_of_figures_has_the_capitals_of_its_text() -> None:
    assert relations.as_written("airbus jobs", ["55,000 Airbus jobs", "Jobs at Airbus"]) == "Airbus jobs"
    assert relations.as_written("Water Ministry", ["of water by the ministry"]) == "Water Ministry"
