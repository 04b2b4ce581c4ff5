"""The façade: every verb that the faces may use. It wires the parts together and decides nothing.

    with readout.open("archive") as engine:
        engine.import_paths(["captures/"])
        for article in engine.articles():
            print(article.title)

Libraries are loaded by the verb that needs them, so that importing this module costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from itertools import islice
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from readout.errors import InputError
from readout.models import (
    Addition,
    Annotated,
    Annotation,
    AnnotationReport,
    Arrival,
    Article,
    ArticleId,
    Edition,
    EditionId,
    Feed,
    Followed,
    Happening,
    ImportReport,
    Look,
    LossCount,
    OutletCount,
    OutletId,
    Page,
    PageId,
    Position,
    Rejection,
    Ruling,
    Said,
    Sighting,
    Totals,
    UpdateReport,
    Who,
    reading,
)
from readout.run.base import Progress, carry, silent
from readout.run.comments import Comments
from readout.run.comparing import Comparing
from readout.run.held import Held
from readout.run.naming import Naming
from readout.run.regards import Regards
from readout.run.relating import Relating
from readout.run.searching import Searching
from readout.run.stories import Stories
from readout.store.base import Store

if TYPE_CHECKING:
    from readout.run.outside import Outside
    from readout.run.update import World
    from readout.run.users import Users

DATABASE, INDEX = "readout.db", "search"  # in the folder of an archive
_WINDOW = 200  # statements or events asked for at once
_SAID = 2_000  # statements of one speaker, the latest, that are searched for changes
_COMPARING = 3.0  # seconds for comparing after each look at what is new

T = TypeVar("T")


def open(home: Path | str | None = None) -> Engine:  # noqa: A001 - read with its package: readout.open()
    """The archive kept in the folder `home`, made where there is none; by default in the folder of the settings.

    Raises SettingsError when a setting cannot be used, StoreError when the database cannot.
    """
    from readout import config
    from readout.run.outside import Outside
    from readout.store.sqlite import SQLiteStore

    settings = config.settings()
    folder = Path(settings.home if home is None else home)
    store = SQLiteStore.open(folder / DATABASE)
    outside = Outside(frozenset(settings.allow), settings.pause, settings.hosts_at_once)
    return Engine(store, settings.languages, outside, folder.absolute() / INDEX)


@dataclass(frozen=True)
class Engine(Stories, Comparing, Relating, Searching, Naming, Regards, Comments):
    """One archive of news and what can be done with it.

    Of what is imported, articles in `languages` (ISO 639 codes) are kept, and all where none is named. Safe for
    threads as far as its store is. Use it as a context manager, or close it. `outside` is how feeds are fetched,
    `index_at` the folder of the index of words, which is kept in memory where there is none.
    """

    store: Store
    languages: Collection[str] = ()
    outside: Outside | None = None
    index_at: Path | None = None
    held: Held = field(default_factory=Held, repr=False, compare=False)

    def import_paths(  # noqa: PLR0913 - the options of one command
        self,
        paths: Sequence[str],
        *,
        captured: datetime | None = None,
        fields: str = "",
        again: bool = False,
        progress: Progress = silent,
        jobs: int = 1,
    ) -> ImportReport:
        """Import pages, captures, messages and archives from files, folders (recursively) and "-" (standard input).

        `captured` (UTC) is the capture time of all of it, where it is known better than the files know. `fields` says
        what the fields of rows are called, "text=body,captured=crawl_date"; ValueError where it cannot be understood. A
        file of many pages that was read to its end before is passed over, unless it is to be read `again`. Pages are
        worked on in `jobs` processes with little time and memory. What cannot be used costs only itself: rejections are
        kept and reported, and a path that does not exist is in the report's `unusable`. Raises StoreError when the
        database cannot take more; what it took before stays.
        """
        from readout.capture import archive, rows
        from readout.run import local
        from readout.run.ledger import Marks

        unusable: list[InputError] = []
        marks = Marks(self.store, again=again, also=",".join(sorted(self.languages)))
        read = partial(archive.pages, captured=captured, fields=rows.fields(fields), ledger=marks)
        watch = marks.watched(progress, paths)
        runner = local.Pool(jobs, partial(local.attempt, languages=self.languages))
        report = carry(_arrivals(paths, read, unusable), runner, self.store, watch).report()
        return replace(report, unusable=tuple(unusable), passed=marks.passed)

    def load_sample(self, *, progress: Progress = silent) -> ImportReport:
        """Import the sample corpus that comes with Readout: invented news, with the times its captures tell of."""
        from importlib import resources

        from readout.capture import manifest
        from readout.run import local

        pages = list(manifest.pages(resources.files("readout") / "sample"))
        runner = local.InProcess(partial(local.attempt, languages=self.languages))
        return carry(pages, runner, self.store, lambda done: progress(done, len(pages))).report()

    def articles(self, *, outlet: str | None = None, limit: int = 50, offset: int = 0) -> Sequence[Article]:
        """Articles, the latest published first; of one outlet where its id is given."""
        return self.store.articles(outlet=OutletId(outlet) if outlet else None, limit=limit, offset=offset)

    def article(self, article_id: str) -> Article:
        """The article of that id, or of the one id that begins so. Raises NotFoundError, AmbiguousIdError."""
        return self.store.article(article_id)

    def sightings(self, article_id: str) -> Sequence[Sighting]:
        """Every sighting of that article, oldest capture first."""
        return self.store.sightings(ArticleId(article_id))

    def editions(self, article_id: str) -> Sequence[Edition]:
        """The versions of that article, the one first met first."""
        return self.store.editions(ArticleId(article_id))

    def every_article(self) -> Iterator[Article]:
        """All sightings of all articles, page by page in the order they were kept."""
        return self.store.every_article()

    def annotate(self, *, stale: bool = False, jobs: int = 1, progress: Progress = silent) -> AnnotationReport:
        """Annotate what is not annotated yet, and what an older version annotated where `stale` is asked for. With
        `jobs` above 1 in that many processes. Raises StoreError; what was kept until then stays.
        """
        from readout.run import annotating

        return annotating.annotate(self.store, progress, stale=stale, jobs=jobs)

    def annotation(self, edition: str) -> Annotation | None:
        """What is kept of what was understood of that edition, if it is annotated."""
        kept = self.store.annotation(EditionId(edition))
        return kept and self._ruled(kept)

    def annotations(self, editions: Iterable[str]) -> Mapping[EditionId, Annotation]:
        """What is kept of what was understood of those of the editions that are annotated."""
        kept = self.store.annotations([EditionId(one) for one in editions])
        return {edition: self._ruled(one) for edition, one in kept.items()} if self.store.rulings() else kept

    def understood(self, article: Article) -> Annotation:
        """What is understood of an article: as it is kept, or else worked out now."""
        from readout import pipeline

        return self._ruled(self.store.annotation(article.edition) or pipeline.annotation(article))

    def every_annotation(self) -> Iterator[Annotated]:
        """All sightings of all articles with what is understood of them, in the order of `every_article`."""
        return (Annotated(one, self.understood(one)) for one in self.every_article())

    def meant(self, name: str) -> Sequence[Who]:
        """The entities of the archive that the name can mean, the surest first, then the most named."""
        from readout.annotate import archive_names

        rulings = self.store.rulings()
        words = {one for told in (name, *archive_names.other_names(name, rulings)) for one in told.split()[-1:]}
        return archive_names.meant(name, archive_names.whos(self.store.known(words), rulings))

    def said(self, who: Who, *, since: datetime | None = None, until: datetime | None = None) -> Iterator[Said]:
        """What that entity said, the latest first; `until` is not included. What two editions hold is told once."""
        ask = partial(self.store.said, who.known, since=since, until=until)
        return _once(_windows(ask), _content)

    def events(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterator[Happening]:
        """What is dated, the earliest first; `until` is not included. What two editions hold is told once."""
        return _once(_windows(partial(self.store.events, since=since, until=until)), _happening)

    def positions(self, who: Who, *, limit: int = _SAID) -> tuple[Position, ...]:
        """Where that entity says something else than before, the latest first, in the latest `limit` of its statements.
        Copies count once.
        """
        from readout import pipeline

        all_of_it = _windows(partial(self.store.said, who.known, since=None, until=None))
        said = {one.statement.id: one for one in islice(all_of_it, limit)}
        articles = {one.article.id: one.article for one in said.values()}
        groups = self.copy_groups(articles)
        heads = sorted(articles.values(), key=lambda one: one.id in groups and groups[one.id].origin != one.id)
        told = [pipeline.alone(one, who.name, said.keys()) for one in self._annotated(heads)]
        turns = pipeline.turns(told, groups)
        return tuple(Position(one, said[one.before], said[one.after]) for one in turns)

    def _annotated(self, articles: Iterable[Article]) -> tuple[Annotated, ...]:
        return tuple(Annotated(one, self.understood(one)) for one in articles)

    def rule(self, one: str, other: str, *, same: bool) -> Ruling:
        """Say that two names name the same, and that `other` is its name; or that they do not."""
        ruling = Ruling(one, other, same, datetime.now(UTC))
        self.store.rule(ruling)
        return ruling

    def rulings(self) -> Sequence[Ruling]:
        """What was said about names, in the order it was."""
        return self.store.rulings()

    def page(self, page_id: str) -> Page:
        """The page of that id, or of the one id that begins so. Raises NotFoundError, AmbiguousIdError."""
        return self.store.page(page_id)

    def on_page(self, page_id: str) -> Sequence[Article]:
        """The articles of that page in the order of their positions."""
        return self.store.on_page(PageId(page_id))

    def outlets(self) -> Sequence[OutletCount]:
        """The outlets by number of articles, most first, with what their feeds tell of them."""
        from readout.run import outlets

        return outlets.described(self.store.outlets(), self.feeds())

    def outlet(self, outlet_id: str) -> OutletCount:
        """The outlet of that id, or of the one id that begins so. Raises NotFoundError, AmbiguousIdError."""
        from readout.run import outlets

        return outlets.described([self.store.outlet(outlet_id)], self.feeds())[0]

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
        from readout.run import judging

        return (*self.store.check(), *judging.faults(self.store))

    def add(self, asked: str, *, tell: Callable[[str], None] | None = None, files: bool = True) -> Addition:
        """Follow what is at an address, or in a file: a feed, the feeds of a home page, a page with links, a list of
        feeds (OPML), a mailbox. Says what was found and why; `tell` hears what is being tried meanwhile. Without
        `files` it can only be an address. Raises InputError where nothing can be followed.
        """
        from readout.run import adding

        return adding.add(asked, self._world(), tell or adding.unheard, files=files)

    def add_list(self, content: bytes, name: str) -> Addition:
        """Follow the feeds of a list (OPML) that is at hand as `content`, under that name. Raises InputError where it
        is none.
        """
        from readout.run import adding

        return adding.add_list(content, name, self._world())

    def opml(self) -> bytes:
        """The feeds that are followed as OPML, for other readers; mailboxes are left out."""
        from readout.run import adding

        return adding.as_opml(self.feeds())

    def feeds(self) -> Sequence[Followed]:
        """The feeds that are followed, in order of address."""
        return self.store.feeds()

    def feed(self, feed_id: str) -> Followed:
        """The feed of that id, or of the one id that begins so. Raises NotFoundError, AmbiguousIdError."""
        return self.store.feed(feed_id)

    def looks(self, feed_id: str) -> Sequence[Look]:
        """The last looks at that feed, the latest first. Raises NotFoundError, AmbiguousIdError."""
        return self.store.looks(self.feed(feed_id).feed.id)

    def correct(self, feed_id: str, **fields: str | None) -> Followed:
        """Set what was guessed of a feed's outlet: its `name`, `domain`, `country`, `language`, `kind`. It holds for
        what is captured from now on. Raises NotFoundError, AmbiguousIdError, InputError.
        """
        from readout.run import adding

        changed = adding.corrected(self.feed(feed_id).feed, fields)
        self.store.amend(changed)
        return self.feed(changed.id)

    def remove(self, feed_id: str) -> Feed:
        """Follow that feed no more; what was captured stays. Raises NotFoundError, AmbiguousIdError."""
        feed = self.feed(feed_id).feed
        self.store.unfollow(feed.id)
        return feed

    def update(
        self,
        feed_ids: Sequence[str] = (),
        *,
        everything: bool = False,
        progress: Progress = silent,
        stop: Event | None = None,
    ) -> UpdateReport:
        """Look at the feeds that are due, at those of these ids, or at `everything` that has not ended, and keep what
        is new. Ends early, with nothing lost, when `stop` is set. Raises NotFoundError, AmbiguousIdError, StoreError.
        """
        from readout.run import update

        world = self._world()
        if feed_ids:
            due = list({one.feed.id: one for one in map(self.feed, feed_ids)}.values())
        elif everything:
            due = [one for one in self.feeds() if not one.state.ended]
        else:
            due = list(self.store.due(world.clock()))
        return update.update(world, due, progress, stop)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look at feeds whenever they are due, and do what `work` does with what they bring, for as long as the block
        lasts. That work has a process of its own where the archive is a folder, so that whoever asks here does not wait
        for it.
        """
        from readout.run import annotating, beside, watching

        home = self.index_at and self.index_at.parent
        works = beside.working(home) if home else annotating.watching(self.store, then=self._caught_up)
        with watching.watching(self._world()), works:
            yield

    def work(self, stop: Event) -> None:
        """Annotate, group, index and compare whatever comes in, until `stop` is set."""
        from readout.run import annotating, beside

        with beside.attending(self.index_at.parent) if self.index_at else nullcontext():
            annotating.watch(self.store, stop, then=self._caught_up)

    def _caught_up(self, *, progress: Progress) -> None:
        """What follows when all that came is grouped."""
        self.index(progress=progress)
        self.compare_changed(seconds=_COMPARING, progress=progress)

    def users(self) -> Users:
        """The desk where users are let in, invited and managed. One is enough for a site: it remembers who tried."""
        from readout.run.users import Users

        return Users(self.store)

    def _ruled(self, annotation: Annotation) -> Annotation:
        """With the names that people chose."""
        rulings = self.store.rulings()
        if not rulings:
            return annotation
        from readout.annotate import archive_names

        return archive_names.ruled(annotation, rulings)

    def close(self) -> None:
        """Let go of the database, and of connections to the outside."""
        if self.outside:
            self.outside.close()
        self._asked.end()
        self.store.close()

    def _world(self) -> World:
        from readout.run import apart, local
        from readout.run.update import World

        outside, do = self.outside or _usual(), apart.usual()
        step = local.Bounded(do, partial(local.attempt, languages=self.languages))
        return World(self.store, outside.manners, step, width=outside.width, busy=outside.busy, do=do)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _windows(ask: Callable[..., Sequence[T]]) -> Iterator[T]:
    """Everything that is answered, asked for in parts, so that whoever wants little pays little."""
    offset = 0
    while found := ask(limit=_WINDOW, offset=offset):
        yield from found
        offset += _WINDOW


def _content(said: Said) -> str:
    """What makes a statement the same in two editions of an article, whatever the ids of their texts are."""
    text = reading(said.article).text
    return " ".join((said.article.id, *(text[span.start : span.end] for span in said.statement.content)))


def _happening(one: Happening) -> str:
    time = one.event.time
    return f"{one.article.id} {one.event.what} {time.value if time else ''}"


def _once(found: Iterable[T], key: Callable[[T], str]) -> Iterator[T]:
    seen: set[str] = set()
    for one in found:
        if key(one) not in seen:
            seen.add(key(one))
            yield one


@cache
def _usual() -> Outside:
    from readout.run.outside import Outside

    return Outside()


def _arrivals(
    paths: Sequence[str], read: Callable[[str], Iterator[Arrival]], unusable: list[InputError]
) -> Iterator[Arrival]:
    for path in paths:
        try:
            found = read(path)
        except InputError as error:
            unusable.append(error)
        else:
            yield from found
