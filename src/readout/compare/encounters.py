"""The encounters of a story: calls, meetings, summits and letters between its parties, each as a sheet. Pure.

What single texts tell (`meetings.py`) is gathered by the way in which parties met, by the parties and by the day.
"The call" alone belongs to the encounter told before it in its article, else to the one that the article is about. What
is told of it (`details.py`) and what each party says of its matters stand on its sheet; of a matter that a party's
statements here do not touch, the party is listed with none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from readout.compare import details
from readout.compare.heading import heading
from readout.compare.meetings import Masked, Met, Sides, masked
from readout.compare.sides import by_name
from readout.compare.told import Report, Told, originals, told
from readout.models import (
    UNRESOLVED,
    Account,
    Comparison,
    Detail,
    DetailKind,
    Encounter,
    EncounterId,
    EncounterKind,
    EntityKind,
    EventStatus,
    Span,
    StatementId,
    Topic,
    stable_id,
)

_ASIDE = timedelta(days=1)  # that accounts of one day may be apart, by where the sun stands
_AFTER = timedelta(days=4)  # in which texts still tell of it
_TOPICS, _ALONE = 16, 8  # on a sheet: points, and other matters
_ANSWERS = frozenset({DetailKind.DAY, DetailKind.LENGTH, DetailKind.ASKED, DetailKind.ORDER})
_TOLD = 3  # telling words that a matter has at least
_DAY = len("2031-03-04")


@dataclass
class _Group:
    """Places that tell of one encounter."""

    family: EncounterKind
    sides: frozenset[str]
    when: str = ""
    told: list[tuple[Masked, Met]] = field(default_factory=list)

    def takes(self, read: Masked, one: Met) -> bool:
        """Whether that is told of it too."""
        day = one.when or self.when
        if one.when and self.when:
            return _one_day(one.when, self.when)
        if not day:
            return True
        published = read.report.article.published
        return published is None or _is_near(day, published.at)


def encounters(reports: Sequence[Report], compared: Comparison) -> tuple[Encounter, ...]:
    """The encounters of a story, the latest first; those whose day nobody tells last."""
    sides = Sides(by_name(compared.parties))
    read = [masked(report, sides.of.keys()) for report in originals(reports)]
    groups = _groups(read, sides)
    owned = _owned(read, groups)
    made = [_encounter(group, owned[number], sides, compared) for number, group in enumerate(groups)]
    found = [one for one in made if _is_told(one, made)]
    return tuple(sorted(found, key=lambda one: (one.when, len(one.mentions), one.id), reverse=True))


def _is_told(one: Encounter, made: Sequence[Encounter]) -> bool:
    """Whether enough is told of it: its day, or it by two texts, or that it was and no other of its kind is known."""
    if one.when or len(one.mentions) > 1:
        return True
    if not (one.details or one.topics):
        return False
    others = any(each.id != one.id and each.parties == one.parties and each.kind is one.kind for each in made)
    return one.status is EventStatus.HAPPENED and not others


def _groups(read: Sequence[Masked], sides: Sides) -> list[_Group]:
    """What is told with both sides, gathered; what tells a day leads."""
    full = [(each, one, pair) for each in read for one in each.told if (pair := _pair(each, one, sides))]
    full.sort(key=lambda item: (-len(item[1].when), item[0].report.article.id, item[1].span))
    by_sides: dict[tuple[EncounterKind, frozenset[str]], list[_Group]] = defaultdict(list)
    calls = {(each.report.article.id, pair) for each, one, pair in full if one.family is EncounterKind.CALL}
    for each, one, pair in full:
        family = one.family
        if one.kind is EncounterKind.TALKS and (each.report.article.id, pair) in calls:
            family = EncounterKind.CALL
        held = by_sides[family, pair]
        group = next((group for group in held if group.takes(each, one)), None)
        if group is None:
            group = _Group(family, pair, one.when)
            held.append(group)
        group.when = max(group.when, one.when, key=len)
        group.told.append((each, one))
    return [group for held in by_sides.values() for group in held]


def _pair(read: Masked, one: Met, sides: Sides) -> frozenset[str]:
    """The two sides or more that met, where they are known as sides or people; none where one met itself."""
    people = {each.name for each in read.entities.values() if each.kind is EntityKind.PERSON}
    pair = frozenset(sides(name) for name in one.names if name in sides.of or name in people)
    return pair if len(pair) > 1 else frozenset()


def _one_day(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _DAY:
        return one.startswith(other) or other.startswith(one)
    return abs(date.fromisoformat(one) - date.fromisoformat(other)) <= _ASIDE


def _is_near(when: str, published: datetime) -> bool:
    """Whether a text of that time can tell of an encounter then, without saying when that was; or of one ahead."""
    if len(when) < _DAY:
        return True
    gap = published.date() - date.fromisoformat(when)
    return gap <= _AFTER


@dataclass
class _Owned:
    """What belongs to one encounter: places that tell of it, and whole articles that are about it."""

    told: list[tuple[Masked, Met]] = field(default_factory=list)
    about: list[Masked] = field(default_factory=list)


def _owned(read: Sequence[Masked], groups: Sequence[_Group]) -> Mapping[int, _Owned]:
    owned: dict[int, _Owned] = defaultdict(_Owned)
    by_article: dict[str, dict[Span, int]] = defaultdict(dict)
    for number, group in enumerate(groups):
        for each, one in group.told:
            by_article[each.report.article.id][one.span] = number
    for each in read:
        full = by_article[each.report.article.id]
        main = _main(each, full, groups)
        if main is not None:
            owned[main].about.append(each)
        last = main
        for one in each.told:
            if one.span in full:
                last = full[one.span]
                owned[last].told.append((each, one))
            elif not one.names:
                fit = next((at for at in (last, main) if at is not None and groups[at].family is one.family), None)
                if fit is not None:
                    owned[fit].told.append((each, one))
    return owned


def _main(each: Masked, full: Mapping[Span, int], groups: Sequence[_Group]) -> int | None:
    """The encounter that an article is about: that told first; else the only one that "the call" of it can be."""
    happened = [full[one.span] for one in each.told if one.span in full and one.status is EventStatus.HAPPENED]
    if happened or full:
        return happened[0] if happened else min(full.items())[1]
    families = {one.family for one in each.told}
    published = each.report.article.published
    fit = [
        number
        for number, group in enumerate(groups)
        if group.family in families and (not group.when or published is None or _recent(group.when, published.at))
    ]
    return fit[0] if len(fit) == 1 else None


def _recent(when: str, published: datetime) -> bool:
    return len(when) == _DAY and timedelta(days=-1) <= published.date() - date.fromisoformat(when) <= _AFTER


def _encounter(group: _Group, owned: _Owned, sides: Sides, compared: Comparison) -> Encounter:
    kind = _kind(group)
    parties = tuple(sorted(group.sides))
    people = Counter(
        name
        for each, one in group.told
        for name in dict.fromkeys(one.names)
        if any(entity.name == name and entity.kind is EntityKind.PERSON for entity in each.entities.values())
    )
    mentions = _once(details.mention(each, one, sides) for each, one in group.told)
    answers = [each for read, one in owned.told for each in details.details(read, one, sides, group.family)]
    planned = sum(one.status is EventStatus.PLANNED for _, one in group.told) * 2 > len(group.told)
    return Encounter(
        EncounterId(stable_id("encounter", group.family, group.when, *parties)),
        kind,
        group.when,
        EventStatus.PLANNED if planned else EventStatus.HAPPENED,
        parties,
        tuple(name for name, _ in people.most_common()),
        mentions,
        _distinct(answers),
        tuple(_topics(group, owned, sides, compared, answers)),
    )


def _kind(group: _Group) -> EncounterKind:
    if group.family is not EncounterKind.MEETING:
        return group.family
    said = Counter(one.kind for _, one in group.told)
    return next(kind for kind in (EncounterKind.SUMMIT, EncounterKind.MEETING, EncounterKind.TALKS) if said[kind])


def _once(found: Iterable[Detail]) -> tuple[Detail, ...]:
    """One for each text."""
    return tuple({one.origin: one for one in reversed(list(found))}.values())[::-1]


def _distinct(found: Iterable[Detail]) -> tuple[Detail, ...]:
    """One for each answer and teller, by kind."""
    first: dict[tuple[str, str, str], Detail] = {}
    for one in found:
        key = (one.kind, one.value, one.party or one.by)
        held = first.setdefault(key, one)
        if one.kind is DetailKind.ORDER and len(one.words) > len(held.words):
            first[key] = one
    order = list(DetailKind)
    return tuple(sorted(first.values(), key=lambda one: order.index(one.kind)))


# Matters


def _topics(
    group: _Group, owned: _Owned, sides: Sides, compared: Comparison, answers: Sequence[Detail]
) -> Iterator[Topic]:
    """The points that its statements are of, and what else its parties say of it."""
    anchored = _anchored(group, owned, sides)
    voices = {one.statement.id: one for one in anchored}
    count, taken = 0, set[StatementId]()
    for point in compared.points:
        held = {id_ for account in point.accounts for id_ in account.statements}
        speak = {account.party for account in point.accounts}
        if held & voices.keys() and count < _TOPICS and (speak <= group.sides or len(speak & group.sides) > 1):
            count += 1
            taken |= held
            silent = [Account(party, (), 0) for party in sorted(group.sides) if party not in speak]
            yield Topic(point.heading, (*point.accounts, *silent), point.relation, point.id)
    answered = {one.span for one in answers if one.kind in _ANSWERS}
    left = [one for one in anchored if one.statement.id not in taken and not _holds(one, answered)]
    known = [one for one in anchored if one.statement.id in taken]
    yield from _alone(left, known, group, sides)


def _holds(one: Told, answered: Collection[Span]) -> bool:
    """Whether an answer of the sheet stands in it."""
    return any(start <= span.start and span.end <= end + 1 for start, end in one.statement.content for span in answered)


def _alone(left: Sequence[Told], known: Sequence[Told], group: _Group, sides: Sides) -> Iterator[Topic]:
    """Matters that are no points: statements that share most of their words are one; what repeats a point is none."""
    clusters: list[tuple[frozenset[str], list[Told]]] = []
    for one in left:
        same = next((held for stems, held in clusters if _alike(stems, one.stems)), None)
        if same:
            same.append(one)
        elif not any(_alike(each.stems, one.stems) for each in known):
            clusters.append((one.stems, [one]))
    clusters.sort(key=lambda each: -len({one.origin for one in each[1]}))
    for stems, held in clusters[:_ALONE]:
        by_party: dict[str, list[Told]] = {party: [] for party in sorted(group.sides)}
        for one in held:
            by_party[sides(one.statement.speaker.name)].append(one)
        voices = tuple(
            Account(party, tuple(one.statement.id for one in said), len({one.origin for one in said}))
            for party, said in sorted(by_party.items(), key=lambda item: (not item[1], item[0]))
        )
        yield Topic(heading(held, stems, dict.fromkeys(stems, 1.0)), voices)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= min(len(one), len(other)) > 0


def _anchored(group: _Group, owned: _Owned, sides: Sides) -> list[Told]:
    """Statements of the sides that belong to it: made in it, or told in or right behind a sentence that names it."""
    found: dict[StatementId, Told] = {}
    near: dict[str, list[int]] = defaultdict(list)
    for read, met in owned.told:
        near[read.report.article.id].append(met.sentence.start)
    for read in {id(each): each for each in (*owned.about, *(each for each, _ in owned.told))}.values():
        starts = near[read.report.article.id]
        for one in told(read.report):
            at = one.statement.content[0].start
            is_side = sides(one.statement.speaker.name) in group.sides and one.statement.speaker.name != UNRESOLVED
            is_close = any(start - 1 <= at <= start + details.REACH for start in starts)
            if one.statement.core and is_side and len(one.stems) >= _TOLD and is_close:
                found[one.statement.id] = one
    return list(found.values())
