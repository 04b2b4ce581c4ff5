"""Whose wish a call was."""

from __future__ import annotations

import pytest

from readout.compare.askers import asked
from readout.compare.comparison import comparison
from readout.models import Relation
from tests.compare.told import only, report

SIDES = {"Orrin Hale": "Veldania", "Hale": "Veldania", "Veldania": "Veldania", "Reed": "Caldria", "Caldria": "Caldria"}


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("the call took place at the request of the Caldrian side", "it was Hale's staff who asked for the call", "no"),
        ("the conversation was held at Caldria's request", "Veldania had sought the talks", "no"),
        ("the call took place at the request of the Caldrian side", "Reed had requested the call", "yes"),
        ("the call took place at the request of Norholt", "it was Hale's staff who asked for the call", ""),
        ("Hale had asked for the call", "Reed had not asked for the call", ""),
        ("Hale had asked for the call", "the call was short", ""),
    ],
)
def test_two_that_name_different_sides_exclude_each_other(one: str, other: str, relation: str) -> None:
    found = asked(only(f"The ministry said {one}."), only(f"The palace said {other}."), SIDES)
    expected = {"no": Relation.CONTRADICT, "yes": Relation.AGREE, "": None}[relation]
    assert (found and found.relation) == expected


def test_readouts_of_one_call_contradict_each_other_on_it() -> None:
    told = report(
        "Veldanian President Orrin Hale spoke by phone with Caldrian Prime Minister Tamsin Reed on Tuesday.",
        "“The call took place at the request of the Caldrian side,” Hale's spokeswoman, Mirela Dost, said.",
        "Dost said the call lasted almost an hour.",
        "A spokesman for Reed, Jory Penn, said it was Hale who had asked for the call and that it lasted 20 minutes.",
        "“The lake follows its schedule,” Hale, the president of Veldania, said.",
        "“The river is ours too,” Reed, the prime minister of Caldria, said.",
    )
    (point,) = [one for one in comparison([told]).points if one.relation is Relation.CONTRADICT]
    assert {one.kind for one in point.evidence} == {"exclusive figures", "other side asked"}
