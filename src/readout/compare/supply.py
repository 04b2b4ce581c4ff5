"""What general knowledge ties: a unit is a measure of something, so who is said to get every litre, and who says that
the flow has fallen, speak of one water. Nothing is judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from readout.compare.guards import words
from readout.compare.parted import is_near
from readout.compare.told import Told, light, lines, listed, once, telling

_MOST = 12  # tellings of a flow that are looked at for one of a supply


def supplied(
    statements: Sequence[Told], parties: Sequence[Sequence[str]], names: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, int]]:
    """Where one side measures what the other is given, and the other says that it rose or fell: the two statements, by
    number. `parties` are those of the statements, `names` those of each party and its members.
    """
    moved: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        if len(parties[number]) == 1 and _moves(one):
            moved[parties[number][0]].append(number)
    for number, one in enumerate(statements):
        if not parties[number] or not (of := _measured(one)):
            continue
        for party in sorted(moved.keys() - set(parties[number])):
            if not any(name in one.text for name in names.get(party, ())):
                continue
            near = [each for each in moved[party][:_MOST] if is_near(one, statements[each])]
            yield from ((number, each) for each in near if of & _about(statements[each]))


def _about(one: Told) -> frozenset[str]:
    return one.stems | one.context


@once
def _moves(one: Told) -> bool:
    """Whether it says that a flow, a level or a supply rose or fell."""
    said = words(one)
    return not listed("amount").isdisjoint(said) and not listed("moved").isdisjoint(said)


@once
def _measured(one: Told) -> frozenset[str]:
    """The stems of what its units are a measure of and it, or its sentence, names, where it is given to somebody."""
    said = words(one)
    if listed("given").isdisjoint(said):
        return frozenset()
    of = {stem for word in said for stem in _of_unit().get(word, ())}
    return frozenset(of & _about(one)) - light()


@cache
def _of_unit() -> Mapping[str, frozenset[str]]:
    """Units, each with the stems of what it is a measure of."""
    found: dict[str, frozenset[str]] = {}
    for line in lines("measure"):
        units, _, of = line.partition("/")
        found |= dict.fromkeys(units.split(), frozenset(telling(of)))
    return found
