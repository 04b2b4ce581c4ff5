"""How long the pages of a large archive take while it is read by many and news keeps coming in.

An archive is filled with news articles of volume/*.jsonl.gz in the shared test data ($READOUT_TESTDATA, or ../shared
beside the project): the first words of each, annotated and grouped. Beyond the number there are, they come again years
later in other words: a third of neighbouring words change places and names get other vowels, so that they are neither
the same articles nor copies. Then the site is served by `readout serve` with `readout work` beside it, which is what
`readout run` is, and another process keeps a few new articles a second. Once the server has read what it needs of the
archive, and after half a minute of readers that nobody measures, so that what a site remembers of a moment ago is as in
the hours after, pages of every kind are asked for at even times over loopback, each timed from the moment it was due
until its last byte, another page that it leads to (a name by its principal id) counted in: that is the time in the
server, in its queue and in this client, and so more than the server's alone.

Prints for each kind the median and the hundredth part's time in milliseconds, how many were not asked for in the half
minute before, in which the site tells the same page again, and their median, the largest answer in kB on the wire, and
whether front, story, article, name and search keep to the goals: 25 ms, 150 ms and 100 kB. Other kinds are told for
information. Below stand the seconds of processor that the server used for a page, all that it does beside counted in,
how many articles a second came in, were annotated and grouped meanwhile and how many wait then, and how quiet the
machine was: its load, and how long a loop that does nothing else took, in the median, as a multiple of its quickest.

    python -m bench.reading [--archive FOLDER] [--articles 100000] [--words 400] [--seconds 120] [--before 30]
        [--rate 20] [--arriving 10]

With `--archive` the filled archive is kept there and used again.
"""

from __future__ import annotations

import argparse
import gzip
import html
import http.client
import itertools
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import local
from typing import NamedTuple
from urllib.parse import quote

import readout
from quality.figures import shared
from readout.group.footprint import grouper
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
    Role,
    Span,
)
from readout.present.web import again
from readout.run import beside

BATCH = 256
GOAL_HALF, GOAL_MOST, GOAL_SIZE = 25, 150, 100  # milliseconds, milliseconds, kB
JUDGED = frozenset({"front", "story", "article", "name", "search"})
AGAIN = timedelta(days=9 * 365)
NEIGHBOURS, EACH = 40, 120  # pages looked through for addresses, and addresses of a kind
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_TURNED = str.maketrans("aeiou", "eioua")
_NEW = 4  # times that the vowels of names are turned for what comes in; in the archive they are less often
_LINK = re.compile(r'href="(/[^"#?]*)')
_PACKED = b"\x1f\x8b"  # how what gzip packed begins
_WIRE = {"Accept-Encoding": "gzip", "Host": "localhost"}
_MARGIN = 20  # seconds for which articles come in beyond those in which pages are asked for
LONGEST = 180.0  # seconds that the server may take to read the archive
_LOOP = """
import select, statistics, sys, time
took = []
while not select.select([sys.stdin], [], [], 0.1)[0]:
    at = time.perf_counter()
    sum(range(20_000))
    took.append(time.perf_counter() - at)
print(f"a plain loop took {statistics.median(took) / min(took):.1f} times its quickest, {min(took) * 1e3:.2f} ms")
"""


