"""Why things are related, in words; and days of a timeline. Shared by the web site and the command line. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from readout.models import EventStatus, Milestone, Reason

_MONTHS = "January February March April May June July August September October November December".split()
_FACTS = {
    "same_text": "same text",
    "same_story": "same story",
    "same_storyline": "of the same storyline",
    "earlier_in_storyline": "earlier in this storyline",
    "later_in_storyline": "later in this storyline",
    "same_event": "same event",
    "same_speakers": "same speakers: {}",
    "both_on": "both on {}",
    "same_figures": "same figures: {}",
}
_YEAR, _MONTH = len("2031"), len("2031-03")
_YEAR_DAYS, _MONTH_DAYS = 365, 30


def in_words(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Each reason as a reader is told it, the strongest first; who speaks in both is not named again."""
    found = list(reasons)
    named = {name for reason in found if reason.fact == "same_speakers" for name in reason.evidence.split(", ")}
    return tuple(filter(None, (_told(reason, named) for reason in found)))


def day(when: str) -> str:
    """A day, month or year (ISO) in words: "4 March 2031"."""
    if len(when) == _YEAR:
        return when
    month = f"{_MONTHS[int(when[5:7]) - 1]} {when[:4]}"
    return month if len(when) == _MONTH else f"{date.fromisoformat(when).day} {month}"


def standing(entry: Milestone) -> str:
    """How an entry of a timeline stands: "planned", "due"; nothing for what happened."""
    return {EventStatus.PLANNED: "planned", EventStatus.DEADLINE: "due"}.get(entry.status, "")


def reported(entry: Milestone) -> str:
    """Who reports an entry first, and how many independent sources and articles do."""
    others = len(entry.reports) - 1
    first = entry.first.outlet or "outlet not shown"
    if entry.origins > 1:
        return f"{first} first; {entry.origins:,} independent sources"
    return first + (f", and {others:,} more of the same source" if others else "")


def conflicting(entry: Milestone) -> tuple[str, ...]:
    """The other days that others give for it, and who."""
    return tuple(
        f"{day(one.when)} according to {', '.join(dict.fromkeys(r.outlet or 'outlet not shown' for r in one.reports))}"
        for one in entry.conflicts
    )


def _told(reason: Reason, named: Collection[str]) -> str:
    if reason.fact == "both_on":
        others = [word for word in reason.evidence.split(", ") if word not in named]
        return _FACTS["both_on"].format(", ".join(others)) if others else ""
    words = _FACTS.get(reason.fact, reason.fact.replace("_", " "))
    if reason.fact == "same_text" and reason.evidence:
        return f"same agency text: {reason.evidence}"
    if reason.fact == "same_event" and reason.evidence:
        return f"same event of {day(reason.evidence)}"
    if "{}" in words:
        return words.format(reason.evidence)
    return f"{words}, {_length(reason.evidence)}" if reason.evidence else words


def _length(evidence: str) -> str:
    """A number of days as months or years, where they are many; anything else as it is."""
    days, _, unit = evidence.partition(" ")
    if unit != "days" or not days.isdecimal() or int(days) < 2 * _MONTH_DAYS:
        return evidence
    return f"{int(days) // _YEAR_DAYS} years" if int(days) >= 2 * _YEAR_DAYS else f"{int(days) // _MONTH_DAYS} months"
