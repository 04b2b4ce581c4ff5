"""Names → screens: who is named and quoted most, and one person, organisation or place. Worded and bounded. Pure.

Words of statements are shown as the text has them, within quotation marks only where it has these. What several
outlets print in the same words is told once, with all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from readout.models import Coverage, EntityKind, NameCount, Portrait, RoleTold, Saying, StoryId, Who, reading
from readout.present import cues, pictures, stories, ties, views
from readout.present.harmless import harmless
from readout.present.screens import Paging, Row
from readout.present.setting import clipped
from readout.present.told import called, channel, tidy
from readout.present.when import When, published

LIST_LENGTH = 20  # statements on one screen
ABOUT = 8
_LISTED = 60
_WORDS, _NAME, _LONG = 600, 120, 300
_ROLES, _FORMS, _OUTLETS, _STORIES, _OTHERS = 12, 16, 8, 10, 8
_JOINT = " … "
KINDS = {
    EntityKind.PERSON: "Person",
    EntityKind.BODY: "Organisation",
    EntityKind.PLACE: "Place",
    EntityKind.WORK: "Work",
    EntityKind.OTHER: "Name",
}


@dataclass(frozen=True)
class Spoken:
    """What somebody said, as one article has it; `also` are the other outlets that print the same words."""

    speaker: str
    entity: str
    act: str
    words: str
    through: str
    channel: str
    when: When | None
    outlet: str
    outlet_id: str
    article: str
    title: str
    number: int
    language: str
    lead: str = ""  # how the text tells it, where that says more than "said"
    also: tuple[str, ...] = ()
    edition: str = ""  # of the article, that it stands in


@dataclass(frozen=True)
class Other:
    """Somebody else of the name: which one of an id, or another id."""

    id: str
    which: int
    name: str
    roles: str
    articles: int


@dataclass(frozen=True)
class NameScreen:
    """The page of a name."""

    id: str
    which: int
    kind: str
    name: str
    forms: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    articles: int
    statements: int
    said: tuple[Spoken, ...]
    about: tuple[Spoken, ...]
    stories: tuple[tuple[Row, int], ...]
    coverage: pictures.Columns | None
    namesakes: tuple[Other, ...]
    others: tuple[Other, ...]
    paging: Paging


@dataclass(frozen=True)
class Listed:
    """A name in a list with how often it is met."""

    id: str
    name: str
    count: int


@dataclass(frozen=True)
class NamesScreen:
    """Who and what is named most."""

    groups: tuple[tuple[str, str, tuple[Listed, ...]], ...]  # heading, noun of the counts, names


@dataclass(frozen=True)
class PositionsScreen:
    """A name, and pairs of statements between which it changed: how, before, since."""

    id: str
    which: int
    name: str
    pairs: tuple[tuple[str, Spoken, Spoken], ...]


def name(
    found: Portrait,
    said: Sequence[Saying],
    about: Sequence[Saying],
    known: Mapping[StoryId, Coverage],
    number: int,
) -> NameScreen:
    """The page of a name, screen `number` of what was said."""
    who = found.who
    return NameScreen(
        id=found.id,
        which=found.which,
        kind=KINDS[who.kind],
        name=_name(who.name),
        forms=tuple(_name(form) for form in who.forms[:_FORMS]),
        roles=tuple((_name(one.role), _dated(one)) for one in found.roles[:_ROLES]),
        reasons=tuple(clipped(harmless(reason), _LONG) for reason in who.reasons),
        articles=who.articles,
        statements=found.statements,
        said=_folded([spoken(one) for one in said]),
        about=_folded([spoken(one) for one in about])[:ABOUT],
        stories=tuple(
            (stories.row(known[one.story]), one.articles) for one in found.stories[:_STORIES] if one.story in known
        ),
        coverage=pictures.columns(found.days),
        namesakes=tuple(
            _other(found.id, which, one) for which, one in enumerate(found.namesakes, 1) if which != found.which
        ),
        others=tuple(_other(one.known[0].entity, 1, one) for one in found.others[:_OTHERS]),
        paging=views.paging(number, found.statements, LIST_LENGTH),
    )


def positions(found: Portrait, turned: Iterable[tuple[str, Saying, Saying]]) -> PositionsScreen:
    """Where a name says something else than before: how it changed, what was said before and since."""
    pairs = tuple((kind, spoken(before), spoken(after)) for kind, before, after in turned)
    return PositionsScreen(found.id, found.which, _name(found.who.name), pairs)


def names(groups: Sequence[tuple[str, str, Sequence[NameCount]]], *, speaking: Sequence[bool]) -> NamesScreen:
    """The list of names; of each group whether statements are counted, or articles."""
    return NamesScreen(
        tuple(
            (heading, noun, tuple(_listed(one, speaking=by) for one in counts[:_LISTED]))
            for (heading, noun, counts), by in zip(groups, speaking, strict=True)
            if counts
        )
    )


def spoken(one: Saying) -> Spoken:
    """A statement as a list shows it."""
    article, statement = one.article, one.statement
    text = reading(article).text
    words = _JOINT.join(tidy(" ".join(text[span.start : span.end].split())) for span in statement.content)
    item = views.item(article, lead=0)
    return Spoken(
        speaker=_name(called(statement.speaker.name)),
        entity=statement.speaker.entity or "",
        act=str(statement.act),
        words=clipped(harmless(words), _WORDS),
        through=_name(" and ".join(statement.via)),
        channel=channel(statement.channel),
        when=published(statement.said) or item.when,
        outlet=item.outlet,
        outlet_id=item.outlet_id,
        article=item.id,
        title=item.title,
        number=one.number,
        language=item.language,
        lead=harmless(cues.before(statement, text)),
        edition=article.edition,
    )


def _folded(found: Sequence[Spoken]) -> tuple[Spoken, ...]:
    """Those with the same words told once, where they came first in the list."""
    held: dict[tuple[str, str], list[Spoken]] = {}
    for one in found:
        held.setdefault((one.speaker, one.words.casefold()), []).append(one)
    return tuple(_with_others(same) for same in held.values())


def _with_others(same: Sequence[Spoken]) -> Spoken:
    first = same[-1]  # the earliest
    names = dict.fromkeys(one.outlet for one in same if one.outlet and one.outlet != first.outlet)
    return replace(first, also=tuple(names)[:_OUTLETS])


def _dated(one: RoleTold) -> str:
    count = f"{one.articles:,} {'article' if one.articles == 1 else 'articles'}"
    if one.first is None or one.last is None:
        return count
    first, last = (ties.day(day.isoformat()) for day in (one.first, one.last))
    return f"{count}, {first}" if first == last else f"{count}, {first} to {last}"


def _other(id_: str, which: int, one: Who) -> Other:
    return Other(id_, which, _name(one.name), _name(", ".join(one.roles[:2])), one.articles)


def _listed(one: NameCount, *, speaking: bool) -> Listed:
    return Listed(one.entity, _name(one.name), one.statements if speaking else one.articles)


def _name(text: str) -> str:
    return clipped(" ".join(harmless(text).split()), _NAME)
