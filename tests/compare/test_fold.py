"""Points that would be read twice are read once, and nothing that they hold is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readout.compare import fold
from readout.compare.align import Pair
from readout.compare.guards import Verdict
from readout.models import Relation

Point = list[tuple[Pair, Verdict]]
_POINTS = st.lists(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(list(Relation))), min_size=1, max_size=3),
    max_size=6,
)


def point(*pairs: tuple[int, int], relation: Relation = Relation.DIFFER) -> Point:
    return [(Pair(one, other, 1.0, frozenset()), Verdict(relation, "", (), 0.5)) for one, other in pairs]


def related(one: fold.Judged) -> Relation:
    return one[0][1].relation


def test_a_point_that_stands_whole_in_another_is_told_there() -> None:
    whole, part = point((0, 1), (1, 2)), point((0, 2))
    assert list(fold.apart([part, whole, part], related)) == [whole]
    assert list(fold.apart([part, part], related)) == [part]


def test_what_is_related_otherwise_stands_apart() -> None:
    whole, part = point((0, 1), (1, 2)), point((0, 2), relation=Relation.CONTRADICT)
    assert list(fold.apart([part, whole], related)) == [part, whole]
    assert fold.folded([part, whole], related, lambda _: "the bridge") == [part, whole]


def test_points_of_one_statement_under_one_heading_are_one() -> None:
    one, other, third = point((0, 1)), point((0, 2)), point((3, 4))
    assert fold.folded([one, other, third], related, lambda _: "the bridge") == [one + other, third]
    assert fold.folded([one, other, third], related, str) == [one, other, third]


@given(_POINTS)
def test_no_statement_is_lost(drawn: list[list[tuple[int, int, Relation]]]) -> None:
    points = [point(*((one, other) for one, other, _ in each), relation=each[0][2]) for each in drawn]
    once = fold.folded(fold.apart(points, related), related, lambda _: "the bridge")
    for relation in Relation:
        before, after = (
            {number for each in some if related(each) is relation for number in fold.statements(each)}
            for some in (points, once)
        )
        assert before == after
