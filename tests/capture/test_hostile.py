"""Broken and hostile files, each on its own in a process with little time and memory: none gets more, none escapes.

A process that exceeds 256 MB cannot have more, and one that exceeds 2 CPU seconds has failed: seconds of a machine that
unpacks 64 MB of zeros in a quarter of one, for what is slower by itself is no fault of a file's. Both are counted from
the moment at which everything is loaded: loading is the price of a process, not of a file.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tarfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from readout.capture.fake import FakeFetch
from readout.engine import Engine
from readout.errors import InputError
from readout.models import Feed, FeedKind, Outlet
from readout.run import adding
from readout.run.apart import Apart, Lost
from readout.run.outside import Outside
from readout.store.memory import MemoryStore
from tests.capture import taken
from tests.capture.crawled import bomb, record
from tests.shared import data
from tests.sources import ROOT

# Every file in turn in a child of its own, forked when all is loaded: a start-up for each would take minutes.
PROGRAM = """
import os, resource, sys, zlib
from readout.capture import archive, mailbox, parquet, warc
from readout.run import local
from readout.models import Page, Rejection, Media
for media in Media:
    local.attempt(Page(b"<html><title>Talks</title><p>The two sides met on Friday, \\xc3\\xa9.", media, "warm"))

def used():
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime

def read(path):
    at_start = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
    room = at_start + 256 * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CPU, (int(used()) + 15, int(used()) + 16))
    before = used()
    for arrival in archive.pages(path):
        assert isinstance(arrival, Page | Rejection)
        if EXTRACT:
            local.attempt(arrival)
    return used() - before

def slowness():
    packed, before = zlib.compress(bytes(2**26)), used()
    zlib.decompress(packed)
    return max(1, (used() - before) / 0.25)

EXTRACT = sys.argv[1] == "extract"
for path in sys.stdin.read().split("\\0"):
    child = os.fork()
    if not child:
        try:
            spent = read(path)
            os._exit(0 if spent <= 2 or spent <= 2 * slowness() else 3)
        except BaseException as error:
            print(f"{path}: {error!r}", flush=True)
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if status:
        print(f"{path}: ended with {os.waitstatus_to_exitcode(status)}", flush=True)
"""


def failures(paths: list[Path], *, extract: bool = False) -> str:
    """What went wrong with which file; nothing, if all is well."""
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, "extract" if extract else "read"]
    done = subprocess.run(
        command, input="\0".join(map(str, paths)), check=True, capture_output=True, text=True, cwd=ROOT, timeout=280
    )
    return done.stdout + done.stderr


def files(*folder: str) -> list[Path]:
    """The files below a folder of the shared data."""
    return sorted(path for path in data("robustness", *folder).rglob("*") if path.is_file())


FOLDERS = (
    "blns",
    "encodings_chardet_normalizer",
    "google_robotstxt",
    "mojibake_ftfy",
    "ssrf_matrix",
    "trafilatura_resources",
    "url_wpt",
    "warcio",
    "xml_bombs",
)


def test_every_folder_of_trouble_is_gone_through() -> None:
    assert sorted(path.name for path in data("robustness").iterdir() if path.is_dir()) == sorted(FOLDERS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_files_made_by_others_to_be_trouble(folder: str) -> None:
    paths = files(folder)
    assert paths
    assert failures(paths, extract=True) == ""


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_same_files_as_what_a_server_sent(folder: str) -> None:
    paths = files(folder)
    contents = [path.read_bytes() for path in paths]
    with Apart(1) as apart:
        came = apart.each(taken.sent, [(one,) for one in contents])
    assert [(path, one) for path, one in zip(paths, came, strict=True) if isinstance(one, Lost)] == []


def test_naughty_strings_as_whatever_a_feed_can_say() -> None:
    """Every fifth here; `python -m tests.capture.taken` has them all said."""
    lost, articles = taken.lost_words(5)
    assert (lost, articles > 50) == ([], True)


def test_naughty_strings_as_what_a_person_asks_for() -> None:
    strings = json.loads(data("robustness", "blns", "blns.json").read_text("utf-8"))
    engine = Engine(MemoryStore(), (), Outside(pause=0.0, fetch=FakeFetch()))
    for one in strings:
        with suppress(InputError):
            assert engine.add(one, files=False).found == ()
        with suppress(InputError):
            adding.corrected(Feed("https://a.example/", FeedKind.FEED, Outlet("x")), dict.fromkeys(FIELDS, one))
        with suppress(InputError):
            engine.add_list(one.encode("utf-8", "replace"), one)
    assert engine.feeds() == []


FIELDS = ("name", "domain", "country", "language", "kind")


@pytest.mark.parametrize("name", taken.PACKS)
def test_malformed_and_hostile_feeds(name: str) -> None:
    """Every twentieth here; `python -m tests.capture.taken` reads them all."""
    assert taken.lost_feeds(name, 20) == []


def test_files_of_every_kind_that_hold_too_much(tmp_path: Path) -> None:
    made = {
        "page.html.gz": bomb(2**28),
        "crawl.warc.gz": record() + bomb(2**28),
        "chunk.warc.gz": record(body=bomb(2**28), headers={"Content-Encoding": "gzip"}),
        "layers.gz": gzip.compress(gzip.compress(bomb(2**28))),
        "rows.jsonl.gz": bomb(2**28),
        "head.tar": _tar_of_one_long_name(),
        "heads.warc": b"WARC/1.0\r\nContent-Length: 16000000\r\n\r\n" * 400_000,
        "lies.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 90\r\n\r\n" * 300_000,
        "magic.warc.gz": record() + b"\x1f\x8b\x08\0\0\0\0\0\0\3" * 400_000,
        "depth.html": b"<div>" * 1_000_000,
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    assert failures(sorted(tmp_path.iterdir())) == ""


def _tar_of_one_long_name() -> bytes:
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as made:
        made.addfile(tarfile.TarInfo("a/" * 2_000_000))
    return stream.getvalue()
