"""Eight writers at one archive, half of what they bring shared: nothing lost, nothing twice, no lock error.

Every writer is a process that keeps articles in batches in one SQLite file, as imports do. Half of the articles are its
own; the other half are those of all writers, each writer's under another variant of the address (tracking parameters,
AMP, mobile, "www.", http, a closing slash), and every writer in another order. At the end the archive must hold
as many articles as there are distinct ones, each sighting once, and no fault. Exits with 1 where it does not.

The named peer is the same with one writer at a time, and a tenth of the articles: what waiting for each other costs.

    python -m bench.writers [--writers 8] [--articles 10000]
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path

from readout.models import Article, ArticleKind, CaptureBasis, Harvest, Kept, Media, Page, Paragraph, Role, digest
from readout.run import base
from readout.store.sqlite import SQLiteStore

START = datetime(2031, 3, 1, tzinfo=UTC)
SENTENCES = 12
VARIANTS = (
    "https://{outlet}.example/{path}",
    "https://{outlet}.example/{path}?utm_source=feed&utm_medium=rss",
    "https://{outlet}.example/amp/{path}",
    "https://m.{outlet}.example/{path}/",
    "http://www.{outlet}.example/{path}",
    "https://www.{outlet}.example/{path}?fbclid=Iw{path}",
    "https://{outlet}.example/{path}/amp",
    "https://amp.{outlet}.example/{path}?ref=twitter#top",
)


@dataclass(frozen=True)
class Found:
    """What came of a run: rows in the archive, how many there should be, what writers had to say, and the time."""

    articles: int
    distinct: int
    pages: int
    errors: tuple[str, ...]
    faults: tuple[str, ...]
    slowest: float  # seconds that one batch took at most
    seconds: float

    @property
    def well(self) -> bool:
        """Whether everything is there once."""
        return self.articles == self.distinct and not self.errors and not self.faults


def main(arguments: Sequence[str]) -> int:
    """Run the writers, then the peer, and print a line for each."""
    asked = _asked(arguments)
    print("writers  articles each    rows  distinct   pages  lock errors  faults  slowest batch s  wall s  pages a s")
    together = written(asked.writers, asked.articles)
    _print(asked.writers, asked.articles, together)
    alone = written(asked.writers, max(asked.articles // 10, 10), at_once=1)
    _print(1, asked.writers * max(asked.articles // 10, 10), alone)
    print(f"times the peer's wall time a page: {together.seconds / together.pages * alone.pages / alone.seconds:.2f}")
    return 0 if together.well and alone.well else 1


def written(writers: int, articles: int, *, at_once: int | None = None) -> Found:
    """What an archive holds after that many writers brought that many articles each, `at_once` of them at a time."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "readout.db"
        SQLiteStore.open(path).close()
        began = time.perf_counter()
        with ProcessPoolExecutor(at_once or writers, multiprocessing.get_context("spawn")) as pool:
            told = list(pool.map(_write, [path] * writers, range(writers), [articles] * writers))
        seconds = time.perf_counter() - began
        with closing(SQLiteStore.open(path)) as store:
            totals, faults = store.totals(), tuple(store.check())
        errors = tuple(error for _, error, _ in told if error)
        slowest = max(longest for _, _, longest in told)
        return Found(totals.articles, distinct(writers, articles), totals.pages, errors, faults, slowest, seconds)


def distinct(writers: int, articles: int) -> int:
    """How many articles there are among what the writers bring."""
    return writers * (articles - articles // 2) + articles // 2


def brought(writer: int, articles: int) -> Iterator[Harvest]:
    """What a writer brings, in an order of its own; the first half of it all writers bring."""
    order = list(range(articles))
    random.Random(writer).shuffle(order)  # noqa: S311 - no secret
    for number in order:
        shared = number < articles // 2
        yield _harvest(writer, f"s{number}" if shared else f"w{writer}n{number}")


def _write(path: Path, writer: int, articles: int) -> tuple[Kept, str, float]:
    kept, longest = Kept(), 0.0
    with closing(SQLiteStore.open(path)) as store:
        for batch in base.batches(brought(writer, articles)):
            start = time.perf_counter()
            try:
                kept += store.keep(batch)
            except Exception as error:  # noqa: BLE001 - whatever a caller would have met is what is looked for
                return kept, f"writer {writer}: {error!r}", longest
            longest = max(longest, time.perf_counter() - start)
    return kept, "", longest


def _harvest(writer: int, name: str) -> Harvest:
    """A page that holds the article of that name, as that writer met it."""
    chance = random.Random(name)  # noqa: S311 - no secret
    outlet = f"paper{chance.randrange(40)}"
    address = VARIANTS[writer % len(VARIANTS)].format(outlet=outlet, path=f"{chance.randrange(2031)}/{name}")
    title = f"{_words(chance, 7).capitalize()} {name}"
    paragraphs = [f"{_words(chance, 14).capitalize()}." for _ in range(SENTENCES)]
    content = "\n".join([f"captured by {writer} at {address}", title, *paragraphs]).encode()
    captured = START + timedelta(seconds=chance.randrange(10**6), microseconds=writer)
    page = Page(content, Media.HTML, address, address=address, captured=captured, captured_basis=CaptureBasis.FETCHED)
    return Harvest(page, (_article(page, outlet, title, paragraphs),))


def _article(page: Page, outlet: str, title: str, paragraphs: Sequence[str]) -> Article:
    return Article(
        page=digest(page.content),
        position=0,
        role=Role.MAIN,
        kind=ArticleKind.ARTICLE,
        title=title,
        title_span=None,
        paragraphs=tuple(Paragraph(text, ()) for text in paragraphs),
        extractor="bench/1",
        outlet=outlet,
        address=page.address,
    )


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_vocabulary(), k=count))


@cache
def _vocabulary() -> tuple[str, ...]:
    """Twelve thousand words of no language."""
    parts = ("ba de fi go lu ma ne pi ro su".split(), "l m n r s t".split(), "a e i o u".split(), "d k n t".split())
    return tuple(
        one + other
        for one in map("".join, product(*parts))
        for other in ("", "ing", "or", "al", "ed", "ma", "i", "en", "us", "ia")
    )


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Many writers at one archive.")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--articles", type=int, default=10_000, help="that each writer brings, half of them shared")
    return parser.parse_args(arguments)


def _print(writers: int, articles: int, found: Found) -> None:
    print(
        f"{writers:7}{articles:15,}{found.articles:8,}{found.distinct:10,}{found.pages:8,}{len(found.errors):13}"
        f"{len(found.faults):8}{found.slowest:17.2f}{found.seconds:8.1f}{found.pages / found.seconds:11.0f}",
        flush=True,
    )
    for line in (*found.errors, *found.faults[:10]):
        print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
