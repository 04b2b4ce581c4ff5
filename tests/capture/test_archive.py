"""From files to pages: what is read, how it is named and dated, and that whatever is wrong costs only itself."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readout.capture import archive
from readout.errors import InputError
from readout.models import CaptureBasis, Media, Page, Rejection, Shard

WORDS = "Talks resume\nThe two sides met on Friday."


def read(path: Path | str, captured: datetime | None = None) -> list[Page | Rejection]:
    """Everything that a path gives."""
    return [one for one in archive.pages(str(path), captured=captured) if not isinstance(one, Shard)]


def page(path: Path) -> Page:
    """The one page that a path gives."""
    (found,) = read(path)
    assert isinstance(found, Page)
    return found


def reason(path: Path) -> str:
    """Why the one thing that a path gives was rejected."""
    (found,) = read(path)
    assert isinstance(found, Rejection)
    assert str(path) == found.subject
    return found.reason


def names(found: list[Page | Rejection]) -> list[str]:
    """The names of the pages, relative to the folder."""
    return [Path(one.name).name for one in found if isinstance(one, Page)]


def written(path: Path, content: str | bytes) -> Path:
    """A file with that content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_capture_is_kept_byte_for_byte(tmp_path: Path) -> None:
    content = "  Title\r\n\r\nbody with é and \u2028 inside \n".encode()
    found = page(written(tmp_path / "a.txt", content))
    assert (found.content, found.media, found.encoding) == (content, Media.TEXT, "utf-8")


def test_the_name_is_the_path_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "captures" / "deep" / "a.txt", WORDS)
    monkeypatch.chdir(tmp_path)
    assert [one.name for one in read("captures") if isinstance(one, Page)] == ["captures/deep/a.txt"]
    assert [one.name for one in read("./captures/") if isinstance(one, Page)] == ["./captures/deep/a.txt"]


def test_content_decides_what_a_file_is(tmp_path: Path) -> None:
    assert page(written(tmp_path / "a.txt", "<!doctype html><p>Talks")).media is Media.HTML
    assert page(written(tmp_path / "b.html", WORDS)).media is Media.TEXT
    assert page(written(tmp_path / "c.txt", json.dumps({"text": WORDS, "id": 3}))).name.endswith("c.txt#3")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_encoding_is_read_and_remembered(tmp_path: Path, codec: str) -> None:
    text = "Réunion à Genève\nLe président est arrivé très tôt à l'aéroport, où personne n'attendait déjà plus.\n"
    found = page(written(tmp_path / "a.txt", text.encode(codec)))
    assert found.text == text
    assert found.content == text.encode(codec)


def test_shift_jis_html_by_its_own_word(tmp_path: Path) -> None:
    text = '<html><head><meta charset="Shift_JIS"><title>首相</title></head><p>会談</p></html>'
    assert page(written(tmp_path / "a.html", text.encode("cp932"))).text == text


def test_a_page_was_captured_when_its_file_changed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", WORDS)
    os.utime(path, (1_750_000_000, 1_750_000_000))
    found = page(path)
    assert found.captured == datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC)
    assert found.captured_basis is CaptureBasis.FILE_TIME


def test_unless_somebody_says_when(tmp_path: Path) -> None:
    noon = datetime(2025, 6, 5, 12, tzinfo=UTC)
    written(tmp_path / "a.txt", WORDS)
    written(tmp_path / "b.jsonl", json.dumps({"text": WORDS, "captured": "2020-01-01"}))
    found = [one for one in read(tmp_path, noon) if isinstance(one, Page)]
    assert {(one.captured, one.captured_basis) for one in found} == {(noon, CaptureBasis.DECLARED)}


def test_a_folder_is_read_in_order_and_to_its_bottom(tmp_path: Path) -> None:
    for name in [
        "b.txt",
        "a/2.txt",
        "a/1.txt",
        "a/z/9.html",
        "c",
        ".hidden.txt",
        ".git/x.txt",
        "Thumbs.db",
        ".DS_Store",
    ]:
        written(tmp_path / name, WORDS)
    found = read(tmp_path)
    assert names(found) == ["1.txt", "2.txt", "9.html", "b.txt", "c"]
    assert len(found) == 5


