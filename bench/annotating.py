"""How fast articles are annotated on one core and on two, how much memory that takes, and against a named peer.

The whole annotation is measured: tokens, names, times, statements, events, figures. The load is PolNeAR's articles (dev
whole, then train), read before the clock starts. The named peer is spaCy's small English pipeline with textacy's direct
quotations, in an interpreter of its own, since neither is a dependency: `--peer PYTHON` names one that has both and the
pipeline (`--model`). Without a peer all else is measured.

A borrowed core's clock changes by more than twice from one second to the next, so everything is done by turns of one
article: ours, then the peer's, the same article, in CPU seconds of the process that did it, all of it several times.
What an article takes on a quiet core is the least of its turns; the rate and the ratio are of these sums, and those of
all turns, quiet or not, stand beside them. The rate is of turns alone, of which there are more. How long a plain loop
of Python took on the average, over what it took at its fastest, says how quiet the core was.

On two processes it is the wall that counts: both begin together on the same articles, when both are warm, and "times"
is what they do in a second over what one does; of several turns the fastest counts. A machine with less than two idle
cores shows less than it could: what share of the wall's time the two had a core is told.

    python -m bench.annotating [--articles 120] [--rounds 3] [--peer /path/to/python] [--model en_core_web_sm]

Ends with 1 where a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from quality.figures import Absent, shared
from readout.annotate import annotator
from readout.models import Article, ArticleKind, Basis, Moment, PageId, Paragraph, Precision, Role

RATE, TIMES, PEER, MEGABYTES = 40, 1.8, 8, 400
WARM = 4  # articles annotated before the clock starts
ALONE = 4  # times as many turns alone as with the peer, who takes ten times as long
SPINS, SPUN = 100, 100_000  # runs of the loop that tells how quiet the core is, and its turns
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
PEER_WORK = """
import json, sys, time
import spacy, textacy
texts = json.loads(sys.stdin.readline())
nlp = spacy.load(sys.argv[1])
def annotate(text):
    try:
        return list(textacy.extract.direct_quotations(nlp(text)))
    except ValueError:  # an odd number of quotation marks
        return []
annotate(texts[0])
print("warm", flush=True)
for line in sys.stdin:
    start = time.process_time()
    annotate(texts[int(line)])
    print(time.process_time() - start, flush=True)
