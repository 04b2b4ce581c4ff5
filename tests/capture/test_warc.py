"""WARC files: which records are pages, what is known of them, and that a broken record costs only itself."""

from __future__ import annotations

import gzip
import io
import os
import random
import re
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.capture import archive, packed, warc
from readout.capture.rows import Origin
from readout.models import Arrival, CaptureBasis, Media, Page, Rejection
from tests.capture.crawled import DATE, HTML, record

MOMENT = datetime.fromisoformat(DATE)


def read(folder: Path, *parts: bytes, name: str = "crawl.warc.gz", captured: datetime | None = None) -> list[Arrival]:
    """What a file of those parts gives."""
    path = folder / name
    path.write_bytes(b"".join(parts))
    return list(archive.pages(str(path), captured=captured))


def pages(found: list[Arrival]) -> list[str]:
    """The last part of the addresses of the pages."""
    return [(one.address or "?").rpartition("/")[2] for one in found if isinstance(one, Page)]


def reasons(found: list[Arrival]) -> list[str]:
    """Why the rest was dropped."""
    return [one.reason for one in found if isinstance(one, Rejection)]


def test_an_answer_becomes_a_page_of_its_address_and_time(tmp_path: Path) -> None:
    (page,) = read(tmp_path, record("talks?utm_source=x#top"))
    assert isinstance(page, Page)
    assert page.address == "https://harbour.example/talks"
    assert (page.captured, page.captured_basis, page.media) == (MOMENT, CaptureBasis.DECLARED, Media.HTML)
    assert page.text == HTML.format("talks?utm_source=x#top")
    assert page.name == f"{tmp_path}/crawl.warc.gz#https://harbour.example/talks"


def test_who_imports_may_know_the_time_better(tmp_path: Path) -> None:
    noon = datetime(2030, 1, 1, 12, tzinfo=UTC)
    (page,) = read(tmp_path, record(), captured=noon)
    assert isinstance(page, Page)
    assert (page.captured, page.captured_basis) == (noon, CaptureBasis.DECLARED)


def test_the_servers_charset_counts(tmp_path: Path) -> None:
    text = "<html><title>Žluťoučký kůň</title><p>příliš žluťoučký kůň úpěl ďábelské ódy</p></html>"
    said = {"Content-Type": "text/html; charset=iso-8859-2"}
    (page,) = read(tmp_path, record(body=text.encode("iso8859_2"), headers=said))
    assert isinstance(page, Page)
    assert page.text == text


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda content: zlib.compress(content)[2:-4]),
        ("br", lambda content: pytest.importorskip("brotli").compress(content)),
        ("gzip", lambda content: content),
        ("br", lambda content: content),
    ],
)
def test_what_the_server_packed_is_unpacked(tmp_path: Path, coding: str, pack: object) -> None:
    assert callable(pack)
    body = pack(HTML.format("1").encode())
    (page,) = read(tmp_path, record(body=body, headers={"Content-Encoding": coding}))
    assert isinstance(page, Page)
    assert page.text == HTML.format("1")


@pytest.mark.parametrize("body", ["5\r\n<html\r\n3\r\n><p\r\n5;x=y\r\n>word\r\n0\r\n\r\n", "<html><p>word"])
def test_chunks_are_joined_and_what_only_claims_to_be_chunked_is_taken(tmp_path: Path, body: str) -> None:
    (page,) = read(tmp_path, record(body=body, headers={"Transfer-Encoding": "chunked"}))
    assert isinstance(page, Page)
    assert page.text == "<html><p>word"


def test_what_is_no_page_is_counted_once_for_the_file_and_no_loss(tmp_path: Path) -> None:
    image = {"Content-Type": "image/png"}
    found = read(
        tmp_path,
        record("1"),
        record("2", b"\x89PNG", headers=image),
        record("3", b"\x89PNG", headers=image),
        record("4", status="404 Not Found"),
        record("5", kind="metadata"),
    )
    assert pages(found) == ["1"]
    (rest,) = (one for one in found if isinstance(one, Rejection))
    assert rest.reason in archive.NO_LOSS
    assert rest.detail == "3: 2 image/png, 1 status 404"


def test_a_resource_can_be_a_page(tmp_path: Path) -> None:
    assert pages(read(tmp_path, record("1", kind="resource"))) == ["1"]


