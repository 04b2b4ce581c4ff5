"""Why two articles or stories are related: facts that hold of both, each with its evidence, the strongest first.

Reasons read as facts (`same_event`, `earlier_in_storyline`); how they are put to a reader is the faces' matter. A
fact's weight is what it adds to the log-odds of one matter. That two are of one day, one outlet or one agency is no
reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from readout.group.features import NAME, NUMBER, Features
from readout.group.subject import Happened, Subject
from readout.models import Reason, folded

SAME_TEXT, SAME_STORY, SAME_STORYLINE, SAME_EVENT, SAME_SPEAKERS, BOTH_ON, SAME_FIGURES = (
    "same_text",
    "same_story",
    "same_storyline",
    "same_event",
    "same_speakers",
    "both_on",
    "same_figures",
)
EARLIER, LATER = "earlier_in_storyline", "later_in_storyline"
_WEIGHTS = {
    SAME_TEXT: 6.0,
    SAME_STORY: 2.5,
    SAME_EVENT: 2.0,
    EARLIER: 1.5,
    LATER: 1.5,
    SAME_STORYLINE: 1.5,
    SAME_SPEAKERS: 0.75,
}
ADDING = frozenset(_WEIGHTS) - {SAME_TEXT}  # what is no part of the log-odds of words
_SHOWN = 4  # names or words of one reason
_FIGURES = 2
_BEGINNING = 5  # letters
_WEIGHTY = 0.004  # the product of a word's weights on both sides, from which it tells


def ties(one: Subject, other: Subject) -> list[Reason]:
    """The facts that hold of both, words apart."""
    found = []
    if one.one_text == other.one_text and one.article != other.article:
        found.append(_reason(SAME_TEXT, one.agency or other.agency or ""))
    if one.story is not None and one.story == other.story:
        found.append(_reason(SAME_STORY, ""))
    elif one.storyline is not None and one.storyline == other.storyline:
        found.append(_in_storyline(one, other))
    event = _same_event(one.happened, other.happened)
    if event:
        found.append(_reason(SAME_EVENT, event))
    speakers = _shared(one.speakers, other.speakers)
    if speakers:
        found.append(_reason(SAME_SPEAKERS, ", ".join(speakers[:_SHOWN])))
    return sorted(found, key=lambda reason: -reason.weight)


def matter(one: Features, ids: NDArray[np.uint32], weights: NDArray[np.float32], names: Sequence[str]) -> list[Reason]:
    """What both are on, from the words (`ids` with `weights`) that another article has; `names` are those of the one
    that asks, in their own spelling.
    """
    if not one.words:
        return []
    _, here, there = np.intersect1d(one.ids, ids, assume_unique=True, return_indices=True)
    worth = one.weights[here] * weights[there]
    telling = int((worth > _WEIGHTY).sum())
    best = here[np.argsort(-worth, kind="stable")][:telling].tolist()
    numbers = [one.words[at] for at in best if one.kinds[at] & NUMBER]
    words = _distinct(_spelled(one, at, names) for at in best[: 3 * _SHOWN] if not one.kinds[at] & NUMBER)
    found = []
    if words:
        shown = ", ".join(words[:_SHOWN])
        found.append(Reason(BOTH_ON, round(float(worth.sum()), 3), shown))
    if numbers:
        found.append(Reason(SAME_FIGURES, 0.1 * len(numbers), ", ".join(numbers[:_FIGURES])))
    return found


def _reason(fact: str, evidence: str) -> Reason:
    return Reason(fact, _WEIGHTS[fact], evidence)


def _in_storyline(one: Subject, other: Subject) -> Reason:
    if one.day is None or other.day is None or one.day == other.day:
        return _reason(SAME_STORYLINE, "")
    days = abs(one.day - other.day)
    return _reason(EARLIER if other.day < one.day else LATER, f"{days} day{'s' * (days > 1)}")


def _same_event(mine: Sequence[Happened], yours: Sequence[Happened]) -> str:
    """The day of an event that both tell of in words that both have: with two who took part, or one and a rare word."""
    for one in mine:
        for other in yours:
            who = len(one.who & other.who) if one.day == other.day and one.what & other.what else 0
            if who > 1 or (who and one.rare & other.rare):
                return one.day
    return ""


def _shared(mine: Sequence[str], yours: Sequence[str]) -> list[str]:
    known = {folded(name) for name in yours}
    return [name for name in mine if folded(name) in known]


def _distinct(words: Iterable[str]) -> list[str]:
    """Words and names without those that another begins like: Veldania, and not Veldanian too."""
    found: list[str] = []
    begun: set[str] = set()
    for word in words:
        begins = {piece.casefold()[:_BEGINNING] for piece in word.split()}
        if not begins <= begun:
            found.append(word)
        begun |= begins
    return found


def _spelled(one: Features, at: int, names: Sequence[str]) -> str:
    """A word as it is shown: the name it is part of, a capital for a name, or as it is."""
    word = one.words[at]
    fitting = [name for name in names if word in name.casefold().split() and not any(map(str.isdigit, name))]
    whole = next((name for name in fitting if name.casefold() == word), next(iter(fitting), ""))
    return whole or (word.capitalize() if one.kinds[at] & NAME else word)
