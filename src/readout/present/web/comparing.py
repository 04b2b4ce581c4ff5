"""What a story's page shows of its comparison: accounts side by side, encounters, figures, turns, what changed.

What is kept of it is shown; what is not there yet, or no longer as the story is, is being made meanwhile, and the page
says so. Where the archive cannot compare, nothing is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from starlette.requests import Request

from readout.models import (
    Backing,
    Change,
    Coverage,
    Encounter,
    Life,
    Opening,
    PointId,
    Relation,
    Reported,
    Series,
    SourceKind,
    Turn,
)
from readout.present import accounts, lands, pictures, relations, sheets, tongues, when
from readout.present.accounts import Row
from readout.present.pictures import Figures
from readout.present.web import parameters
from readout.present.web.again import passing
from readout.present.web.archive import Archive
from readout.present.web.cells import Cell, Cells, Source
from readout.present.when import When

_POINTS, _COLUMNS, _STATEMENTS = 12, 2, 4
_SHEETS, _TOPICS, _SERIES, _VALUES, _TURNS, _CHANGES, _STEPS = 3, 8, 6, 12, 6, 24, 12
_LISTED = 60  # outlets or copies that are listed


@runtime_checkable
class Comparing(Protocol):
    """The verb of the Engine that is needed here. It may raise StoreError, NotFoundError and AmbiguousIdError."""

    def beside(self, story_id: str, /) -> Opening | None:
        """The beginning of the comparison of a story, soon."""

    def further(self, story_id: str, first: int, /, *, limit: int = 24) -> Opening | None:
        """Points further down."""


@dataclass(frozen=True)
class Side:
    """What one party says of a matter; no words where nothing here shows it mention it."""

    party: str
    told: tuple[Cell, ...]


@dataclass(frozen=True)
class Root:
    """One independent origin: whose it is, of which kinds its sources are, its texts, and the copies of these."""

    name: str
    kinds: str
    texts: tuple[Source, ...]
    copies: tuple[Source, ...]


@dataclass(frozen=True)
class Held:
    """Who carries a point: origins and copies, outlets with and without it, countries and languages. Of very many not
    all are listed.
    """

    origins: tuple[Root, ...]
    copies: tuple[Source, ...]
    carry: tuple[str, ...]
    leave_out: tuple[str, ...]
    countries: tuple[str, ...]
    absent: tuple[str, ...]
    languages: tuple[str, ...]
    carried: int  # by so many outlets
    outlets: int  # that cover the story
    copied: int


@dataclass(frozen=True)
class Stepped:
    """One step in the life of a claim."""

    fate: str
    by: str
    at: When | None
    cell: Cell | None


@dataclass(frozen=True)
class Beside:
    """A row: heading, relation with its sign, why; what the parties with a column say, in their order, and what others
    say; who carries it, and what became of the claim.
    """

    id: str
    heading: str
    relation: str
    sign: str
    why: str
    columns: tuple[Side, ...]
    others: tuple[Side, ...]
    held: Held | None
    life: tuple[Stepped, ...]

    @property
    def alone(self) -> bool:
        """Whether no party with a column speaks of it."""
        return not any(side.told for side in self.columns)

    @property
    def fates(self) -> str:
        """The life in words: "claimed → denied → repeated twice"."""
        return " → ".join(f"{fate} {count} times" if count > 1 else fate for fate, count in _runs(self.life))


@dataclass(frozen=True)
class Table:
    """The parties that have a column, and the rows; of so many points how many go before, on which screen this is."""

    parties: tuple[str, ...]
    rows: tuple[Beside, ...]
    before: int = 0
    points: int = 0
    screen: int = 1

    @property
    def last(self) -> int:
        """The number of the last point shown."""
        return self.before + len(self.rows)

    @property
    def others(self) -> bool:
        """Whether parties without a column stand beside one with a column."""
        return any(row.others and not row.alone for row in self.rows)

    @property
    def legend(self) -> tuple[tuple[str, str, str], ...]:
        """Each relation that a row has, with its sign and meaning."""
        held = {row.relation for row in self.rows}
        return tuple((str(one), accounts.SIGNS[one], told) for one, told in relations.MEANING.items() if one in held)


@dataclass(frozen=True)
class Asked:
    """A question of a sheet: each who answers it, with the words; `open` where the sides differ."""

    text: str
    answers: tuple[tuple[str, Cell], ...]
    open: bool


@dataclass(frozen=True)
class Topic:
    """A matter of an encounter: relation where there is one, and every side's words."""

    heading: str
    relation: str
    sign: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Sheet:
    """An encounter: title, people, questions, matters."""

    title: str
    people: tuple[str, ...]
    told: tuple[Cell, ...]
    questions: tuple[Asked, ...]
    topics: tuple[Topic, ...]
    left_out: int


