"""Whether an office that somebody has is the one that is spoken of: "the Russian leader". No text is read here."""

from __future__ import annotations

from collections.abc import Collection

from readout.annotate.lists import lists
from readout.models import Entity, EntityKind

_OF_STATE = frozenset({"president", "leader", "premier", "chancellor"})  # by which one head of a state is called
_STILL = frozenset({"former", "new", "current", "own"})
_PLAIN = 2  # words of an office that says no more than whose it is: "Russian leader"


def fits(role: str, head: str, before: Collection[str]) -> bool:
    """Whether a role is "the … head": the same noun, and no word `before` it that the role lacks.

    `before` are lower case, with states for what is called by them. A state's president is its leader too.
    """
    words = role.lower().replace(",", " ").split()
    told = {whose(word) for word in words}
    if head not in told:
        is_head_of_state = head in _OF_STATE and len(words) <= _PLAIN and not _OF_STATE.isdisjoint(words)
        if not (is_head_of_state and any(word in told for word in before)):
            return False
    return all(word in told or word in _STILL for word in before)


def whose(word: str) -> str:
    """The state that a word of an office names or belongs to, else the word."""
    known = lists()
    return known.demonyms.get(word) or known.states.get(word) or word


def state_of(role: str) -> str | None:
    """The state that somebody serves who is introduced so: "the Russian minister", "a Kremlin aide"."""
    known = lists()
    words = role.lower().split()
    named = (known.demonyms.get(one) or known.states.get(one) or known.capitals.get(one) for one in words)
    seats = (state.replace("-", " ") for seat, state in known.seats.items() if seat.replace("-", " ") in role.lower())
    return next(filter(None, (*named, *seats)), None)


def state_of_place(entity: Entity) -> str | None:
    """The state that a place is, or whose capital it is."""
    if entity.kind is not EntityKind.PLACE:
        return None
    known = lists()
    low = entity.name.lower().replace(".", "").removeprefix("the ")
    state = known.states.get(low) or known.capitals.get(low)
    return " ".join(word if word in {"of", "and"} else word.capitalize() for word in state.split()) if state else None
