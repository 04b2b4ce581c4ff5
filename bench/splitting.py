"""How fast captures are split and stored on one core, how much memory that takes, and whether it stays linear.

Captures are made up as they are needed, in the two layouts of aggregators: a main article, furniture, and three related
articles whose bodies are one long line each. Their sentences are those of the sample corpus, in another order every
time, each made its own by a number. Every size runs in a process of its own, so that its peak of memory is its own. The
time to make the captures up is left out; all else is in: splitting, dating, language, compressing, SQLite, the disk.

The named peer does the least that could be called the same work: `str.splitlines`, and Python's own sqlite3 keeping the
page, compressed, in transactions of the same size with the same durability. "times" is our time over the peer's. Rates
count CPU seconds; wall time has the making up in it. A core that others use as well runs slower even in CPU seconds.

Where the test data is, its captures of real pages are read too, in passes over all of them, each into an archive of its
own and with the looks of lines forgotten, as if every line were new: the best pass is what an undisturbed core does.

    python -m bench.splitting [--sizes 1000 5000 20000] [--jobs 1]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path

from quality.figures import Absent, shared
from readout.extract import looks
from readout.models import CaptureBasis, Harvest, Kept, Media, Page
from readout.run import base, local
from readout.store.sqlite import SQLiteStore

SIZES = (1_000, 5_000, 20_000)
PASSES = 20
START = datetime(2031, 3, 1, tzinfo=UTC)
OUTLETS = ("Harbour Post", "Kanal 7", "The Seven Sides Review", "Meridian Wire", "Halmar Courier", "Delta Daily")
TOPICS = ("Politics", "Business", "World")
SHORTEST = 60  # letters of a line that is running text


def main(arguments: Sequence[str]) -> None:
    """Run every size and print a line for each."""
    asked = _asked(arguments)
    if asked.one:
        print(json.dumps(_measure(asked.one, asked.jobs)))
        return
    print("captures  kB each  wall s  CPU s  captures a CPU s  storing  peak MB  peer CPU s  times")
    rates = []
    for size in asked.sizes:
        found = _apart(size, asked.jobs)
        rates.append(size / found["seconds"])
        print(
            f"{size:8,}{found['kilobytes']:9.1f}{found['wall']:8.1f}{found['seconds']:7.1f}{rates[-1]:18.0f}"
            f"{found['storing']:9.0%}{found['peak']:9.0f}{found['peer']:12.1f}{found['seconds'] / found['peer']:7.1f}",
            flush=True,
        )
    print(f"{found['articles']:.2f} articles a capture; the last rate is {rates[-1] / rates[0]:.2f} of the first")
    _print_given()


def _print_given() -> None:
    try:
        pages = _given()
    except Absent as absent:
        print(f"real captures: not read, {absent}")
        return
    passes = sorted(_pass(pages) for _ in range(PASSES))
    kilobytes = sum(len(page.content) for page in pages) / len(pages) / 1e3
    best, usual = (len(pages) / passes[at] for at in (0, PASSES // 2))
    rates = f"{best:.0f} a CPU s in the best of {PASSES} passes, {usual:.0f} in the median"
    print(f"{len(pages)} real captures of {kilobytes:.1f} kB: {rates}")


def _given() -> list[Page]:
    """The captures of the test data; raises Absent where there is none."""
    texts = [path.read_bytes() for path in sorted(shared("captures").glob("*.txt"))]
    rows = shared("captures", "aggregator_pages.jsonl").read_text("utf-8").splitlines()
    return [
        _page(content, number)
        for number, content in enumerate([*texts, *(json.loads(row)["text"].encode() for row in rows)])
    ]


def _pass(pages: Sequence[Page]) -> float:
    """CPU seconds to split and store those pages, none of them seen before."""
    looks.forget()
    fresh = [replace(page) for page in pages]
    with tempfile.TemporaryDirectory() as home:
        store = SQLiteStore.open(Path(home) / "readout.db")
        start = time.process_time()
        base.carry(fresh, local.InProcess(), store, lambda _: None)
        return time.process_time() - start


def _page(content: bytes, number: int) -> Page:
    captured = START + timedelta(minutes=5 * number)
    return Page(content, Media.TEXT, f"{number}.txt", captured=captured, captured_basis=CaptureBasis.DECLARED)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Captures split and stored in a second, and the memory it takes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many captures, run by run")
    parser.add_argument("--jobs", type=int, default=1, help="processes to split in")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)  # the run itself, in the process that is measured
    return parser.parse_args(arguments)


def _apart(size: int, jobs: int) -> dict[str, float]:
    asked = [sys.executable, "-m", "bench.splitting", "--one", str(size), "--jobs", str(jobs)]
    done = subprocess.run(asked, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measure(size: int, jobs: int) -> dict[str, float]:
    runner = local.Pool(jobs) if jobs > 1 else local.InProcess()
    with tempfile.TemporaryDirectory() as home:
        made = _MadeUp(size)
        store = _Timed.open(Path(home) / "readout.db")
        _sentences()
        start, began = time.process_time(), time.perf_counter()
        tally = base.carry(made, runner, store, lambda _: None)
        seconds, wall = time.process_time() - start - made.seconds, time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {
            "seconds": seconds,
            "wall": wall,
            "storing": store.seconds / seconds,
            "kilobytes": made.size / size / 1e3,
            "peak": peak,
            "articles": sum(tally.kinds.values()) / size,
            "peer": _peer(_MadeUp(size), Path(home) / "peer.db"),
        }


class _Timed(SQLiteStore):
    """A store that knows how long it took to keep what it keeps."""

    seconds = 0.0

    def keep(self, harvests: Iterable[Harvest]) -> Kept:
        start = time.process_time()
        kept = super().keep(harvests)
        self.seconds += time.process_time() - start
        return kept


@dataclass
class _MadeUp:
    """Captures made up one by one; `seconds` is what that took, `size` their bytes."""

    count: int
    seconds: float = 0
    size: int = 0

    def __iter__(self) -> Iterator[Page]:
        for number in range(self.count):
            start = time.process_time()
            page = capture(number)
            self.size += len(page.content)
            self.seconds += time.process_time() - start
            yield page


def capture(number: int) -> Page:
    """The capture of that number: always the same."""
    chance = random.Random(number)  # noqa: S311 - no secret
    lines = _glued(chance) if number % 2 else _plain(chance)
    return _page("\n".join(lines).encode(), number)


def _plain(chance: random.Random) -> list[str]:
    """Title, body, furniture; related: outlet, age, outlet again, title, body."""
    lines = ["", _title(chance), *_body(chance, 14), "", "Hashtags", "", "Try Our AI Features", "Comments"]
    lines += ["No comments yet...", "Related Articles", ""]
    for _ in range(3):
        outlet = chance.choice(OUTLETS)
        lines += ["", outlet, _age(chance), f"- {outlet}", _title(chance), " ".join(_body(chance, 12)), ""]
    return lines


def _glued(chance: random.Random) -> list[str]:
    """A logo, the title twice, outlet and age in one word; related: title twice, outlet, "time" and age, bullets."""
    title = _title(chance)
    lines = ["logo", title, "", title, "", f"{chance.choice(OUTLETS)}{_age(chance)}", title, *_body(chance, 14)]
    lines += ["Orange background", "", "Try Our AI Features", "", "Comments", "", "No comments yet...", ""]
    lines += ["Related Articles", ""]
    for _ in range(3):
        outlet, title = chance.choice(OUTLETS), _title(chance)
        lines += [title, title, "", outlet, "", f"time{_age(chance)}", "", f"  • {chance.choice(TOPICS)}", ""]
        lines += [f"  • {outlet}", "", title, "", " ".join(_body(chance, 12)), ""]
    return [*lines, "DOWNLOAD THE APP"]


def _age(chance: random.Random) -> str:
    return f"{chance.randint(2, 23)} hours ago"


def _title(chance: random.Random) -> str:
    return " ".join(chance.choice(_sentences()).split()[:10]).rstrip(".,;:") + f" {chance.randint(1, 10**6)}"


def _body(chance: random.Random, paragraphs: int) -> list[str]:
    picked = iter(chance.choices(_sentences(), k=paragraphs * 2))
    return [f"{next(picked)} {next(picked)[:-1]} {chance.randint(1, 10**9)}." for _ in range(paragraphs)]


@cache
def _sentences() -> tuple[str, ...]:
    """The English sentences of the sample's captures, in one order on every machine."""
    folder = files("readout") / "sample" / "captures"
    texts = [one.read_text("utf-8") for one in sorted(folder.iterdir(), key=lambda one: one.name)]
    lines = [line.strip() for text in texts for line in text.splitlines() if len(line) >= SHORTEST and " the " in line]
    cut = [sentence.strip(" .") + "." for line in lines for sentence in line.split(". ")]
    return tuple(dict.fromkeys(sentence for sentence in cut if len(sentence) >= SHORTEST))


def _peer(pages: Iterable[Page], path: Path) -> float:
    """Seconds that the named peer takes for the same captures, without the time to make them up."""
    seconds = 0.0
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE page (id, content)")
        waiting = iter(pages)
        while batch := list(islice(waiting, base.BATCH)):
            start = time.process_time()
            rows = [(page.id, zlib.compress("\n".join(page.text.splitlines()).encode())) for page in batch]
            with database:
                database.executemany("INSERT INTO page VALUES (?, ?)", rows)
            seconds += time.process_time() - start
    return seconds


if __name__ == "__main__":
    main(sys.argv[1:])