def test_one_bad_file_among_good_ones(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", WORDS)
    written(tmp_path / "b.txt", os.urandom(5_000))
    written(tmp_path / "c.txt", "")
    written(tmp_path / "d.txt", WORDS)
    found = read(tmp_path)
    assert names(found) == ["a.txt", "d.txt"]
    dropped = {Path(one.subject).name: one.reason for one in found if isinstance(one, Rejection)}
    assert dropped == {"b.txt": "not text", "c.txt": "empty"}


def test_other_kinds_of_files_in_a_folder_are_passed_over_and_counted(tmp_path: Path) -> None:
    written(tmp_path / "page.html", "<html><p>Talks")
    written(tmp_path / "page_files" / "style.css", "p { color: red }")
    written(tmp_path / "page_files" / "photo.png", b"\x89PNG\r\n\x1a\n" + bytes(99))
    written(tmp_path / "saved.php", "<html><p>Talks")
    found = read(tmp_path)
    assert names(found) == ["page.html", "saved.php"]
    assert [one.reason for one in found if isinstance(one, Rejection)] == [archive.PASSED_OVER] * 2


def test_a_file_that_was_named_is_read_whatever_its_ending(tmp_path: Path) -> None:
    assert page(written(tmp_path / "capture.dat", WORDS)).text == WORDS
    assert reason(written(tmp_path / "feed.xml", "<?xml version='1.0'?><rss>")).startswith("neither")
    assert reason(written(tmp_path / "photo.png", b"\x89PNG\r\n")) == "not text"


@pytest.mark.parametrize("content", [b"", b" \n\t", "\ufeff".encode(), b"\xff\xfe", "\u2003\n".encode()])
def test_nothing_is_empty(tmp_path: Path, content: bytes) -> None:
    assert reason(written(tmp_path / "a.txt", content)) == "empty"


def test_a_page_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.write(b"word " * 20_000)
        stream.truncate(100_000_000)
    (found,) = read(path)
    assert isinstance(found, Rejection)
    assert found.reason == "too large"
    assert "100,000,000 bytes" in found.detail


def test_the_largest_page_is_read(tmp_path: Path) -> None:
    largest = b"word " * (archive.PAGE_LIMIT // 5)
    assert len(page(written(tmp_path / "a.txt", largest)).content) == len(largest)
    assert reason(written(tmp_path / "a.txt", largest + b"and more")) == "too large"


def test_a_row_that_is_too_large_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ROW_LIMIT", 70_000)
    rows = [{"id": "a", "text": "x" * 60_000}, {"id": "b", "text": "y" * 400_000}, {"id": "c", "text": "z" * 65_000}]
    found = read(written(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows))))
    assert [one.name[-1] if isinstance(one, Page) else one.reason for one in found] == ["a", "too large", "c"]


def test_a_nul_in_a_title_and_a_title_without_end(tmp_path: Path) -> None:
    assert page(written(tmp_path / "a.txt", b"Talks re\x00sume\nThe two sides met.")).text.startswith(
        "Talks re\ufffdsume"
    )
    assert len(page(written(tmp_path / "b.txt", "t" * 100_000 + "\nbody")).text) == 100_005


def test_links_that_lead_nowhere_or_in_circles_are_harmless(tmp_path: Path) -> None:
    written(tmp_path / "a" / "1.txt", WORDS)
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "a" / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    found = read(tmp_path)
    assert names(found) == ["1.txt"]
    assert {Path(one.subject).name: one.reason for one in found if isinstance(one, Rejection)} == {
        "dangling.txt": "no such file or folder",
        "loop.txt": "a link that leads back to itself",
    }


def test_a_folder_is_not_read_twice_through_a_link(tmp_path: Path) -> None:
    written(tmp_path / "real" / "1.txt", WORDS)
    (tmp_path / "shortcut").symlink_to(tmp_path / "real")
    assert names(read(tmp_path)) == ["1.txt"]


def test_pipes_in_a_folder_are_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (found,) = read(tmp_path)
    assert isinstance(found, Rejection)
    assert found.reason == archive.PASSED_OVER


@pytest.mark.parametrize("name", ["gone.txt", "gone/", "", "nul\x00.txt", "x" * 300])
def test_what_does_not_exist_is_an_input_error(tmp_path: Path, name: str) -> None:
    path = f"{tmp_path}/{name}" if name else ""
    with pytest.raises(InputError):
        archive.pages(path)


def test_a_file_given_as_a_folder_does_not_exist(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", WORDS)
    with pytest.raises(InputError, match="no such file or folder"):
        archive.pages(f"{path}/b.txt")


def test_names_that_are_no_utf8_are_spelled_out(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as stream:  # noqa: PTH123 - pathlib takes no bytes
        stream.write(WORDS.encode())
    (found,) = read(tmp_path)
    assert isinstance(found, Page)
    assert found.name.endswith("caf\\xe9.txt")


class _Piped:
    """Standard input with that content."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


def test_standard_input_is_one_page_of_unknown_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Piped(WORDS.encode()))
    (found,) = read("-")
    assert isinstance(found, Page)
    assert (found.name, found.text, found.captured) == ("standard input", WORDS, None)


def test_standard_input_may_be_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Piped(b'{"text": "a"}\n' * 3_000 + b'{"text": "last"}'))
    found = read("-")
    assert (len(found), found[-1].text if isinstance(found[-1], Page) else "") == (3_001, "last")


def test_standard_input_without_end_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Piped(b"word " * 4_000_000))
    (found,) = read("-")
    assert isinstance(found, Rejection)
    assert (found.subject, found.reason) == ("standard input", "too large")


def test_a_closed_standard_input_is_an_input_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="closed"):
        archive.pages("-")


def test_pages_come_one_at_a_time(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", WORDS)
    second = written(tmp_path / "b.txt", WORDS)
    arriving = archive.pages(str(tmp_path))
    assert isinstance(next(arriving), Page)
    second.unlink()
    last = next(arriving)
    assert isinstance(last, Rejection)
    assert last.reason == "no such file or folder"


def test_expected_arrivals_are_counted(tmp_path: Path) -> None:
    for name in ["a.txt", "b/c.txt"]:
        written(tmp_path / name, WORDS)
    written(tmp_path / "d.jsonl", '{"text": "a"}\n' * 7)
    assert archive.count(str(tmp_path)) == 9
    assert archive.count("-") == 0
