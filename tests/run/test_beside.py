"""What works beside this process: it is there while the block lasts, comes back when it dies, and ends with it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from readout.engine import open as opened
from readout.run import beside
from tests.builders import article, harvest

_SAYING = 'Mara Venn said: "The bridge opens in May."'


def test_what_comes_in_is_worked_on_beside_this_process(tmp_path: Path) -> None:
    with opened(tmp_path) as archive, beside.working(tmp_path):
        archive.store.keep([harvest(article("The bridge", _SAYING))])
        assert _within(lambda: archive.count_stories() == 1 and archive.store.count_notes() == 0)
        assert archive.store.count_unannotated() == 0


def test_what_dies_is_started_again_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(beside, "_BREATH", 0.01)
    lines = tmp_path / "lines"
    program = f"open({str(lines)!r}, 'a').write('x'); raise SystemExit(3)"
    with beside.working(tmp_path, [sys.executable, "-c", program]):
        assert _within(lambda: lines.exists() and len(lines.read_text("utf-8")) > 1)
    assert "ended with status 3" in caplog.text


def test_what_does_not_end_by_itself_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_PATIENCE", 0.2)
    started = tmp_path / "started"
    program = f"import time; open({str(started)!r}, 'w').close(); time.sleep(60)"
    with beside.working(tmp_path, [sys.executable, "-c", program]):
        assert _within(started.exists)
        ended = time.monotonic()
    assert time.monotonic() - ended < 5


def test_what_cannot_be_started_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with beside.working(tmp_path, [str(tmp_path / "nothing")]):
        assert _within(lambda: "cannot start" in caplog.text)


def test_work_ends_when_its_input_does(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "readout", "--data", str(tmp_path), "work", "--while-open"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def _within(holds: Callable[[], bool], seconds: float = 40.0) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def test_who_works_on_a_folder_says_so_to_others(tmp_path: Path) -> None:
    assert not beside.is_attended(tmp_path)
    with beside.attending(tmp_path):
        assert beside.is_attended(tmp_path)
        with beside.attending(tmp_path):  # two may, as they wait for each other
            assert beside.is_attended(tmp_path)
    assert not beside.is_attended(tmp_path)