@dataclass(frozen=True)
class Value:
    """A figure as one text gives it."""

    at: When | None
    outlet: str
    by: str
    far: bool
    latest: bool
    cell: Cell


@dataclass(frozen=True)
class Counted:
    """A quantity: what of, the latest words, least and most, how often it changed, each value."""

    what: str
    latest: str
    range: str
    revisions: int
    values: tuple[Value, ...]
    left_out: int
    plot: Figures | None = None


@dataclass(frozen=True)
class Turned:
    """A position that changed: who, how, and both statements."""

    speaker: str
    kind: str
    before: Cell
    after: Cell


@dataclass(frozen=True)
class Changed:
    """One thing that is new, and where it is written."""

    kind: str
    at: When
    heading: str
    detail: str
    cell: Cell | None


@dataclass(frozen=True)
class Screen:
    """All of it, and the story that it is of; `current` is whether nothing changed since it was made."""

    story: str
    table: Table | None
    sheets: tuple[Sheet, ...]
    figures: tuple[Counted, ...]
    turns: tuple[Turned, ...]
    changes: tuple[Changed, ...]
    current: bool = True
    gist: str = ""  # how its accounts relate, in one sentence without its subject
    between: tuple[str, ...] = ()  # the two whose accounts these are, where they speak of most

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.table or self.sheets or self.figures or self.turns or self.changes)


def of_story(request: Request, story: Coverage) -> Screen | None:
    """What the comparison of a story gives. Raises InputError where no screen of its points has that number."""
    archive: Archive = request.app.state.archive
    number = parameters.screen(request)
    if not isinstance(archive, Comparing):
        return None
    before = (number - 1) * _POINTS
    found = archive.further(story.id, before, limit=_POINTS) if before else archive.beside(story.id)
    if found and not found.current:
        passing(request)
    if found is None:
        return Screen(story.id, None, (), (), (), (), current=False) if before else None
    return screen(story.id, found, archive, before)


def screen(story: str, found: Opening, archive: Archive, before: int = 0) -> Screen:
    """The part of a comparison that begins after so many points, as a page shows it."""
    compared = found.compared
    cells = Cells(archive, (*compared.articles, *compared.earlier))
    table = _table(found, cells, before)
    between = _between(table) if table else ()
    return Screen(
        story,
        table,
        tuple(_sheet(one, cells) for one in compared.encounters[:_SHEETS]),
        tuple(_counted(one, cells) for one in compared.series[:_SERIES]),
        tuple(each for one in compared.turns[:_TURNS] if (each := _turned(one, cells))),
        tuple(_changed(one, cells) for one in compared.changes[:_CHANGES]),
        current=found.current,
        gist=_gist(table, between, found.points) if table and not before else "",
        between=between,
    )


# Accounts


def _between(table: Table) -> tuple[str, ...]:
    """The parties of both columns, where both speak in most of the rows."""
    both = sum(all(side.told for side in row.columns) for row in table.rows)
    return table.parties if len(table.parties) == _COLUMNS and 2 * both > len(table.rows) else ()


def _gist(table: Table, between: tuple[str, ...], points: int) -> str:
    rows = [row for row in table.rows if not between or all(side.told for side in row.columns)]
    return relations.gist([Relation(row.relation) for row in rows], whole=points == len(table.rows))


