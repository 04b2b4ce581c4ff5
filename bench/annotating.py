"""How fast articles are annotated on one core and on two, how much memory that takes, and against a named peer.

The whole annotation is measured: tokens, names, times, statements, events, figures. The load is PolNeAR's articles (dev
whole, then train), read before the clock starts. Rates count CPU seconds, so that a busy machine measures nearly the
same. On two processes it is the wall that counts: both begin together on the same articles, when both are warm, and
"times" is what they do in a second over what one does; of several turns the fastest counts. A machine with less than
two idle cores shows less than it could: what share of the wall's time the two had a core is told.

The named peer is spaCy's small English pipeline with textacy's direct quotations, in an interpreter of its own, since
neither is a dependency: `--peer PYTHON` names one that has both and the pipeline (`--model`). Both take turns on the
same articles, each in a process of its own with one thread of linear algebra. Without a peer all else is measured.

    python -m bench.annotating [--articles 240] [--rounds 3] [--peer /path/to/python] [--model en_core_web_sm]

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
from itertools import pairwise
from pathlib import Path

from quality.figures import Absent, shared
from readout.annotate import annotator
from readout.models import Article, ArticleKind, Basis, Moment, PageId, Paragraph, Precision, Role

RATE, TIMES, PEER, MEGABYTES = 40, 1.8, 8, 400
PEER_SHARE = 6  # the peer gets a sixth of a round's articles: it is that much slower
WARM = 4  # articles annotated before the clock starts
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
PEER_WORK = """
import json, sys, time
import spacy, textacy
asked = json.load(sys.stdin)
nlp = spacy.load(asked["model"])
def annotate(text):
    try:
        return list(textacy.extract.direct_quotations(nlp(text)))
    except ValueError:  # an odd number of quotation marks
        return []
annotate(asked["texts"][0])
start = time.process_time()
for text in asked["texts"]:
    annotate(text)
print(json.dumps({"seconds": time.process_time() - start, "articles": len(asked["texts"])}))
"""


@dataclass(frozen=True)
class Run:
    """What one process did: CPU and wall seconds, articles, and its peak of memory in MB."""

    seconds: float
    wall: float
    articles: int
    peak: float = 0.0

    @property
    def rate(self) -> float:
        return self.articles / self.seconds


def main(arguments: Sequence[str]) -> int:
    """Run everything and print a line a figure; 1 where one is below its floor."""
    asked = _asked(arguments)
    if asked.work:
        first, after = asked.work
        _work(first, after)
        return 0
    try:
        count = min(asked.articles, len(_lines()))
    except Absent as why:
        print(f"skipped: {why}")
        return 0
    return 0 if _measured(count, asked.rounds, asked.peer, asked.model) else 1


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.annotating", description="Articles annotated in a second.")
    parser.add_argument("--articles", type=int, default=240, help="how many articles of the load")
    parser.add_argument("--rounds", type=int, default=3, help="turns that we and the peer take")
    parser.add_argument("--peer", help="a Python interpreter that has spaCy and textacy")
    parser.add_argument("--model", default="en_core_web_sm", help="the peer's pipeline")
    parser.add_argument("--work", type=int, nargs=2, help=argparse.SUPPRESS)  # the process that is measured
    return parser.parse_args(arguments)


def _measured(count: int, rounds: int, peer: str | None, model: str) -> bool:
    edges = [count * turn // rounds for turn in range(rounds + 1)]
    alone: list[Run] = []
    others: list[Run] = []
    for first, after in pairwise(edges):
        alone += _together([(first, after)])
        if peer:
            others.append(_peer(peer, model, range(first, after)))
    part = (edges[0], edges[1])
    turns = [(_together([part]), _together([part, part])) for _ in range(rounds)]
    both = [run for _, pair in turns for run in pair]
    rate = sum(run.articles for run in alone) / sum(run.seconds for run in alone)
    times = 2 * min(run.wall for once, _ in turns for run in once) / min(_slower(pair) for _, pair in turns)
    peak = max(run.peak for run in (*alone, *both))
    held = [
        _told("articles a CPU second, one process", rate, RATE, rate >= RATE),
        _told("times that on two processes, by the wall", times, TIMES, times >= TIMES),
        _told("MB a process at its peak", peak, MEGABYTES, peak <= MEGABYTES),
    ]
    _told("of the wall's time that the two had a core", min(run.seconds / run.wall for run in both), None, holds=True)
    if not others:
        print("the peer is absent: name a Python with spaCy and textacy with --peer")
        return all(held)
    theirs = sum(run.articles for run in others) / sum(run.seconds for run in others)
    _told("articles a CPU second of the peer", theirs, None, holds=True)
    return all([*held, _told("times the peer's", rate / theirs, PEER, rate / theirs >= PEER)])


def _slower(pair: Sequence[Run]) -> float:
    return max(run.wall for run in pair)


def _told(name: str, value: float, floor: float | None, holds: bool) -> bool:  # noqa: FBT001 - a line of the table
    mark, limit = "  " if holds else "✗ ", "" if floor is None else f"floor {floor}"
    print(f"{mark}{value:9.2f}  {name:44} {limit}", flush=True)
    return holds


def _together(parts: Sequence[tuple[int, int]]) -> list[Run]:
    """One process a part, begun together when all are warm."""
    command = [sys.executable, "-m", "bench.annotating", "--work"]
    running = [
        subprocess.Popen([*command, str(first), str(after)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for first, after in parts
    ]
    for one in running:
        _line(one)
    for one in running:
        if one.stdin:
            one.stdin.write("\n")
            one.stdin.flush()
    return [Run(**json.loads(one.communicate()[0])) for one in running]


def _line(one: subprocess.Popen[str]) -> str:
    return one.stdout.readline() if one.stdout else ""


def _work(first: int, after: int) -> None:
    """The measured process: says when it is warm, waits for a line, then annotates and tells what that took."""
    articles = [_article(line) for line in _lines()[first:after]]
    for article in articles[:WARM]:
        annotator.annotation(article)
    print("warm", flush=True)
    sys.stdin.readline()
    wall, start = time.perf_counter(), time.process_time()
    for article in articles:
        annotator.annotation(article)
    seconds, wall = time.process_time() - start, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "wall": wall, "articles": len(articles), "peak": peak}))


def _peer(python: str, model: str, places: range) -> Run:
    texts = [json.loads(line)["text"] for line in _lines()[places.start : places.stop : PEER_SHARE]]
    done = subprocess.run(
        [python, "-c", PEER_WORK],
        input=json.dumps({"model": model, "texts": texts}),
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **ONE_THREAD},
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return Run(found["seconds"], 0.0, found["articles"])


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
