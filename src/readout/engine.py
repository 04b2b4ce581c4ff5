"""The façade: every verb that the faces may use. It wires the parts together and decides nothing.

    with readout.open("archive") as engine:
        engine.import_paths(["captures/"])
        for article in engine.articles():
            print(article.title)

Libraries are loaded by the verb that needs them, so that importing this module costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from readout.errors import InputError
from readout.models import (
    Article,
    ArticleId,
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
from readout.run.base import Progress, Runner, carry, silent
from readout.store.base import Store

DATABASE = "readout.db"


def open(home: Path | str | None = None) -> Engine:  # noqa: A001 - read with its package: readout.open()
    """The archive kept in the folder `home`, made where there is none; by default in the folder of the settings.

    Raises SettingsError when a setting cannot be used, StoreError when the database cannot.
    """
    from readout import config
    from readout.store.sqlite import SQLiteStore

    settings = config.settings()
    return Engine(SQLiteStore.open(Path(settings.home if home is None else home) / DATABASE), settings.languages)


@dataclass(frozen=True)
class Engine:
    """One archive of news and what can be done with it.

    Of what is imported, articles in `languages` (ISO 639 codes) are kept, and all where none is named. Safe for
    threads as far as its store is. Use it as a context manager, or close it.
    """

    store: Store
    languages: Collection[str] = ()

    def import_paths(
        self,
        paths: Sequence[str],
        *,
        captured: datetime | None = None,
        progress: Progress = silent,
        jobs: int = 1,
    ) -> ImportReport:
        """Import text captures, HTML pages and JSON lines from files, folders (recursively) and "-" (standard input).

        `captured` (UTC) is the capture time of all of it, where it is known better than the files know. With `jobs`
        above 1 the pages are worked on in that many processes. What cannot be used costs only itself: rejections are
        kept and reported, and a path that does not exist is in the report's `unusable`. Raises StoreError when the
        database cannot take more; what it took before stays.
        """
        unusable: list[InputError] = []
        arrivals = _arrivals(paths, captured, unusable)
        total = None if progress is silent else _expected(paths)
        report = carry(arrivals, self._runner(jobs), self.store, lambda done: progress(done, total)).report()
        return replace(report, unusable=tuple(unusable))

    def load_sample(self, *, progress: Progress = silent) -> ImportReport:
        """Import the sample corpus that comes with Readout: invented news, with the times its captures tell of."""
        from importlib import resources

        from readout.capture import manifest

        pages = list(manifest.pages(resources.files("readout") / "sample"))
        return carry(pages, self._runner(1), self.store, lambda done: progress(done, len(pages))).report()

    def articles(self, *, outlet: str | None = None, limit: int = 50, offset: int = 0) -> Sequence[Article]:
        """Articles, the latest published first; of one outlet where its id is given."""
        return self.store.articles(outlet=OutletId(outlet) if outlet else None, limit=limit, offset=offset)

    def article(self, article_id: str) -> Article:
        """The article of that id, or of the one id that begins so. Raises NotFoundError, AmbiguousIdError."""
        return self.store.article(article_id)

    def sightings(self, article_id: str) -> Sequence[Sighting]:
        """Every sighting of that article, oldest capture first."""
        return self.store.sightings(ArticleId(article_id))

    def every_article(self) -> Iterator[Article]:
        """All sightings of all articles, page by page in the order they were kept."""
        return self.store.every_article()

    def page(self, page_id: str) -> Page:
        """The page of that id, or of the one id that begins so. Raises NotFoundError, AmbiguousIdError."""
        return self.store.page(page_id)

    def on_page(self, page_id: str) -> Sequence[Article]:
        """The articles of that page in the order of their positions."""
        return self.store.on_page(PageId(page_id))

    def outlets(self) -> Sequence[OutletCount]:
        """The outlets by number of articles, most first."""
        return self.store.outlets()

    def outlet(self, outlet_id: str) -> OutletCount:
        """The outlet of that id, or of the one id that begins so. Raises NotFoundError, AmbiguousIdError."""
        return self.store.outlet(outlet_id)

    def rejections(self, *, page: str | None = None, limit: int = 200, offset: int = 0) -> Sequence[Rejection]:
        """What was dropped, the latest first; on one page where its id is given."""
        return self.store.rejections(page=PageId(page) if page else None, limit=limit, offset=offset)

    def losses(self) -> Sequence[LossCount]:
        """How often each stage dropped something for each reason, most frequent first."""
        return self.store.losses()

    def totals(self) -> Totals:
        """How much is kept."""
        return self.store.totals()

    def check(self) -> Sequence[str]:
        """Faults found in what is kept, one line each; empty when all is well."""
        return self.store.check()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def _runner(self, jobs: int) -> Runner:
        from readout.run import local

        step = partial(local.attempt, languages=self.languages)
        return local.Pool(jobs, step) if jobs > 1 else local.InProcess(step)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _arrivals(
    paths: Sequence[str], captured: datetime | None, unusable: list[InputError]
) -> Iterator[Page | Rejection]:
    from readout.capture import archive

    for path in paths:
        try:
            found = archive.pages(path, captured=captured)
        except InputError as error:
            unusable.append(error)
        else:
            yield from found


def _expected(paths: Sequence[str]) -> int | None:
    """How many arrivals there will be; nobody knows for standard input."""
    from readout.capture import archive

    return None if archive.STANDARD_INPUT in paths else sum(map(archive.count, paths))
