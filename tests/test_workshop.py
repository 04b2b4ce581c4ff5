"""The promises of the workshop: clear words where the machine lacks something, and the last line of .ci/run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources import ROOT

CLOSING = "=================== 3 passed, 1 skipped in 0.12s ==================="
FAILURE = "make: *** [Makefile:9: test] Error 1"
WITHOUT_ENSUREPIP = """
import importlib.util, runpy, sys
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "ensurepip" else real(name, *rest)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder to be the whole PATH: the few programs that may be assumed, and a Python that is too old."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("make", "sh", "bash", "sed", "mktemp", "tee", "rm", "grep", "tail", "dirname"):
        found = shutil.which(name)
        if found is None:
            pytest.skip(f"{name} is not on this machine")
        (folder / name).symlink_to(found)
    _program(folder / "python3", "exit 1")
    return folder


def _run(command: list[str], folder: Path, tools: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(tools), "HOME": str(tools)}
    return subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)


def test_make_lists_every_target(tools: Path) -> None:
    listed = _run(["make", "help"], ROOT, tools).stdout
    targets = re.findall(r"^\.PHONY: ([a-z]+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert targets
    assert re.findall(r"^  make ([a-z]+) ", listed, re.MULTILINE) == targets


def test_without_a_python_that_will_do_make_says_what_is_wanted(tools: Path) -> None:
    done = _run(["make", "layers"], ROOT, tools)
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr


def test_without_ensurepip_set_up_says_where_it_comes_from(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "workshop").mkdir()
    script = shutil.copy(ROOT / "workshop" / "ready.py", tmp_path / "workshop")
    command = [sys.executable, "-c", WITHOUT_ENSUREPIP, script, "base"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        pytest.param(0, f"echo '{CLOSING}'", id="all is well"),
        pytest.param(2, f"echo '{CLOSING}'; echo '{FAILURE}' >&2", id="make has the last word"),
    ],
)
def test_continuous_integration_ends_with_the_closing_line_and_the_status(
    status: int, said: str, tmp_path: Path, tools: Path
) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    (tools / "make").unlink()
    _program(tools / "make", f"{said}\nexit {status}")
    done = _run(["bash", ".ci/run"], tmp_path, tools)
    assert done.returncode == status
    assert done.stdout.splitlines()[-1] == CLOSING
    assert done.stdout.count(CLOSING) == (1 if status == 0 else 2)
