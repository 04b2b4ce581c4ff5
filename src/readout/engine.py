"""The façade: every verb that the faces may use. It wires the parts together and decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from readout.models import (
    Article,
    ArticleId,
    Harvest,
    ImportReport,
    LossCount,
    OutletCount,
    OutletId,
    Page,
    PageId,
    Rejection,
    Sighting,
    Totals,
)
from readout.store.base import Store

type_Progress = Callable[[int, int | None], None]  # replaced below by the owner of this module


@dataclass(frozen=True)
class Engine:
    """One archive of news and what can be done with it."""

    store: Store

    # verbs the faces use (signatures agreed between those who build the parts):
    #   import_paths(paths: Sequence[str], *, captured: datetime | None = None,
    #                progress: Callable[[int, int | None], None] = silent) -> ImportReport
    #   load_sample(progress=...) -> ImportReport
    #   articles(*, outlet: str | None = None, limit: int = 50, offset: int = 0) -> Sequence[Article]
    #   article(article_id: str) -> Article
    #   sightings(article_id) -> Sequence[Sighting]
    #   every_article() -> Iterator[Article]
    #   page(page_id: str) -> Page
    #   on_page(page_id) -> Sequence[Article]
    #   outlets() -> Sequence[OutletCount]
    #   outlet(outlet_id: str) -> OutletCount
    #   rejections(*, page=None, limit=200, offset=0) -> Sequence[Rejection]
    #   losses() -> Sequence[LossCount]
    #   totals() -> Totals
    #   check() -> Sequence[str]
    #   close() -> None          (and a context manager)
