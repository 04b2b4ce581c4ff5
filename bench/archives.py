"""How fast a WARC becomes stored clean articles, on one process and on two, and whether memory grows.

The named peer is the base extractor alone: `trafilatura.bare_extraction(fast=True)` on the same pages, in as many
processes, with nothing read, dated, checked or stored. Both take turns, part by part, so that a busy machine is busy
for both. "ratio" is our rate over the peer's: by CPU seconds, which other programs hardly change, where there is one
process, and by wall time, in which for two processes the start of both is contained.
Memory is what one process, which reads, extracts and stores, has resident after another thousand pages, none of which
it saw before.

The pages are the 421 of `data/extraction/newspaper4k.tar.zst` in the shared test data ($READOUT_TESTDATA, or ../shared
beside the project), written to a WARC by warcio, compressed record by record as crawlers do.

    python -m bench.archives [--pages 421] [--parts 6] [--growth 1000]
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import zstandard
from trafilatura import bare_extraction
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from readout.capture import archive
from readout.run import base, local
from readout.store.sqlite import SQLiteStore

SHARED = Path(os.environ.get("READOUT_TESTDATA") or Path(__file__).resolve().parents[2] / "shared")
SOURCE = SHARED / "data/extraction/newspaper4k.tar.zst"
GOAL_RATIO = 0.7
GOAL_GROWTH = 8  # MB for 1,000 pages


@dataclass
class Spent:
    """What was done, and the seconds it took."""

    done: int = 0
    cpu: float = 0.0
    wall: float = 0.0

    def add(self, work: Callable[[], int]) -> None:
        """Do it, and count what it took."""
        began, cpu = time.perf_counter(), time.process_time()
        self.done += work()
        self.wall += time.perf_counter() - began
        self.cpu += time.process_time() - cpu


def main(arguments: Sequence[str]) -> None:
    """Measure one process, two processes, and memory; print a line for each."""
    asked = _asked(arguments)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if not SOURCE.exists():
        print(f"the pages are not here: {SOURCE}")
        return
    if asked.grow:
        _grow(asked.growth)
        return
    pages = list(_pages(asked.pages))
    print("processes  articles  articles a CPU s  peer  ratio  articles a wall s  peer  ratio")
    _compare(pages, 1, asked.parts)
    _compare(pages, 2, 2)
    _print_growth(asked.growth)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="WARC to stored articles, beside the base extractor alone.")
    parser.add_argument("--pages", type=int, default=421, help="how many of the pages")
    parser.add_argument("--parts", type=int, default=6, help="how often the two take turns")
    parser.add_argument("--growth", type=int, default=1_000, help="pages after which memory is looked at again")
    parser.add_argument("--grow", action="store_true", help=argparse.SUPPRESS)  # in the process that is measured
    return parser.parse_args(arguments)


def _compare(pages: Sequence[bytes], jobs: int, parts: int) -> None:
    ours, peers = Spent(), Spent()
    _peer(pages[:3], 1)  # what both load is loaded before
    with tempfile.TemporaryDirectory() as home:
        _imported(_warc(Path(home) / "first.warc.gz", pages[:3], ""), Path(home) / "first.db", 1)
        for part in range(parts):
            path = _warc(Path(home) / f"{part}.warc.gz", pages[part::parts], f"{jobs}-{part}")
            turns = [
                (ours, partial(_imported, path, Path(home) / "readout.db", jobs)),
                (peers, partial(_peer, pages[part::parts], jobs)),
            ]
            for spent, work in turns if part % 2 else reversed(turns):
                spent.add(work)
    cpu = f"{ours.done / ours.cpu:18.1f}{peers.done / peers.cpu:6.1f}{peers.cpu / ours.cpu:7.2f}"
    wall = f"{ours.done / ours.wall:19.1f}{peers.done / peers.wall:6.1f}{peers.wall / ours.wall:7.2f}"
    print(f"{jobs:9}{ours.done:10,}{cpu if jobs == 1 else '':31}{wall}   (goal {GOAL_RATIO})", flush=True)


def _imported(path: Path, database: Path, jobs: int) -> int:
    """How many articles of that WARC were stored."""
    runner = local.Pool(jobs) if jobs > 1 else local.InProcess()
    with closing(SQLiteStore.open(database)) as store:
        return sum(base.carry(archive.pages(str(path)), runner, store, lambda _: None).kinds.values())


def _peer(pages: Sequence[bytes], jobs: int) -> int:
    """How many of the pages the base extractor finds text on."""
    if jobs == 1:
        return sum(map(_alone, pages))
    context = get_context("forkserver")
    context.set_forkserver_preload(["trafilatura"])
    with ProcessPoolExecutor(jobs, context) as pool:
        return sum(pool.map(_alone, pages, chunksize=local.CHUNK))


def _alone(content: bytes) -> bool:
    document = bare_extraction(content.decode("utf-8", "replace"), fast=True, include_comments=False)
    return bool(document)


def _pages(most: int) -> Iterator[bytes]:
    with (
        SOURCE.open("rb") as stream,
        zstandard.ZstdDecompressor().stream_reader(stream) as unpacked,
        tarfile.open(fileobj=unpacked, mode="r|") as tar,
    ):
        for member in tar:
            if most and member.name.endswith(".html") and (found := tar.extractfile(member)):
                most -= 1
                yield found.read()


def _warc(path: Path, pages: Sequence[bytes], mark: str) -> Path:
    """A WARC of the pages, each with an address of its own."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, content in enumerate(pages):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            address = f"https://paper{number % 50}.example/{mark}/{number}"
            record = writer.create_warc_record(
                address, "response", payload=io.BytesIO(content + f"<!-- {mark} -->".encode()), http_headers=headers
            )
            writer.write_record(record)
            record.raw_stream.close()
    return path


def _print_growth(pages: int) -> None:
    asked = [sys.executable, "-m", "bench.archives", "--grow", "--growth", str(pages)]
    print(subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip())


def _grow(pages: int) -> None:
    """Resident memory after 200 pages, and after so many more."""
    some = list(_pages(200))
    with tempfile.TemporaryDirectory() as home:
        sizes = []
        for turn in range(1 + -(-pages // len(some))):
            _imported(_warc(Path(home) / "one.warc.gz", some, f"turn-{turn}"), Path(home) / "readout.db", 1)
            sizes.append(_resident())
    grown = (sizes[-1] - sizes[0]) / (len(some) * (len(sizes) - 1)) * 1_000
    print(
        f"memory: {sizes[0]:.0f} MB after {len(some)} pages, {grown:+.1f} MB for each 1,000 more (goal {GOAL_GROWTH})"
    )


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main(sys.argv[1:])
