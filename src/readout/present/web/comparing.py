"""The accounts of a story side by side on its page. Where the archive cannot compare, nothing is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from starlette.requests import Request

from readout.models import Compared, Coverage, Level, PageId, Relation, Span
from readout.present import accounts
from readout.present.accounts import Row, Words
from readout.present.setting import clipped
from readout.present.traced import Traced
from readout.present.web.archive import Archive

_MOST = 120  # articles of a story that is compared while somebody waits
_POINTS, _COLUMNS, _STATEMENTS = 12, 3, 4
_WORDS, _OPENING = 600, 140
_MEANING = {
    Relation.CONTRADICT: "cannot both be true",
    Relation.DIFFER: "compatible, but told otherwise",
    Relation.AGREE: "the same substance",
    Relation.ONE_SIDED: "only one side speaks of it",
}


@runtime_checkable
class Comparing(Protocol):
    """The verb of the Engine that is needed here. It may raise StoreError, NotFoundError and AmbiguousIdError."""

    def compare(self, story_id: str, /) -> Compared:
        """The accounts of a story side by side."""


@dataclass(frozen=True)
class Quoted:
    """Words of a statement: their opening, all of them, who said them where, and the characters of the page."""

    opening: str
    words: str
    source: str
    article: str
    page: PageId
    at: Span | None


@dataclass(frozen=True)
class Beside:
    """A row: heading, relation with its sign and meaning, why, and for each column what that party says."""

    heading: str
    relation: str
    sign: str
    meaning: str
    why: str
    cells: tuple[tuple[str, str, tuple[Quoted, ...]], ...]  # party, where it has no column; count; words


@dataclass(frozen=True)
class Table:
    """The parties that have a column, and the rows; `left_out` counts the points beyond those shown."""

    parties: tuple[str, ...]
    rows: tuple[Beside, ...]
    left_out: int = 0


def of_story(request: Request, story: Coverage) -> Table | None:
    """The table of a story, if it has points and is no larger than can be compared at once."""
    archive: Archive = request.app.state.archive
    if story.level is not Level.EPISODE or story.articles > _MOST or not isinstance(archive, Comparing):
        return None
    found = accounts.rows(archive.compare(story.id))
    if not found:
        return None
    shown = found[:_POINTS]
    counted = Counter(cell.account.party for row in shown for cell in row.cells)
    parties = tuple(party for party, _ in counted.most_common(_COLUMNS - 1))
    return Table(parties, tuple(_beside(row, parties, archive) for row in shown), len(found) - len(shown))


def _beside(row: Row, parties: Sequence[str], archive: Archive) -> Beside:
    by_party = {cell.account.party: cell for cell in row.cells}
    cells = []
    for party in (*parties, *(each for each in by_party if each not in parties)):
        cell = by_party.get(party)
        told = tuple(_quoted(one, archive) for one in cell.told[:_STATEMENTS]) if cell else ()
        cells.append(("" if party in parties else party, cell.count if cell else "", told))
    relation = row.point.relation
    return Beside(row.point.heading, str(relation), row.sign, _MEANING[relation], "; ".join(row.why), tuple(cells))


def _quoted(one: Words, archive: Archive) -> Quoted:
    words = clipped(" ".join(one.words.split()), _WORDS)
    spans = Traced(one.article, archive.page(one.article.page)).spans(one.statement.content)
    at = Span(spans[0].start, spans[-1].end) if spans else None
    return Quoted(clipped(words, _OPENING), words, one.source, one.article.id, one.article.page, at)
