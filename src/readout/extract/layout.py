"""What each line of a text capture is: the best path through a small grammar of news pages.

A page is furniture, a main article, furniture, and related items; an item is a header (outlet, age, topics, title in
one order or another) and a body. No line's look is reliable alone, so every line gets a score for every label from
what it looks like and what stands beside it, the grammar says which label may follow which, and the best whole is
found by dynamic programming (Viterbi 1967). Linear in the number of lines. Nothing here names a site.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from readout.extract.looks import Look
from readout.extract.scores import FAR, scores


class Label(IntEnum):
    """What a line is."""

    FRONT = 0  # furniture before the main article
    OUTLET_OF_MAIN = 1
    AGE_OF_MAIN = 2
    TITLE = 3
    AGAIN = 4  # the main title once more
    META = 5  # outlet and age of the main article, glued together
    CAPTION = 6
    BODY = 7
    SUBHEAD = 8
    ASIDE = 9  # furniture inside the main article
    BACK = 10  # furniture after the main article
    PRE = 11  # an item's title above its outlet
    OUTLET = 12
    AGE = 13
    TOPIC = 14
    HEAD = 15  # an item's title above its body
    TEXT = 16
    GAP = 17  # furniture inside an item
    END = 18  # furniture after the last item


L = Label

# What may follow what, and at what cost. Anything not named may not happen.
_FOLLOWS: dict[Label | None, dict[Label, float]] = {
    None: {L.FRONT: 0, L.TITLE: 0, L.OUTLET_OF_MAIN: -1, L.META: -1, L.PRE: -1.5, L.OUTLET: -1.5, L.BODY: -3},
    L.FRONT: {L.FRONT: 0, L.TITLE: 0, L.OUTLET_OF_MAIN: -0.5, L.META: -0.5, L.PRE: -0.5, L.OUTLET: -0.5, L.BODY: -4},
    L.OUTLET_OF_MAIN: {L.AGE_OF_MAIN: 0},
    L.AGE_OF_MAIN: {L.TITLE: -0.2, L.AGAIN: 0, L.ASIDE: -0.2, L.CAPTION: 0, L.BODY: 0, L.BACK: -1.5},
    L.TITLE: {
        L.AGAIN: 0, L.META: 0, L.OUTLET_OF_MAIN: 0, L.CAPTION: -0.2, L.BODY: 0, L.ASIDE: -0.6, L.BACK: -0.8,
        L.SUBHEAD: -2, L.PRE: -1.5, L.OUTLET: -1.5,
    },
    L.AGAIN: {
        L.AGAIN: 0, L.META: 0, L.OUTLET_OF_MAIN: 0, L.CAPTION: 0, L.BODY: 0, L.ASIDE: -0.6, L.BACK: -0.8,
        L.SUBHEAD: -2, L.PRE: -1.5, L.OUTLET: -1.5,
    },
    L.META: {L.TITLE: 0, L.AGAIN: 0, L.CAPTION: 0, L.BODY: 0, L.ASIDE: -0.4, L.BACK: -1, L.SUBHEAD: -1.5},
    L.CAPTION: {L.CAPTION: -0.5, L.BODY: 0, L.SUBHEAD: -0.5, L.ASIDE: -0.4, L.BACK: -1},
    L.BODY: {L.BODY: 0, L.SUBHEAD: -0.3, L.CAPTION: -0.6, L.ASIDE: -1, L.BACK: -0.2, L.PRE: -2, L.OUTLET: -2},
    L.SUBHEAD: {L.BODY: 0, L.SUBHEAD: -2, L.CAPTION: -1, L.ASIDE: -1},
    L.ASIDE: {L.BODY: 0, L.SUBHEAD: -0.3, L.CAPTION: -0.3, L.ASIDE: -0.3},
    L.BACK: {L.BACK: 0, L.PRE: -0.2, L.OUTLET: -0.2, L.AGE: -2},
    L.PRE: {L.PRE: 0, L.OUTLET: 0, L.AGE: -1.5},
    L.OUTLET: {L.AGE: 0, L.TOPIC: -1.5},
    L.AGE: {L.TOPIC: 0, L.HEAD: -0.3},
    L.TOPIC: {L.TOPIC: 0, L.HEAD: 0},
    L.HEAD: {L.TEXT: 0, L.HEAD: -1, L.PRE: -1, L.OUTLET: -1, L.END: -1, L.GAP: -1},
    L.TEXT: {L.TEXT: -0.4, L.GAP: -0.8, L.PRE: -0.2, L.OUTLET: -0.2, L.AGE: -2.2, L.END: -0.3},
    L.GAP: {L.TEXT: -0.2, L.GAP: -0.3, L.PRE: -0.3, L.OUTLET: -0.3},
    L.END: {L.END: 0},
}  # fmt: skip
_AFTER = [[(int(label), cost) for label, cost in _FOLLOWS[before].items()] for before in Label]
_BEAM = 25.0  # a path this far behind the best cannot catch up: no line's evidence is worth more than 5
_FIRST = _FOLLOWS[None]


def labels(page: Sequence[Look]) -> list[Label]:
    """The best label for each line of a page. Raises nothing; an empty page has no labels."""
    if not page:
        return []
    rows = [scores(look) for look in page]
    best = [_FIRST.get(label, FAR) + rows[0][label] if label in _FIRST else None for label in Label]
    trail: list[list[int]] = []
    for row in rows[1:]:
        best, origin = _step(best, row)
        trail.append(origin)
    end = max((label for label in Label if best[label] is not None), key=lambda label: best[label] or 0.0)
    path = [end]
    for origin in reversed(trail):
        path.append(Label(origin[path[-1]]))
    return path[::-1]


def _step(best: list[float | None], row: list[float]) -> tuple[list[float | None], list[int]]:
    """One line further: the best score of every label, and the label it came from."""
    reached: list[float | None] = [None] * len(row)
    origin = [0] * len(row)
    floor = max(score for score in best if score is not None) - _BEAM
    for before, so_far in enumerate(best):
        if so_far is None or so_far < floor:
            continue
        for label, cost in _AFTER[before]:
            if row[label] <= FAR:
                continue
            score = so_far + cost + row[label]
            top = reached[label]
            if top is None or score > top:
                reached[label] = score
                origin[label] = before
    return reached, origin