def _table(found: Opening, cells: Cells, before: int) -> Table | None:
    compared = found.compared
    shown = accounts.rows(compared)[:_POINTS]
    if not shown:
        return None
    counted = Counter(cell.account.party for row in shown for cell in row.cells)
    parties = tuple(party for party, _ in counted.most_common(_COLUMNS))
    backings = {one.point: one for one in compared.backings}
    lives = {one.point: one for one in compared.lives if one.point}
    rows = tuple(_beside(row, parties, backings, lives, cells) for row in shown)
    return Table(parties, rows, before, found.points, before // _POINTS + 1)


def _beside(
    row: Row,
    parties: Sequence[str],
    backings: Mapping[PointId, Backing],
    lives: Mapping[PointId, Life],
    cells: Cells,
) -> Beside:
    point = row.point
    sides = {one.party: Side(one.party, cells.statements(one.statements, _STATEMENTS)) for one in point.accounts}
    backing, life = backings.get(point.id), lives.get(point.id)
    return Beside(
        point.id,
        point.heading,
        str(point.relation),
        row.sign,
        "; ".join(relations.reasons(point.evidence)),
        tuple(sides.get(party, Side(party, ())) for party in parties),
        tuple(side for party, side in sides.items() if party not in parties),
        _held(backing, cells) if backing else None,
        _stepped(life, cells) if life else (),
    )


def _held(one: Backing, cells: Cells) -> Held:
    roots = tuple(
        Root(
            origin.name or "outlet not shown",
            ", ".join(str(kind) for kind in origin.kinds if kind is not SourceKind.OUTLET) or "the outlet itself",
            cells.sources(origin.articles),
            cells.sources(origin.copies[:_LISTED]),
        )
        for origin in one.origins
    )
    return Held(
        roots,
        cells.sources(one.copies[:_LISTED]),
        one.carry[:_LISTED],
        one.leave_out[:_LISTED],
        tuple(map(lands.name, one.countries)),
        tuple(map(lands.name, one.absent)),
        tuple(map(tongues.name, one.languages)),
        len(one.carry),
        len(one.carry) + one.without,
        len(one.copies),
    )


def _stepped(life: Life, cells: Cells) -> tuple[Stepped, ...]:
    return tuple(
        Stepped(
            str(one.fate),
            one.by,
            when.known(one.at) if one.at else None,
            cells.statement(one.statement) if one.statement else cells.passage(one.article, one.span, one.by),
        )
        for one in life.steps[:_STEPS]
    )


def _runs(life: Sequence[Stepped]) -> Iterator[tuple[str, int]]:
    """Each fate with how often it comes in a row."""
    last, count = "", 0
    for one in life:
        if one.fate == last:
            count += 1
            continue
        if last:
            yield last, count
        last, count = one.fate, 1
    if last:
        yield last, count


# Encounters, figures, turns, changes


def _sheet(one: Encounter, cells: Cells) -> Sheet:
    questions = [
        Asked(
            question.text,
            tuple(
                (answer.teller, cell)
                for answer in question.answers
                if (cell := cells.passage(answer.detail.article, answer.detail.span, answer.teller))
            ),
            question.open,
        )
        for question in sheets.questions(one)
    ]
    topics = tuple(
        Topic(
            topic.heading,
            str(topic.relation or ""),
            accounts.SIGNS[topic.relation] if topic.relation else "",
            tuple(Side(voice.party, cells.statements(voice.statements, _STATEMENTS)) for voice in topic.voices),
        )
        for topic in one.topics[:_TOPICS]
    )
    told = tuple(cell for each in one.mentions if (cell := cells.passage(each.article, each.span)))
    people = one.people or one.parties
    return Sheet(sheets.title(one), people, told, tuple(questions), topics, len(one.topics) - len(topics))


def _counted(one: Series, cells: Cells) -> Counted:
    low, high = one.range
    values = [(at, value) for at, value in enumerate(one.values) if at < _VALUES or value is one.latest]
    made = tuple(each for at, value in values if (each := _value(one, at, value, cells)))
    said = one.what if one.what in one.latest.of.lower() else " ".join(filter(None, (one.what, one.fate)))
    what = relations.as_written(said, [value.of for value in one.values])
    spread = f"{pictures.number(low)} to {pictures.number(high, one.unit)}" if high != low else ""
    left_out = len(one.values) - len(made)
    return Counted(what, one.latest.of, spread, one.revisions, made, left_out, pictures.plot(one))


def _value(series: Series, at: int, one: Reported, cells: Cells) -> Value | None:
    cell = cells.passage(one.article, one.span, one.by or "")
    moment = when.known(one.at) if one.at else None
    outlet = one.outlet or "outlet not shown"
    return Value(moment, outlet, one.by or "", at in series.outliers, one is series.latest, cell) if cell else None


def _turned(one: Turn, cells: Cells) -> Turned | None:
    before, after = cells.statement(one.before), cells.statement(one.after)
    return Turned(one.speaker, one.kind, before, after) if before and after else None


def _changed(one: Change, cells: Cells) -> Changed:
    cell = cells.statement(one.statements[-1]) if one.statements else None
    if one.article and one.span:
        cell = cells.passage(one.article, one.span)
    detail = relations.changed(one)
    heading = relations.as_written(one.heading, [detail])
    if heading.lower() in detail.lower():  # "45% drop → 49% decline" says what it is of
        heading, detail = detail, ""
    return Changed(str(one.kind), when.known(one.at), heading, detail, cell)
