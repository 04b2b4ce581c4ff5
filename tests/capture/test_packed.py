"""Tarballs, zips and compressed files: what lies in them is read as a folder is, to a depth and to an amount."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import zstandard as zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.capture import archive, members, packed
from readout.models import Arrival, CaptureBasis, Page, Rejection
from tests.capture.crawled import bomb, record

PAGE = b"<!doctype html><title>Talks</title><p>The two sides met."
SOME = {
    "a.html": PAGE,
    "deep/b.html": PAGE + b" Again.",
    "style.css": b"p {}",
    "rows.jsonl": b'{"text": "Talks"}\n' * 2,
}


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return stream.getvalue()


def tarred(files: Mapping[str, bytes], style: int = tarfile.PAX_FORMAT) -> bytes:
    """A tarball of the files."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=style) as made:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def zstandard(content: bytes) -> bytes:
    """One frame."""
    made: bytes = zstd.compress(content)
    return made


def read(folder: Path, content: bytes, name: str = "pack.zip") -> list[Arrival]:
    """What a file of that content gives."""
    path = folder / name
    path.write_bytes(content)
    return list(archive.pages(str(path)))


def pages(found: list[Arrival]) -> list[str]:
    """The names of the pages after that of the file."""
    return [one.name.partition("/pack.")[2].partition("/")[2] for one in found if isinstance(one, Page)]


def reasons(found: list[Arrival]) -> list[str]:
    """Why the rest was dropped."""
    return [one.reason for one in found if isinstance(one, Rejection)]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("pack.zip", zipped),
        ("pack.zip", lambda files: zipped(files, zipfile.ZIP_STORED)),
        ("pack.tar", tarred),
        ("pack.tar", lambda files: tarred(files, tarfile.GNU_FORMAT)),
        ("pack.tar", lambda files: tarred(files, tarfile.USTAR_FORMAT)),
        ("pack.tgz", lambda files: gzip.compress(tarred(files))),
        ("pack.tar.bz2", lambda files: bz2.compress(tarred(files))),
        ("pack.tar.xz", lambda files: lzma.compress(tarred(files))),
        ("pack.tar.zst", lambda files: zstandard(tarred(files))),
    ],
    ids=["zip", "stored", "pax", "gnu", "ustar", "gz", "bz2", "xz", "zst"],
)
def test_a_pack_is_a_folder(tmp_path: Path, name: str, pack: Callable[[Mapping[str, bytes]], bytes]) -> None:
    found = read(tmp_path, pack(SOME), name)
    assert pages(found) == ["a.html", "deep/b.html", "rows.jsonl#1", "rows.jsonl#2"]
    assert reasons(found) == [archive.PASSED_OVER]


def test_its_pages_are_as_old_as_the_file_and_whole(tmp_path: Path) -> None:
    (page,) = read(tmp_path, zipped({"a.html": PAGE}))
    assert isinstance(page, Page)
    assert (page.content, page.captured_basis) == (PAGE, CaptureBasis.FILE_TIME)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard])
def test_a_single_compressed_file(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    ending = {gzip.compress: "gz", bz2.compress: "bz2", lzma.compress: "xz"}.get(pack, "zst")
    (page,) = read(tmp_path, pack(PAGE), f"a.html.{ending}")
    assert isinstance(page, Page)
    assert page.content == PAGE
    assert len(read(tmp_path, pack(b'{"text": "Talks"}\n' * 9), f"rows.jsonl.{ending}")) == 9


@pytest.mark.parametrize("style", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_long_names(tmp_path: Path, style: int) -> None:
    name = "/".join(["é" * 40] * 8) + "/a.html"
    assert pages(read(tmp_path, tarred({name: PAGE, "b.html": PAGE}, style), "pack.tar")) == [name, "b.html"]


def test_a_wacz_is_its_warcs(tmp_path: Path) -> None:
    files = {
        "archive/data.warc.gz": record("1") + record("2"),
        "pages/pages.jsonl": b'{"url": "https://harbour.example/1", "text": "Talks"}\n',
        "indexes/index.cdx.gz": gzip.compress(b"example,harbour)/ 2031\n"),
        "datapackage.json": b"{}",
    }
    found = read(tmp_path, zipped(files, zipfile.ZIP_STORED), "crawl.wacz")
    assert [one.address for one in found if isinstance(one, Page)] == [
        "https://harbour.example/1",
        "https://harbour.example/2",
    ]
    assert reasons(found) == []


def test_a_pack_in_a_pack(tmp_path: Path) -> None:
    inner = zipped({"a.html": PAGE, "b.tar.gz": gzip.compress(tarred({"c.html": PAGE}))})
    assert pages(read(tmp_path, tarred({"inner.zip": inner}), "pack.tar")) == [
        "inner.zip/a.html",
        "inner.zip/b.tar.gz/c.html",
    ]


def test_not_for_ever(tmp_path: Path) -> None:
    content = PAGE
    for _ in range(6):
        content = zipped({"x.zip": content})
    assert reasons(read(tmp_path, content)) == ["packed too deeply"]


@pytest.mark.parametrize("name", ["../../etc/cron.d/a.html", "/etc/a.html", "C:\\Windows\\a.html", "a\x01\x1b[2J.html"])
def test_a_name_is_a_word_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for pack, ending in ((zipped, "zip"), (tarred, "tar")):
        found = read(folder, pack({name: PAGE}), f"pack.{ending}")
        assert len([one for one in found if isinstance(one, Page)]) <= 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "pack.tar", "pack.zip"]


def test_links_and_devices_are_no_files(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as made:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            member = tarfile.TarInfo("a.html")
            member.type, member.linkname = kind, "/etc/passwd"
            made.addfile(member)
    assert read(tmp_path, stream.getvalue(), "pack.tar") == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pack.html.gz", bomb(400_000_000)),
        ("pack.tar.gz", gzip.compress(tarred({"a.html": b"<p>"}) + bytes(300_000_000))),
        ("pack.zip", zipped({"a.jsonl": bytes(300_000_000)})),
        ("pack.warc.gz", bomb(300_000_000)),
        ("pack.gz", gzip.compress(bomb(300_000_000))),
    ],
    ids=["page", "tarball", "zip", "warc", "twice"],
)
def test_bombs_stop_at_the_caps(tmp_path: Path, name: str, content: bytes) -> None:
    found = read(tmp_path, content, name)
    assert [one for one in found if isinstance(one, Page) and len(one.content) > 3] == []
    assert len(found) <= 2


