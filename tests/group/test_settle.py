"""What is settled together does not depend on when links came, and only what changed is settled again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from readout.group.links import Links
from readout.group.settle import Parts, linked

ROWS, LARGEST, LEAST = 14, 3, -3.0
LINKS = st.dictionaries(
    st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(-3, 5),
    max_size=40,
)


def parts(chosen: dict[tuple[int, int], int], batches: list[list[tuple[int, int]]]) -> set[frozenset[int]]:
    """The parts after the links of each batch came, each as it was settled last."""
    links = Links()
    settling = Parts(links, LEAST, LARGEST)
    part: dict[int, frozenset[int]] = {}
    for batch in [[], *batches]:
        for one, other in batch:
            links.put(one, other, chosen[one, other])
        touched = {row for pair in batch for row in pair} if batch else set(range(ROWS))
        for rows in settling.changed(touched):
            part.update(dict.fromkeys(rows, frozenset(rows)))
    return set(part.values())


@settings(max_examples=200)
@given(LINKS, st.data())
def test_parts_are_the_same_however_links_come(chosen: dict[tuple[int, int], int], data: st.DataObject) -> None:
    ordered = data.draw(st.permutations(list(chosen)))
    size = data.draw(st.integers(1, 7))
    batches = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    found = parts(chosen, batches)
    assert found == parts(chosen, [list(chosen)])
    assert sorted(row for part in found for row in part) == list(range(ROWS))


@settings(max_examples=100)
@given(LINKS, st.integers(0, ROWS - 1))
def test_a_row_without_links_hangs_together_with_nothing(chosen: dict[tuple[int, int], int], gone: int) -> None:
    links = Links()
    for (one, other), odds in chosen.items():
        links.put(one, other, odds)
    others = links.drop(gone)
    assert others == {one + other - gone for one, other in chosen if gone in {one, other}}
    assert linked(gone, links) == {gone}
    assert all(gone not in linked(row, links) for row in range(ROWS) if row != gone)


def test_what_is_not_touched_is_not_settled_again() -> None:
    links = Links()
    settling = Parts(links, LEAST, LARGEST)
    links.put(0, 1, 2)
    links.put(2, 3, 2)
    assert sorted(map(sorted, settling.changed(range(4)))) == [[0, 1], [2, 3]]
    links.put(1, 4, 0)
    assert [sorted(one) for one in settling.changed({1, 4})] == [[0, 1, 4]]
