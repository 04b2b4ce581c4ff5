"""What becomes of a claim."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from readout.compare.comparison import comparison
from readout.compare.lives import CORRECTED, HINTS, WITHDRAWN, lives
from readout.compare.told import Report
from readout.models import Fate, Life
from tests import builders
from tests.compare.told import report

CLAIM = "Seafarers' Union chairwoman Maud Kerr said the union had warned the owners twice about the loading of lorries."
DENIAL = "The company's director, Magnus Teal, denied having received any warning."
HOUR = timedelta(hours=1)


def of(*reports: Report) -> list[Life]:
    """The lives of the claims of those reports."""
    return list(lives(reports, comparison(reports)))


def fates(life: Life) -> list[Fate]:
    return [step.fate for step in life.steps]


def test_a_claim_is_denied() -> None:
    (life,) = of(report(CLAIM, DENIAL))
    assert fates(life) == [Fate.CLAIMED, Fate.DENIED]
    assert life.stands is Fate.DENIED


def test_the_same_again_in_another_text_repeats_it_and_a_copy_does_not() -> None:
    one = report(CLAIM, DENIAL, outlet="A")
    again = report(CLAIM, "The sea was calm.", outlet="B", at=builders.NOON + HOUR)
    copy = report(CLAIM, DENIAL, outlet="C", origin=one.article.id, at=builders.NOON + HOUR)
    (life,) = of(one, again, copy)
    assert fates(life) == [Fate.CLAIMED, Fate.DENIED, Fate.REPEATED]
    assert life.stands is Fate.DENIED
    assert life.steps[-1].independent


def test_what_is_withdrawn_is_told_so_by_the_outlet() -> None:
    later = "On Friday Kerr withdrew the claim that the union had warned the owners about the loading of lorries."
    (life,) = of(report(CLAIM, DENIAL), report(later, outlet="B", at=builders.NOON + 9 * HOUR))
    assert life.stands is Fate.WITHDRAWN
    assert life.steps[-1].words in later


def test_who_did_not_withdraw_it_did_not() -> None:
    later = "Kerr did not withdraw the claim that the union had warned the owners about the loading of lorries."
    (life,) = of(report(CLAIM, DENIAL), report(later, outlet="B", at=builders.NOON + 9 * HOUR))
    assert Fate.WITHDRAWN not in fates(life)


def test_where_nobody_speaks_nothing_lives() -> None:
    assert of() == []
    assert of(report("The sea was calm.")) == []


@given(st.from_regex(WITHDRAWN, fullmatch=True) | st.from_regex(CORRECTED, fullmatch=True))
def test_whatever_takes_back_or_puts_right_holds_one_of_the_hints(words: str) -> None:
    assert any(hint in words.lower() for hint in HINTS)


def test_of_many_repetitions_the_earliest_are_kept() -> None:
    many = [report(CLAIM, "The sea was calm.", outlet=f"Outlet {n}", at=builders.NOON + n * HOUR) for n in range(1, 30)]
    (life,) = of(report(CLAIM, DENIAL), *reversed(many))
    told = [step.at for step in life.steps if step.fate is Fate.REPEATED]
    assert told == [builders.NOON + n * HOUR for n in range(1, len(told) + 1)]
    assert len(told) < len(many)
