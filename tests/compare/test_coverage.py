"""Who carries a point, and what changed between two comparisons."""

from __future__ import annotations

from readout.compare.comparison import comparison
from readout.compare.coverage import carried, changes
from readout.models import Comparison
from tests.compare.told import report

CLAIM = "Seafarers' Union chairwoman Maud Kerr said the union had warned the owners twice about the loading of lorries."
DENIAL = "The company's director, Magnus Teal, denied having received any warning."


def test_a_reprint_carries_a_point_and_another_text_leaves_it_out() -> None:
    one = report(CLAIM, DENIAL, outlet="A")
    reports = [one, report(CLAIM, DENIAL, outlet="B", origin=one.article.id), report("The sea was calm.", outlet="C")]
    (point,) = comparison(reports).points
    found = carried(point, reports)
    assert (found.carry, found.leave_out) == (("A", "B"), ("C",))


def test_what_is_new_is_told_once() -> None:
    now = comparison([report(CLAIM, DENIAL, outlet="A")])
    assert [one.kind for one in changes(Comparison((), ()), now)] == ["new point"]
    assert changes(now, now) == ()
    assert changes(now, Comparison((), ())) == ()
