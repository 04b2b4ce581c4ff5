"""With whom a call was, and when: accounts of two calls are not set side by side, though somebody took part in both."""

from __future__ import annotations

import pytest

from readout.compare.comparison import comparison
from readout.compare.contacts import Contacts
from readout.compare.told import told
from tests.compare.told import report

FULL = {"Orrin Valtec": "Veldania", "Tamsin Okell": "Caldria", "Tove Lind": "Norholt", "Mirela Dost": "Veldania"}
SIDES = FULL | {name.split()[-1]: side for name, side in FULL.items()}
FIRST = "Veldanian President Orrin Valtec and Caldrian Prime Minister Tamsin Okell spoke by telephone on Tuesday."
SECOND = "Orrin Valtec and Norholt's Foreign Minister Tove Lind spoke by telephone on Tuesday."
WARM = '"The call was warm and friendly," Mirela Dost, an aide to Valtec, said.'
TENSE = "Tamsin Okell said the call was tense."


@pytest.mark.parametrize(
    ("then", "are_two"),
    [
        ((TENSE,), False),
        ((SECOND, "Tove Lind said the call was tense."), True),
        (("Tamsin Okell said the call with Lind was tense.",), True),
        (("Tamsin Okell said Friday's call was tense.",), True),
        ((SECOND, "Tove Lind said that the two had discussed fish.", "Tamsin Okell said the call was tense."), True),
        (("Tove Lind said she had discussed fish in her call with Valtec.",), True),
        ((FIRST.replace("Tuesday", "Friday"), TENSE), True),
    ],
)
def test_a_call_is_the_one_named_last(then: tuple[str, ...], *, are_two: bool) -> None:
    both = report(FIRST, WARM, *then)
    first, last = told(both)[0], told(both)[-1]
    assert Contacts([both], SIDES).apart(first, last) is are_two


def test_where_nobody_says_with_whom_it_was_nothing_is_two() -> None:
    both = report(WARM, TENSE)
    first, last = told(both)
    assert not Contacts([both], SIDES).apart(first, last)


def test_accounts_of_two_calls_are_no_point() -> None:
    two = report(FIRST, WARM, SECOND, "Tove Lind said the call was tense.")
    assert [len(comparison([each]).points) for each in (two, report(FIRST, WARM, TENSE))] == [0, 1]
