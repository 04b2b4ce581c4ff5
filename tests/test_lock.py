"""The lock and the floors: what is installed is pinned, fits what we ask for, and is not older than is safe."""

from __future__ import annotations

import re
from functools import cache

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.sources import ROOT, project

LOCKS = ("install", "base", "dev")
WANTED = {
    "install": project()["dependency-groups"]["install"],
    "base": project()["project"]["dependencies"],
    "dev": [*project()["project"]["dependencies"], *project()["dependency-groups"]["dev"]],
}

# The oldest versions without a known hole that concerns us. A floor holds wherever the library is used at all.
FLOORS = {
    "jinja2": "3.1.6",
    "lxml": "6.1",
    "mcp": "2.2",
    "python-multipart": "0.0.32",
    "ray": "2.56",
    "starlette": "1.3.1",
}
SAFE_SQLITE = "0.6.1"  # of pysqlite3: the first with a SQLite that does not lose its write-ahead log


@cache
def pinned(lock: str) -> dict[str, Version]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    return {name: Version(version) for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_with_hashes_and_names_no_place(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8").replace("\\\n", " ")
    pins = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert pins
    assert [
        pin for pin in pins if not re.fullmatch(r"[\w.-]+==\S+ (;.*?)?( +--hash=sha256:[0-9a-f]{64})+ *", pin)
    ] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_we_ask_for(lock: str) -> None:
    asked = [Requirement(line) for line in WANTED[lock]]
    unmet = [str(one) for one in asked if not _is_met(one, lock)]
    assert unmet == [], "run: make lock"


def _is_met(asked: Requirement, lock: str) -> bool:
    version = pinned(lock).get(canonicalize_name(asked.name))
    return version is not None and asked.specifier.contains(version, prereleases=True)


def test_the_tests_have_every_extra() -> None:
    extras = [Requirement(one) for extra in project()["project"]["optional-dependencies"].values() for one in extra]
    assert [str(one) for one in extras if not _is_met(one, "dev")] == []


def test_the_tests_run_with_what_readout_runs_with() -> None:
    assert pinned("base").items() <= pinned("dev").items()


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_nothing_is_older_than_is_safe(name: str, floor: str) -> None:
    assert pinned("dev").get(name, Version(floor)) >= Version(floor)
    asked = [one for one in map(Requirement, WANTED["dev"]) if one.name == name]
    assert not any(one.specifier.contains(_just_below(floor)) for one in asked), (
        "the floor in pyproject.toml is too low"
    )


def test_sqlite_is_safe() -> None:
    assert pinned("base")["pysqlite3"] >= Version(SAFE_SQLITE)


def _just_below(floor: str) -> str:
    """A version older than the floor by its last number: 6.1 → 6.0.999."""
    *first, last = (int(part) for part in floor.split("."))
    return ".".join(map(str, [*first, last - 1, 999] if last else [*first[:-1], first[-1] - 1, 999]))