def main(arguments: Sequence[str]) -> None:
    """Fill, serve, let articles arrive, ask, print."""
    asked = _asked(arguments)
    if asked.arrive:
        _arrive(asked)
        return
    with _home(asked.archive) as home:
        with readout.open(home) as engine:
            _fill(engine, asked)
        with _serving(home) as (port, server), beside.working(Path(home)):
            addresses = _addresses(port)
            _settle(server)
            print(f"{sum(map(len, addresses.values()))} addresses of {len(addresses)} kinds", flush=True)
            with _arriving(home, asked), _looping() as loop:
                before, there, begun = _used(server), _state(home), time.perf_counter()
                answers = _measured(port, addresses, asked)
                used, took, now = _used(server) - before, time.perf_counter() - begun, _state(home)
            _print(answers)
            each = used / (asked.before + asked.seconds) / asked.rate * 1e3
            print(f"the server used {each:.1f} ms of processor for a page; {loop[0]}")
            _print_work(there, now, took)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time of the site's pages on a large archive.")
    parser.add_argument("--archive", help="where the filled archive is kept; a throw-away one without it")
    parser.add_argument("--articles", type=int, default=100_000, help="how many are in it")
    parser.add_argument("--words", type=int, default=400, help="how many words of each")
    parser.add_argument("--seconds", type=int, default=120, help="how long pages are asked for")
    parser.add_argument("--before", type=int, default=30, help="how long they are asked for before that, unmeasured")
    parser.add_argument("--rate", type=float, default=20, help="pages a second")
    parser.add_argument("--arriving", type=int, default=10, help="articles a second that come in")
    parser.add_argument("--arrive", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


@contextmanager
def _home(kept: str | None) -> Iterator[str]:
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as made:
        yield made


# what is read


def _fill(engine: readout.Engine, asked: argparse.Namespace) -> None:
    there, started = engine.totals().articles, time.perf_counter()
    rows = itertools.islice(_rows(asked.words), there, None)
    while (there := engine.totals().articles) < asked.articles and (batch := list(itertools.islice(rows, BATCH))):
        engine.store.keep(batch)
    engine.annotate(jobs=2, progress=_told("annotated"))
    engine.group(progress=_told("grouped"))
    engine.compare_changed(progress=_told("compared"))
    engine.index(progress=_told("indexed"))
    took = time.perf_counter() - started
    print(f"{there:,} articles, {engine.store.count_stories():,} stories; filled in {took:.0f} s", flush=True)


def _told(what: str) -> readout.run.base.Progress:
    def tell(done: int, total: int | None) -> None:
        if done % (BATCH * 20) < BATCH:
            print(f"  {done:,} of {total or done:,} {what}", file=sys.stderr, flush=True)

    return tell


def _rows(words: int) -> Iterator[Harvest]:
    """The articles, and again and again in other words, years later each time."""
    source = next(iter(sorted(shared("data/volume").glob("*.jsonl.gz"))))
    for turn in itertools.count():
        with gzip.open(source, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                row = json.loads(line)
                text = "\n".join(_first(row["text"], words))
                chance = random.Random(f"{turn} {number}")  # noqa: S311 - the same articles each time
                for _ in range(turn):
                    text, row["title"] = _otherwise(text, chance), _otherwise(row["title"] or "", chance)
                if text and row["title"] and row["date"]:
                    yield _harvest(row, text, turn, number)


def _first(text: str, words: int) -> Iterator[str]:
    """The paragraphs that hold the first words."""
    for line in filter(str.strip, text.splitlines()):
        if words <= 0:
            return
        yield line.strip()
        words -= len(line.split())


def _otherwise(text: str, chance: random.Random) -> str:
    def told(line: str) -> str:
        words = _NAME.sub(lambda found: found[0].translate(_TURNED), line).split(" ")
        for at in range(0, len(words) - 1, 3):
            if chance.random() < 0.9:
                words[at], words[at + 1] = words[at + 1], words[at]
        return " ".join(words)

    return "\n".join(map(told, text.splitlines()))


def _harvest(row: dict[str, str], text: str, turn: int, number: int) -> Harvest:
    title, lines = row["title"].strip() or "Untitled", text.splitlines()
    day = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC) + turn * AGAIN + timedelta(minutes=number % 1440)
    content = "\n".join([title, *lines])
    page = Page(
        content.encode(), Media.TEXT, f"{turn}-{number}.txt", captured=day, captured_basis=CaptureBasis.DECLARED
    )
    return Harvest(page, (_article(row, page, title, lines, day),), ())


def _article(row: dict[str, str], page: Page, title: str, lines: Iterable[str], day: datetime) -> Article:
    at, paragraphs = len(title) + 1, []
    for line in lines:
        paragraphs.append(Paragraph(line, (Span(at, at + len(line)),)))
        at += len(line) + 1
    return Article(
        page=page.id,
        position=0,
        role=Role.MAIN,
        kind=ArticleKind.ARTICLE,
        title=title,
        title_span=Span(0, len(title)),
        paragraphs=tuple(paragraphs),
        extractor="bench/1",
        outlet=row["source"],
        language="en",
        published=Moment(day, Precision.DAY, Basis.STATED, row["date"]),
    )


# what comes in meanwhile


@contextmanager
def _arriving(home: str, asked: argparse.Namespace) -> Iterator[None]:
    if not asked.arriving:
        yield
        return
    command = [sys.executable, "-m", "bench.reading", "--arrive", "--archive", home]
    command += ["--arriving", str(asked.arriving), "--words", str(asked.words), "--seconds", str(asked.seconds)]
    command += ["--before", str(asked.before)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        if running.stdout and running.stdout.readline():
            time.sleep(_MARGIN / 4)
        yield
    finally:
        running.terminate()
        running.wait()


def _arrive(asked: argparse.Namespace) -> None:
    """Keep so many new articles a second, one by one as feeds bring them, until ended."""
    number = int((asked.before + asked.seconds + _MARGIN) * asked.arriving)
    with readout.open(asked.archive) as engine:
        run = time.time()
        made = [_new(one, run) for one in itertools.islice(_rows(asked.words), 5_000, 5_000 + number)]
        print("ready", flush=True)
        begun = time.perf_counter()
        for taken, one in enumerate(made, 1):
            engine.store.keep([one])
            time.sleep(max(0.0, begun + taken / asked.arriving - time.perf_counter()))


class State(NamedTuple):
    """How many pages with one article each there are, and how many articles wait."""

    pages: int
    unannotated: int
    ungrouped: int
    unindexed: int
    due: int


def _state(home: str) -> State:
    with readout.open(home) as engine:
        store = engine.store
        waiting = store.count_unannotated(), store.count_ungrouped(grouper()), store.count_notes(), store.count_due()
        return State(store.totals().pages, *waiting)


def _print_work(then: State, now: State, took: float) -> None:
    """What came in, and how far it was worked on."""
    came = now.pages - then.pages
    print(
        f"{came / took:.1f} articles a second came in, {(came - now.unannotated + then.unannotated) / took:.1f} were "
        f"annotated, {(came - now.ungrouped + then.ungrouped) / took:.1f} grouped; {now.pages:,} now, of which "
        f"{now.unannotated:,} wait to be annotated, {now.ungrouped:,} to be grouped, {now.unindexed:,} to be indexed; "
        f"{now.due:,} stories to be compared"
    )


def _new(harvest: Harvest, run: float) -> Harvest:
    """A report of today with the same beginning, in other words and with names that are not in the archive yet."""
    (article,), chance = harvest.articles, random.Random(str(run))  # noqa: S311
    title, text = article.title, "\n".join(paragraph.text for paragraph in article.paragraphs)
    for _ in range(_NEW):
        title, text = _otherwise(title, chance), _otherwise(text, chance)
    row = {"title": title, "source": article.outlet or "", "date": datetime.now(UTC).date().isoformat()}
    made = _harvest(row, text, 0, int(run * 1000) % 10**9)
    return replace(made)


# who reads


@contextmanager
def _serving(home: str) -> Iterator[tuple[int, int]]:
    """The port, and the id of the process."""
    command = [sys.executable, "-m", "readout", "--data", home, "serve", "--port", "0"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        line = running.stdout.readline() if running.stdout else ""
        found = re.search(r":(\d+)/", line)
        yield int(found[1]) if found else sys.exit(f"not served: {line!r}"), running.pid
    finally:
        running.terminate()
        running.wait()


def _used(process: int) -> float:
    """Seconds of processor that a process used until now."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _settle(process: int) -> None:
    """Wait until the server has read what it needs of the archive."""
    begun, before = time.perf_counter(), _used(process)
    while time.perf_counter() - begun < LONGEST:
        time.sleep(2)
        now = _used(process)
        if now - before < 0.1:
            break
        before = now
    print(f"read after {time.perf_counter() - begun:.0f} s more", flush=True)


@contextmanager
def _looping() -> Iterator[list[str]]:
    """Time a loop in a process of its own for as long as the block lasts; what came of it is in the list then."""
    running = subprocess.Popen([sys.executable, "-c", _LOOP], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    told: list[str] = []
    try:
        yield told
    finally:
        told.append(running.communicate("")[0].strip())


def _addresses(port: int) -> dict[str, list[str]]:
    """Addresses of the site by kind, found by following its own links, and questions made of its headlines."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    titles: list[str] = []
    waiting = ["/", "/latest", "/names", "/tags", *(f"/?screen={number}" for number in range(2, 12))]
    waiting += [f"/latest?screen={number}" for number in (2, 5, 20, 100, 400)]
    for address in itertools.islice(iter(waiting), None):
        sent = _got(connection, address)[1]
        body = (gzip.decompress(sent) if sent.startswith(_PACKED) else sent).decode()
        titles += [
            html.unescape(one) for one in re.findall(r'<h\d class="headline"[^>]*><a [^>]*>([^<]{20,})</a>', body)
        ]
        for link in _LINK.findall(body):
            kind = link.split("/")[1]
            if kind and link.count("/") > 1 and kind not in {"static", "feeds"} and len(found[kind]) < EACH:
                found[kind].setdefault(html.unescape(link))
        if len(waiting) < NEIGHBOURS:
            waiting += [link for kind in ("story", "article") for link in list(found[kind])[: NEIGHBOURS // 2]]
    chance = random.Random(0)  # noqa: S311
    asked = [" ".join(chance.sample(title.split(), min(2, len(title.split())))) for title in titles]
    found["search"] = dict.fromkeys(f"/search?q={quote(one)}" for one in asked[:EACH])
    found["front"], found["latest"] = dict.fromkeys(["/"]), dict.fromkeys(["/latest"])
    return {kind: list(addresses) for kind, addresses in found.items() if addresses}


def _got(connection: http.client.HTTPConnection, address: str) -> tuple[int, bytes, int]:
    """Status, body as it was sent, and its size; of what it leads to where it leads elsewhere."""
    connection.request("GET", address, headers=_WIRE)
    answer = connection.getresponse()
    body, led = answer.read(), answer.headers["location"]
    if answer.status == http.HTTPStatus.SEE_OTHER and led != address:
        return _got(connection, led)
    return answer.status, body, len(body)


@dataclass(frozen=True)
class Answer:
    """One page that was asked for: milliseconds from when it was due, its status, bytes on the wire; whether it was
    asked for shortly before, so that the site may tell it again.
    """

    kind: str
    took: float
    status: int
    size: int
    again: bool = False


def _measured(port: int, addresses: dict[str, list[str]], asked: argparse.Namespace) -> list[Answer]:
    chance, held = random.Random(1), local()  # noqa: S311
    kinds = sorted(addresses)
    planned = [
        (kind, chance.choice(addresses[kind]))
        for _, kind in zip(
            range(int((asked.before + asked.seconds) * asked.rate)), itertools.cycle(kinds), strict=False
        )
    ]
    repeated = list(_repeated([address for _, address in planned], asked.rate))
    begun = time.perf_counter() + 0.5

    def ask(number: int) -> Answer:
        kind, address = planned[number]
        due = begun + number / asked.rate
        time.sleep(max(0.0, due - time.perf_counter()))
        if not hasattr(held, "connection"):
            held.connection = http.client.HTTPConnection("127.0.0.1", port)
        status, _, size = _got(held.connection, address)
        return Answer(kind, (time.perf_counter() - due) * 1e3, status, size, repeated[number])

    with ThreadPoolExecutor(8) as readers:
        return list(readers.map(ask, range(len(planned))))[int(asked.before * asked.rate) :]


def _repeated(addresses: Sequence[str], rate: float) -> Iterator[bool]:
    """Of each whether it was asked for so shortly before that the site tells it again."""
    asked: dict[str, float] = {}
    for number, address in enumerate(addresses):
        at = number / rate
        yield at - asked.get(address, -again.GOOD) < again.GOOD
        if at - asked.get(address, -again.GOOD) >= again.GOOD:
            asked[address] = at


def _print(answers: Sequence[Answer]) -> None:
    by_kind: dict[str, list[Answer]] = defaultdict(list)
    for one in answers:
        by_kind[one.kind].append(one)
    for kind, group in [*sorted(by_kind.items()), ("all", list(answers))]:
        took = sorted(one.took for one in group)
        half, most = statistics.median(took), took[min(len(took) - 1, int(len(took) * 0.99))]
        size, failed = max(one.size for one in group) / 1e3, sum(one.status != http.HTTPStatus.OK for one in group)
        new = [one.took for one in group if not one.again]
        anew = f"{len(new):4} made anew, p50 {statistics.median(new) if new else 0:6.1f} ms"
        sound = half <= GOAL_HALF and most <= GOAL_MOST and size <= GOAL_SIZE and not failed
        sign = ("✓" if sound else "✗") if kind in JUDGED else " "
        print(
            f"{sign} {kind:<12} {len(group):5} asked   p50 {half:6.1f} ms   p99 {most:7.1f} ms   "
            f"{anew}   {size:6.1f} kB at most{f'   {failed} failed' if failed else ''}"
        )
    print(f"load of the machine: {' '.join(f'{one:.1f}' for one in os.getloadavg())}, of {os.cpu_count()} processors")


if __name__ == "__main__":
    main(sys.argv[1:])
