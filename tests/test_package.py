"""What is shipped: the wheel holds all that Readout needs at run time, and nothing names the machine it was made on."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sources import PACKAGE, ROOT

# Written in pieces, so that this file does not name what it forbids.
REGISTRIES = re.compile(
    "https?://[a-z0-9.-]*(?:py" + "pi|python" + "hosted|npm" + "js|crates" + r"\.io)[a-z.]*", re.IGNORECASE
)
MACHINE_PATHS = re.compile(r"(?<![\w.~/-])/(?:wo" + "rk|ro" + "ot|ho" + "me|Us" + r"ers)/[\w.]")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The names of the files in a wheel built from a copy of the sources."""
    copy = tmp_path_factory.mktemp("sources")
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "src", copy / "src", ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    build = "import sys; from setuptools.build_meta import build_wheel; print(build_wheel(sys.argv[1]))"
    command = [sys.executable, "-W", "ignore", "-c", build, str(copy)]
    done = subprocess.run(command, cwd=copy, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(copy.glob("*.whl"))) as built:
        return frozenset(built.namelist())


def test_the_wheel_holds_every_file_of_the_package(wheel: frozenset[str]) -> None:
    there = {
        path.relative_to(ROOT / "src").as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert there - wheel == set(), "left out: see tool.setuptools.package-data"


@pytest.mark.parametrize("folder", ["sample", "present/web/templates", "present/web/static", "store/migrations"])
def test_the_wheel_holds_what_is_not_code(wheel: frozenset[str], folder: str) -> None:
    assert any(name.startswith(f"readout/{folder}/") for name in wheel)


def test_the_wheel_holds_its_licence_and_its_command(wheel: frozenset[str]) -> None:
    names = {Path(name).name for name in wheel}
    assert {"LICENSE", "entry_points.txt", "py.typed"} <= names


@pytest.mark.parametrize("forbidden", [REGISTRIES, MACHINE_PATHS], ids=["registries", "paths of one machine"])
def test_no_file_names_the_machine_it_was_written_on(forbidden: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}" for path in _committed() for match in forbidden.finditer(_text(path))
    ]
    assert found == []


def _committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing tells which files are ours")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "ignore")
