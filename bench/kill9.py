"""Everything acknowledged must still be there after `kill -9`.

A process imports captures in batches and, after each batch, tells the pages that the store acknowledged. It is killed
at a random moment, opening and migrating included. Then the database is opened again: no fault is found in it, every
acknowledged page is there, every batch whole or absent, nothing twice; and the import, carried to its end, comes out
as if nothing had happened. Exits with 1 on any loss.

    python bench/kill9.py [--rounds 100] [--captures 2000] [--seed N]
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from readout.models import (
    Article,
    ArticleKind,
    Basis,
    CaptureBasis,
    Harvest,
    Media,
    Moment,
    Page,
    Paragraph,
    Precision,
    Rejection,
    Role,
    Span,
    Stage,
    Totals,
    digest,
)
from readout.store.sqlite import SQLiteStore

BATCH = 64
ID_BYTES = 64
START = datetime(2025, 7, 1, tzinfo=UTC)
SYLLABLES = ("ta", "re", "mi", "son", "der", "la", "ven", "ko", "est", "in", "ar", "pol", "ne", "cha", "um", "bri")


def harvests(count: int, seed: int = 0) -> list[Harvest]:
    """That many captures of about 12 kB in 3 or 4 articles; most related articles are met on several captures, and some
    have a second edition by then.
    """
    return [_harvest(number, _chance(f"{seed} {number}")) for number in range(count)]


def _harvest(number: int, chance: random.Random) -> Harvest:
    reports = [f"main {number}", *(f"related {number // 7 + step}" for step in range(chance.randint(2, 3)))]
    lines: list[str] = []
    articles = [_article(report, lines, chance) for report in reports]
    captured = START + timedelta(minutes=7 * number)
    content = "\n".join(lines).encode()
    page = Page(content, Media.TEXT, f"{number}.txt", captured=captured, captured_basis=CaptureBasis.DECLARED)
    placed = tuple(replace(article, page=page.id, position=at) for at, article in enumerate(articles))
    dropped = Rejection(Stage.EXTRACT, f"block {number}", "a list of titles", page=page.id)
    return Harvest(page, placed, (dropped,) if number % 3 == 0 else ())


def _article(report: str, lines: list[str], chance: random.Random) -> Article:
    """The article about that report, whose words are added to the page's lines."""
    text = _chance(report)
    title = _sentence(text, 9)
    title_span = _added(lines, title)
    edition = " Updated." if chance.random() < 0.1 else ""
    paragraphs = [" ".join(_sentence(text, 18) for _ in range(3)) + edition for _ in range(9)]
    return Article(
        page=digest(b""),
        position=0,
        role=Role.MAIN if report.startswith("main") else Role.RELATED,
        kind=ArticleKind.ARTICLE,
        title=title,
        title_span=title_span,
        paragraphs=tuple(Paragraph(words, (_added(lines, words),)) for words in paragraphs),
        extractor="bench/1",
        outlet=f"Outlet {text.randrange(40)}",
        published=Moment(START + timedelta(minutes=text.randrange(40_000)), Precision.MINUTE, Basis.STATED, "stated"),
        address=f"https://outlet.example/{report.replace(' ', '/')}",
        reasons=("title twice", "outlet before an age"),
    )


def _sentence(text: random.Random, words: int) -> str:
    return " ".join("".join(text.choices(SYLLABLES, k=text.randint(1, 4))) for _ in range(words)).capitalize() + "."


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret hangs on it


def _added(lines: list[str], words: str) -> Span:
    start = sum(map(len, lines)) + len(lines)
    lines.append(words)
    return Span(start, start + len(words))


def importing(path: Path, world: Sequence[Harvest], told: Connection) -> None:
    """Import the world batch by batch, telling each page that was acknowledged: what is killed."""
    with closing(SQLiteStore.open(path)) as store:
        for batch in batches(world):
            store.keep(batch)
            told.send_bytes(b"".join(ids(batch)))


def killed(path: Path, world: Sequence[Harvest], after: int, seconds: float) -> set[bytes]:
    """Import in a process of its own, killed so long after so many batches were acknowledged: the pages that were."""
    context = multiprocessing.get_context("fork")  # nothing is loaded again, so that most moments are in the import
    listening, told = context.Pipe(duplex=False)
    process = context.Process(target=importing, args=(path, world, told))
    process.start()
    told.close()
    acknowledged: set[bytes] = set()
    with suppress(EOFError, ConnectionError):
        for _ in range(after):
            acknowledged.update(_ids_in(listening.recv_bytes()))
    process.join(seconds)
    process.kill()
    with suppress(EOFError, ConnectionError):
        while True:
            acknowledged.update(_ids_in(listening.recv_bytes()))
    process.join()
    listening.close()
    return acknowledged


def _ids_in(message: bytes) -> list[bytes]:
    return [message[start : start + ID_BYTES] for start in range(0, len(message), ID_BYTES)]


def losses(path: Path, world: Sequence[Harvest], acknowledged: set[bytes], whole: Totals) -> Iterator[str]:
    """What is wrong with the database after the killing, and after the rest was imported."""
    with closing(SQLiteStore.open(path)) as store:
        yield from store.check()
        before = store.totals().pages
        found = 0
        for batch in batches(world):
            known = store.keep(batch).pages_known
            found += known
            if known not in {0, len(batch)}:
                yield f"{known} pages of a batch of {len(batch)} were kept"
            if known < len(acknowledged.intersection(ids(batch))):
                yield f"{len(batch)} pages were acknowledged, {known} of them are there"
        if found != before:
            yield f"{before} pages were kept, {found} of them are of this import"
        if store.totals() != whole:
            yield f"the import ended with {store.totals()}, not {whole}"


def batches(world: Sequence[Harvest]) -> Iterator[Sequence[Harvest]]:
    """What is kept at once."""
    return (world[start : start + BATCH] for start in range(0, len(world), BATCH))


def ids(batch: Sequence[Harvest]) -> list[bytes]:
    """The ids of its pages."""
    return [harvest.page.id.encode() for harvest in batch if harvest.page]


def main() -> int:
    """Kill and look, round after round; 1 where anything was lost."""
    options = _options()
    chance = _chance(str(options.seed))
    world = harvests(options.captures, options.seed)
    started = time.monotonic()
    total = len(list(batches(world)))
    seconds, whole = _undisturbed(world, total)
    acknowledged = 0
    lost: list[str] = []
    for number in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "readout.db"
            told = killed(path, world, chance.randrange(total), chance.uniform(0, 2 * seconds / total))
            acknowledged += len(told)
            lost += [f"round {number}: {loss}" for loss in losses(path, world, told, whole)]
    print("\n".join(lost), end="\n" if lost else "")
    print(
        f"kill -9: {options.rounds} rounds of {options.captures:,} captures, seed {options.seed}: "
        f"{acknowledged:,} pages acknowledged, {len(lost)} faults, {time.monotonic() - started:.0f} s"
    )
    return 1 if lost else 0


def _undisturbed(world: Sequence[Harvest], total: int) -> tuple[float, Totals]:
    """How long the import takes where nobody kills it, and what it leaves."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "readout.db"
        started = time.monotonic()
        killed(path, world, after=total, seconds=60)
        seconds = time.monotonic() - started
        with closing(SQLiteStore.open(path)) as store:
            return seconds, store.totals()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--captures", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
