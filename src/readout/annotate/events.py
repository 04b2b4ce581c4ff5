"""Dated happenings: clauses that a time stands in and that tell of something done, said, planned or due by then.

Every time of a sentence is taken with its clause (`clauses`), which must hold a noun of a happening ("call", "vote")
or a verb of one; what is denied, doubted or only lasts is none. Participants are the entities of the clause, the
status comes from tense, cue and the publication's time. Precision before recall: undated happenings are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from operator import itemgetter

from readout.annotate.clauses import Clause, clauses
from readout.annotate.contents import Contents
from readout.annotate.happenings import happenings, is_past
from readout.annotate.material import Material
from readout.models import (
    UNRESOLVED,
    EntityKind,
    Event,
    EventId,
    EventStatus,
    Precision,
    Span,
    Statement,
    TimeExpression,
    folded,
    stable_id,
)

_READ = frozenset({"body", "list item", "quote", "table row", "title", "standfirst"})
_MOST_WORDS = 30
_DATELINE_WORDS = 12
_DASHES = frozenset({"-", "–", "—", "--"})
_NOUN_REACH = 3
_PHRASE = 8  # tokens of a noun phrase, at most
_LENGTH = re.compile(r"P(\d{1,4})([DW])")
_MOST_GAP = 2
_KEPT = 200  # events of one day among which a happening told again is looked for
_CLAUSES_BACK = 24  # among which a verb's subject is looked for
_SEGMENTS = 3  # how many clauses away from its time a happening may be told
_DAY = len("2025-06-05")
_WE = frozenset({"we", "i", "us", "our", "my"})
_TAKE_PART = frozenset({EntityKind.PERSON, EntityKind.BODY, EntityKind.PLACE})
_WHERE = frozenset({"in", "at", "near", "off", "outside", "inside", "across"})


@dataclass(frozen=True)
class _Site:
    """A time with its tokens, and the clause that tells what happened, with its noun and verb (-1 for none)."""

    time: TimeExpression
    at: range
    clause: Clause
    noun: int
    verb: int


class _Reader:
    """One article's events; holds what every look-up needs."""

    def __init__(self, read: Material, statements: Sequence[Statement]) -> None:
        self.read = read
        self.text = read.tokens.text
        self.lower = read.tokens.lower
        self.around = read.around
        self.contents = Contents(statements)
        published = read.article.published
        self.now = published.at if published else None

    def events(self) -> Iterator[tuple[Event, str]]:
        """The events of every sentence that names a time, in order, each with the word that tells it."""
        for number, times in self.around.times.items():
            part = self.read.reading.part(times[0].span.start)
            if part.kind in _READ:
                yield from self._sentence(number, [time for time in times if _is_dated(time)])
                yield from self._shifted(number, times)

    def _sentence(self, number: int, times: Sequence[TimeExpression]) -> Iterator[tuple[Event, str]]:
        if not times:
            return
        first, after = self.around.tokens(number)
        while after > first + 1 and not self.lower[after - 1][0].isalnum():
            after -= 1
        first, dateline = self._past_dateline(first, after)
        ranges = [self._range(time) for time in times]
        cut = clauses(self.lower, first, after, ranges)
        inside = [(time, at) for time, at in zip(times, ranges, strict=True) if at.start >= first]
        for time, at in inside:
            yield from self._event(number, time, at, cut)
        if not inside and cut and dateline:
            yield from self._event(number, times[0], range(cut[0].first, cut[0].first), cut)

    def _shifted(self, number: int, times: Sequence[TimeExpression]) -> Iterator[tuple[Event, str]]:
        """What lies some days before or after the day of its sentence: "two days after the call, on Friday, …"."""
        days = [time for time in times if _is_dated(time) and time.precision is Precision.DAY]
        for time in times:
            place = self._range(time).stop
            counted = _LENGTH.fullmatch(time.value)
            if not (days and counted and place + 1 < len(self.lower) and self.lower[place] in {"after", "before"}):
                continue
            by = timedelta(days=int(counted[1]) * (7 if counted[2] == "W" else 1))
            anchor = min(days, key=lambda day: abs(day.span.start - time.span.start))
            moved = _moved(anchor, -by if self.lower[place] == "after" else by, time.span)
            first, after = self.around.tokens(number)
            cut = clauses(self.lower, place + 1, after, [self._range(day) for day in days])
            if moved and cut and cut[0].first == place + 1:
                noun, verb = self._trigger(cut[0], range(first, first))
                if noun >= 0 or verb >= 0:
                    site = _Site(moved, range(place, place), cut[0], noun, verb)
                    yield self._made(number, site, cut), self.lower[verb if verb >= 0 else noun]

    def _is_shifted(self, clause: Clause) -> bool:
        """Whether a clause is one that "two days after" sets apart in time."""
        if clause.first < _MOST_GAP or self.lower[clause.first - 1] not in {"after", "before"}:
            return False
        return self.lower[clause.first - 2] in {
            "day",
            "days",
            "week",
            "weeks",
            "month",
            "months",
            "year",
            "years",
            "hours",
        }

    def _past_dateline(self, first: int, after: int) -> tuple[int, bool]:
        """Where a sentence begins behind its dateline, and whether it has one: "ESKBY, March 20 (Agency) --"."""
        if not self.read.tokens.words[first].isupper() or self.lower[first] in {"a", "i"}:
            return first, False
        for place in range(first + 1, min(after, first + _DATELINE_WORDS)):
            if self.lower[place] in _DASHES:
                return place + 1, True
        return first, False

    def _range(self, time: TimeExpression) -> range:
        return self.around.within(time.span)

    def _event(
        self, number: int, time: TimeExpression, at: range, cut: Sequence[Clause]
    ) -> Iterator[tuple[Event, str]]:
        if self._opens_range(at):
            return
        site = self._site(time, at, cut)
        if site is None or self._is_open(site) or self._is_denied(site):
            return
        yield self._made(number, site, cut), self.lower[site.verb if site.verb >= 0 else site.noun]

    def _opens_range(self, at: range) -> bool:
        """Whether another time closes what this one opens: "between Sunday and Wednesday"."""
        before = self.lower[at.start - 1] if at.start else ""
        after = self.lower[at.stop] if at.stop < len(self.lower) else ""
        return (before, after) in {("between", "and"), ("from", "to")}

    def _site(self, time: TimeExpression, at: range, cut: Sequence[Clause]) -> _Site | None:
        """The clause of a time that tells a happening: its own, or the nearest one that it stands beside."""
        own = _holding(cut, at.start)
        if own is None:
            return self._lead(time, at, cut[0])
        noun = self._noun_beside(at, cut[own])
        if noun is not None:
            return _Site(time, at, self._phrase(at, noun, cut[own]), noun, -1)
        before, after = (
            list(islice((cut[place] for place in places if not self._is_shifted(cut[place])), _SEGMENTS))
            for places in (range(own - 1, -1, -1), range(own + 1, len(cut)))
        )
        is_lead = at.start - cut[own].first <= 1 or (
            own == 0 and self.lower[cut[0].first] in happenings().words["leads"]
        )
        beside = [*after, *before] if own == 0 else [*before, *after[:1]]
        for clause in [cut[own], *(beside if is_lead else ())]:
            noun_at, verb = self._trigger(clause, at)
            if noun_at >= 0 or verb >= 0:
                return _Site(time, at, clause, noun_at, verb)
        return None

    def _lead(self, time: TimeExpression, at: range, clause: Clause) -> _Site | None:
        """What a dateline's day dates: the first clause behind it, if that tells something done."""
        noun, verb = self._trigger(clause, at)
        return _Site(time, at, clause, noun, verb) if verb >= 0 else None

    def _noun_beside(self, at: range, clause: Clause) -> int | None:
        """The noun that a time narrows: "Tuesday's call", "the 2021 withdrawal", "the treaty of 1974"."""
        if at.start - 2 >= clause.first and self.lower[at.start - 1] == "of" and self._is_noun(at.start - 2):
            return at.start - 2
        place = at.stop
        if place < clause.after and self.lower[place] in {"'s", "’s", "'", "’"}:
            place += 1
        elif at.start == clause.first or self.lower[at.start - 1] in happenings().words["leads"]:
            return None
        for later in range(place, min(clause.after, place + _NOUN_REACH)):
            word = self.lower[later]
            if self._is_noun(later):
                return later
            if self._is_verb(later) or not word[0].isalpha() or word in happenings().words["leads"]:
                break
        return None

    def _is_noun(self, place: int) -> bool:
        return self.lower[place] in happenings().nouns

    def _phrase(self, at: range, noun: int, clause: Clause) -> Clause:
        """The noun phrase around a happening's noun: to the next verb, or no further than the time behind it."""
        if noun < at.start:
            first = noun
            while first > clause.first and noun - first < _NOUN_REACH and not self._bounds(first - 1):
                first -= 1
            return Clause(first, at.stop)
        after = noun + 1
        while after < clause.after and not self._is_verb(after) and after - noun < _PHRASE:
            after += 1
        return Clause(at.start, after)

    def _bounds(self, place: int) -> bool:
        known = happenings().words
        return self._is_verb(place) or self.lower[place] in known["leads"] or self.lower[place] in known["determiners"]

    def _is_verb(self, place: int) -> bool:
        return is_past(self.lower[place]) or self.lower[place] in happenings().verbs

    def _trigger(self, clause: Clause, at: range) -> tuple[int, int]:
        """The tokens of the noun and the verb of a happening in a clause, -1 for none."""
        noun, verb = -1, -1
        for place in range(clause.first, clause.after):
            word = self.lower[place]
            if place in at:
                continue
            if noun < 0 and word in happenings().nouns:
                noun = place
            if verb < 0 and (is_past(word) or self._is_verb_here(place, clause, at)):
                verb = place
        return noun, verb

    def _is_verb_here(self, place: int, clause: Clause, at: range) -> bool:
        """Whether a form that is no past one tells a happening by where it stands: "will meet", "are holding", "opens
        on Friday", or a clause that begins with "establishing".
        """
        known, word = happenings().words, self.lower[place]
        if word.endswith("ing") and word not in known["notdoing"] and word not in happenings().nouns:
            return place == clause.first or self.lower[place - 1] in known["be"]
        if place == clause.first:
            return False
        before = self.lower[place - 1]
        if before in known["modals"] or before in known["would"] or before == "to":
            return True
        return word in known["fixed"] and place < at.start and before not in known["determiners"]

    def _is_open(self, site: _Site) -> bool:
        """Whether the time only bounds from below ("after June 22") or tells how long something lasted."""
        before = self._before(site)
        if before in {"since", "after"}:
            return site.noun < site.at.stop
        return before in {"until", "till", "through"} and not self._is_ahead(site)

    def _before(self, site: _Site) -> str:
        return self.lower[site.at.start - 1] if site.at.start else ""

    def _is_ahead(self, site: _Site) -> bool:
        return self.now is None or (site.time.end is not None and site.time.end > self.now)

    def _is_denied(self, site: _Site) -> bool:
        """Whether it is denied, doubted, or only a condition that sets no limit."""
        known = happenings().words
        first = max(site.clause.first, site.verb - _NOUN_REACH) if site.verb >= 0 else site.clause.first
        words = set(self.lower[first : site.verb + 1 if site.verb >= 0 else site.clause.after])
        if words & known["negation"] or words & known["doubt"]:
            return True
        return self._is_condition(site) and self._before(site) not in known["limits"]

    def _is_condition(self, site: _Site) -> bool:
        first = site.clause.first
        return bool(first) and self.lower[first - 1] in happenings().words["condition"]

    def _status(self, site: _Site) -> EventStatus:
        known = happenings().words
        words = set(self.lower[site.clause.first : site.clause.after])
        if words & known["deadlines"] or self._is_condition(site):
            return EventStatus.DEADLINE
        is_told_ahead = bool(words & (known["modals"] | known["would"] | known["planned"]))
        if self.now is None:
            ahead = is_told_ahead
        else:
            ahead = site.time.start is not None and site.time.start > self.now
            ahead = ahead or (is_told_ahead and self._is_ahead(site))
        if not ahead:
            return EventStatus.HAPPENED
        return EventStatus.DEADLINE if self._before(site) in {"by", "until", "till"} else EventStatus.PLANNED

    def _made(self, number: int, site: _Site, cut: Sequence[Clause]) -> Event:
        told = self._told(site, cut)
        spans = tuple(sorted({span for clause in told for span in self._words(clause, site)}))
        said = next(filter(None, map(self.contents.cued, spans)), None)
        content = () if said is None or any(_overlap(said.content[0], span) for span in spans) else said.content[:1]
        what = " … ".join(self.text[span.start : span.end] for span in sorted((*spans, *content)))
        names, place = self._named(number, told)
        names.update(dict.fromkeys(self._speakers(site, said)))
        day = site.time.value[:_DAY]
        article = self.read.article  # its own id makes the event's: what it is known as may change
        return Event(
            EventId(stable_id("event", article.own, folded(what), day)),
            article.id,
            what,
            tuple(sorted((*spans, *content))),
            tuple(names),
            place,
            site.time,
            self._status(site),
        )

    def _told(self, site: _Site, cut: Sequence[Clause]) -> list[Clause]:
        """The clause with those that complete it: its subject, or what it happened with."""
        told = [site.clause]
        place = _holding(cut, site.clause.first)
        if place is None or cut[place] != site.clause:
            return told
        follows = self.lower[site.clause.after] if site.clause.after < len(self.lower) else ""
        if follows in {"when", "where"} and place + 1 < len(cut):
            told.append(cut[place + 1])
        first = self.lower[site.clause.first]
        if place and site.verb == site.clause.first:
            told.insert(0, self._subject(cut[max(0, place - _CLAUSES_BACK) : place]))
        elif place and first.endswith("ing"):
            told.insert(0, cut[place - 1])
        return told

    def _subject(self, before: Sequence[Clause]) -> Clause:
        """The words before the verb of the nearest clause that has one."""
        for clause in reversed(before):
            verb = next((place for place in range(*clause) if self._is_verb(place)), -1)
            if verb > clause.first:
                return Clause(clause.first, verb)
        return Clause(before[-1].first, min(before[-1].after, before[-1].first + _PHRASE))

    def _words(self, clause: Clause, site: _Site) -> Iterator[Span]:
        """The words of a clause, without the time at either end."""
        first, after = clause
        known = happenings().words
        is_noun = site.verb < 0
        if not is_noun and first < site.at.start < after <= site.at.stop:
            after = self._range_start(site.at.start, first)
        elif not is_noun and first <= site.at.start <= first + 1 and site.at.stop < after:
            first = site.at.stop
        while after - 1 > first and (
            self.lower[after - 1] in known["leads"] | known["joints"] or not self.lower[after - 1][0].isalnum()
        ):
            after -= 1
        while first < after - 1 and (self.lower[first] in known["joints"] or not self.lower[first][0].isalnum()):
            first += 1
        if first < after and self.lower[first][0].isalnum():
            yield Span(*self.read.tokens.span(first, min(after, first + _MOST_WORDS) - 1))

    def _range_start(self, place: int, first: int) -> int:
        """Where a range begins that the time at `place` ends: "between Sunday and Wednesday"; else that place."""
        if self.lower[place - 1] not in {"and", "to"}:
            return place
        before = range(place - 2, max(first, place - _PHRASE), -1)
        return next((one for one in before if self.lower[one] in {"between", "from"}), place)

    def _speakers(self, site: _Site, said: Statement | None) -> Iterator[str]:
        """Who speaks, where the happening is a saying or is told by "we"."""
        if said and said.speaker.name != UNRESOLVED:
            yield said.speaker.name
        if set(self.lower[site.clause.first : site.clause.after]) & _WE:
            start, end = self.read.tokens.span(site.clause.first, site.clause.first)
            speaker = self.contents.speaker(start, end)
            if speaker:
                yield speaker

    def _named(self, number: int, told: Sequence[Clause]) -> tuple[dict[str, None], str | None]:
        """The canonical names of those who take part, and the place."""
        spans = [Span(*self.read.tokens.span(clause.first, clause.after - 1)) for clause in told]
        names: dict[str, None] = {}
        place = None
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        for mention, entity in self.around.overlapping(number, whole):
            if not any(_overlap(mention.span, span) for span in spans):
                continue
            if entity.kind is EntityKind.PLACE and self.around.before(mention.span.start) in _WHERE:
                place = place or entity.name
            elif entity.kind in _TAKE_PART:
                names[entity.name] = None
        return names, place


