"""What each line of a text capture is: the best path through a small grammar of news pages.

A page is furniture, a main article, furniture, and related items. An article is a header and a body: outlet, age and
title in one order or another, and between the main title and its body the author, a standfirst, a caption, buttons. An
item's labels come twice, for titles above the outlet and below it, so that a title is not looked for again where there
was one. No line's look is reliable alone, so every line gets a score for every label from what it looks like and what
stands beside it, the grammar says which label may follow which, and the best whole is found by dynamic programming
(Viterbi 1967). Linear in the number of lines. Nothing here names a site.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from operator import add

from readout.extract.looks import Look
from readout.extract.scores import UNIT, scores


class Label(IntEnum):
    """What a line is."""

    FRONT = 0  # furniture before the main article
    MAST = 1  # the main article's outlet, above its title
    IMPRINT_ABOVE = 2  # its age or date, and perhaps its outlet and author, above its title
    TITLE = 3
    AGAIN = 4  # the main title once more
    OUTLET_OF_MAIN = 5
    IMPRINT_OF_MAIN = 6
    STANDFIRST = 7
    NOTE = 8  # furniture between the main title and the body: who wrote it, where to share it
    PICTURE = 9  # a caption above the body
    BODY = 10
    CAPTION = 11  # a caption inside the body
    SUBHEAD = 12
    ASIDE = 13  # furniture inside the body
    BACK = 14  # furniture after the main article
    OUTLET = 15  # an item's, above its title
    AGE = 16
    IMPRINT = 17  # an item's outlet and age in one line
    TOPIC = 18
    HEAD = 19  # an item's title, between these and its body
    PRE = 20  # an item's title, above all these
    OUTLET_BELOW = 21
    AGE_BELOW = 22
    IMPRINT_BELOW = 23
    TOPIC_BELOW = 24
    HEAD_AGAIN = 25  # the item's title once more, above its body
    TEXT = 26
    HEADING = 27  # a subhead inside an item's text
    GAP = 28  # furniture inside an item
    END = 29  # furniture after the last item


L = Label
_LABELS = tuple(Label)

# What may follow what, and at what cost. Anything not named may not happen.
_BELOW_TITLE = {
    L.OUTLET_OF_MAIN: 0, L.IMPRINT_OF_MAIN: 0, L.STANDFIRST: -0.3, L.NOTE: -0.3, L.PICTURE: -0.2, L.BODY: 0,
    L.SUBHEAD: -2, L.BACK: -0.8, L.PRE: -3.5, L.OUTLET: -3.5, L.IMPRINT: -3.5,
}  # fmt: skip
_NEXT_ITEM = {L.PRE: -1, L.OUTLET: -1, L.IMPRINT: -1.2, L.END: -1, L.GAP: -1}
_FOLLOWS: dict[Label | None, dict[Label, float]] = {
    None: {
        L.FRONT: 0, L.TITLE: 0, L.MAST: -1, L.IMPRINT_ABOVE: -1, L.PRE: -1.5, L.OUTLET: -1.5, L.IMPRINT: -2, L.BODY: -3,
    },
    L.FRONT: {
        L.FRONT: 0, L.TITLE: 0, L.MAST: -0.5, L.IMPRINT_ABOVE: -0.5, L.PRE: -0.5, L.OUTLET: -0.5, L.IMPRINT: -1,
        L.BODY: -4,
    },
    L.MAST: {L.IMPRINT_ABOVE: 0},
    L.IMPRINT_ABOVE: {L.TITLE: -0.2, L.FRONT: -0.5, L.IMPRINT_ABOVE: -0.5},
    L.TITLE: {L.AGAIN: 0, **_BELOW_TITLE},
    L.AGAIN: {L.AGAIN: 0, **_BELOW_TITLE},
    L.OUTLET_OF_MAIN: {L.IMPRINT_OF_MAIN: 0},
    L.IMPRINT_OF_MAIN: {
        L.AGAIN: 0, L.IMPRINT_OF_MAIN: -0.3, L.OUTLET_OF_MAIN: -0.5, L.STANDFIRST: -0.5, L.NOTE: -0.3, L.PICTURE: 0,
        L.BODY: 0, L.SUBHEAD: -1.5, L.BACK: -1,
    },
    L.STANDFIRST: {
        L.AGAIN: 0, L.IMPRINT_OF_MAIN: 0, L.OUTLET_OF_MAIN: 0, L.STANDFIRST: -1.5, L.NOTE: -0.2, L.PICTURE: -0.2,
    },
    L.NOTE: {
        L.AGAIN: 0, L.IMPRINT_OF_MAIN: 0, L.OUTLET_OF_MAIN: 0, L.STANDFIRST: -0.6, L.NOTE: -0.2, L.PICTURE: -0.1,
        L.BODY: 0, L.SUBHEAD: -1, L.BACK: -1.5,
    },
    L.PICTURE: {
        L.PICTURE: -0.5, L.IMPRINT_OF_MAIN: -0.2, L.OUTLET_OF_MAIN: -0.2, L.NOTE: -0.3, L.AGAIN: -0.2, L.STANDFIRST: -1,
        L.BODY: 0, L.SUBHEAD: -0.5, L.BACK: -1,
    },
    L.CAPTION: {L.CAPTION: -0.5, L.BODY: 0, L.SUBHEAD: -0.5, L.ASIDE: -0.4, L.BACK: -1},
    L.BODY: {
        L.BODY: 0, L.SUBHEAD: -0.3, L.CAPTION: -0.6, L.ASIDE: -1, L.BACK: -0.2, L.PRE: -2, L.OUTLET: -2,
        L.IMPRINT: -2.5,
    },
    L.SUBHEAD: {L.BODY: 0, L.SUBHEAD: -0.8, L.CAPTION: -1, L.ASIDE: -1},
    L.ASIDE: {L.BODY: 0, L.SUBHEAD: -0.3, L.CAPTION: -0.3, L.ASIDE: -0.3},
    L.BACK: {L.BACK: 0, L.PRE: -0.2, L.OUTLET: -0.2, L.IMPRINT: -0.4, L.AGE: -2},
    L.OUTLET: {L.AGE: 0, L.TOPIC: -1.5},
    L.AGE: {L.TOPIC: 0, L.HEAD: -0.3},
    L.IMPRINT: {L.TOPIC: 0, L.HEAD: -0.3, L.AGE: -0.5},
    L.TOPIC: {L.TOPIC: 0, L.HEAD: 0},
    L.HEAD: {L.TEXT: 0, L.HEAD: -2.5, **_NEXT_ITEM},
    L.PRE: {L.PRE: 0, L.OUTLET_BELOW: 0, L.IMPRINT_BELOW: 0, L.AGE_BELOW: -1},
    L.OUTLET_BELOW: {L.AGE_BELOW: 0, L.TOPIC_BELOW: -1.5},
    L.AGE_BELOW: {L.TOPIC_BELOW: 0, L.HEAD_AGAIN: 0, L.TEXT: 0, **_NEXT_ITEM},
    L.IMPRINT_BELOW: {L.AGE_BELOW: -0.5, L.TOPIC_BELOW: 0, L.HEAD_AGAIN: 0, L.TEXT: 0, **_NEXT_ITEM},
    L.TOPIC_BELOW: {L.TOPIC_BELOW: 0, L.HEAD_AGAIN: 0, L.TEXT: -1},
    L.HEAD_AGAIN: {L.TEXT: 0, **_NEXT_ITEM},
    L.TEXT: {
        L.TEXT: 0, L.HEADING: -0.5, L.GAP: -0.8, L.PRE: -0.2, L.OUTLET: -0.2, L.IMPRINT: -0.4, L.AGE: -2.2, L.END: -0.3,
    },
    L.HEADING: {L.TEXT: 0, L.HEADING: -0.8},
    L.GAP: {L.TEXT: -0.2, L.HEADING: -0.4, L.GAP: -0.3, L.PRE: -0.3, L.OUTLET: -0.3, L.IMPRINT: -0.5, L.END: -0.3},
    L.END: {L.END: 0, L.PRE: -1.5, L.OUTLET: -1.5, L.IMPRINT: -1.7},
}  # fmt: skip
_AFTER = [[(int(label), round(cost * UNIT)) for label, cost in _FOLLOWS[before].items()] for before in Label]
_BEAM = 15 * UNIT  # a path this far behind the best does not catch up: a line's evidence is worth 5 at most
_NEVER = -(10**9)
_BEFORE_ALL = tuple(round(_FOLLOWS[None].get(label, _NEVER) * UNIT) for label in Label)
_State = tuple[int, ...]  # for every label how far the best path to it is behind the best of all; `_NEVER` off the beam


def labels(page: Sequence[Look]) -> list[Label]:
    """The best label for each line of a page. Raises nothing; an empty page has no labels."""
    if not page:
        return []
    state = _on_beam(list(map(add, _BEFORE_ALL, scores(page[0]))))
    trail: list[_State] = []
    for look in page[1:]:
        state, origin = _step(state, scores(look))
        trail.append(origin)
    label = state.index(0)
    path = [label]
    for origin in reversed(trail):
        label = origin[label]
        path.append(label)
    return [_LABELS[label] for label in reversed(path)]


@lru_cache(maxsize=4096)
def _step(state: _State, row: Sequence[int]) -> tuple[_State, _State]:
    """One line further: the new state, and for every label the label that its best path came from.

    Pages are built alike, so most steps were taken before and are remembered.
    """
    reached = [_NEVER] * len(row)
    origin = [0] * len(row)
    for before, so_far in enumerate(state):
        if so_far == _NEVER:
            continue
        for label, cost in _AFTER[before]:
            score = so_far + cost
            if score > reached[label]:
                reached[label] = score
                origin[label] = before
    return _on_beam(list(map(add, reached, row))), tuple(origin)


def _on_beam(scored: Sequence[int]) -> _State:
    best = max(scored)
    return tuple(score - best if score >= best - _BEAM else _NEVER for score in scored)