def test_files_that_overlap_are_counted_each_time(tmp_path: Path) -> None:
    """A zip whose every entry is the same large file: what David Fifield called a better zip bomb (2019)."""
    one = zipped({"a.jsonl": b" " * 30_000_000})
    at = one.index(b"PK\x01\x02")
    entry, end = one[at : one.index(b"PK\x05\x06")], one[one.index(b"PK\x05\x06") :]
    many = one[:at] + entry * 100 + end[:8] + struct.pack("<HHLL", 100, 100, len(entry) * 100, at) + end[20:]
    assert reasons(read(tmp_path, many)) == ["unpacks to too much"]


def test_a_locked_file_and_an_unusual_packing_cost_only_themselves(tmp_path: Path) -> None:
    locked = bytearray(zipped({"a.html": PAGE, "b.html": PAGE}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    found = read(tmp_path, bytes(locked))
    assert (pages(found), reasons(found)) == (["b.html"], ["locked with a password"])
    assert reasons(read(tmp_path, zipped({"a.html": PAGE}, zipfile.ZIP_LZMA))) == ["packed in a way that is not read"]


def test_a_damaged_file_costs_only_itself(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.html": PAGE * 50, "b.html": PAGE}))
    content[45:60] = b"\xff" * 15
    found = read(tmp_path, bytes(content))
    assert (pages(found), reasons(found)) == (["b.html"], ["damaged"])


@pytest.mark.parametrize("cut", [30, 540, 1_540])
def test_what_breaks_off_gives_what_came_before(tmp_path: Path, cut: int) -> None:
    whole = tarred({"a.html": PAGE, "b.html": PAGE})
    found = read(tmp_path, whole[:cut], "pack.tar")
    assert len(pages(found)) <= 1
    assert cut == 30 or len(reasons(found)) == 1


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 2**32), st.sampled_from(["zip", "tar"]))
def test_no_damage_is_too_much(seed: int, kind: str) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    content = bytearray(zipped(SOME) if kind == "zip" else tarred(SOME))
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content))
        content[at : at + chance.randint(0, 9)] = chance.randbytes(chance.randint(0, 9))
    stream = io.BytesIO(content)
    found = members.zipped(stream, packed.Budget(1)) if kind == "zip" else members.tarred(stream)
    try:
        for member in found:
            try:
                assert member.stream is None or member.stream.read(2**20) is not None
            except packed.PackedError:
                continue
    except packed.PackedError:
        pass


def test_in_a_folder_only_known_endings_are_opened(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(zipped({"a.html": PAGE}))
    (tmp_path / "pages.zip").write_bytes(zipped({"a.html": PAGE, "__MACOSX/._a.html": b"\0\5", ".hidden.html": PAGE}))
    found = list(archive.pages(str(tmp_path)))
    assert (len(found), reasons(found)) == (2, [archive.PASSED_OVER])


def test_rows_from_standard_input_may_be_compressed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(gzip.compress(json.dumps({"text": "Talks"}).encode()))

    monkeypatch.setattr("sys.stdin", Piped)
    assert tmp_path.exists()
    assert len(list(archive.pages("-"))) == 1
