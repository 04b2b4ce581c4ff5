"""Words of a comparison with the way back: who said them where, and the characters of the page that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from readout.models import Annotated, Article, ArticleId, Page, PageId, Span, Statement, StatementId
from readout.present import told, when
from readout.present.setting import clipped
from readout.present.traced import Traced
from readout.present.web.archive import Archive
from readout.present.when import When

_OPENING, _WORDS = 140, 900


@dataclass(frozen=True)
class Cell:
    """One statement or stretch of a text: how it is told and begins, all of it, who said it, where that is written."""

    lead: str
    opening: str
    words: str
    who: str
    how: str
    said: When | None
    outlet: str
    published: When | None
    article: str
    page: str
    at: int | None
    to: int | None

    @property
    def more(self) -> str:
        """The words after its opening, where there are more."""
        begun = self.opening.removesuffix("…").rstrip()
        return f"… {self.words[len(begun) :].lstrip()}" if self.words != self.opening else ""


@dataclass(frozen=True)
class Source:
    """An article as a list of sources names it."""

    id: str
    outlet: str
    title: str
    when: When | None


class Cells:
    """Makes cells of the articles of one comparison; each page is asked for once."""

    def __init__(self, archive: Archive, articles: Iterable[Annotated]) -> None:
        self._archive = archive
        self._articles = {one.article.id: one for one in articles}
        self._traced: dict[ArticleId, Traced] = {}
        self._pages: dict[PageId, Page] = {}

    def statement(self, id_: StatementId) -> Cell | None:
        """The cell of a statement; None where its article is not at hand."""
        held = self._statements.get(id_)
        if held is None:
            return None
        one = told.told(held[1], self._trace(held[0]))
        words = " … ".join(one.words)
        how = ", ".join(filter(None, (f"through {one.through}" if one.through else "", one.channel, one.doubt)))
        return Cell(
            one.lead,
            clipped(words, _OPENING),
            clipped(words, _WORDS),
            one.speaker,
            how,
            one.said,
            one.outlet,
            one.published,
            one.article,
            one.page,
            one.at,
            one.to,
        )

    def statements(self, ids: Iterable[StatementId], most: int) -> tuple[Cell, ...]:
        """Cells of the first of them; what two texts tell in the same words once."""
        found: dict[str, Cell] = {}
        for id_ in ids:
            cell = self.statement(id_) if len(found) < most else None
            if cell:
                found.setdefault(cell.words, cell)
        return tuple(found.values())

    def passage(self, article: ArticleId, span: Span, who: str = "", how: str = "") -> Cell | None:
        """The cell of a stretch of an article's reading text."""
        held = self._articles.get(article)
        if held is None:
            return None
        traced = self._trace(held.article)
        words = " ".join(traced.words(span).split())
        places = traced.spans([span])
        return Cell(
            "",
            clipped(words, _OPENING),
            clipped(words, _WORDS),
            who,
            how,
            None,
            held.article.outlet or "",
            when.published(held.article.published),
            article,
            held.article.page,
            places[0].start if places else None,
            places[-1].end if places else None,
        )

    def sources(self, articles: Sequence[ArticleId]) -> tuple[Source, ...]:
        """Those articles, without those not at hand."""
        held = (self._articles[one].article for one in articles if one in self._articles)
        return tuple(Source(one.id, one.outlet or "", _line(one), when.published(one.published)) for one in held)

    @cached_property
    def _statements(self) -> dict[StatementId, tuple[Article, Statement]]:
        return {said.id: (one.article, said) for one in self._articles.values() for said in one.annotation.statements}

    def _trace(self, article: Article) -> Traced:
        if article.id not in self._traced:
            if article.page not in self._pages:
                self._pages[article.page] = self._archive.page(article.page)
            self._traced[article.id] = Traced(article, self._pages[article.page])
        return self._traced[article.id]


def _line(article: Article) -> str:
    return clipped(" ".join(article.title.split()), _OPENING)
