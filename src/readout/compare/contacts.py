"""Of which call or meeting a statement tells: with whom it was, and when. Nothing is gathered or judged by it alone.

News tells of several calls of one week that share who takes part. A statement tells of the one that its own words
name ("the call with Okell"), else its sentence, else of the last that its article named before it, else of the first
that its article names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from readout.compare.meetings import Masked, Met, masked
from readout.compare.told import Report, Told
from readout.models import ArticleId, EntityKind, StatementId

_TWO = 2  # who take part at least, as far as that is told
_ASIDE = timedelta(days=1)  # that accounts of one day may be apart, by where the sun stands
_DAY = len("2031-03-04")
_BESIDE = 12  # characters between a call and its day
_OWN = re.compile(r"\b(?:he|she|his|her|i|we|my|our)\b", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?!\d)")
_WORD = re.compile(
    r"\b(?:(?:tele)?phone|calls?|called|conversations?|talks?|talked|spoke|spoken|meetings?|met|summit|dinner|lunch|visit)\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:calls?|conversations?|talks?|talked|spoke|spoken|meetings?|met|summit|dinner|lunch) "
    r"(?:by phone |on the phone )?(?:with|to) (?:[a-z]+ ){0,3}?(?P<name>[A-ZÀ-Þ][\w’-]+(?: [A-ZÀ-Þ][\w’-]+)*)"
)


@dataclass(frozen=True)
class Contact:
    """Who took part, people by their last names and sides by theirs, and the days or months that are named for it."""

    people: frozenset[str]
    sides: frozenset[str]
    days: frozenset[str]

    def excludes(self, other: Contact) -> bool:
        """Whether the two cannot be one."""
        if self.days and other.days and not any(_one_day(one, two) for one in self.days for two in other.days):
            return True
        if min(len(self.people), len(other.people)) >= _TWO:
            return len(self.people & other.people) < _TWO
        if min(len(self.sides), len(other.sides)) >= _TWO:
            return len(self.sides & other.sides) < _TWO
        return False


class Contacts:
    """The contacts of which a story's articles tell, read where they are asked for."""

    def __init__(self, reports: Sequence[Report], sides: Mapping[str, str]) -> None:
        """`sides` are the parties of names, and of last names that one alone has (`sides.by_name`)."""
        self._reports = {report.article.id: report for report in reports}
        self._sides = sides
        self._read: dict[ArticleId, Masked] = {}
        self._known: dict[StatementId, Contact | None] = {}

    def of(self, one: Told) -> Contact | None:
        """The contact of which a statement tells, None where nobody says who took part."""
        key = one.statement.id
        if key not in self._known:
            self._known[key] = self._found(one)
        return self._known[key]

    def apart(self, a: Told, b: Told) -> bool:
        """Whether two statements that tell of a call or meeting cannot tell of one."""
        one, other = self.of(a), self.of(b)
        return one is not None and other is not None and one.excludes(other)

    def _found(self, one: Told) -> Contact | None:
        read = self._masked(one.statement.article)
        if named := self._with(one, _people(read)):
            return named
        if read is None:
            return None
        full = [met for met in read.told if met.names]
        start, end = one.statement.content[0].start, one.statement.content[-1].end
        own = [met for met in full if met.sentence.start < end and start < met.sentence.end]
        before = [met for met in full if met.span.start < start]
        met = own[-1] if own else before[-1] if before else full[0] if full else None
        return self._contact(read, met, one) if met else None

    def _masked(self, article: ArticleId) -> Masked | None:
        if article not in self._read and article in self._reports:
            self._read[article] = masked(self._reports[article], self._sides.keys())
        return self._read.get(article)

    def _contact(self, read: Masked, met: Met, one: Told) -> Contact:
        return Contact(
            frozenset(name.rpartition(" ")[2] for name in met.names) & _people(read),
            frozenset(self._sides[name] for name in met.names if name in self._sides),
            _days(one) or frozenset({met.when} - {""}),
        )

    def _with(self, one: Told, people: frozenset[str]) -> Contact | None:
        """The contact with somebody whom its words name, of the side that speaks; "his call" is the speaker's own."""
        found = _WITH.search(one.text)
        words = found["name"].split() if found else []
        speaker = one.statement.speaker.name
        names = [name for name in (" ".join(words[at:]) for at in range(len(words))) if name in self._sides]
        sides = frozenset(self._sides[name] for name in (*names[:1], speaker) if name in self._sides)
        both = frozenset({speaker.rpartition(" ")[2], *words[-1:]})
        own = both if both <= people and _OWN.search(one.text) else frozenset()
        return Contact(own, sides, _days(one)) if words and max(len(sides), len(own)) >= _TWO else None


def _people(read: Masked | None) -> frozenset[str]:
    """The last names of the people whom an article names."""
    named = read.entities.values() if read else ()
    return frozenset(each.name.rpartition(" ")[2] for each in named if each.kind is EntityKind.PERSON)


def _days(one: Told) -> frozenset[str]:
    """The days or months that its words name right beside the call or meeting."""
    places = [found.span() for found in _WORD.finditer(one.text)]
    found = set()
    for each in one.times:
        day, words = _ISO.match(each.value), one.spelled(each.span)
        at = one.text.find(words) if day and words and each.kind in {"DATE", "TIME"} else -1
        if day and at >= 0 and any(at - end <= _BESIDE and start - at - len(words) <= _BESIDE for start, end in places):
            found.add(day[0])
    return frozenset(found)


def _one_day(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _DAY:
        return one.startswith(other) or other.startswith(one)
    return abs(date.fromisoformat(one[:_DAY]) - date.fromisoformat(other[:_DAY])) <= _ASIDE
