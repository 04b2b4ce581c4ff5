"""How what somebody says of one matter changes: an earlier and a later statement of one speaker set side by side. Pure.

A turn is told only where its kind can be named: what was refused or denied is now promised or claimed, or the other way
round, or the same is said with another figure. Words alone that differ are no turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from math import fsum

from readout.compare import align, scope
from readout.compare.told import Report, Told, originals, told
from readout.models import UNRESOLVED, Act, StatementId, Turn

_NO = frozenset({Act.REFUSAL, Act.DENIAL})
_YES = frozenset({Act.COMMITMENT, Act.CONDITION, Act.CLAIM, Act.PREDICTION})
_APART = timedelta(days=1)  # least between a statement and its turn
_SHARED, _LIKE = 2, 0.3  # telling stems that both have, and of the shorter's weight, how much these are
_LENGTHS = frozenset({"second", "minute", "hour"})  # of two calls, no turn
_MOST = 200  # statements of one speaker that are looked at, the latest


def turns(reports: Sequence[Report], said: Sequence[Told] = ()) -> tuple[Turn, ...]:
    """Every turn in the reports, the latest first; the nearest earlier statement of a matter is what was said before.

    Needs reports with a day. Copies count once. `said` are the core statements of further reports, at hand already.
    """
    more = (one for report in originals(reports) for one in told(report) if one.statement.core)
    statements = [one for one in (*said, *more) if one.at]
    weighed = align.weights(statements)
    by_speaker: dict[str, list[Told]] = defaultdict(list)
    for one in statements:
        if one.statement.speaker.name != UNRESOLVED:
            by_speaker[one.statement.speaker.name].append(one)
    found = [turn for said in by_speaker.values() for turn in _once(_of_speaker(_ordered(said), weighed))]
    return tuple(sorted(found, key=lambda turn: (turn.at, turn.after), reverse=True))


def _once(found: Iterable[Turn]) -> list[Turn]:
    """Of turns of one kind on one matter the first."""
    kept: list[Turn] = []
    for turn in found:
        matter = set(turn.matter)
        if not any(one.kind == turn.kind and len(matter & set(one.matter)) * 2 >= len(matter) for one in kept):
            kept.append(turn)
    return kept


def _ordered(said: Sequence[Told]) -> list[Told]:
    return sorted(said, key=lambda one: (one.at or datetime.min, one.order))[-_MOST:]  # noqa: DTZ901 - never without


def _of_speaker(said: Sequence[Told], weighed: dict[str, float]) -> Iterator[Turn]:
    turned: set[StatementId] = set()  # what has a turn already; what follows repeats it
    whole = [fsum([weighed[stem] for stem in one.stems]) for one in said]
    refuses, counts = [one.act in _NO for one in said], [bool(one.figures) for one in said]
    for number, after in enumerate(said):
        for place in range(number - 1, -1, -1):
            if refuses[place] is refuses[number] and not (counts[place] and counts[number]):
                continue
            before = said[place]
            near = _is_one_matter(before, after, weighed, min(whole[place], whole[number]))
            kind = _kind(before, after) if near else None
            if kind and after.at and before.statement.id not in turned:
                turned.add(before.statement.id)
                matter = tuple(sorted(before.stems & after.stems))
                name = after.statement.speaker.name
                yield Turn(name, kind, before.statement.id, after.statement.id, matter, after.at)
                break


def _is_one_matter(before: Told, after: Told, weighed: dict[str, float], least: float) -> bool:
    """Whether they share enough of the shorter one, all of which weighs `least`."""
    if before.at is None or after.at is None or after.at - before.at < _APART:
        return False
    telling = (before.stems & after.stems) - (before.named & after.named)
    if len(telling) < _SHARED:
        return False
    return fsum([weighed[stem] for stem in telling]) >= _LIKE * least


def _kind(before: Told, after: Told) -> str | None:
    """What changed, if that can be named."""
    if before.act in _NO and after.act in _YES and not scope.negated(after):
        return f"{before.act} → {after.act}"
    if before.act in _YES and after.act in _NO and not scope.negated(before):
        return f"{before.act} → {after.act}"
    for one in before.figures:
        for other in after.figures:
            same = one.unit == other.unit and one.scope == other.scope and one.fate == other.fate
            if (
                same
                and (one.unit or one.scope)
                and one.unit not in _LENGTHS
                and (one.high < other.low or other.high < one.low)
            ):
                return "another figure"
    return None
