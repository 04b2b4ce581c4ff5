"""Which of the articles that are linked make one story: settled all at once, so that no order of arrival shows.

Of more articles than can be compared each with each, the most alike stand for one another first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from readout.group import cluster
from readout.group.score import FLOOR, Rows, Scale

LARGEST = 64  # articles that are compared each with each
CERTAIN = 3.0  # log-odds: what is linked so closely is not parted for being much
Links = Mapping[int, Mapping[int, float]]


def linked(start: int, links: Links, least: float = -FLOOR) -> list[int]:
    """All that hang together with `start` by links of at least those log-odds, itself included."""
    found = {start}
    ahead = [start]
    while ahead:
        for other, odds in links.get(ahead.pop(), {}).items():
            if odds >= least and other not in found:
                found.add(other)
                ahead.append(other)
    return list(found)


def parted(together: list[int], links: Links, least: float, largest: int = LARGEST) -> Iterator[list[int]]:
    """What hangs together in parts of no more than `largest`, as far as leaving out ever better links can part it: one
    story leads to the next, and so to all.
    """
    if len(together) <= largest or least > CERTAIN:
        yield together
        return
    left = set(together)
    for start in together:
        if start in left:
            part = linked(start, links, least)
            left.difference_update(part)
            yield from parted(part, links, least + 1, largest)


def stand_ins(numbers: list[int], links: Links, largest: int = LARGEST) -> list[list[int]]:
    """The numbers in lists of which the first stands for the rest: one each, or else no more lists than `largest`,
    those of the best links together (single linkage). `numbers` are in an order that ties follow.
    """
    lists = {number: [number] for number in numbers}
    if len(numbers) <= largest:
        return list(lists.values())
    place = {number: at for at, number in enumerate(numbers)}
    edges = sorted(
        (-odds, place[a], place[b]) for a in numbers for b, odds in links.get(a, {}).items() if place[a] < place[b]
    )
    left = len(numbers)
    for _, at, to in edges:
        a, b = lists[numbers[at]], lists[numbers[to]]
        if a is not b:
            left -= 1
            first, second = (a, b) if place[a[0]] < place[b[0]] else (b, a)
            first += second
            lists.update(dict.fromkeys(second, first))
        if left <= largest:
            break
    return list({id(one): one for one in lists.values()}.values())


def settled(rows: Rows, scale: Scale) -> tuple[list[tuple[int, ...]], list[tuple[float, int]]]:
    """The groups of rows by their places, and for each the log-odds of where it is and the place it is most like."""
    matrix = cluster.odds(rows, scale)
    groups, met = cluster.groups(rows, matrix, scale)
    return groups, _sureness(matrix, groups, met)


def _sureness(
    matrix: cluster.Odds, groups: Iterable[tuple[int, ...]], met: Iterable[cluster.Meeting]
) -> list[tuple[float, int]]:
    np.fill_diagonal(matrix, -np.inf)
    nearest = matrix.argmax(axis=1)
    alone = {group[0] for group in groups if len(group) == 1}
    odds = np.full(len(matrix), -FLOOR)
    for meeting in met:
        for side in (meeting.left, meeting.right):
            if len(side) == 1 and (meeting.odds < 0 or side[0] not in alone):
                odds[side[0]] = max(odds[side[0]], meeting.odds)
    return [(float(value), int(at)) for value, at in zip(odds, nearest, strict=True)]