def _holding(cut: Sequence[Clause], place: int) -> int | None:
    """Which clause holds a token."""
    at = bisect_right(cut, place, key=itemgetter(0)) - 1
    return at if at >= 0 and place in cut[at] else None


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def events(read: Material, statements: tuple[Statement, ...] = ()) -> tuple[Event, ...]:
    """The dated happenings of an article in the order of their places; told twice, one is given once.

    `statements` lend the words of what was said to an event that is a saying.
    """
    return _once(_Reader(read, statements).events())


def _moved(day: TimeExpression, by: timedelta, span: Span) -> TimeExpression | None:
    """A day some days away from another one."""
    if day.start is None or day.end is None:
        return None
    try:
        start, end = day.start + by, day.end + by
        value = (date.fromisoformat(day.value[:_DAY]) + by).isoformat()
    except (OverflowError, ValueError):
        return None
    return replace(day, span=span, value=value, start=start, end=end, basis="counted from the day of its sentence")


def _is_dated(time: TimeExpression) -> bool:
    return time.kind in {"DATE", "TIME"} and time.start is not None


def _once(found: Iterator[tuple[Event, str]]) -> tuple[Event, ...]:
    """Each happening once: told by the same word, of the same day, and nobody else who takes part."""
    kept: dict[EventId, Event] = {}
    told: dict[tuple[str, str], deque[frozenset[str]]] = defaultdict(lambda: deque(maxlen=_KEPT))
    for event, word in found:
        before = told[event.time.value[:_DAY] if event.time else "", word]
        who = frozenset(event.participants)
        if event.id in kept or any(not who or not those or who & those for those in before):
            continue
        kept[event.id] = event
        before.append(who)
    return tuple(kept.values())