def test_an_address_in_angle_brackets(tmp_path: Path) -> None:
    plain = record("1", packed=False).replace(b"https://harbour.example/1", b"<https://harbour.example/1>")
    assert pages(read(tmp_path, plain, name="wget.warc")) == ["1"]


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("together", [True, False])
def test_any_way_of_packing(tmp_path: Path, *, compressed: bool, together: bool) -> None:
    records = [record(str(number), packed=compressed and not together) for number in range(30)]
    whole = b"".join(records)
    assert pages(read(tmp_path, gzip.compress(whole) if compressed and together else whole)) == [
        str(number) for number in range(30)
    ]


def test_an_empty_body_and_a_body_that_is_no_text(tmp_path: Path) -> None:
    found = read(tmp_path, record("1", b" "), record("2", bytes(range(256)) * 9), record("3"))
    assert (pages(found), reasons(found)) == (["3"], ["empty", "not text"])


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    records = [record(str(number)) for number in range(6)]
    records[2] = records[2][:60] + b"\xff" * 20 + records[2][80:]
    found = read(tmp_path, *records)
    assert (pages(found), reasons(found)) == (["0", "1", "3", "4", "5"], [warc.BROKEN])


def test_a_member_that_breaks_off_costs_only_itself(tmp_path: Path) -> None:
    records = [record(str(number)) for number in range(6)]
    found = read(tmp_path, *records[:2], records[2][:90], *records[3:])
    assert (pages(found), reasons(found)) == (["0", "1", "3", "4", "5"], [warc.BROKEN])


def test_noise_between_members_costs_nothing_else(tmp_path: Path) -> None:
    records = [record(str(number)) for number in range(4)]
    found = read(tmp_path, *records[:2], b"noise" * 40, *records[2:])
    assert (pages(found), reasons(found)) == (["0", "1", "2", "3"], [warc.BROKEN])


@pytest.mark.parametrize("length", [b"7", b"-5", b"abc", b"9" * 22, b"1000", b"1000000"])
def test_a_wrong_length_costs_only_its_record(tmp_path: Path, length: bytes) -> None:
    records = [record(str(number), packed=False) for number in range(6)]
    records[2] = re.sub(rb"(?<=\nContent-Length: )\d+", length, records[2], count=1)
    found = read(tmp_path, *records, name="crawl.warc")
    assert (pages(found), len(reasons(found))) == (["0", "1", "3", "4", "5"], 1)


@pytest.mark.parametrize("compressed", [True, False])
def test_a_file_that_ends_too_early_gives_what_was_whole(tmp_path: Path, *, compressed: bool) -> None:
    whole = b"".join(record(str(number), packed=compressed) for number in range(4))
    found = read(tmp_path, whole[:-60])
    assert (pages(found), len(reasons(found))) == (["0", "1", "2"], 1)


def test_a_page_that_is_too_large_is_passed_over_and_the_next_is_read(tmp_path: Path) -> None:
    large = "<html><p>" + "word " * (archive.PAGE_LIMIT // 5 + 20_000)
    found = read(tmp_path, record("1", large), record("2"))
    assert (pages(found), reasons(found)) == (["2"], ["too large"])


def test_a_film_is_no_loss_however_large(tmp_path: Path) -> None:
    film = record("1", os.urandom(17 * 2**20), headers={"Content-Type": "video/mp4"})
    found = read(tmp_path, film, record("2"))
    assert (pages(found), reasons(found)) == (["2"], [warc.PASSED_OVER])


def test_too_many_broken_records_end_a_file(tmp_path: Path) -> None:
    found = read(tmp_path, b"WARC/1.0\r\nnothing\r\n\r\n" * 5_000, name="crawl.warc")
    assert len(found) < 1_100
    assert reasons(found)[-1] == "too many broken records"


def test_an_older_format_is_named(tmp_path: Path) -> None:
    found = read(tmp_path, b"filedesc://live-web.arc 127.0.0.1 20131216 text/plain 75\n1 0 LiveWeb\n", name="a.arc")
    assert reasons(found) == ["an ARC file, which is not read"]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.booleans())
def test_no_damage_is_too_much(seed: int, compressed: bool) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    whole = bytearray(b"".join(record(str(number), packed=compressed) for number in range(4)))
    for _ in range(chance.randint(1, 6)):
        at, size = chance.randrange(len(whole)), chance.randint(0, 40)
        whole[at : at + chance.randint(0, 40)] = chance.randbytes(size)
    content = bytes(whole)
    how = packed.coding(content)
    source = (
        packed.unpacked(_stream(content), how, packed.Budget(len(content))) if how else warc.Plain(_stream(content))
    )
    for found in warc.pages(source, Origin("damaged"), 2**20, 2**24):
        assert isinstance(found, Page | Rejection)


def _stream(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)