"""


@dataclass(frozen=True)
class Run:
    """What one process did without a stop: CPU and wall seconds, articles, and its peak of memory in MB."""

    seconds: float
    wall: float
    articles: int
    peak: float


@dataclass(frozen=True)
class Turns:
    """CPU seconds that each article took at each turn, a list an article."""

    seconds: list[list[float]]

    @property
    def quiet(self) -> float:
        """Articles a CPU second, each at its quietest turn."""
        return len(self.seconds) / sum(map(min, self.seconds))

    @property
    def all(self) -> float:
        """Articles a CPU second over all turns."""
        return sum(map(len, self.seconds)) / sum(map(sum, self.seconds))


def main(arguments: Sequence[str]) -> int:
    """Run everything and print a line a figure; 1 where one is below its floor."""
    asked = _asked(arguments)
    if asked.work:
        _work(*asked.work)
        return 0
    try:
        count = min(asked.articles, len(_lines()))
    except Absent as why:
        print(f"skipped: {why}")
        return 0
    if asked.turns:
        _turns(count)
        return 0
    held = [_one_process(count, asked.rounds, asked.peer, asked.model), _two_processes(count // 3, asked.rounds)]
    return 0 if all(held) else 1


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.annotating", description="Articles annotated in a second.")
    parser.add_argument("--articles", type=int, default=120, help="how many articles of the load")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each article")
    parser.add_argument("--peer", help="a Python interpreter that has spaCy and textacy")
    parser.add_argument("--model", default="en_core_web_sm", help="the peer's pipeline")
    parser.add_argument("--turns", action="store_true", help=argparse.SUPPRESS)  # the process that takes turns
    parser.add_argument("--work", type=int, nargs=2, help=argparse.SUPPRESS)  # the process that runs without a stop
    return parser.parse_args(arguments)


def _one_process(count: int, rounds: int, peer: str | None, model: str) -> bool:
    ours = _started([sys.executable, "-m", "bench.annotating", "--turns", "--articles", str(count)])
    theirs = [_peer(peer, model, count)] if peer else []
    spins = [_spin() for _ in range(SPINS)]
    ((alone,), (mine, *others)) = _taken([ours], count, ALONE * rounds), _taken([ours, *theirs], count, rounds)
    spins += [_spin() for _ in range(SPINS)]
    for one in (ours, *theirs):
        one.communicate()
    held = _told("articles a CPU second, one process, at its quietest", alone.quiet, RATE, alone.quiet >= RATE)
    _told("articles a CPU second, all turns", alone.all, None, holds=True)
    _told("times a plain loop took what it took at its fastest", sum(spins) / len(spins) / min(spins), None, holds=True)
    if not others:
        print("the peer is absent: name a Python with spaCy and textacy with --peer")
        return held
    times = mine.quiet / others[0].quiet
    _told("articles a CPU second of the peer, at its quietest", others[0].quiet, None, holds=True)
    _told("times the peer's, all turns", mine.all / others[0].all, None, holds=True)
    return held & _told("times the peer's, each at its quietest", times, PEER, times >= PEER)


def _taken(processes: Sequence[subprocess.Popen[str]], count: int, rounds: int) -> list[Turns]:
    """Turns of one article after the other: each process the same article, then the next article."""
    found = [Turns([[] for _ in range(count)]) for _ in processes]
    for turn in range(rounds * count):
        for process, one in zip(processes, found, strict=True):
            one.seconds[turn % count].append(_turn(process, turn % count))
    return found


def _two_processes(count: int, rounds: int) -> bool:
    turns = [(_together(count, 1), _together(count, 2)) for _ in range(rounds)]
    both = [run for _, pair in turns for run in pair]
    once, twice = min(one.wall for (one,), _ in turns), min(max(run.wall for run in pair) for _, pair in turns)
    times, peak = 2 * once / twice, max(run.peak for run in both)
    _told("of the wall's time that the two had a core", min(run.seconds / run.wall for run in both), None, holds=True)
    held = _told("times that on two processes, by the wall", times, TIMES, times >= TIMES)
    return held & _told("MB a process at its peak", peak, MEGABYTES, peak <= MEGABYTES)


def _told(name: str, value: float, floor: float | None, holds: bool) -> bool:  # noqa: FBT001 - a line of the table
    mark, limit = "  " if holds else "✗ ", "" if floor is None else f"floor {floor}"
    print(f"{mark}{value:9.2f}  {name:54} {limit}", flush=True)
    return holds


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    """A process with one thread of linear algebra."""
    environment = {**os.environ, **ONE_THREAD}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


def _turn(process: subprocess.Popen[str], place: int) -> float:
    _say(process, str(place))
    return float(_line(process))


def _say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin, "it was started with a pipe"
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout, "it was started with a pipe"
    return process.stdout.readline()


def _spin() -> float:
    start, total = time.process_time(), 0
    for number in range(SPUN):
        total += number * number
    return time.process_time() - start


def _peer(python: str, model: str, count: int) -> subprocess.Popen[str]:
    """The peer, warm, with its texts in memory."""
    process = _started([python, "-c", PEER_WORK, model])
    _say(process, json.dumps([json.loads(line)["text"] for line in _lines()[:count]]))
    _line(process)
    return process


def _turns(count: int) -> None:
    """The process that takes turns: for each place that is sent, what its article took."""
    articles = _warm(0, count)
    for line in sys.stdin:
        start = time.process_time()
        annotator.annotation(articles[int(line)])
        print(time.process_time() - start, flush=True)


def _together(count: int, processes: int) -> list[Run]:
    """As many processes over the same articles, begun together when all are warm."""
    command = [sys.executable, "-m", "bench.annotating", "--work", "0", str(count)]
    running = [_started(command) for _ in range(processes)]
    for one in running:
        _line(one)
    for one in running:
        _say(one, "")
    return [Run(**json.loads(one.communicate()[0])) for one in running]


def _work(first: int, after: int) -> None:
    """The process that runs without a stop: says when it is warm, waits for a line, then tells what all took."""
    articles = _warm(first, after)
    print("warm", flush=True)
    sys.stdin.readline()
    wall, start = time.perf_counter(), time.process_time()
    for article in articles:
        annotator.annotation(article)
    seconds, wall = time.process_time() - start, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "wall": wall, "articles": len(articles), "peak": peak}))


def _warm(first: int, after: int) -> list[Article]:
    articles = [_article(line) for line in _lines()[first:after]]
    for article in articles[:WARM]:
        annotator.annotation(article)
    return articles


def _lines() -> list[str]:
    """The load, one JSON object a line: dev first, then train."""
    parts: list[Path] = [shared("data", "quotes", f"quotes_polnear_{part}.jsonl") for part in ("dev", "train")]
    return [line for path in parts for line in path.read_text(encoding="utf-8").splitlines()]


def _article(line: str) -> Article:
    row = json.loads(line)
    paragraphs = tuple(Paragraph(text, ()) for text in row["text"].splitlines() if text.strip())
    day = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
    moment = Moment(day, Precision.DAY, Basis.STATED, row["date"])
    page = PageId("0" * 64)
    return Article(page, 0, Role.MAIN, ArticleKind.ARTICLE, row["title"], None, paragraphs, "bench/1", published=moment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
